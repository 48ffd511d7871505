"""What becomes of a number, and what may come next."""

from __future__ import annotations

from enum import StrEnum


class TicketState(StrEnum):
    """What became of it."""

    WAITING = "waiting"
    CALLED = "called"
    SERVED = "served"
    MISSED = "missed"
    LEFT = "left"


LABELS = {
    TicketState.WAITING: "在等",
    TicketState.CALLED: "叫到了",
    TicketState.SERVED: "办好了",
    TicketState.MISSED: "过号",
    TicketState.LEFT: "不等了",
}
NEXT = {
    TicketState.WAITING: (TicketState.LEFT,),
    TicketState.CALLED: (TicketState.SERVED, TicketState.MISSED, TicketState.WAITING),
    TicketState.MISSED: (TicketState.WAITING,),
    TicketState.SERVED: (),
    TicketState.LEFT: (TicketState.WAITING,),
}
