"""The urgent lane, through the door: whom to ring within the hour, and aid before the papers (FEATURES A30)."""

from __future__ import annotations

from typing import Any

import graphene

from api.case_types import CaseFile, CaseReason
from api.cases import matter_title, reason_types, view
from api.mutation import Action
from api.scalars import Date, DateTime
from api.viewer import Viewer
from applications import casefiles, reasons, urgent


class UrgentCall(graphene.ObjectType):
    """Somebody whose case cannot wait, and who was not reached yet."""

    reference = graphene.String(required=True, description="The number of the case.")
    matter_title = graphene.String(required=True, description="What it is about.")
    received_at = graphene.Field(DateTime, required=True, description="When it came.")
    urgent_until = graphene.Field(Date, description="Until when aid cannot wait.")
    call_by = graphene.Field(DateTime, required=True, description="Within an hour of its coming somebody rings.")

    def resolve_matter_title(row, _info: Any) -> str:
        """Name the matter."""
        return matter_title(row)

    def resolve_call_by(row, _info: Any) -> Any:
        """Say by when."""
        return row.received_at + urgent.CALL_WITHIN


class Queries(graphene.ObjectType):
    """What can be asked."""

    urgent_calls = graphene.List(
        graphene.NonNull(UrgentCall), required=True, description="Whom to ring in one's region, the oldest first."
    )
    aid_first_grounds = graphene.List(
        graphene.NonNull(CaseReason), required=True, description="The grounds for aid before the papers (LAL 44)."
    )

    def resolve_urgent_calls(_root, info: Any) -> Any:
        """List them."""
        return urgent.calls(info.context.actor)

    def resolve_aid_first_grounds(_root, _info: Any) -> list[CaseReason]:
        """Give the catalogue."""
        return reason_types(reasons.for_aid_first().values())


class NoteUrgentCallInput(graphene.InputObjectType):
    """Which case, and how it went."""

    reference = graphene.String(required=True, description="The number of the case.")
    reached = graphene.Boolean(required=True, description="Whether somebody was reached.")


class NoteUrgentCall(Action):
    """Write down that one rang about an urgent case."""

    class Arguments:
        """What it takes."""

        input = NoteUrgentCallInput(required=True, description="Which case, and how it went.")

    case_file = graphene.Field(CaseFile, description="The case as it stands now.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> NoteUrgentCall:
        """Write it down."""
        urgent.note_call(viewer.actor, input["reference"], reached=input["reached"], now=viewer.now)
        return cls(case_file=view(casefiles.find(viewer.actor, input["reference"]), viewer))


class ProvideAidFirstInput(graphene.InputObjectType):
    """Which case, and why it cannot wait."""

    reference = graphene.String(required=True, description="The number of the case.")
    ground = graphene.String(required=True, description="A code of `aidFirstGrounds`.")
    explanation = graphene.String(default_value="", description="In words for the applicant; 1000 characters.")


class ProvideAidFirst(Action):
    """Give aid before the papers are in order (LAL 44). The review goes on."""

    class Arguments:
        """What it takes."""

        input = ProvideAidFirstInput(required=True, description="Which case, and why it cannot wait.")

    case_file = graphene.Field(CaseFile, description="The case as it stands now.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> ProvideAidFirst:
        """Give it."""
        words = input.get("explanation") or ""
        urgent.provide_first(viewer.actor, input["reference"], input["ground"], words, now=viewer.now)
        return cls(case_file=view(casefiles.find(viewer.actor, input["reference"]), viewer))


class Mutations(graphene.ObjectType):
    """What can be done."""

    note_urgent_call = NoteUrgentCall.Field(required=True, description="Write down that one rang.")
    provide_aid_first = ProvideAidFirst.Field(required=True, description="Give aid before the papers.")
