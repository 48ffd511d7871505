"""Copies on devices: what was written without a line comes in, what changed meanwhile goes out (FEATURES E09)."""

from __future__ import annotations

from typing import Any

import graphene

from api.applications import Application
from api.draft_parts import DraftStep
from api.draft_types import Draft, DraftView, said, step_of
from api.errors import problem_data
from api.mutation import Action
from api.questions import AnswerInput, answers_of
from api.scalars import DateTime
from api.viewer import Viewer
from applications import changes, journey, syncing
from applications.steps import form
from applications.syncing import Clash, LeftOut

NOTHING = "（空）"


class SyncConflict(graphene.ObjectType):
    """An answer that was changed on this device and elsewhere. What this device says stands."""

    step = graphene.String(required=True, description="The step it belongs to.")
    field = graphene.String(required=True, description="The name of the question.")
    title = graphene.String(required=True, description="The question.")
    mine = graphene.String(required=True, description="What this device says, as people read it.")
    theirs = graphene.String(required=True, description="What was said elsewhere, as people read it.")
    theirs_values = graphene.List(
        graphene.NonNull(graphene.String),
        required=True,
        description="The same as its field shows it: save it to take that back. Masked where it must be.",
    )
    text = graphene.String(required=True, description="All of it in a sentence.")


class SyncLeftOut(graphene.ObjectType):
    """Something that does not fit any more, as another answer has changed."""

    step = graphene.String(required=True, description="The step.")
    field = graphene.String(description="The question; empty where the whole step is not asked any more.")
    text = graphene.String(required=True, description="The same in a sentence.")


class SyncPageInput(graphene.InputObjectType):
    """The answers to one step, as they were written on the device."""

    step = graphene.String(required=True, description="The name of the step.")
    answers = graphene.List(
        graphene.NonNull(AnswerInput), required=True, description="Only what was touched: the rest keeps its answer."
    )


class SyncDraftInput(graphene.InputObjectType):
    """Everything that was written on a draft since the device saw it last."""

    draft_id = graphene.ID(required=True, description="The draft.")
    base_version = graphene.Int(required=True, description="The version of the draft the device was shown last.")
    pages = graphene.List(
        graphene.NonNull(SyncPageInput),
        required=True,
        description=f"The steps, in the order they were written; {syncing.MOST_PAGES} at most.",
    )


class SyncDraft(Action):
    """Bring in what was written without a line, answer by answer. Nothing written elsewhere is undone unsaid."""

    class Arguments:
        """What it takes."""

        input = SyncDraftInput(required=True, description="What was written.")

    draft = graphene.Field(Draft, description="The draft as it is now.")
    pages = graphene.List(graphene.NonNull(DraftStep), description="The same steps, with both sides' answers.")
    conflicts = graphene.List(graphene.NonNull(SyncConflict), description="What was changed on both sides.")
    left_out = graphene.List(graphene.NonNull(SyncLeftOut), description="What does not fit any more.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> SyncDraft:
        """Bring it in."""
        written = [(page.step, answers_of(page.answers)) for page in input.pages]
        done = syncing.sync(viewer.actor, input.draft_id, written, base_version=input.base_version, now=viewer.now)
        view = DraftView(done.draft, viewer)
        names = dict.fromkeys(step.name for step in done.pages)
        still = {step.name for step in journey.steps_for(view.here)}
        return cls(
            draft=view,
            pages=[step_of(view, name) for name in names if name in still],
            conflicts=[_conflict(one) for one in done.clashes],
            left_out=[_left_out(one) for one in done.left_out],
            problems=[problem_data(one) for one in done.problems],
        )


def _conflict(clash: Clash) -> SyncConflict:
    mine, theirs = (said(clash.question, value) or NOTHING for value in (clash.mine, clash.theirs))
    title = clash.question.title
    return SyncConflict(
        step=clash.step,
        field=clash.question.name,
        title=title,
        mine=mine,
        theirs=theirs,
        theirs_values=list(syncing.values_of(clash)),
        text=f"“{title}”两边都改过：这台手机上是“{mine}”，别处写的是“{theirs}”。现在用的是这台手机上的，您可以改回去。",
    )


def _left_out(one: LeftOut) -> SyncLeftOut:
    step = form().step(one.step)
    title = step.title if step else one.step
    text = (
        f"“{title}”现在不用填了，这一页没有带过去。"
        if one.field is None
        else f"“{title}”里有一项现在不用填了，没有带过去。"
    )
    return SyncLeftOut(step=one.step, field=one.field, text=text)


class ChangedCase(Application):
    """A case of one's own that has changed."""

    changed_at = graphene.Field(DateTime, required=True, description="When something last happened to it.")


class ChangedDraft(graphene.ObjectType):
    """A draft of one's own that was written on."""

    id = graphene.ID(required=True, description="Its id.")
    version = graphene.Int(required=True, description="Its version.")
    saved_at = graphene.Field(DateTime, required=True, description="When it was last saved.")
    expires_at = graphene.Field(DateTime, required=True, description="When it is deleted unless somebody goes on.")


class CaseChanges(graphene.ObjectType):
    """What of one's own cases and drafts has changed."""

    next = graphene.String(required=True, description="What to give as `since` the next time.")
    more = graphene.Boolean(required=True, description="Whether to ask again at once.")
    cases = graphene.List(
        graphene.NonNull(ChangedCase), required=True, description=f"The earliest change first; {changes.MOST} at most."
    )
    drafts = graphene.List(graphene.NonNull(ChangedDraft), required=True, description="Ten at most.")
    gone_drafts = graphene.List(
        graphene.NonNull(graphene.ID),
        required=True,
        description="Drafts that were handed in, thrown away or forgotten.",
    )


class Queries(graphene.ObjectType):
    """What a device asks that keeps copies."""

    case_changes = graphene.Field(
        CaseChanges,
        required=True,
        description="What of one's own cases and drafts has changed since one last asked.",
        since=graphene.String(default_value="", description="The `next` of the last answer; nothing the first time."),
    )

    def resolve_case_changes(_root, info: Any, since: str | None = None) -> Any:
        """Give it."""
        return changes.since(info.context.actor, (since or "")[:60], now=info.context.now)


class Mutations(graphene.ObjectType):
    """What a device brings in."""

    sync_draft = SyncDraft.Field(required=True, description="Bring in what was written on a draft without a line.")
