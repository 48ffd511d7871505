"""When a service is given at a station, and whom a change affects (FEATURES B02)."""

from __future__ import annotations

from typing import Any

import graphene

from api.appointment_types import AppointmentService, ServiceKindType
from api.errors import problem_data
from api.mutation import Action, Problem, recorded
from api.scalars import Date, DateTime
from api.station_brief import STATION
from api.viewer import Viewer
from appointments import affected, queries, rotas
from appointments.offers import ServiceKind, menu
from core.errors import Rejected
from locator import keeping, staffing
from locator import queries as places

SHIFT = "The shift."


class RotaShift(graphene.ObjectType):
    """A shift of a service, week by week."""

    id = graphene.ID(required=True, description="Its id.")
    service = graphene.Field(AppointmentService, required=True, description="The service.")
    weekdays = graphene.List(graphene.NonNull(graphene.Int), required=True, description="1 Monday … 7 Sunday.")
    opens = graphene.String(required=True, description="From, as 09:00.")
    closes = graphene.String(required=True, description="To, as 17:00.")
    slot_minutes = graphene.Int(required=True, description="How long each takes.")
    capacity = graphene.Int(required=True, description="How many people at one time.")
    first_on = graphene.Field(Date, required=True, description="The first day.")
    last_on = graphene.Field(Date, description="The last day; empty: until it is ended.")

    def resolve_service(row, _info: Any) -> Any:
        """Give the service."""
        return menu()[ServiceKind(row.service)]

    def resolve_weekdays(row, _info: Any) -> list[int]:
        """Count from Monday."""
        return [int(day) + 1 for day in row.weekdays]

    def resolve_opens(row, _info: Any) -> str:
        """Write the time."""
        return staffing.clock(row.opens)

    def resolve_closes(row, _info: Any) -> str:
        """Write the time."""
        return staffing.clock(row.closes)


class AffectedAppointment(graphene.ObjectType):
    """An order that would not fit: when, and its number; not whose."""

    reference = graphene.String(required=True, description="The number people quote.")
    service = graphene.Field(AppointmentService, required=True, description="The service.")
    starts_at = graphene.Field(DateTime, required=True, description="When it begins.")

    resolve_service = RotaShift.resolve_service


class RotaPreview(graphene.ObjectType):
    """What would come of a shift."""

    times = graphene.Int(description="How many times its first week has, with all shifts; empty where one ends.")
    affected = graphene.List(
        graphene.NonNull(AffectedAppointment), required=True, description="Orders that would not fit any more."
    )
    problems = graphene.List(
        graphene.NonNull(Problem), required=True, description="What to put right first, all at once."
    )

    def resolve_problems(preview, _info: Any) -> list[Any]:
        """Give the problems, none where all is well."""
        return getattr(preview, "problems", None) or []


class RotaShiftInput(graphene.InputObjectType):
    """A shift as it should be."""

    station = graphene.String(required=True, description=STATION)
    service = graphene.Field(ServiceKindType, required=True, description="The service.")
    shift = graphene.ID(description="The shift to change; empty for a new one.")
    weekdays = graphene.List(graphene.NonNull(graphene.Int), required=True, description="1 Monday … 7 Sunday.")
    opens = graphene.String(required=True, description="From, as 09:00.")
    closes = graphene.String(required=True, description="To, as 17:00.")
    slot_minutes = graphene.Int(required=True, description="How long each takes.")
    capacity = graphene.Int(required=True, description="How many people at one time.")
    first_on = graphene.Field(Date, required=True, description="From which day on; until then all stays as it was.")
    last_on = graphene.Field(Date, description="The last day; empty: until it is ended.")


class EndRotaShiftInput(graphene.InputObjectType):
    """Which shift to end, and when."""

    shift = graphene.ID(required=True, description=SHIFT)
    last_on = graphene.Field(Date, required=True, description="The last day it is kept.")


