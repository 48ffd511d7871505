"""Visits at home through the door: windows that can be kept, ordering, changing, undoing (FEATURES B06-B09, B15)."""

from __future__ import annotations

from typing import Any

import graphene

from api.appointment_types import Appointment
from api.errors import problem_data
from api.home_visit_types import (
    HomeVisit,
    OrderHomeVisitInput,
    VisitChoices,
    VisitPlaceInput,
    VisitWindow,
    VisitWindows,
    VisitWishesInput,
)
from api.mutation import Action
from api.private import private
from api.scalars import Date, DateTime
from api.viewer import Viewer
from appointments import queries as orders
from appointments import rota, seen
from appointments.guards import Proof
from appointments.needs import AccessNeed
from appointments.visits import ordering, showing, times, wishes
from appointments.visits.form import VisitOrder, Where, Whom
from appointments.visits.ordering import Gone
from appointments.visits.times import Asked, Home
from appointments.visits.wishes import HalfDay, Language, Reason, Relation, Specialty, Wishes
from core.errors import Problem
from locator import coords
from locator.coords import Datum

LINK = "The secret of the personal link."
DAYS = f"How many days, 1 to {times.LONGEST_LOOK}."


def home(place: Any) -> Home:
    """Read where somebody lives."""
    given = place.get("position")
    position = coords.located(given["lat"], given["lon"], Datum(given["datum"])) if given else None
    return times.home(place["division"], position, is_exact=not place["is_approximate"])


def wishes_of(given: Any) -> Wishes:
    """Read what counts."""
    return Wishes(
        needs=frozenset(map(AccessNeed, given["needs"])),
        language=Language(given["language"]),
        woman=given["woman"],
        specialty=Specialty(given["specialty"]) if given.get("specialty") else None,
        half_day=HalfDay(given["half_day"]) if given.get("half_day") else None,
    )


def order_of(given: Any, starts_at: Any = None) -> tuple[VisitOrder, Proof]:
    """Read an order, and the proof that the number is theirs."""
    whom = given["visitee"]
    made = VisitOrder(
        whom=Whom(whom["name"], whom["phone"], Relation(whom["relation"]), whom["agreed"]),
        where=Where(home(given["place"]), given["address"], given["access_notes"]),
        name=given["name"],
        wishes=wishes_of(given["wishes"]),
        reasons=tuple(map(Reason, given["reasons"])),
        note=given["note"],
        starts_at=starts_at,
    )
    return made, Proof(given["code_request"], given["code"])


def _choices(labels: Any) -> list[dict[str, str]]:
    return [{"code": one.name, "label": label} for one, label in labels.items()]


def _windows(asked: Asked, begin: Any, days: int, now: Any) -> dict[str, Any]:
    found = times.days(asked, begin, days, now=now)
    return {"days": found, "last_on": rota.last_day(times.offer(), now=now)}


