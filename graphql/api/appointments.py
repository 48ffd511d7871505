"""Ordering a time through the door, changing it, giving it back (FEATURES B01-B05, B16, B29, B32)."""

from __future__ import annotations

from typing import Any

import graphene

from api import paging
from api.appointment_types import (
    AccessNeedChoice,
    AccessNeedType,
    Alternative,
    Appointment,
    AppointmentConnection,
    AppointmentService,
    FreeTimes,
    NextFreeTime,
    ReachType,
    ServiceKindType,
)
from api.calls import CallingInput
from api.errors import problem_data
from api.mutation import Action
from api.private import private
from api.scalars import Date, DateTime
from api.station_brief import STATION
from api.viewer import Viewer
from appointments import booking, needs, offers, orders, queries, seen
from appointments.calls import Calling
from appointments.guards import Proof, Taken
from appointments.needs import AccessNeed
from appointments.offers import ServiceKind
from appointments.orders import Reach
from core.errors import Problem
from locator import queries as places

LINK = "The secret of the personal link."


class Queries(graphene.ObjectType):
    """What can be asked."""

    appointment_services = graphene.List(
        graphene.NonNull(AppointmentService),
        required=True,
        description="The service menu; of a station, where one is named, what can be ordered there by itself.",
        station=graphene.String(description=STATION),
    )
    access_needs = graphene.List(
        graphene.NonNull(AccessNeedChoice), required=True, description="What somebody may say they need."
    )
    free_times = graphene.Field(
        FreeTimes,
        required=True,
        description="The free times of some days.",
        station=graphene.String(required=True, description=STATION),
        service=graphene.Argument(ServiceKindType, required=True, description="The service."),
        begin=graphene.Argument(Date, required=True, name="from", description="The first of the days."),
        days=graphene.Int(required=True, description=f"How many days, 1 to {queries.LONGEST_LOOK}."),
    )
    next_free_time = graphene.Field(
        NextFreeTime,
        description="The next time somebody can be seen at a station; empty where there is none.",
        station=graphene.String(required=True, description=STATION),
    )
    my_appointments = paging.paged(AppointmentConnection, "One's own appointments, the latest first.")
    appointment_by_link = graphene.Field(
        Appointment,
        required=True,
        description="The appointment a personal link is for.",
        link=graphene.String(required=True, description=LINK),
    )

    def resolve_appointment_services(_root, _info: Any, station: str | None = None) -> Any:
        """Give the menu."""
        return list(offers.menu().values()) if station is None else queries.offers_of(places.station(code=station))

    def resolve_access_needs(_root, _info: Any) -> list[AccessNeedChoice]:
        """List the needs."""
        return [AccessNeedChoice(code=one, label=label) for one, label in needs.LABELS.items()]

    def resolve_free_times(_root, info: Any, station: str, service: ServiceKind, begin: Any, days: int) -> Any:
        """Give what is free."""
        return queries.free_times(station, ServiceKind(service), begin, days, now=info.context.now)

    def resolve_next_free_time(_root, info: Any, station: str) -> Any:
        """Give the next time."""
        found = queries.next_free(station, now=info.context.now)
        if found is None:
            return None
        offer, slot = found
        return NextFreeTime(service=offer, starts_at=slot.starts_at, ends_at=slot.ends_at)

    def resolve_my_appointments(_root, info: Any, first: int, after: str | None = None) -> paging.Page:
        """List one's own."""
        viewer: Viewer = info.context
        rows = queries.mine(viewer.actor, first=paging.judged(first), after=paging.place(after))
        page = paging.page_of(rows, first, lambda one: (one.starts_at.isoformat(), one.id))
        return paging.Page(seen.together(page.nodes, now=viewer.now), page.has_next_page, page.end_cursor)

    @private
    def resolve_appointment_by_link(_root, info: Any, link: str) -> Any:
        """Find it."""
        now = info.context.now
        return seen.together([queries.by_link(link, now=now)], now=now)[0]


