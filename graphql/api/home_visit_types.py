"""Visits at home as the contract shows them: windows, what somebody says who orders one, and who comes."""

from __future__ import annotations

from typing import Any

import graphene

from api.appointment_types import AccessNeedType, Appointment
from api.scalars import Date, DateTime, enum_of
from api.station_kinds import PositionInput
from appointments.visits import form, wishes
from appointments.visits.wishes import HalfDay, Language, Reason, Relation, Specialty


def _enum(members: Any, description: str, labels: Any, name: str) -> Any:
    return enum_of(members, description, {one: f"{label}." for one, label in labels.items()}, name=name)


ReasonType = _enum(Reason, "Why somebody is visited. Nothing has to be proved.", wishes.REASONS, "VisitReason")
RelationType = _enum(Relation, "Whom somebody orders for.", wishes.RELATIONS, "VisitRelation")
LanguageType = _enum(Language, "What is spoken.", wishes.LANGUAGES, "VisitLanguage")
SpecialtyType = _enum(
    Specialty, "What it is about, as far as it matters who comes.", wishes.SPECIALTIES, "VisitSpecialty"
)
HalfDayType = _enum(HalfDay, "When it suits.", wishes.HALF_DAYS, "VisitHalfDay")


class VisitChoice(graphene.ObjectType):
    """One thing to choose."""

    code = graphene.String(required=True, description="Its name in the contract.")
    label = graphene.String(required=True, description="The same in Chinese.")


class VisitChoices(graphene.ObjectType):
    """All there is to choose from."""

    reasons = graphene.List(graphene.NonNull(VisitChoice), required=True, description="Why somebody is visited.")
    relations = graphene.List(graphene.NonNull(VisitChoice), required=True, description="Whom somebody orders for.")
    languages = graphene.List(graphene.NonNull(VisitChoice), required=True, description="What is spoken.")
    specialties = graphene.List(graphene.NonNull(VisitChoice), required=True, description="What it is about.")
    half_days = graphene.List(graphene.NonNull(VisitChoice), required=True, description="When it suits.")


class VisitWindow(graphene.ObjectType):
    """A window in which somebody comes: a promise, for it is offered only where a team can really keep it."""

    starts_at = graphene.Field(DateTime, required=True, description="The earliest they come.")
    ends_at = graphene.Field(DateTime, required=True, description="The latest they come.")
    reasons = graphene.List(
        graphene.NonNull(graphene.String), required=True, description="Why this team suits; may be empty."
    )


class VisitWindowDay(graphene.ObjectType):
    """The windows of a day."""

    date = graphene.Field(Date, required=True, description="The day.")
    note = graphene.String(required=True, description="What is not as usual, or not sure; empty on ordinary days.")
    windows = graphene.List(graphene.NonNull(VisitWindow), required=True, description="Windows, in order.")

    def resolve_windows(day, _info: Any) -> Any:
        """Give the windows."""
        return day.arrivals


class VisitWindows(graphene.ObjectType):
    """What can be promised."""

    days = graphene.List(graphene.NonNull(VisitWindowDay), required=True, description="The days that were asked for.")
    last_on = graphene.Field(Date, required=True, description="The last day that can be ordered for.")


class VisitPlaceInput(graphene.InputObjectType):
    """Where somebody lives, as `geocode` gives it. It is sealed where it is kept, and taken by POST alone."""

    division = graphene.ID(required=True, description="Code of the division.")
    position = graphene.Field(PositionInput, description="The point, where one is known.")
    is_approximate = graphene.Boolean(
        default_value=True, description="Whether the point stands for a whole village or township."
    )


class VisitWishesInput(graphene.InputObjectType):
    """What counts when it is decided who comes. Language, signing and a woman are conditions; the rest are wishes."""

    needs = graphene.List(graphene.NonNull(AccessNeedType), default_value=[], description="What is needed.")
    language = graphene.Field(LanguageType, default_value=Language.MANDARIN, description="What is spoken.")
    woman = graphene.Boolean(default_value=False, description="Whether a woman has to be among those who come.")
    specialty = graphene.Field(SpecialtyType, description="What it is about.")
    half_day = graphene.Field(HalfDayType, description="When it suits.")


class VisiteeInput(graphene.InputObjectType):
    """Who is visited, where somebody else orders."""

    relation = graphene.Field(RelationType, required=True, description="Whom one orders for.")
    name = graphene.String(default_value="", description="What to call them.")
    phone = graphene.String(default_value="", description="Their number, mobile or landline. They are told.")
    agreed = graphene.Boolean(default_value=False, description="That they know and agree.")


class _OrderInput(graphene.InputObjectType):
    """What is said with every order."""

    name = graphene.String(required=True, description="What to call whoever orders.")
    place = graphene.Field(VisitPlaceInput, required=True, description="Where to come.")
    address = graphene.String(required=True, description=f"The address; {form.LONGEST_ADDRESS} characters.")
    access_notes = graphene.String(
        default_value="", description=f"How to get to the door; {form.LONGEST_NOTE} characters."
    )
    wishes = graphene.Field(VisitWishesInput, required=True, description="What counts when it is decided who comes.")
    reasons = graphene.List(graphene.NonNull(ReasonType), required=True, description="Why; one at least.")
    visitee = graphene.Field(VisiteeInput, required=True, description="Who is visited.")
    note = graphene.String(default_value="", description=f"Anything to know; {form.LONGEST_NOTE} characters.")
    code_request = graphene.String(
        default_value="", description="Which code was asked for with `sendCode`, by whoever has not signed in."
    )
    code = graphene.String(default_value="", description="The code that was texted.")


class AskHomeVisitInput(_OrderInput):
    """What to ask for, where no window suits."""


class OrderHomeVisitInput(_OrderInput):
    """What to order."""

    starts_at = graphene.Field(DateTime, required=True, description="When the window begins: one that was offered.")


class VisitWorker(graphene.ObjectType):
    """Somebody who comes."""

    name = graphene.String(required=True, description="Their name.")
    work_number = graphene.String(required=True, description="The number on their card.")


class HomeVisit(graphene.ObjectType):
    """A visit, for whoever has its link. It never says where."""

    appointment = graphene.Field(Appointment, required=True, description="The order: when, how it stands.")
    starts_at = graphene.Field(DateTime, required=True, description="The earliest they come.")
    ends_at = graphene.Field(DateTime, required=True, description="The latest they come.")
    is_for_other = graphene.Boolean(required=True, description="Whether it was ordered for somebody else.")
    workers = graphene.List(graphene.NonNull(VisitWorker), required=True, description="Who is to come.")
    needs = graphene.List(graphene.NonNull(graphene.String), required=True, description="What they prepare for.")


class HomeVisitRequest(graphene.ObjectType):
    """A request for a visit that staff answer, for whoever has its link."""

    reference = graphene.String(required=True, description="The number people quote.")
    state = graphene.String(required=True, description="asked, planned, alternative or withdrawn.")
    asked_at = graphene.Field(DateTime, required=True, description="When it was asked for.")
    due_at = graphene.Field(DateTime, required=True, description="By when it is answered.")
    answered_at = graphene.Field(DateTime, description="When it was answered.")
    reply_text = graphene.String(required=True, description="What is offered instead; may be empty.")
    words = graphene.String(required=True, description="Why, in the words of whoever answered; may be empty.")
    link = graphene.String(required=True, description="The secret that opens it; of the visit, once it is planned.")
