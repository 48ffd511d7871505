"""Writing an application: start, save step by step, hand in papers, throw away."""

from __future__ import annotations

from typing import Any

import graphene

from api.draft_types import Draft, DraftView
from api.errors import problem_data
from api.mutation import Action
from api.questions import AnswerInput, answers_of
from api.viewer import Viewer
from applications import binding, drafts, queries


class Queries(graphene.ObjectType):
    """What can be asked about drafts of one's own."""

    draft = graphene.Field(
        Draft,
        required=True,
        description="One's own draft. Another's, and none, are the same: not found.",
        id=graphene.ID(required=True, description="Its id."),
    )
    my_drafts = graphene.List(
        graphene.NonNull(Draft), required=True, description="What is not handed in yet, the newest first; ten at most."
    )

    def resolve_draft(_root, info: Any, id: str) -> DraftView:
        """Find the draft."""
        viewer: Viewer = info.context
        return DraftView(queries.draft(viewer.actor, id), viewer)

    def resolve_my_drafts(_root, info: Any) -> list[DraftView]:
        """List the drafts."""
        viewer: Viewer = info.context
        return [DraftView(row, viewer) for row in queries.drafts_listed(viewer.actor, now=viewer.now)]


class StartDraftInput(graphene.InputObjectType):
    """What to start from."""

    code = graphene.String(description="The code of a pre-check whose answers are carried over.")


class StartDraft(Action):
    """Start an application. An open draft about the same matter is resumed instead of doubled."""

    class Arguments:
        """What it takes."""

        input = StartDraftInput(required=True, description="What to start from.")

    draft = graphene.Field(Draft, description="The draft to go on with.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> StartDraft:
        """Start it."""
        wish = drafts.Start(code=input.get("code") or None, address=viewer.address, channel=viewer.channel)
        return cls(draft=DraftView(drafts.start(viewer.actor, wish, now=viewer.now), viewer))


class SaveStepInput(graphene.InputObjectType):
    """The answers to a step."""

    draft_id = graphene.ID(required=True, description="The draft.")
    step = graphene.String(required=True, description="The name of the step.")
    base_version = graphene.Int(required=True, description="The version of the draft that was shown.")
    answers = graphene.List(
        graphene.NonNull(AnswerInput),
        required=True,
        description="Its answers; a question that is left out keeps the answer it had.",
    )


class SaveStep(Action):
    """Save a step. Answers that fit are kept even where others have problems; nothing typed is lost."""

    class Arguments:
        """What it takes."""

        input = SaveStepInput(required=True, description="The answers.")

    draft = graphene.Field(Draft, description="The draft as it is now.")
    conflicts = graphene.List(
        graphene.NonNull(graphene.String),
        description="Questions another device had answered differently meanwhile; the answer given now stands.",
    )

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> SaveStep:
        """Save it."""
        saved = drafts.save_step(
            viewer.actor,
            input["draft_id"],
            input["step"],
            answers_of(input["answers"]),
            base_version=input["base_version"],
            now=viewer.now,
        )
        return cls(
            draft=DraftView(saved.draft, viewer),
            conflicts=list(saved.conflicts),
            problems=[problem_data(one) for one in saved.problems],
        )


class AttachEvidenceInput(graphene.InputObjectType):
    """A file, and the paper it stands for."""

    draft_id = graphene.ID(required=True, description="The draft.")
    item = graphene.String(required=True, description="The code of the paper on the list.")
    token = graphene.ID(required=True, description="The token the upload gave.")


class AttachEvidence(Action):
    """Let an uploaded file stand for a paper on the list."""

    class Arguments:
        """What it takes."""

        input = AttachEvidenceInput(required=True, description="The file.")

    draft = graphene.Field(Draft, description="The draft as it is now.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> AttachEvidence:
        """Attach it."""
        row = drafts.attach(viewer.actor, input["draft_id"], input["token"], item=input["item"], now=viewer.now)
        return cls(draft=DraftView(row, viewer))


class RemoveEvidenceInput(graphene.InputObjectType):
    """Which file."""

    draft_id = graphene.ID(required=True, description="The draft.")
    token = graphene.ID(required=True, description="The token of the file.")


class RemoveEvidence(Action):
    """Take a file away again. It is deleted."""

    class Arguments:
        """What it takes."""

        input = RemoveEvidenceInput(required=True, description="Which file.")

    draft = graphene.Field(Draft, description="The draft as it is now.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> RemoveEvidence:
        """Take it away."""
        row = drafts.detach(viewer.actor, input["draft_id"], input["token"], now=viewer.now)
        return cls(draft=DraftView(row, viewer))


class MoveEvidenceInput(graphene.InputObjectType):
    """Which file, and where to."""

    draft_id = graphene.ID(required=True, description="The draft.")
    token = graphene.ID(required=True, description="The token of the file.")
    earlier = graphene.Boolean(required=True, description="Before the one before it; otherwise after the one after it.")


class MoveEvidence(Action):
    """Change the reading order of the files of a paper."""

    class Arguments:
        """What it takes."""

        input = MoveEvidenceInput(required=True, description="Which file.")

    draft = graphene.Field(Draft, description="The draft as it is now.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> MoveEvidence:
        """Move it."""
        draft_id, token, earlier = input["draft_id"], input["token"], input["earlier"]
        row = binding.move(viewer.actor, draft_id, token, earlier=earlier, now=viewer.now)
        return cls(draft=DraftView(row, viewer))


class DiscardDraftInput(graphene.InputObjectType):
    """Which draft."""

    draft_id = graphene.ID(required=True, description="The draft.")


class DiscardDraft(Action):
    """Throw a draft away with everything in it."""

    class Arguments:
        """What it takes."""

        input = DiscardDraftInput(required=True, description="Which draft.")

    discarded = graphene.Boolean(description="True once it is gone.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> DiscardDraft:
        """Throw it away."""
        drafts.discard(viewer.actor, input["draft_id"], now=viewer.now)
        return cls(discarded=True)


class Mutations(graphene.ObjectType):
    """What can be done with drafts of one's own."""

    start_draft = StartDraft.Field(required=True, description="Start an application, or go on with an open one.")
    save_step = SaveStep.Field(required=True, description="Save the answers to a step.")
    attach_evidence = AttachEvidence.Field(required=True, description="Let a file stand for a paper.")
    remove_evidence = RemoveEvidence.Field(required=True, description="Take a file away again.")
    move_evidence = MoveEvidence.Field(required=True, description="Change the order of the files of a paper.")
    discard_draft = DiscardDraft.Field(required=True, description="Throw a draft away.")
