"""When places will be full, and whether work is shared fairly (FEATURES B21, B30)."""

from __future__ import annotations

from typing import Any

import graphene

from api.appointment_types import AppointmentService
from api.scalars import Date
from api.station_brief import StationBrief
from appointments import fairness, forecast


class ShiftSuggestion(graphene.ObjectType):
    """A shift that would help."""

    weekdays = graphene.List(graphene.NonNull(graphene.Int), required=True, description="1 Monday … 7 Sunday.")
    opens = graphene.String(required=True, description="From, as 09:00.")
    closes = graphene.String(required=True, description="To, as 17:00.")
    slot_minutes = graphene.Int(required=True, description="How long each takes.")
    capacity = graphene.Int(required=True, description="How many people at one time.")


class Forecast(graphene.ObjectType):
    """How a service of a station stands for the days ahead."""

    station = graphene.Field(StationBrief, required=True, description="The station.")
    service = graphene.Field(AppointmentService, required=True, description="The service.")
    places = graphene.Int(required=True, description="Places of the days ahead, taken or not.")
    free = graphene.Int(required=True, description="Places left.")
    a_day = graphene.Float(required=True, description="Orders a day, lately.")
    full_in = graphene.Int(description="In how many days it is full at that pace; empty where there are no places.")
    full_on = graphene.List(graphene.NonNull(Date), required=True, description="Days that are full already.")
    is_alarm = graphene.Boolean(required=True, description="Whether it is worth saying.")
    by_roster = graphene.Boolean(required=True, description="Whether a roster of duty lawyers is its times.")
    suggestion = graphene.Field(ShiftSuggestion, description="A shift that would help; empty where the roster counts.")

    def resolve_service(one, _info: Any) -> Any:
        """Give the service."""
        return one.offer


class StaffLoad(graphene.ObjectType):
    """How many orders somebody attended to."""

    name = graphene.String(required=True, description="Whose.")
    count = graphene.Int(required=True, description="How many.")


class Fairness(graphene.ObjectType):
    """How the work of a month was shared in one's region."""

    month = graphene.Field(Date, required=True, description="The first of the month.")
    loads = graphene.List(graphene.NonNull(StaffLoad), required=True, description="By person, the most first.")
    gini = graphene.Float(required=True, description="0: all did as many; near 1: one did all.")
    top_share = graphene.Float(required=True, description="The share of whoever did most, 0 to 1.")


class Queries(graphene.ObjectType):
    """What can be asked."""

    forecasts = graphene.List(
        graphene.NonNull(Forecast),
        required=True,
        description="Services of one's region that people order, the soonest full first.",
    )
    fairness = graphene.Field(
        Fairness,
        required=True,
        description="How the work of a month was shared in one's region.",
        month=graphene.Argument(Date, required=True, description="A day of the month."),
    )

    def resolve_forecasts(_root, info: Any) -> Any:
        """Reckon them."""
        return forecast.of_region(info.context.actor, now=info.context.now)

    def resolve_fairness(_root, info: Any, month: Any) -> Any:
        """Reckon it."""
        return fairness.of_month(info.context.actor, month)
