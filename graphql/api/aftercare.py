"""What comes after an appointment, through the door: its outcome, how it was, why somebody did not come (B28, B31)."""

from __future__ import annotations

from typing import Any

import graphene

from api.appointment_types import Appointment
from api.mutation import Action
from api.private import private
from api.scalars import Date, DateTime, enum_of
from api.viewer import Viewer
from appointments import seen
from appointments.aftercare import missed, outcomes, ratings
from appointments.aftercare.missed import Why
from appointments.aftercare.outcomes import OutcomeKind
from appointments.aftercare.ratings import SCORES

LINK = "The secret of the personal link."
WhyType = enum_of(
    Why, "Why somebody did not come.", {one: f"{label}." for one, label in missed.WHYS.items()}, name="AbsenceReason"
)
OutcomeType = enum_of(
    OutcomeKind,
    "What came of an appointment.",
    {one: f"{label}." for one, label in outcomes.LABELS.items()},
    name="AppointmentOutcomeKind",
)


class Score(graphene.ObjectType):
    """A score somebody may give."""

    score = graphene.Int(required=True, description="From 1, very bad, to 5, very good.")
    label = graphene.String(required=True, description="The same in Chinese.")


class AppointmentOutcome(graphene.ObjectType):
    """What came of an appointment, as its person reads it."""

    outcome = graphene.Field(OutcomeType, required=True, description="What came of it.")
    outcome_text = graphene.String(required=True, description="The same in words.")
    next_step = graphene.String(required=True, description="What happens next.")
    next_on = graphene.Field(Date, description="On which day, where there is one.")

    def resolve_outcome_text(row, _info: Any) -> str:
        """Say it."""
        return outcomes.LABELS[OutcomeKind(row.outcome)]


class AppointmentRating(graphene.ObjectType):
    """How somebody found an appointment: for whoever has its link, and nobody of the staff."""

    appointment = graphene.Field(Appointment, required=True, description="The appointment.")
    outcome = graphene.Field(AppointmentOutcome, description="What came of it, where staff have said so.")
    scores = graphene.List(graphene.NonNull(Score), required=True, description="What can be given, best first.")
    score = graphene.Int(description="What was given.")
    words = graphene.String(required=True, description="What was written with it.")
    wants_call = graphene.Boolean(required=True, description="Whether they want to be rung.")
    can_rate = graphene.Boolean(required=True, description="Whether it can be given, or still changed.")
    is_low = graphene.Boolean(required=True, description="Whether somebody will answer it.")
    answer = graphene.String(required=True, description="What was answered; empty until then.")
    answered_at = graphene.Field(DateTime, description="When it was answered.")

    def resolve_appointment(one, _info: Any) -> Any:
        """Give the appointment."""
        return seen.together([one.appointment], now=one.now)[0]

    def resolve_outcome(one, _info: Any) -> Any:
        """Give what came of it."""
        return outcomes.of(one.appointment.id)

    def resolve_scores(_one, _info: Any) -> list[Score]:
        """List the scores."""
        return [Score(score=score, label=label) for score, label in SCORES.items()]

    def resolve_score(one, _info: Any) -> int | None:
        """Give the score."""
        given: int | None = one.rating.score
        return given

    def resolve_words(one, _info: Any) -> str:
        """Give the words."""
        return str(one.rating.words)

    def resolve_wants_call(one, _info: Any) -> bool:
        """Say whether they want to be rung."""
        return bool(one.rating.wants_call)

    def resolve_answer(one, _info: Any) -> str:
        """Give the answer."""
        return str(one.rating.answer)

    def resolve_answered_at(one, _info: Any) -> Any:
        """Give when it was answered."""
        return one.rating.answered_at


class AbsenceChoice(graphene.ObjectType):
    """A reason somebody may give."""

    code = graphene.Field(WhyType, required=True, description="Its name in the contract.")
    label = graphene.String(required=True, description="The same in Chinese.")


class MissedAppointment(graphene.ObjectType):
    """An appointment somebody did not come to, for whoever has its link."""

    appointment = graphene.Field(Appointment, required=True, description="The appointment.")
    choices = graphene.List(graphene.NonNull(AbsenceChoice), required=True, description="What may be said.")
    why = graphene.Field(WhyType, description="What was said.")
    wants_call = graphene.Boolean(required=True, description="Whether they want to be rung.")

    def resolve_appointment(one, info: Any) -> Any:
        """Give the appointment."""
        return seen.together([one.appointment], now=info.context.now)[0]

    def resolve_choices(_one, _info: Any) -> list[AbsenceChoice]:
        """List the reasons."""
        return [AbsenceChoice(code=one, label=label) for one, label in missed.WHYS.items()]

    def resolve_why(one, _info: Any) -> Why | None:
        """Give the reason."""
        return Why(one.missed.why) if one.missed.why else None

    def resolve_wants_call(one, _info: Any) -> bool:
        """Say whether they want to be rung."""
        return bool(one.missed.wants_call)


