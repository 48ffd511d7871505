"""The queue of a station's day for those at the counter (FEATURES B27)."""

from __future__ import annotations

from typing import Any

import graphene

from api.mutation import Action
from api.queue import SIGN, TicketStateType
from api.scalars import DateTime
from api.station_brief import STATION
from api.viewer import Viewer
from appointments.queue import arrival, calling, sign
from appointments.queue.states import LABELS, TicketState


class QueueTicket(graphene.ObjectType):
    """A number, as those at the counter see it: no name."""

    id = graphene.ID(required=True, description="Its id.")
    number = graphene.Int(required=True, description="The number.")
    state = graphene.Field(TicketStateType, required=True, description="What became of it.")
    state_text = graphene.String(required=True, description="The same in words.")
    is_booked = graphene.Boolean(required=True, description="Whether it is called by the time that was ordered.")
    turn_at = graphene.Field(DateTime, required=True, description="That time, or when they came.")
    window = graphene.String(required=True, description="Where it was called to; empty before.")

    def resolve_state_text(row, _info: Any) -> str:
        """Say its state."""
        return LABELS[TicketState(row.state)]


class QueueSign(graphene.ObjectType):
    """The sign for the hall."""

    sign = graphene.String(required=True, description=SIGN)
    picture = graphene.String(required=True, description="Its code to scan, as the address of a picture.")
    word = graphene.String(required=True, description="The word of the day, to be hung up beside it.")
    display = graphene.String(required=True, description="What opens the large display.")


class Queries(graphene.ObjectType):
    """What can be asked."""

    queue_of_today = graphene.List(
        graphene.NonNull(QueueTicket),
        required=True,
        description="Who is called, waits or missed it today at a station of one's region.",
        station=graphene.String(required=True, description=STATION),
    )
    queue_sign = graphene.Field(
        QueueSign,
        required=True,
        description="The sign for the hall of a station of one's region.",
        station=graphene.String(required=True, description=STATION),
    )

    def resolve_queue_of_today(_root, info: Any, station: str) -> Any:
        """List them."""
        return calling.of_today(info.context.actor, station, now=info.context.now)

    def resolve_queue_sign(_root, info: Any, station: str) -> QueueSign:
        """Give the sign."""
        made = sign.of_station(info.context.actor, station, now=info.context.now)
        return QueueSign(sign=made.sign, picture=made.picture, word=made.word, display=made.display)


class AddToQueueInput(graphene.InputObjectType):
    """Whom to give a number."""

    station = graphene.String(required=True, description=STATION)
    reference = graphene.String(default_value="", description="The number of their order; empty for who just comes.")
    phone = graphene.String(default_value="", description="A mobile to text when it is near; may be empty.")


class AddToQueue(Action):
    """Give a number at the counter."""

    class Arguments:
        input = AddToQueueInput(required=True)

    number = graphene.Int(description="The number.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Hand it out."""
        given = (input.station, input.reference, input.phone)
        held = arrival.add(viewer.actor, *given, now=viewer.now)
        return cls(number=held.row.number)


class CallNextInput(graphene.InputObjectType):
    """Where to call the next one to."""

    station = graphene.String(required=True, description=STATION)
    window = graphene.String(required=True, description=f"Where; {calling.LONGEST_WINDOW} characters.")


class CallNext(Action):
    """Call the next one; whom one called before is done."""

    class Arguments:
        input = CallNextInput(required=True)

    called = graphene.Field(QueueTicket, description="The number that was called; empty where nobody waits.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Call."""
        return cls(called=calling.call_next(viewer.actor, input.station, input.window, now=viewer.now))


class MarkTicketInput(graphene.InputObjectType):
    """What became of which number."""

    ticket = graphene.ID(required=True, description="Its id.")
    state = graphene.Field(TicketStateType, required=True, description="Done, missed, or waiting again.")


class MarkTicket(Action):
    """Say what became of a number."""

    class Arguments:
        input = MarkTicketInput(required=True)

    ticket = graphene.Field(QueueTicket, description="The number.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Mark it."""
        return cls(ticket=calling.mark(viewer.actor, input.ticket, TicketState(input.state), now=viewer.now))


class Mutations(graphene.ObjectType):
    """What can be done."""

    add_to_queue = AddToQueue.Field()
    call_next = CallNext.Field()
    mark_ticket = MarkTicket.Field()