class BookAppointmentInput(graphene.InputObjectType):
    """What to order."""

    station = graphene.String(required=True, description=STATION)
    service = graphene.Field(ServiceKindType, required=True, description="The service.")
    starts_at = graphene.Field(DateTime, required=True, description="When it begins: one of the free times.")
    name = graphene.String(required=True, description=f"What to call the person; {orders.LONGEST_NAME} characters.")
    note = graphene.String(default_value="", description=f"Anything to know; {orders.LONGEST_NOTE} characters.")
    needs = graphene.List(
        graphene.NonNull(AccessNeedType), default_value=[], description="What the person needs; may be empty."
    )
    code_request = graphene.String(
        default_value="", description="Which code was asked for with `sendCode`, by whoever has not signed in."
    )
    code = graphene.String(default_value="", description="The code that was texted.")
    hold = graphene.String(default_value="", description="The secret of the time that is kept, where one is.")
    reach = graphene.Field(ReachType, default_value=Reach.TEXT, description="How to tell and remind the person.")
    calling = graphene.Field(CallingInput, description="How it is safe to ring them, where they ordered a call.")


class _Ordered(Action):
    """What comes of an order: the appointment, or what there is instead."""

    class Meta:
        abstract = True

    @classmethod
    def said(cls, viewer: Viewer, made: Any) -> Any:
        """Give the payload."""
        if isinstance(made, Problem):
            return cls(problems=[problem_data(made)])
        if isinstance(made, Taken):
            return cls(problems=[problem_data(made.problem)], alternatives=made.instead)
        return cls(appointment=seen.together([made], now=viewer.now)[0])


class BookAppointment(_Ordered):
    """Order a time. Where it is taken, up to three others come with the answer, and nothing is kept."""

    class Arguments:
        input = BookAppointmentInput(required=True)

    appointment = graphene.Field(Appointment, description="The appointment.")
    alternatives = graphene.List(
        graphene.NonNull(Alternative), description="What there is instead; least effort first."
    )

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Order it."""
        order = orders.Order(
            station=input.station,
            service=ServiceKind(input.service),
            starts_at=input.starts_at,
            name=input.name,
            note=input.note,
            needs=tuple(AccessNeed(one) for one in input.needs),
            hold=input.hold,
            reach=Reach(input.reach),
            calling=Calling(**input.calling).written() if input.get("calling") else None,
        )
        proof = Proof(input.code_request, input.code)
        return cls.said(viewer, booking.book(viewer.actor, order, proof, now=viewer.now))


class ChangeAppointmentInput(graphene.InputObjectType):
    """Where to move it."""

    link = graphene.String(required=True, description=LINK)
    starts_at = graphene.Field(DateTime, required=True, description="When it is to begin: one of the free times.")


class ChangeAppointment(_Ordered):
    """Move an appointment to another time, with its personal link."""

    class Arguments:
        input = ChangeAppointmentInput(required=True)

    appointment = graphene.Field(Appointment, description="The appointment.")
    alternatives = graphene.List(
        graphene.NonNull(Alternative), description="What there is instead; least effort first."
    )

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Move it."""
        return cls.said(viewer, booking.change(viewer.actor, input.link, input.starts_at, now=viewer.now))


class CancelAppointmentInput(graphene.InputObjectType):
    """Which to give back."""

    link = graphene.String(required=True, description=LINK)


class CancelAppointment(Action):
    """Give an appointment back, with its personal link."""

    class Arguments:
        input = CancelAppointmentInput(required=True)

    appointment = graphene.Field(Appointment, description="The appointment.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Give it back."""
        found = booking.cancel(viewer.actor, input.link, now=viewer.now)
        return cls(appointment=seen.together([found], now=viewer.now)[0])


class ConfirmAppointmentInput(graphene.InputObjectType):
    """Which one somebody will come to."""

    link = graphene.String(required=True, description=LINK)


class ConfirmAppointment(Action):
    """Say that one will come, with the personal link."""

    class Arguments:
        input = ConfirmAppointmentInput(required=True)

    appointment = graphene.Field(Appointment, description="The appointment.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Note it."""
        found = booking.confirm(viewer.actor, input.link, now=viewer.now)
        return cls(appointment=seen.together([found], now=viewer.now)[0])


class Mutations(graphene.ObjectType):
    """What can be done."""

    book_appointment = BookAppointment.Field()
    change_appointment = ChangeAppointment.Field()
    cancel_appointment = CancelAppointment.Field()
    confirm_appointment = ConfirmAppointment.Field()
