"""The queue of a station's day through the door (FEATURES B27)."""

from __future__ import annotations

from typing import Any

import graphene

from api.mutation import Action
from api.private import private
from api.scalars import Date, DateTime, enum_of
from api.station_brief import STATION, StationBrief
from api.viewer import Viewer
from appointments.queue import arrival, hall, line, sign
from appointments.queue.hall import Read
from appointments.queue.states import LABELS, TicketState

LINK = "The secret of the ticket's link."
SIGN = "What the sign in the hall carries."
TicketStateType = enum_of(
    TicketState, "What became of a number.", {one: f"{label}." for one, label in LABELS.items()}, name="TicketState"
)


class Wait(graphene.ObjectType):
    """How long somebody will wait, honestly: a range."""

    least = graphene.Int(required=True, description="Minutes at least.")
    most = graphene.Int(required=True, description="Minutes at most, as far as one can tell.")


class Ticket(graphene.ObjectType):
    """A number, as its holder sees it."""

    number = graphene.Int(required=True, description="The number.")
    on = graphene.Field(Date, required=True, description="The day it is for.")
    state = graphene.Field(TicketStateType, required=True, description="What became of it.")
    state_text = graphene.String(required=True, description="The same in words.")
    station = graphene.Field(StationBrief, required=True, description="The station.")
    window = graphene.String(required=True, description="Where to go, once it was called; empty before.")
    ahead = graphene.Int(required=True, description="How many are before it.")
    wait = graphene.Field(Wait, description="How long it may take; empty unless it waits.")
    is_booked = graphene.Boolean(required=True, description="Whether it is called by the time that was ordered.")
    turn_at = graphene.Field(DateTime, required=True, description="That time, or when its holder came.")
    can_be_texted = graphene.Boolean(required=True, description="Whether a text can be asked for.")
    is_texted = graphene.Boolean(required=True, description="Whether a text will be sent when it is near.")
    link = graphene.String(required=True, description="The secret that opens it without signing in.")

    def resolve_number(held, _info: Any) -> int:
        """Give the number."""
        return int(held.row.number)

    def resolve_on(held, _info: Any) -> Any:
        """Give the day."""
        return held.row.on

    def resolve_state(held, _info: Any) -> Any:
        """Give its state."""
        return TicketState(held.row.state)

    def resolve_state_text(held, _info: Any) -> str:
        """Say its state."""
        return LABELS[TicketState(held.row.state)]

    def resolve_window(held, _info: Any) -> str:
        """Say where to go."""
        return str(held.row.window)

    def resolve_is_booked(held, _info: Any) -> bool:
        """Say by what it is called."""
        return bool(held.row.is_booked)

    def resolve_turn_at(held, _info: Any) -> Any:
        """Give the moment."""
        return held.row.turn_at

    def resolve_can_be_texted(held, _info: Any) -> bool:
        """Say whether there is a number that was proven."""
        return held.row.appointment_id is not None and not held.row.phone

    def resolve_is_texted(held, _info: Any) -> bool:
        """Say whether a text will come."""
        return bool(held.row.phone)

    def resolve_link(held, _info: Any) -> str:
        """Give the secret."""
        return str(held.row.link)


class CalledNumber(graphene.ObjectType):
    """A number that is called."""

    number = graphene.Int(required=True, description="The number.")
    window = graphene.String(required=True, description="Where to go.")


class QueueBoard(graphene.ObjectType):
    """What stands on the large display: numbers, and no names."""

    station = graphene.Field(StationBrief, required=True, description="The station.")
    called = graphene.List(graphene.NonNull(CalledNumber), required=True, description="Called now, the newest first.")
    waiting = graphene.Int(required=True, description="How many wait.")
    wait = graphene.Field(Wait, required=True, description="How long somebody who came now would wait.")
    asks_word = graphene.Boolean(
        required=True, description="Whether the word of the day, which hangs in the hall, is asked for."
    )


class QueueScreen(graphene.ObjectType):
    """The large display, with the code that is scanned at this moment."""

    board = graphene.Field(QueueBoard, required=True, description="The numbers.")
    picture = graphene.String(required=True, description="The code to scan; another one every few minutes.")


class Queries(graphene.ObjectType):
    """What can be asked."""

    queue_board = graphene.Field(
        QueueBoard,
        required=True,
        description="How the queue of a station stands, for whoever read its sign.",
        station=graphene.String(required=True, description=STATION),
        sign=graphene.String(required=True, description=SIGN),
    )
    queue_screen = graphene.Field(
        QueueScreen,
        required=True,
        description="The large display of a station, for whoever has its key.",
        station=graphene.String(required=True, description=STATION),
        key=graphene.String(required=True, description="What opens the display; staff are told."),
    )
    ticket_by_link = graphene.Field(
        Ticket,
        required=True,
        description="The number a link is for.",
        link=graphene.String(required=True, description=LINK),
    )

    def resolve_queue_board(_root, info: Any, station: str, sign: str) -> Any:
        """Show it."""
        entry = hall.entered(station, sign, now=info.context.now)
        return _board(entry.station.code, info.context.now, asks_word=entry.asks_word)

    @private
    def resolve_queue_screen(_root, info: Any, station: str, key: str) -> dict[str, Any]:
        """Show it."""
        picture = sign.on_display(info.context.actor, station, key, now=info.context.now)
        return {"board": _board(station, info.context.now, asks_word=False), "picture": picture}

    @private
    def resolve_ticket_by_link(_root, info: Any, link: str) -> Any:
        """Find it."""
        return line.held(line.by_link(link), now=info.context.now)


def _board(code: str, now: Any, *, asks_word: bool) -> dict[str, Any]:
    found = line.board(code, now=now)
    told = {name: getattr(found, name) for name in ("station", "called", "waiting", "wait")}
    return {**told, "asks_word": asks_word}


class TakeTicketInput(graphene.InputObjectType):
    """What to take a number for."""

    station = graphene.String(required=True, description=STATION)
    sign = graphene.String(required=True, description=SIGN)
    reference = graphene.String(default_value="", description="The number of an order; empty for who just comes.")
    word = graphene.String(default_value="", description="The word of the day, where it is asked for.")


class TakeTicket(Action):
    """Take a number in the hall."""

    class Arguments:
        input = TakeTicketInput(required=True)

    ticket = graphene.Field(Ticket, description="The number.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Hand it out."""
        given = (input.station, Read(input.sign, input.word), input.reference)
        held = arrival.come(viewer.actor, *given, address=viewer.address, now=viewer.now)
        return cls(ticket=held)


class TicketLinkInput(graphene.InputObjectType):
    """Which number."""

    link = graphene.String(required=True, description=LINK)


class LeaveQueue(Action):
    """Leave the queue."""

    class Arguments:
        input = TicketLinkInput(required=True)

    ticket = graphene.Field(Ticket, description="The number.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Leave."""
        return cls(ticket=arrival.leave(viewer.actor, input.link, now=viewer.now))


class TextMe(Action):
    """Ask for a text when one's turn is near."""

    class Arguments:
        input = TicketLinkInput(required=True)

    ticket = graphene.Field(Ticket, description="The number.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Note it."""
        return cls(ticket=arrival.text_me(viewer.actor, input.link, now=viewer.now))


class Mutations(graphene.ObjectType):
    """What can be done."""

    take_ticket = TakeTicket.Field()
    leave_queue = LeaveQueue.Field()
    text_me = TextMe.Field()
