"""The anonymous pre-check: what may be applied for, the next question, the outcome and its reasons."""

from __future__ import annotations

from typing import Any

import graphene

from api.errors import problem_data
from api.mutation import Action, Problem, recorded
from api.questions import Answered, AnswerInput, Question, answered, answers_of
from api.scalars import Date, DateTime, enum_of
from api.viewer import Viewer
from applications import precheck, questions
from applications.judgement import Route, Verdict
from applications.rulebook import rulebook
from core.calendar import china_day
from core.errors import Malformed
from core.errors import Problem as CoreProblem

EligibilityVerdict = enum_of(
    Verdict,
    "The three outcomes. None is a refusal: everybody may apply, and a person decides.",
    {
        Verdict.LIKELY: "Legal aid is likely.",
        Verdict.PERSON_LOOKS: "A person must look.",
        Verdict.OTHER_HELP: "Perhaps not legal aid; other help is named.",
    },
)
VerificationRoute = enum_of(
    Route,
    "How hardship may be verified; the applicant chooses.",
    {
        Route.DATA_SHARING: "The agency looks it up.",
        Route.PLEDGE: "A signed personal integrity pledge.",
        Route.CERTIFICATE: "A paper the applicant chooses to hand in.",
    },
)


class Figure(graphene.ObjectType):
    """A number that was used."""

    name = graphene.String(required=True, description="What it is.")
    value = graphene.String(required=True, description="The number with its unit.")


class ExplanationLine(graphene.ObjectType):
    """One rule, and what came of it."""

    rule = graphene.String(required=True, description="The id of the rule.")
    article = graphene.String(required=True, description="The article it stands in.")
    text = graphene.String(required=True, description="What came of it, in plain Chinese.")
    holds = graphene.Boolean(description="Whether it is fulfilled; empty where a person must look.")
    depth = graphene.Int(required=True, description="How deep it stands below the line before.")
    figures = graphene.List(graphene.NonNull(Figure), required=True, description="The figures used.")


class NextStep(graphene.ObjectType):
    """Something to do next."""

    code = graphene.String(required=True, description="APPLY, HOTLINE, STATION, MEDIATION or POLICE.")
    title = graphene.String(required=True, description="What to do.")
    text = graphene.String(required=True, description="Why, or how.")


class Judgement(graphene.ObjectType):
    """The outcome and all that led to it: a hint, never a decision."""

    verdict = graphene.Field(EligibilityVerdict, required=True, description="The outcome.")
    headline = graphene.String(required=True, description="The outcome in words.")
    matter = graphene.String(description="The code of the matter.")
    exemption = graphene.String(description="The code of the exempt class, where one applies.")
    hardship_required = graphene.Boolean(required=True, description="Whether hardship is a condition at all.")
    hardship_check_required = graphene.Boolean(required=True, description="Whether hardship is verified.")
    routes = graphene.List(graphene.NonNull(VerificationRoute), required=True, description="Ways to verify it.")
    proof = graphene.List(graphene.NonNull(graphene.String), required=True, description="Papers that would help.")
    urgent = graphene.Boolean(required=True, description="Whether aid may come before the papers.")
    urgent_reason = graphene.String(required=True, description="Why; may be empty.")
    discreet = graphene.Boolean(required=True, description="Whether to be discreet on screens and in messages.")
    explanation = graphene.List(graphene.NonNull(ExplanationLine), required=True, description="Rule by rule.")
    what_would_change = graphene.List(
        graphene.NonNull(graphene.String), required=True, description="What would change the outcome."
    )
    next_steps = graphene.List(graphene.NonNull(NextStep), required=True, description="The most helpful first.")
    region_name = graphene.String(required=True, description="Whose rules were used.")
    rules_version = graphene.String(required=True, description="The edition of the rules.")
    judged_on = graphene.Field(Date, required=True, description="The day whose rules were used.")

    def resolve_region_name(judgement, _info: Any) -> str:
        """Name the region."""
        return rulebook().region_name(judgement.region)


class PreCheck(graphene.ObjectType):
    """How far the answers lead."""

    next_question = graphene.Field(Question, description="The next question; empty as soon as the outcome is certain.")
    answered = graphene.List(graphene.NonNull(Answered), required=True, description="What was asked and answered.")
    judgement = graphene.Field(Judgement, description="The outcome, once it is certain.")
    problems = graphene.List(graphene.NonNull(Problem), required=True, description="Answers that do not fit.")


class SavedPreCheck(graphene.ObjectType):
    """A pre-check that was kept."""

    code = graphene.String(required=True, description="Reopens it on any device, at a counter, or in an application.")
    answered = graphene.List(graphene.NonNull(Answered), required=True, description="What was asked and answered.")
    judgement = graphene.Field(Judgement, required=True, description="The outcome, as it was then.")
    created_at = graphene.Field(DateTime, required=True, description="When it was kept.")
    expires_at = graphene.Field(DateTime, required=True, description="When it is deleted.")

    def resolve_answered(saved, _info: Any) -> list[Answered]:
        """Ask the questions of that day again, with the answers that were given."""
        walk = precheck.replay(saved)
        return [answered(*one) for one in walk.asked]


