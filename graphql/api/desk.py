"""The staff desk: the queue, a case opened on the record, notices and decisions (FEATURES F01, F05, A28)."""

from __future__ import annotations

from datetime import date
from typing import Any

import graphene

from api import case_words, paging
from api.case_types import CaseFile, CaseReason
from api.cases import matter_title, reason_types, view
from api.mutation import Action, recorded
from api.scalars import Date, DateTime, enum_of
from api.viewer import Viewer
from applications import casefiles, decisions, desk, hands, reasons, supplements
from core.calendar import instant
from core.errors import Malformed

QueuePile = enum_of(
    desk.Pile,
    "Which part of the queue.",
    {
        desk.Pile.TO_REVIEW: "Waiting for the agency.",
        desk.Pile.WAITING: "Waiting for the applicant.",
        desk.Pile.DECIDED: "Settled.",
    },
)


class DeskCase(graphene.ObjectType):
    """A row of the queue."""

    reference = graphene.String(required=True, description="The number.")
    applicant = graphene.String(required=True, description="The name, masked but for the family name.")
    state = graphene.String(required=True, description="Where it stands, as a code.")
    state_text = graphene.String(required=True, description="Where it stands, in words.")
    matter_title = graphene.String(required=True, description="What it is about.")
    received_at = graphene.Field(DateTime, required=True, description="When it was received.")
    due_on = graphene.Field(Date, description="The last lawful day of what the agency owes now.")
    lane = graphene.Int(required=True, description="0 urgent, 1 priority, 2 ordinary.")
    urgent_until = graphene.Field(Date, description="Until when aid cannot wait, where it is urgent (LAL 44).")
    why_here = graphene.String(required=True, description="Why it stands where it does; may be empty.")
    held_by = graphene.String(required=True, description="Who of the staff works on it; empty where nobody does.")

    def resolve_applicant(row, _info: Any) -> str:
        """Show the family name only."""
        name: str = row.applicant_name
        return name[:1] + ("*" * (len(name) - 1) or "*")

    def resolve_state_text(row, _info: Any) -> str:
        """Name the state."""
        return case_words.FOR_THE_DESK.states[row.state]

    def resolve_matter_title(row, _info: Any) -> str:
        """Name the matter."""
        return matter_title(row)

    def resolve_why_here(row, _info: Any) -> str:
        """Say why."""
        return case_words.LANES[row.lane]

    def resolve_held_by(row, info: Any) -> str:
        """Name who has it, while it is kept for them."""
        return str(row.held_name) if hands.is_held(row, now=info.context.now) else ""


DeskCaseConnection = paging.connection(DeskCase, "A page of the queue.", total=True)


class ReviewReasons(graphene.ObjectType):
    """What staff may ask for and decide by."""

    supplement = graphene.List(graphene.NonNull(CaseReason), required=True, description="What may be missing.")
    grant = graphene.List(graphene.NonNull(CaseReason), required=True, description="Reasons for granting.")
    refusal = graphene.List(graphene.NonNull(CaseReason), required=True, description="Reasons for refusing.")
    delivery = graphene.List(
        graphene.NonNull(CaseReason), required=True, description="How a notice is known to have arrived."
    )


class Queries(graphene.ObjectType):
    """What staff can ask."""

    desk_queue = paging.paged(
        DeskCaseConnection,
        "The cases of one's region, the most urgent first.",
        pile=graphene.Argument(QueuePile, required=True, description="Which part of the queue."),
    )
    desk_case = graphene.Field(
        CaseFile,
        required=True,
        description="Open a case. That it was opened, by whom and when, is recorded.",
        reference=graphene.String(required=True, description="The number."),
    )
    review_reasons = graphene.Field(ReviewReasons, required=True, description="What staff may ask for and decide by.")

    def resolve_desk_queue(_root, info: Any, pile: str, first: int, after: str | None = None) -> paging.Page:
        """Read a page of the queue."""
        actor, which = info.context.actor, desk.Pile(pile)
        rows = desk.queue(actor, which, first=paging.judged(first), after=_place(after))
        return paging.page_of(rows, first, _key, total=lambda: desk.count(actor, which))

    @recorded
    def resolve_desk_case(_root, info: Any, reference: str) -> CaseFile:
        """Open a case, on the record."""
        viewer: Viewer = info.context
        return view(desk.opened(viewer.actor, reference, now=viewer.now), viewer)

    def resolve_review_reasons(_root, _info: Any) -> ReviewReasons:
        """Give the catalogue."""
        return ReviewReasons(
            supplement=reason_types(reasons.for_supplement().values()),
            grant=reason_types(reasons.for_grant().values()),
            refusal=reason_types(reasons.for_refusal().values()),
            delivery=reason_types(reasons.for_delivery().values()),
        )


def _key(row: Any) -> tuple[int, str, str, str]:
    return row.lane, (row.due_on or desk.FAR).isoformat(), row.received_at.isoformat(), row.id


