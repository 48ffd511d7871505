"""Orders somebody has to agree to (FEATURES B22)."""

from __future__ import annotations

from typing import Any

import graphene

from api.attendance import AttendedAppointment
from api.mutation import Action, recorded
from api.viewer import Viewer
from appointments import approvals, seen


class Queries(graphene.ObjectType):
    """What can be asked."""

    approvals_waiting = graphene.List(
        graphene.NonNull(AttendedAppointment),
        required=True,
        description=f"Orders of one's region that wait for an answer, {approvals.MOST} at most. Looking is recorded.",
    )

    @recorded
    def resolve_approvals_waiting(_root, info: Any) -> Any:
        """List them."""
        viewer: Viewer = info.context
        return seen.together(approvals.waiting(viewer.actor, now=viewer.now), now=viewer.now)


class AnswerApprovalInput(graphene.InputObjectType):
    """Which order, and the answer."""

    appointment = graphene.ID(required=True, description="Its id.")
    agrees = graphene.Boolean(required=True, description="Whether it can be.")


class AnswerApproval(Action):
    """Agree to an order, or do not: once. A place that is not agreed to goes to whoever waits."""

    class Arguments:
        input = AnswerApprovalInput(required=True)

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Answer."""
        approvals.answer(viewer.actor, input.appointment, agrees=input.agrees, now=viewer.now)
        return cls()


class Mutations(graphene.ObjectType):
    """What can be done."""

    answer_approval = AnswerApproval.Field()