class Queries(graphene.ObjectType):
    """What can be asked."""

    visit_choices = graphene.Field(VisitChoices, required=True, description="What somebody may say who orders a visit.")
    visit_windows = graphene.Field(
        VisitWindows,
        required=True,
        description="The windows a team can really keep, with all it has promised already.",
        place=graphene.Argument(VisitPlaceInput, required=True, description="Where to come."),
        wishes=graphene.Argument(VisitWishesInput, required=True, description="What counts."),
        begin=graphene.Argument(Date, required=True, name="from", description="The first of the days."),
        days=graphene.Int(required=True, description=DAYS),
    )
    home_visit_by_link = graphene.Field(
        HomeVisit,
        required=True,
        description="The visit a personal link is for.",
        link=graphene.String(required=True, description=LINK),
    )
    other_visit_windows = graphene.Field(
        VisitWindows,
        required=True,
        description="The windows a visit may be moved to.",
        link=graphene.String(required=True, description=LINK),
        begin=graphene.Argument(Date, required=True, name="from", description="The first of the days."),
        days=graphene.Int(required=True, description=DAYS),
    )
    visit_ordered_for = graphene.Field(
        HomeVisit,
        required=True,
        description="What somebody else ordered, for whoever is visited.",
        link=graphene.String(required=True, description="The secret that was sent to whoever is visited."),
    )

    def resolve_visit_choices(_root, _info: Any) -> dict[str, Any]:
        """List what there is to choose."""
        return {
            "reasons": _choices(wishes.REASONS),
            "relations": _choices(wishes.RELATIONS),
            "languages": _choices(wishes.LANGUAGES),
            "specialties": _choices(wishes.SPECIALTIES),
            "half_days": _choices(wishes.HALF_DAYS),
        }

    @private
    def resolve_visit_windows(_root, info: Any, place: Any, wishes: Any, begin: Any, days: int) -> Any:
        """Give what can be promised."""
        return _windows(Asked(home(place), wishes_of(wishes)), begin, days, info.context.now)

    @private
    def resolve_home_visit_by_link(_root, info: Any, link: str) -> Any:
        """Find it."""
        now = info.context.now
        return showing.shown(orders.by_link(link, now=now), now=now)

    @private
    def resolve_other_visit_windows(_root, info: Any, link: str, begin: Any, days: int) -> Any:
        """Give what it may be moved to."""
        now = info.context.now
        return _windows(showing.asked_again(orders.by_link(link, now=now)), begin, days, now)

    @private
    def resolve_visit_ordered_for(_root, info: Any, link: str) -> Any:
        """Find it."""
        viewer: Viewer = info.context
        found, _ = ordering.ordered_for(viewer.actor, link, now=viewer.now)
        return showing.shown(found, now=viewer.now)


class _Ordered(Action):
    """What comes of an order: the appointment, or which windows there are instead."""

    class Meta:
        abstract = True

    @classmethod
    def said(cls, viewer: Viewer, made: Any) -> Any:
        """Give the payload."""
        if isinstance(made, Problem):
            return cls(problems=[problem_data(made)])
        if isinstance(made, Gone):
            return cls(problems=[problem_data(made.problem)], alternatives=made.instead)
        return cls(appointment=seen.together([made], now=viewer.now)[0])


class OrderHomeVisit(_Ordered):
    """Order a visit. Where the window is gone, the nearest others come with the answer, and nothing is kept."""

    class Arguments:
        input = OrderHomeVisitInput(required=True)

    appointment = graphene.Field(Appointment, description="The order.")
    alternatives = graphene.List(graphene.NonNull(VisitWindow), description="The nearest other windows.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Order it."""
        asked, proof = order_of(input, input.starts_at)
        return cls.said(viewer, ordering.order(viewer.actor, asked, proof, now=viewer.now))


class ChangeHomeVisitInput(graphene.InputObjectType):
    """Where to move it."""

    link = graphene.String(required=True, description=LINK)
    starts_at = graphene.Field(DateTime, required=True, description="When the window begins: one that was offered.")


class ChangeHomeVisit(_Ordered):
    """Move a visit to another window, with its personal link."""

    class Arguments:
        input = ChangeHomeVisitInput(required=True)

    appointment = graphene.Field(Appointment, description="The order.")
    alternatives = graphene.List(graphene.NonNull(VisitWindow), description="The nearest other windows.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Move it."""
        return cls.said(viewer, ordering.change(viewer.actor, input.link, input.starts_at, now=viewer.now))


class UndoHomeVisitInput(graphene.InputObjectType):
    """Which to undo."""

    link = graphene.String(required=True, description="The secret that was sent to whoever is visited.")


class UndoHomeVisit(Action):
    """Cancel what somebody else ordered for one."""

    class Arguments:
        input = UndoHomeVisitInput(required=True)

    appointment = graphene.Field(Appointment, description="The order.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Undo it."""
        found = ordering.undo(viewer.actor, input.link, now=viewer.now)
        return cls(appointment=seen.together([found], now=viewer.now)[0])


class Mutations(graphene.ObjectType):
    """What can be done."""

    order_home_visit = OrderHomeVisit.Field()
    change_home_visit = ChangeHomeVisit.Field()
    undo_home_visit = UndoHomeVisit.Field()