def _place(after: str | None) -> desk.Place | None:
    found = paging.place(after)
    if found is None:
        return None
    try:
        lane, due_on, received_at, row_id = found
        if not isinstance(row_id, str):
            raise Malformed("cursor_unknown")
        return desk.Place(int(lane), date.fromisoformat(due_on), instant(received_at), row_id)
    except (TypeError, ValueError) as wrong:
        raise Malformed("cursor_unknown") from wrong


class MissingInput(graphene.InputObjectType):
    """One thing that is missing."""

    code = graphene.String(required=True, description="A code of `reviewReasons.supplement`.")
    note = graphene.String(default_value="", description="What exactly, in words for the applicant.")


class AskSupplementInput(graphene.InputObjectType):
    """Everything that is missing."""

    reference = graphene.String(required=True, description="The number of the case.")
    items = graphene.List(graphene.NonNull(MissingInput), required=True, description="All of it, at once.")


class AskSupplement(Action):
    """Tell the applicant everything that is missing, once. The clock stops."""

    class Arguments:
        """What it takes."""

        input = AskSupplementInput(required=True, description="What is missing.")

    case_file = graphene.Field(CaseFile, description="The case as it stands now.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> AskSupplement:
        """Ask."""
        missing = [supplements.Missing(one["code"], one.get("note") or "") for one in input["items"]]
        supplements.ask(viewer.actor, input["reference"], missing, now=viewer.now)
        return cls(case_file=_now(viewer, input))


class DecideInput(graphene.InputObjectType):
    """A decision with its reasons."""

    reference = graphene.String(required=True, description="The number of the case.")
    reasons = graphene.List(graphene.NonNull(graphene.String), required=True, description="Codes of the catalogue.")
    explanation = graphene.String(required=True, description="In words for the applicant; needed for a refusal.")


class GrantAid(Action):
    """Grant legal aid."""

    class Arguments:
        """What it takes."""

        input = DecideInput(required=True, description="The decision.")

    case_file = graphene.Field(CaseFile, description="The case as it stands now.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> GrantAid:
        """Grant it."""
        decisions.grant(viewer.actor, input["reference"], input["reasons"], input["explanation"], now=viewer.now)
        return cls(case_file=_now(viewer, input))


class RefuseAid(Action):
    """Refuse legal aid, with reasons and remedies."""

    class Arguments:
        """What it takes."""

        input = DecideInput(required=True, description="The decision.")

    case_file = graphene.Field(CaseFile, description="The case as it stands now.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> RefuseAid:
        """Refuse it."""
        decisions.refuse(viewer.actor, input["reference"], input["reasons"], input["explanation"], now=viewer.now)
        return cls(case_file=_now(viewer, input))


class DeemWithdrawnInput(graphene.InputObjectType):
    """Which case, and how the notice is known to have arrived."""

    reference = graphene.String(required=True, description="The number of the case.")
    delivered = graphene.String(default_value="", description="A code of `reviewReasons.delivery`; needed.")


class DeemWithdrawn(Action):
    """Confirm that what was asked for did not come in time."""

    class Arguments:
        """What it takes."""

        input = DeemWithdrawnInput(required=True, description="Which case.")

    case_file = graphene.Field(CaseFile, description="The case as it stands now.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> DeemWithdrawn:
        """Confirm it."""
        decisions.deem_withdrawn(viewer.actor, input["reference"], input.get("delivered") or "", now=viewer.now)
        return cls(case_file=_now(viewer, input))


class RevealInput(graphene.InputObjectType):
    """What to show in full, and why."""

    reference = graphene.String(required=True, description="The number of the case.")
    field = graphene.String(required=True, description="id_number, phone or address.")
    reason = graphene.String(required=True, description="Why it is needed; it is recorded.")


class RevealValue(Action):
    """Show one masked value in full. That it was shown, to whom and why, is recorded."""

    remembered = False

    class Arguments:
        """What it takes."""

        input = RevealInput(required=True, description="What and why.")

    value = graphene.String(description="The value.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> RevealValue:
        """Show it."""
        return cls(value=desk.reveal(viewer.actor, input["reference"], input["field"], input["reason"], now=viewer.now))


def _now(viewer: Viewer, input: Any) -> CaseFile:
    return view(casefiles.find(viewer.actor, input["reference"]), viewer)


class Mutations(graphene.ObjectType):
    """What staff can do."""

    ask_supplement = AskSupplement.Field(required=True, description="Ask once for everything that is missing.")
    grant_aid = GrantAid.Field(required=True, description="Grant legal aid.")
    refuse_aid = RefuseAid.Field(required=True, description="Refuse legal aid.")
    deem_withdrawn = DeemWithdrawn.Field(required=True, description="Confirm that nothing came in time.")
    reveal_value = RevealValue.Field(required=True, description="Show one masked value in full.")