class Queries(graphene.ObjectType):
    """What can be asked."""

    rota_shifts = graphene.List(
        graphene.NonNull(RotaShift),
        required=True,
        description="The shifts of a station of one's region that are not over.",
        station=graphene.String(required=True, description=STATION),
    )
    rota_services = graphene.List(
        graphene.NonNull(AppointmentService),
        required=True,
        description="The services of a station of one's region that go by shifts.",
        station=graphene.String(required=True, description=STATION),
    )
    rota_preview = graphene.Field(
        RotaPreview,
        required=True,
        description="What would come of a shift, before anything is kept.",
        input=graphene.Argument(RotaShiftInput, required=True, description="The shift as it should be."),
    )
    rota_end_preview = graphene.Field(
        RotaPreview,
        required=True,
        description="Whom it would affect if a shift ended.",
        input=graphene.Argument(EndRotaShiftInput, required=True, description="Which, and when."),
    )
    closure_preview = graphene.Field(
        RotaPreview,
        required=True,
        description="Whom it would affect if a station one keeps were closed or kept other hours. Looking is recorded.",
        station=graphene.String(required=True, description=STATION),
        first_on=graphene.Argument(Date, required=True, description="The first day."),
        last_on=graphene.Argument(Date, required=True, description="The last day."),
        spans=graphene.String(required=True, description="The hours then; empty: closed."),
    )

    def resolve_rota_shifts(_root, info: Any, station: str) -> Any:
        """Give the shifts."""
        return rotas.of_station(info.context.actor, station, now=info.context.now)

    def resolve_rota_services(_root, info: Any, station: str) -> Any:
        """Give the services."""
        row = places.station(which=keeping.opened(info.context.actor, station).id)
        return [one for one in queries.offers_of(row) if one.code is not ServiceKind.HOME_VISIT]

    def resolve_rota_preview(_root, info: Any, input: Any) -> Any:
        """Look ahead."""
        try:
            given = _given(input)
            return rotas.preview(info.context.actor, *given, shift_id=input.get("shift"), now=info.context.now)
        except Rejected as rejected:
            return RotaPreview(affected=[], problems=[problem_data(one) for one in rejected.problems])

    def resolve_rota_end_preview(_root, info: Any, input: Any) -> RotaPreview:
        """Look ahead."""
        found = rotas.preview_end(info.context.actor, input.shift, input.last_on, now=info.context.now)
        return RotaPreview(affected=found)

    @recorded
    def resolve_closure_preview(_root, info: Any, station: str, first_on: Any, last_on: Any, spans: str) -> RotaPreview:
        """Look ahead."""
        days = (first_on, last_on)
        found = affected.by_closure(info.context.actor, station, days, spans, now=info.context.now)
        return RotaPreview(affected=found)


class PutRotaShift(Action):
    """Make a shift, or change one from a day on. Whoever does not fit any more is told, with other times."""

    class Arguments:
        input = RotaShiftInput(required=True)

    shift = graphene.Field(RotaShift, description="The shift.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Keep it."""
        return cls(shift=rotas.put(viewer.actor, *_given(input), shift_id=input.get("shift"), now=viewer.now))


class EndRotaShift(Action):
    """End a shift. Whoever does not fit any more is told, with other times."""

    class Arguments:
        input = EndRotaShiftInput(required=True)

    ended = graphene.Boolean(description="That it is done.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """End it."""
        rotas.end(viewer.actor, input.shift, input.last_on, now=viewer.now)
        return cls(ended=True)


class Mutations(graphene.ObjectType):
    """What can be done."""

    put_rota_shift = PutRotaShift.Field()
    end_rota_shift = EndRotaShift.Field()


def _given(input: Any) -> tuple[str, ServiceKind, rotas.Plan]:
    plan = rotas.Plan(
        weekdays=frozenset(day - 1 for day in input.weekdays if 1 <= day <= rotas.WEEK),
        opens=input.opens,
        closes=input.closes,
        slot_minutes=input.slot_minutes,
        capacity=input.capacity,
        first_on=input.first_on,
        last_on=input.get("last_on"),
    )
    return input.station, ServiceKind(input.service), plan
