"""Times, appointments and what there is instead, as the contract shows them. Nothing here says who somebody is."""

from __future__ import annotations

from typing import Any

import graphene

from api import paging
from api.scalars import Date, DateTime, enum_of
from api.station_brief import StationBrief
from appointments import displaced, needs, states
from appointments.alternatives import AlternativeKind
from appointments.needs import AccessNeed
from appointments.offers import ServiceKind
from appointments.orders import Reach
from appointments.states import AppointmentState

ServiceKindType = enum_of(
    ServiceKind,
    "What can be ordered.",
    {
        ServiceKind.WINDOW_TALK: "A talk at the window.",
        ServiceKind.PHONE_CALLBACK: "Staff ring at the time.",
        ServiceKind.VIDEO: "A talk by video, at a station.",
        ServiceKind.EXTENDED_HOURS: "A talk at the window before or after the usual hours.",
        ServiceKind.CIRCUIT: "A talk at a stop of the circuit, on its day.",
        ServiceKind.HOME_VISIT: "Staff come to the person's home.",
    },
    name="AppointmentServiceKind",
)
AccessNeedType = enum_of(
    AccessNeed, "What somebody needs.", {one: f"{label}." for one, label in needs.LABELS.items()}, name="AccessNeed"
)
ReachType = enum_of(
    Reach,
    "How somebody wants to be told and reminded.",
    {Reach.TEXT: "By text.", Reach.CALL: "Staff ring them up: they have no smartphone, or do not read texts."},
    name="AppointmentReach",
)
StateType = enum_of(
    AppointmentState,
    "How far an appointment has come.",
    {one: f"{label}." for one, label in states.LABELS.items()},
    name="AppointmentState",
)
KINDS = {AlternativeKind.TIME: "换时间", AlternativeKind.PLACE: "换地点", AlternativeKind.MODE: "换方式"}
AlternativeKindType = enum_of(
    AlternativeKind,
    "What is different about it.",
    {one: f"{label}." for one, label in KINDS.items()},
    name="AlternativeKind",
)


class AccessNeedChoice(graphene.ObjectType):
    """One thing somebody may need."""

    code = graphene.Field(AccessNeedType, required=True, description="Its name in the contract.")
    label = graphene.String(required=True, description="The same in Chinese.")


class AppointmentService(graphene.ObjectType):
    """A service of the menu."""

    code = graphene.Field(ServiceKindType, required=True, description="Its name in the contract.")
    label = graphene.String(required=True, description="Its name in Chinese.")
    summary = graphene.String(required=True, description="What it is, in a sentence.")
    who = graphene.String(required=True, description="Who one will speak with.")
    bring = graphene.List(graphene.NonNull(graphene.String), required=True, description="What to bring.")
    minutes = graphene.Int(required=True, description="How long it takes.")
    is_remote = graphene.Boolean(required=True, description="Whether nobody needs to go anywhere.")
    is_bookable = graphene.Boolean(required=True, description="Whether it is ordered here; else by telephone.")


class FreeSlot(graphene.ObjectType):
    """A free time."""

    starts_at = graphene.Field(DateTime, required=True, description="When it begins.")
    ends_at = graphene.Field(DateTime, required=True, description="When it is over.")


class FreeDay(graphene.ObjectType):
    """The free times of a day."""

    date = graphene.Field(Date, required=True, description="The day.")
    note = graphene.String(required=True, description="What is not as usual, or not sure; empty on ordinary days.")
    slots = graphene.List(graphene.NonNull(FreeSlot), required=True, description="Free times, in order.")


class FreeTimes(graphene.ObjectType):
    """What is free at a station for a service."""

    station = graphene.Field(StationBrief, required=True, description="The station.")
    service = graphene.Field(AppointmentService, required=True, description="The service.")
    days = graphene.List(graphene.NonNull(FreeDay), required=True, description="The days that were asked for.")
    last_on = graphene.Field(Date, required=True, description="The last day that can be ordered for.")

    def resolve_service(free, _info: Any) -> Any:
        """Give the service."""
        return free.offer


