"""Orders the office could not keep: what there is instead, and telling those who fit no more (FEATURES B02, B05)."""

from __future__ import annotations

from typing import Any

import graphene

from api.appointment_types import Alternative, Appointment, ServiceKindType
from api.mutation import Action, recorded
from api.private import private
from api.rotas import AffectedAppointment
from api.scalars import DateTime
from api.station_brief import STATION
from api.viewer import Viewer
from appointments import affected, displaced, refitting, seen
from appointments.offers import ServiceKind

__all__ = ["Mutations", "Queries", "refitting"]  # its errands are known once the contract is

LINK = "The secret of the personal link."


class AppointmentInstead(graphene.ObjectType):
    """An order that was taken back by the office."""

    appointment = graphene.Field(Appointment, required=True, description="The order.")
    why = graphene.String(required=True, description="Why, in words.")
    is_settled = graphene.Boolean(required=True, description="Whether its person has chosen, or let it be.")
    alternatives = graphene.List(
        graphene.NonNull(Alternative), required=True, description="What there is instead; least effort first."
    )

    def resolve_appointment(one, info: Any) -> Any:
        """Give the order."""
        return seen.together([one.row], now=info.context.now)[0]

    def resolve_alternatives(one, _info: Any) -> Any:
        """Give what there is instead."""
        return one.found


class Queries(graphene.ObjectType):
    """What can be asked."""

    appointment_instead = graphene.Field(
        AppointmentInstead,
        required=True,
        description="What there is instead of an order that was taken back, for whoever has its link.",
        link=graphene.String(required=True, description=LINK),
    )
    affected_appointments = graphene.List(
        graphene.NonNull(AffectedAppointment),
        required=True,
        description="Orders of one's region that fit no more: hours or services have changed. Looking is recorded.",
    )

    @private
    def resolve_appointment_instead(_root, info: Any, link: str) -> Any:
        """Find it."""
        return displaced.instead(info.context.actor, link, now=info.context.now)

    @recorded
    def resolve_affected_appointments(_root, info: Any) -> Any:
        """List them."""
        return affected.already(info.context.actor, now=info.context.now)


class ChooseInsteadInput(graphene.InputObjectType):
    """Which of the times instead."""

    link = graphene.String(required=True, description=LINK)
    station = graphene.String(required=True, description=STATION)
    service = graphene.Field(ServiceKindType, required=True, description="The service.")
    starts_at = graphene.Field(DateTime, required=True, description="When it begins.")


class ChooseInstead(Action):
    """Take a time instead: the same order and number, at another time, place or way."""

    class Arguments:
        input = ChooseInsteadInput(required=True)

    appointment = graphene.Field(Appointment, description="The appointment.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Take it."""
        kind = ServiceKind(input.service)
        row = displaced.choose(viewer.actor, input.link, input.station, kind, input.starts_at, now=viewer.now)
        return cls(appointment=seen.together([row], now=viewer.now)[0])


class LetBeInput(graphene.InputObjectType):
    """Which order nothing is wanted instead of."""

    link = graphene.String(required=True, description=LINK)


class LetBe(Action):
    """Say that nothing is wanted instead."""

    class Arguments:
        input = LetBeInput(required=True)

    appointment = graphene.Field(Appointment, description="The appointment.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Let it be."""
        row = displaced.let_be(viewer.actor, input.link, now=viewer.now)
        return cls(appointment=seen.together([row], now=viewer.now)[0])


class TellAffectedInput(graphene.InputObjectType):
    """What those who fit no more are told."""

    why = graphene.String(required=True, description="Why, in words its readers understand.")


class TellAffected(Action):
    """Take back the orders of one's region that fit no more, and tell their people, with other times."""

    class Arguments:
        input = TellAffectedInput(required=True)

    told = graphene.Int(description="How many they were.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Tell them."""
        return cls(told=affected.tell(viewer.actor, input.why, now=viewer.now))


class Mutations(graphene.ObjectType):
    """What can be done."""

    choose_instead = ChooseInstead.Field()
    let_be = LetBe.Field()
    tell_affected = TellAffected.Field()