class Matter(graphene.ObjectType):
    """Something legal aid may be applied for."""

    code = graphene.String(required=True, description="Its stable name.")
    title = graphene.String(required=True, description="What it is, in the words people use.")
    hint = graphene.String(required=True, description="A word of explanation.")
    examples = graphene.List(graphene.NonNull(graphene.String), required=True, description="Examples.")
    legal_basis = graphene.List(graphene.NonNull(graphene.String), required=True, description="The articles.")
    hardship_required = graphene.Boolean(required=True, description="Whether hardship is a condition.")
    in_scope = graphene.Boolean(required=True, description="Whether legal aid may be applied for; false: other help.")

    def resolve_hardship_required(matter, _info: Any) -> bool:
        """Say whether hardship is a condition."""
        return bool(matter.hardship.value == "REQUIRED")

    def resolve_in_scope(matter, _info: Any) -> bool:
        """Say whether legal aid may be applied for."""
        return bool(matter.scope.value != "OUT")


class Queries(graphene.ObjectType):
    """What can be asked before applying. Nobody needs to sign in."""

    pre_check = graphene.Field(
        PreCheck,
        required=True,
        description="Go through the answers: the next question, or the outcome. Nothing is kept.",
        answers=graphene.List(graphene.NonNull(AnswerInput), required=True, description="All answers so far."),
        region=graphene.String(description="A division code; where it is missing, it is the first question."),
    )
    pre_check_by_code = graphene.Field(
        SavedPreCheck,
        description="A kept pre-check; empty where there is none (any more). Every try is counted.",
        code=graphene.String(required=True, description="Its code, as people type it."),
    )
    matters = graphene.List(
        graphene.NonNull(Matter),
        required=True,
        description="What may be applied for today.",
        region=graphene.String(description="A division code; the home region where it is missing."),
    )

    def resolve_pre_check(_root, info: Any, answers: list[Any], region: str | None = None) -> PreCheck:
        """Go through the answers."""
        viewer = info.context
        done = precheck.check(viewer.actor, answers_of(answers), now=viewer.now, region=_region(region))
        return PreCheck(
            next_question=done.walk.next,
            answered=[answered(*one) for one in done.walk.asked],
            judgement=done.judgement if done.walk.next is None else None,
            problems=[problem_data(one) for one in done.walk.problems],
        )

    @recorded
    def resolve_pre_check_by_code(_root, info: Any, code: str) -> Any:
        """Give a kept pre-check."""
        viewer = info.context
        return precheck.find(viewer.actor, code, address=viewer.address, now=viewer.now)

    def resolve_matters(_root, info: Any, region: str | None = None) -> Any:
        """List the matters of a region."""
        rules = rulebook()
        return rules.matters(_region(region) or rules.home_region, china_day(info.context.now))


class SavePreCheckInput(graphene.InputObjectType):
    """A finished pre-check."""

    answers = graphene.List(graphene.NonNull(AnswerInput), required=True, description="All answers.")
    region = graphene.String(description="A division code, where it is not among the answers.")


class SavePreCheck(Action):
    """Keep a finished pre-check for 30 days under a short code. No name, no number."""

    class Arguments:
        """What to keep."""

        input = SavePreCheckInput(required=True, description="The finished pre-check.")

    saved_pre_check = graphene.Field(SavedPreCheck, description="What was kept, with its code.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Keep it."""
        answers = answers_of(input.answers)
        saved = precheck.save(viewer.actor, answers, now=viewer.now, region=_region(input.get("region")))
        return cls(saved_pre_check=saved)


class ForgetPreCheckInput(graphene.InputObjectType):
    """Which pre-check to delete."""

    code = graphene.String(required=True, description="Its code, as people type it.")


class ForgetPreCheck(Action):
    """Delete a kept pre-check at once."""

    class Arguments:
        """What to delete."""

        input = ForgetPreCheckInput(required=True, description="Which one.")

    forgotten = graphene.Boolean(description="Whether there was one.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Delete it."""
        return cls(forgotten=precheck.forget(viewer.actor, input.code, address=viewer.address, now=viewer.now))


class Mutations(graphene.ObjectType):
    """What can be done before applying. Nobody needs to sign in."""

    save_pre_check = SavePreCheck.Field()
    forget_pre_check = ForgetPreCheck.Field()


def _region(code: str | None) -> str | None:
    if code is None:
        return None
    value = questions.read(questions.region(rulebook()), [code])
    if not isinstance(value, str) or isinstance(value, CoreProblem):
        raise Malformed("input_malformed", field="region")
    return value
