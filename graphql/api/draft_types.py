"""What a draft looks like through the door: its steps, its questions, its papers. Nothing is read twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import graphene

from api import files
from api.draft_parts import (
    DraftStep,
    EvidenceFile,
    EvidenceItem,
    SectionOutline,
    StepField,
    StepOutline,
    SummarySection,
    SummaryStep,
)
from api.eligibility import Judgement
from api.messages import message
from api.pledge import SignedPledge
from api.scalars import DateTime
from api.viewer import Viewer
from applications import answers, checklist, drafts, journey, signing, uploads
from applications.journey import Progress, Situation
from applications.questions import Kind, Question
from applications.rulebook import rulebook
from applications.steps import Step, StepKind, form
from core.calendar import china_day
from locator import queries as places


@dataclass
class DraftView:
    """A draft and whoever looks at it; the rest is worked out when it is asked for, and once."""

    row: Any
    viewer: Viewer

    @cached_property
    def here(self) -> Situation:
        """Look at the draft with the eyes of the rules."""
        return drafts.situation(self.row, now=self.viewer.now)

    @cached_property
    def papers(self) -> Sequence[Any]:
        """Read the papers with their files."""
        return uploads.of_draft(self.row.id)

    @cached_property
    def signed(self) -> Any:
        """Find the pledge that stands for what is stated now."""
        return signing.current(self.row.id, self.here) if journey.chose_pledge(self.here) else None

    @cached_property
    def done(self) -> frozenset[str]:
        """Name the steps that are done: saved, with the papers that are needed, and the pledge that stands."""
        done = set(self.row.steps_done) - {"pledge", "check"}
        if checklist.missing(self.here, {paper.item for paper in self.papers}):
            done.discard("evidence")
        return frozenset(done | {"pledge"} if self.signed else done)

    def words(self, step: Step) -> tuple[str, str]:
        """Give title and help of a step for whoever reads them."""
        return step.called(discreet=self.here.discreet), step.helped(discreet=self.here.discreet)


class Draft(graphene.ObjectType):
    """An application that is not handed in yet."""

    id = graphene.ID(required=True, description="Its id.")
    version = graphene.Int(required=True, description="Give it back as `baseVersion` when saving.")
    saved_at = graphene.Field(DateTime, required=True, description="When it was last saved.")
    expires_at = graphene.Field(DateTime, required=True, description="When it is deleted unless somebody goes on.")
    is_handed_in = graphene.Boolean(required=True, description="Whether it has become an application.")
    matter_title = graphene.String(required=True, description="What it is about; empty while that is open.")
    discreet = graphene.Boolean(required=True, description="Whether to be discreet on screens and in messages.")
    steps = graphene.List(graphene.NonNull(StepOutline), required=True, description="The steps this person sees.")
    sections = graphene.List(graphene.NonNull(SectionOutline), required=True, description="The same in sections.")
    next_step = graphene.String(
        required=True,
        description="The step to go on with.",
        after=graphene.String(description="The step somebody comes from."),
    )
    step = graphene.Field(
        DraftStep,
        required=True,
        description="One step. One that is not for this person is not found.",
        name=graphene.String(required=True, description="Its name."),
    )
    summary = graphene.List(
        graphene.NonNull(SummarySection), required=True, description="All answers, to check before handing in."
    )
    judgement = graphene.Field(Judgement, required=True, description="What the rules make of the answers so far.")
    evidence = graphene.List(graphene.NonNull(EvidenceItem), required=True, description="The list of papers.")
    pledge = graphene.Field(SignedPledge, description="The pledge that stands, where one was chosen and signed.")

    def resolve_id(view, _info: Any) -> str:
        """Give its id."""
        return str(view.row.id)

    def resolve_version(view, _info: Any) -> int:
        """Give its version."""
        return int(view.row.version)

    def resolve_saved_at(view, _info: Any) -> Any:
        """Say when it was saved."""
        return view.row.saved_at

    def resolve_expires_at(view, _info: Any) -> Any:
        """Say when it goes."""
        return view.row.expires_at

    def resolve_is_handed_in(view, _info: Any) -> bool:
        """Say whether it was handed in."""
        return view.row.submitted_at is not None

    def resolve_matter_title(view, _info: Any) -> str:
        """Name the matter."""
        rules, day = rulebook(), china_day(view.viewer.now)
        code = view.row.answers.get("matter")
        found = rules.matter(code, journey.place_of(view.row.answers, rules), day) if code else None
        return found.title if found else ""

    def resolve_discreet(view, _info: Any) -> bool:
        """Say whether words must give nothing away."""
        return bool(view.here.discreet)

    def resolve_steps(view, _info: Any) -> list[StepOutline]:
        """List the steps."""
        return [
            StepOutline(name=step.name, title=view.words(step)[0], section=step.section, state=state)
            for step, state in journey.progress(view.here, view.done)
        ]

    def resolve_sections(view, _info: Any) -> list[SectionOutline]:
        """List the sections somebody sees."""
        return _sections(view)

    def resolve_next_step(view, _info: Any, after: str | None = None) -> str:
        """Say where to go on."""
        return journey.next_step(view.here, view.done, after).name

    def resolve_step(view, _info: Any, name: str) -> DraftStep:
        """Give one step."""
        return step_of(view, name)

    def resolve_summary(view, _info: Any) -> list[SummarySection]:
        """Put all answers together."""
        return _summary(view)

    def resolve_judgement(view, _info: Any) -> Any:
        """Give what the rules make of it."""
        return view.here.judgement

    def resolve_evidence(view, _info: Any) -> list[EvidenceItem]:
        """Give the list of papers with what was handed in."""
        return [_item(view, item) for item in checklist.items_for(view.here)]

    def resolve_pledge(view, _info: Any) -> Any:
        """Give the pledge that stands."""
        return view.signed


def _sections(view: DraftView) -> list[SectionOutline]:
    found = []
    states = journey.progress(view.here, view.done)
    for section in form().sections:
        mine = [(step, state) for step, state in states if step.section == section.name]
        open_ones = [step for step, state in mine if state is not Progress.DONE]
        if mine:
            state = Progress.TODO if open_ones else Progress.DONE
            first = (open_ones or [mine[0][0]])[0].name
            found.append(SectionOutline(name=section.name, title=section.title, state=state, first_step=first))
    return found


def step_of(view: DraftView, name: str) -> DraftStep:
    """Show one step."""
    step = journey.find(name, view.here)
    names = [one.name for one in journey.steps_for(view.here)]
    place = names.index(name)
    title, help_text = view.words(step)
    return DraftStep(
        name=step.name,
        title=title,
        help=help_text,
        kind=step.kind,
        section=step.section,
        number=place + 1,
        previous=names[place - 1] if place else None,
        fields=_fields(view, step),
    )


def _fields(view: DraftView, step: Step) -> list[StepField]:
    known = view.row.answers
    return [
        StepField(
            question=question,
            values=list(answers.shown(question, known[question.name])) if question.name in known else [],
            text=said(question, known.get(question.name)),
            answered=question.name in known,
        )
        for question in journey.questions_of(step, view.here)
    ]


def said(question: Question, value: Any) -> str:
    """Write an answer for people; a place by its name."""
    if question.kind is Kind.REGION and value:
        return places.regions([value])[value].full_name
    return answers.said(question, value)


def _summary(view: DraftView) -> list[SummarySection]:
    steps = [step for step in journey.steps_for(view.here) if step.kind is not StepKind.CHECK]
    found = []
    for section in form().sections:
        mine = [_summary_step(view, step) for step in steps if step.section == section.name]
        if mine:
            found.append(SummarySection(title=section.title, steps=mine))
    return found


def _summary_step(view: DraftView, step: Step) -> SummaryStep:
    return SummaryStep(
        name=step.name,
        title=view.words(step)[0],
        kind=step.kind,
        is_done=_is_whole(view, step),
        rows=_fields(view, step),
    )


def _is_whole(view: DraftView, step: Step) -> bool:
    if step.kind is StepKind.EVIDENCE:
        return not checklist.missing(view.here, {paper.item for paper in view.papers})
    return bool(view.signed) if step.kind is StepKind.PLEDGE else not journey.missing(step, view.here)


def _item(view: DraftView, item: checklist.Item) -> EvidenceItem:
    handed_in = [_file(view, paper.upload) for paper in view.papers if paper.item == item.code]
    told = {name: getattr(item, name) for name in ("code", "title", "what", "issuer", "needed")}
    return EvidenceItem(files=handed_in, **told)


def _file(view: DraftView, upload: Any) -> EvidenceFile:
    return EvidenceFile(
        token=upload.id,
        name=upload.name,
        bytes=upload.size,
        url=files.upload_link(view.viewer, upload.id, "master"),
        thumbnail_url=files.upload_link(view.viewer, upload.id, "thumbnail") if upload.thumbnail_key else None,
        warnings=[message(code).text for code in upload.warnings],
    )
