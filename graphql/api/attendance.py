"""A day's appointments for the staff of a region: who comes, and who came."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import graphene

from accounts import phone
from api.appointment_types import Appointment, StateType
from api.calls import CallTry
from api.mutation import Action, recorded
from api.scalars import Date
from api.viewer import Viewer
from appointments import attendance, calls, conventions, needs, reached, seen
from appointments.needs import AccessNeed
from appointments.offers import ServiceKind
from appointments.states import LABELS, NEXT, AppointmentState


class NextState(graphene.ObjectType):
    """What may be said of it next."""

    code = graphene.Field(StateType, required=True, description="Its name in the contract.")
    label = graphene.String(required=True, description="The same in Chinese.")


class AttendedAppointment(graphene.ObjectType):
    """An appointment as those who attend to it see it."""

    id = graphene.ID(required=True, description="Its id.")
    appointment = graphene.Field(Appointment, required=True, description="When, where and what.")
    name = graphene.String(required=True, description="What to call the person.")
    phone = graphene.String(
        required=True, description="The number: in full where staff are to ring it, masked otherwise."
    )
    note = graphene.String(required=True, description="What they said; may be empty.")
    needs = graphene.List(graphene.NonNull(graphene.String), required=True, description="What to be ready for.")
    reminder = graphene.String(required=True, description="What became of the latest reminder; empty before the first.")
    how_to_call = graphene.List(
        graphene.NonNull(graphene.String), required=True, description="How it is safe to ring them; empty for visits."
    )
    calls = graphene.List(graphene.NonNull(CallTry), required=True, description="Every try to reach them.")
    is_to_be_called = graphene.Boolean(required=True, description="Whether a try may still be noted.")
    next_states = graphene.List(graphene.NonNull(NextState), required=True, description="What may be said next.")

    def resolve_id(one, _info: Any) -> str:
        """Give its id."""
        return str(one.row.id)

    def resolve_appointment(one, _info: Any) -> Any:
        """Give what everybody may see."""
        return one

    def resolve_name(one, _info: Any) -> str:
        """Give the name."""
        return str(one.row.name)

    def resolve_phone(one, _info: Any) -> str:
        """Give the number as far as it is needed."""
        number: str = one.row.phone
        return number if one.offer.is_remote or one.is_rung_instead else phone.mask(number)

    def resolve_note(one, _info: Any) -> str:
        """Give the note."""
        return str(one.row.note)

    def resolve_needs(one, _info: Any) -> list[str]:
        """Name the needs."""
        return [needs.LABELS[AccessNeed(need)] for need in one.row.needs]

    def resolve_reminder(one, _info: Any) -> str:
        """Say what became of it."""
        return str(one.reached.reminder)

    def resolve_calls(one, _info: Any) -> Any:
        """Give the tries."""
        return one.reached.calls

    def resolve_how_to_call(one, _info: Any) -> list[str]:
        """Say how to ring."""
        return calls.words(one.row) if one.offer.code is ServiceKind.PHONE_CALLBACK else []

    def resolve_is_to_be_called(one, _info: Any) -> bool:
        """Say whether a try may be noted."""
        waits = one.offer.code is ServiceKind.PHONE_CALLBACK and one.state is AppointmentState.BOOKED
        return waits and len(one.reached.calls) < conventions.agreed().call_attempts

    def resolve_next_states(one, _info: Any) -> list[NextState]:
        """Say what may come next."""
        return [NextState(code=state, label=LABELS[state]) for state in NEXT[one.state]]


class Queries(graphene.ObjectType):
    """What can be asked."""

    appointments_of_day = graphene.List(
        graphene.NonNull(AttendedAppointment),
        required=True,
        description=f"The appointments of a day in one's region, {attendance.MOST} at most. Looking is recorded.",
        on=graphene.Argument(Date, required=True, description="The day."),
    )

    @recorded
    def resolve_appointments_of_day(_root, info: Any, on: Any) -> Any:
        """Give the day."""
        viewer: Viewer = info.context
        found = seen.together(attendance.of_day(viewer.actor, on, now=viewer.now), now=viewer.now)
        tried = reached.of([one.row.id for one in found])
        return [replace(one, reached=tried.get(one.row.id, one.reached)) for one in found]


class MarkAppointmentInput(graphene.InputObjectType):
    """What to say of which."""

    appointment = graphene.ID(required=True, description="Its id.")
    state = graphene.Field(StateType, required=True, description="Arrived, done, or not come.")


class MarkAppointment(Action):
    """Say whether somebody came."""

    class Arguments:
        input = MarkAppointmentInput(required=True)

    attended = graphene.Field(AttendedAppointment, description="The appointment.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Mark it."""
        found = attendance.mark(viewer.actor, input.appointment, AppointmentState(input.state), now=viewer.now)
        return cls(attended=seen.together([found], now=viewer.now)[0])


class Mutations(graphene.ObjectType):
    """What can be done."""

    mark_appointment = MarkAppointment.Field()
