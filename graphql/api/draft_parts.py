"""The parts of a draft in the contract: questions with answers, steps, sections, papers."""

from __future__ import annotations

import graphene

from api.questions import Question
from api.scalars import enum_of
from applications.journey import Progress
from applications.steps import StepKind

DraftStepKind = enum_of(
    StepKind,
    "What sort of page a step is.",
    {
        StepKind.QUESTIONS: "Questions to answer.",
        StepKind.EVIDENCE: "Papers to hand in.",
        StepKind.PLEDGE: "The pledge to sign.",
        StepKind.CHECK: "Everything to check before handing in.",
    },
)
DraftStepState = enum_of(
    Progress,
    "How far a step is.",
    {Progress.DONE: "Filled in.", Progress.CURRENT: "Being filled in.", Progress.TODO: "Not filled in yet."},
)


class StepField(graphene.ObjectType):
    """A question of a step, and what was answered."""

    question = graphene.Field(Question, required=True, description="The question.")
    values = graphene.List(
        graphene.NonNull(graphene.String),
        required=True,
        description="The answer as its field shows it; identity numbers are masked. A masked value sent back is kept.",
    )
    text = graphene.String(required=True, description="The answer as people read it; empty where there is none.")
    answered = graphene.Boolean(required=True, description="Whether it was answered, be it by leaving it empty.")


class StepOutline(graphene.ObjectType):
    """A step in the list of progress."""

    name = graphene.String(required=True, description="Its stable name.")
    title = graphene.String(required=True, description="What it is called.")
    section = graphene.String(required=True, description="The section it stands in.")
    state = graphene.Field(DraftStepState, required=True, description="How far it is.")


class SectionOutline(graphene.ObjectType):
    """Steps that belong together."""

    name = graphene.String(required=True, description="Its stable name.")
    title = graphene.String(required=True, description="What it is called.")
    state = graphene.Field(DraftStepState, required=True, description="Done where all of its steps are.")
    first_step = graphene.String(required=True, description="Where to begin: its first step that is not done.")


class DraftStep(graphene.ObjectType):
    """One page: one thing to fill in."""

    name = graphene.String(required=True, description="Its stable name.")
    title = graphene.String(required=True, description="What it is called.")
    help = graphene.String(required=True, description="A word of help; may be empty.")
    kind = graphene.Field(DraftStepKind, required=True, description="What sort of page it is.")
    section = graphene.String(required=True, description="The section it stands in.")
    number = graphene.Int(required=True, description="Its place on the way, from one.")
    previous = graphene.String(description="The step before it.")
    fields = graphene.List(graphene.NonNull(StepField), required=True, description="Its questions.")


class SummaryStep(graphene.ObjectType):
    """A step to check: what was answered, and where to change it."""

    name = graphene.String(required=True, description="Its stable name.")
    title = graphene.String(required=True, description="What it is called.")
    kind = graphene.Field(DraftStepKind, required=True, description="What sort of page it is.")
    is_done = graphene.Boolean(required=True, description="Whether nothing is missing.")
    rows = graphene.List(graphene.NonNull(StepField), required=True, description="Its questions and answers.")


class SummarySection(graphene.ObjectType):
    """A section to check."""

    title = graphene.String(required=True, description="What it is called.")
    steps = graphene.List(graphene.NonNull(SummaryStep), required=True, description="Its steps.")


class EvidenceFile(graphene.ObjectType):
    """A file that was handed in for a paper."""

    token = graphene.ID(required=True, description="The token the upload gave.")
    name = graphene.String(required=True, description="What its sender called it.")
    bytes = graphene.Int(required=True, description="How big it is.")
    url = graphene.String(required=True, description="A short-lived link to look at it.")
    thumbnail_url = graphene.String(description="A short-lived link to a small picture of it.")
    warnings = graphene.List(
        graphene.NonNull(graphene.String), required=True, description="What might be hard to read, in words."
    )


class EvidenceItem(graphene.ObjectType):
    """A paper on the list."""

    code = graphene.String(required=True, description="Its stable name.")
    title = graphene.String(required=True, description="What it is called.")
    what = graphene.String(required=True, description="What exactly is meant.")
    issuer = graphene.String(required=True, description="Where it comes from.")
    needed = graphene.Boolean(required=True, description="Needed before handing in; otherwise it may come later.")
    files = graphene.List(graphene.NonNull(EvidenceFile), required=True, description="What was handed in for it.")