class NextFreeTime(FreeSlot):
    """The next time somebody can be seen at a station."""

    service = graphene.Field(AppointmentService, required=True, description="By which service.")


class AppointmentPlace(StationBrief):
    """Where it is."""

    address = graphene.String(required=True, description="The address.")
    transport = graphene.String(required=True, description="How to get there; may be empty.")
    phone = graphene.String(required=True, description="The telephone number.")


class Appointment(graphene.ObjectType):
    """An appointment: when, where and what, and never whose."""

    reference = graphene.String(required=True, description="The number people quote.")
    state = graphene.Field(StateType, required=True, description="How far it has come.")
    state_text = graphene.String(required=True, description="The same in words.")
    service = graphene.Field(AppointmentService, required=True, description="The service.")
    place = graphene.Field(AppointmentPlace, required=True, description="The station.")
    starts_at = graphene.Field(DateTime, required=True, description="When it begins.")
    ends_at = graphene.Field(DateTime, required=True, description="When it is over.")
    change_until = graphene.Field(DateTime, required=True, description="Until when it can be moved.")
    can_change = graphene.Boolean(required=True, description="Whether it can still be moved.")
    can_cancel = graphene.Boolean(required=True, description="Whether it can still be given back.")
    approval_due_at = graphene.Field(
        DateTime, description="Until when staff answer whether it can be; empty where nothing is to be answered."
    )
    meeting_opens_at = graphene.Field(
        DateTime, description="From when the way into a talk by video is shown; empty for all others."
    )
    meeting_url = graphene.String(description="The way into a talk by video, shortly before and while it is held.")
    is_rung_instead = graphene.Boolean(
        required=True, description="Whether a talk by video is held by telephone after all."
    )
    is_confirmed = graphene.Boolean(required=True, description="Whether the person said that they will come.")
    can_confirm = graphene.Boolean(required=True, description="Whether they may say so now.")
    link = graphene.String(required=True, description="The secret that opens it without signing in.")
    calendar_file = graphene.String(required=True, description="It as a calendar file (iCalendar).")
    taken_back_why = graphene.String(
        description="Why the office could not keep it, while nothing was chosen instead; empty for all others."
    )

    def resolve_reference(seen, _info: Any) -> str:
        """Give its number."""
        return str(seen.row.reference)

    def resolve_service(seen, _info: Any) -> Any:
        """Give the service."""
        return seen.offer

    def resolve_place(seen, _info: Any) -> Any:
        """Give the place."""
        return seen.station

    def resolve_starts_at(seen, _info: Any) -> Any:
        """Give when it begins."""
        return seen.row.starts_at

    def resolve_taken_back_why(seen, _info: Any) -> str | None:
        """Say why, where there is something to choose instead."""
        return displaced.why(seen.row)

    def resolve_link(seen, _info: Any) -> str:
        """Give the secret."""
        return str(seen.row.link)


AppointmentConnection = paging.connection(Appointment, "One's own appointments, the latest first.")


class Alternative(FreeSlot):
    """A free time instead of one that is taken."""

    kind = graphene.Field(AlternativeKindType, required=True, description="What is different about it.")
    kind_text = graphene.String(required=True, description="The same in words.")
    service = graphene.Field(AppointmentService, required=True, description="The service.")
    station = graphene.Field(StationBrief, required=True, description="The station.")
    distance_text = graphene.String(description="How far it is from the place that was asked for.")

    def resolve_kind_text(one, _info: Any) -> str:
        """Name the kind."""
        return KINDS[one.kind]

    def resolve_service(one, _info: Any) -> Any:
        """Give the service."""
        return one.offer

    def resolve_starts_at(one, _info: Any) -> Any:
        """Give when it begins."""
        return one.slot.starts_at

    def resolve_ends_at(one, _info: Any) -> Any:
        """Give when it is over."""
        return one.slot.ends_at

    def resolve_distance_text(one, _info: Any) -> str | None:
        """Say how far."""
        return one.near.distance_text if one.near else None