class ScoreCount(Score):
    """How many gave a score."""

    number = graphene.Int(required=True, description="How many.")


class RatingFigures(graphene.ObjectType):
    """How people of a region found it: together, never one by one. Who never answered is part of it."""

    asked = graphene.Int(required=True, description="How many were asked.")
    answered = graphene.Int(required=True, description="How many answered.")
    scores = graphene.List(
        graphene.NonNull(ScoreCount), required=True, description="By score; empty where too few answered."
    )

    def resolve_scores(figures, _info: Any) -> list[ScoreCount]:
        """List the counts."""
        return [ScoreCount(score=one, label=SCORES[one], number=number) for one, number in figures.scores.items()]


class Queries(graphene.ObjectType):
    """What can be asked."""

    appointment_rating = graphene.Field(
        AppointmentRating,
        required=True,
        description="What a link asks: how an appointment was.",
        link=graphene.String(required=True, description=LINK),
    )
    missed_appointment = graphene.Field(
        MissedAppointment,
        required=True,
        description="What a link asks: why somebody did not come.",
        link=graphene.String(required=True, description=LINK),
    )
    rating_figures = graphene.Field(
        RatingFigures, required=True, description="How people of one's region found it, in the last 90 days."
    )

    @private
    def resolve_appointment_rating(_root, info: Any, link: str) -> Any:
        """Find it."""
        return ratings.asked(info.context.actor, link, now=info.context.now)

    @private
    def resolve_missed_appointment(_root, info: Any, link: str) -> Any:
        """Find it."""
        return missed.asked(info.context.actor, link, now=info.context.now)

    def resolve_rating_figures(_root, info: Any) -> Any:
        """Count."""
        return ratings.figures(info.context.actor, now=info.context.now)


class RateAppointmentInput(graphene.InputObjectType):
    """How it was."""

    link = graphene.String(required=True, description=LINK)
    score = graphene.Int(required=True, description="From 1, very bad, to 5, very good.")
    words = graphene.String(default_value="", description=f"Anything to say; {ratings.LONGEST_WORDS} characters.")
    wants_call = graphene.Boolean(
        default_value=False, description="Whether to be rung. Only then do staff learn who it is."
    )


class RateAppointment(Action):
    """Say how an appointment was. It can be changed for a while; a low score is answered by a set time."""

    class Arguments:
        input = RateAppointmentInput(required=True)

    rating = graphene.Field(AppointmentRating, description="The rating.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Take it."""
        given = ratings.Given(input.score, input.words, input.wants_call)
        return cls(rating=ratings.rate(viewer.actor, input.link, given, now=viewer.now))


class ExplainAbsenceInput(graphene.InputObjectType):
    """Why somebody did not come."""

    link = graphene.String(required=True, description=LINK)
    why = graphene.Field(WhyType, required=True, description="Why.")
    wants_call = graphene.Boolean(default_value=False, description="Whether to be rung.")


class ExplainAbsence(Action):
    """Say why one did not come. Nothing bad follows from any answer."""

    class Arguments:
        input = ExplainAbsenceInput(required=True)

    missed = graphene.Field(MissedAppointment, description="What is known now.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Take it."""
        said = missed.explain(viewer.actor, input.link, Why(input.why), wants_call=input.wants_call, now=viewer.now)
        return cls(missed=said)


class RecordOutcomeInput(graphene.InputObjectType):
    """What came of it."""

    appointment = graphene.ID(required=True, description="Its id.")
    outcome = graphene.Field(OutcomeType, required=True, description="What came of it.")
    next_step = graphene.String(
        required=True, description=f"What happens next, as the person reads it; {outcomes.LONGEST_STEP} characters."
    )
    next_on = graphene.Field(Date, description="On which day, where there is one.")


class RecordOutcome(Action):
    """Say what came of an appointment; that it is done follows from it."""

    class Arguments:
        input = RecordOutcomeInput(required=True)

    outcome = graphene.Field(AppointmentOutcome, description="What is known now.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Keep it."""
        said = outcomes.Said(OutcomeKind(input.outcome), input.next_step, input.get("next_on"))
        return cls(outcome=outcomes.record(viewer.actor, input.appointment, said, now=viewer.now))


class Mutations(graphene.ObjectType):
    """What can be done."""

    rate_appointment = RateAppointment.Field()
    explain_absence = ExplainAbsence.Field()
    record_outcome = RecordOutcome.Field()
