"""A pledge that was found to be untrue: doubted, explained, confirmed by another, lifted (RULEBOOK MV-HN)."""

from __future__ import annotations

from typing import Any

import graphene

from api.mutation import Action
from api.scalars import Date, DateTime
from api.viewer import Viewer
from applications import findings
from core.identity import ActorKind, Permission


class PledgeFinding(graphene.ObjectType):
    """What was found about a pledge, what the applicant says, and whether it counts."""

    reason = graphene.String(required=True, description="What is said not to be true, and why.")
    found_at = graphene.Field(DateTime, required=True, description="When it was written down.")
    explain_until = graphene.Field(Date, required=True, description="Until when the applicant may explain at least.")
    explanation = graphene.String(description="What the applicant says.")
    explained_at = graphene.Field(DateTime, description="When the applicant said so.")
    confirmed_at = graphene.Field(DateTime, description="When a second person confirmed it; it counts from then on.")
    ends_on = graphene.Field(Date, description="The first day a pledge is possible again; empty where no end is named.")
    lifted_at = graphene.Field(DateTime, description="When it was taken back.")
    lifted_because = graphene.String(description="Why it was taken back.")
    can_explain = graphene.Boolean(required=True, description="Whether whoever asks may explain now.")
    can_confirm = graphene.Boolean(required=True, description="Whether whoever asks may confirm it, by permission.")
    can_lift = graphene.Boolean(required=True, description="Whether whoever asks may take it back, by permission.")

    def resolve_can_explain(found, info: Any) -> bool:
        """Say so of the applicant, until it is settled."""
        return info.context.actor.kind is ActorKind.CITIZEN and not (found.confirmed_at or found.lifted_at)

    def resolve_can_confirm(found, info: Any) -> bool:
        """Say so of somebody else than who found it."""
        may = info.context.actor.may(Permission.APPLICATIONS_DECIDE) and found.found_by != info.context.actor.id
        return may and not (found.confirmed_at or found.lifted_at)

    def resolve_can_lift(found, info: Any) -> bool:
        """Say so of whoever decides, until it is taken back."""
        return info.context.actor.may(Permission.APPLICATIONS_DECIDE) and not found.lifted_at


class FindingInput(graphene.InputObjectType):
    """Which case, and words about it."""

    reference = graphene.String(required=True, description="The number of the case.")
    words = graphene.String(required=True, description="What is not true, how it was, or why; 4 to 500 characters.")


class ConfirmFindingInput(graphene.InputObjectType):
    """Which case."""

    reference = graphene.String(required=True, description="The number of the case.")


class DoubtPledge(Action):
    """Write down that a pledge was not true. The applicant is told and may explain; nothing counts yet."""

    class Arguments:
        """What it takes."""

        input = FindingInput(required=True, description="Which pledge, and why.")

    finding = graphene.Field(PledgeFinding, description="What was written down.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> DoubtPledge:
        """Write it down."""
        return cls(finding=findings.doubt(viewer.actor, input["reference"], input["words"], now=viewer.now))


class ExplainPledge(Action):
    """Say how it was, before a finding counts."""

    class Arguments:
        """What it takes."""

        input = FindingInput(required=True, description="Which case, and how it was.")

    finding = graphene.Field(PledgeFinding, description="The finding with the explanation.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> ExplainPledge:
        """Say it."""
        return cls(finding=findings.explain(viewer.actor, input["reference"], input["words"], now=viewer.now))


class ConfirmFalsePledge(Action):
    """Let a finding of somebody else count: the pledge is closed to this person from now on."""

    class Arguments:
        """What it takes."""

        input = ConfirmFindingInput(required=True, description="Which case.")

    finding = graphene.Field(PledgeFinding, description="The finding, confirmed.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> ConfirmFalsePledge:
        """Confirm it."""
        return cls(finding=findings.confirm(viewer.actor, input["reference"], now=viewer.now))


class LiftPledgeFinding(Action):
    """Take a finding back: the pledge is open to this person again at once."""

    class Arguments:
        """What it takes."""

        input = FindingInput(required=True, description="Which case, and why.")

    finding = graphene.Field(PledgeFinding, description="The finding, taken back.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> LiftPledgeFinding:
        """Take it back."""
        return cls(finding=findings.lift(viewer.actor, input["reference"], input["words"], now=viewer.now))


class Mutations(graphene.ObjectType):
    """What can be done about a pledge that was not true."""

    doubt_pledge = DoubtPledge.Field(required=True, description="Write down that a pledge was not true.")
    explain_pledge = ExplainPledge.Field(required=True, description="Say how it was.")
    confirm_false_pledge = ConfirmFalsePledge.Field(required=True, description="Let somebody else's finding count.")
    lift_pledge_finding = LiftPledgeFinding.Field(required=True, description="Take a finding back.")
