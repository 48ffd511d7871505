"""Asking for a case, handing in what is missing, taking it back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import graphene

from api import case_words
from api.case_types import CaseDecision, CaseFile, CaseReason, SupplementItem, SupplementNotice, TimelineEntry
from api.mutation import Action
from api.viewer import Viewer
from applications import casefiles, cases, caseview, decisions, policy, progress, reasons, supplements
from applications.reasons import Reason
from applications.rulebook import rulebook
from core.calendar import china_day


def view(application: Any, viewer: Viewer) -> CaseFile:
    """Show a case, with its progress computed from the record of events."""
    stands = progress.of(application.events, cases.clock(), now=viewer.now)
    notices = [_notice(one) for one in application.notices]
    words = case_words.words_for(viewer.actor)
    shown = CaseFile(
        reference=application.reference,
        state=application.state,
        state_text=words.states[application.state],
        matter_title=matter_title(application),
        agency_name=application.agency_name,
        received_at=application.received_at,
        turn=stands.turn.value,
        turn_text=words.turns[stands.turn],
        decision_due=stands.decision,
        lawyer_due=stands.lawyer,
        timeline=[_entry(one, words) for one in stands.entries],
        notices=notices,
        open_notice=_open(application, notices, viewer),
        decision=_decision(application.decision),
        letters=application.letters,
        pledge=application.pledge,
        can_withdraw=policy.may_withdraw(viewer.actor, application),
    )
    shown.application = application
    return shown


def matter_title(application: Any) -> str:
    """Name the matter as the rules did when it was handed in."""
    found = rulebook().matter(application.matter, application.region, china_day(application.received_at))
    return found.title if found else application.matter


def reason_types(found: Iterable[Reason]) -> list[CaseReason]:
    """Show reasons of the catalogue."""
    return [
        CaseReason(code=one.code, title=one.title, text=one.text, basis=one.basis, issuer=one.issuer) for one in found
    ]


def _open(application: Any, notices: list[SupplementNotice], viewer: Viewer) -> SupplementNotice | None:
    """Give the notice that is waited for, or may still be answered late: none once the case is over."""
    if not supplements.is_awaited(application, application.events, now=viewer.now):
        return None
    return next((one for one in notices if one.answered_at is None), None)


def _entry(entry: progress.Entry, words: case_words.Words) -> TimelineEntry:
    title, text = words.timeline[entry.kind]
    state = "done" if entry.at else "now" if entry.is_current else "waiting"
    return TimelineEntry(kind=entry.kind, title=title, text=text, at=entry.at, by=entry.by, due=entry.due, state=state)


def _notice(row: Any) -> SupplementNotice:
    return SupplementNotice(
        issued_at=row.issued_at,
        due_on=row.due_on,
        answered_at=row.answered_at,
        items=[_item(one) for one in row.items],
    )


def _item(row: Any) -> SupplementItem:
    known = reasons.for_supplement()[row.code]
    return SupplementItem(
        id=row.id,
        code=row.code,
        title=known.title,
        text=row.note or known.text,
        issuer=known.issuer,
        explanation=row.explanation,
        supplied_at=row.supplied_at,
    )


def _decision(row: Any) -> CaseDecision | None:
    if row is None:
        return None
    known = reasons.for_grant() | reasons.for_refusal()
    return CaseDecision(
        kind=row.kind,
        decided_at=row.decided_at,
        decider_name=row.decider_name,
        explanation=row.explanation,
        reasons=reason_types(known[code] for code in row.reasons),
    )


class Queries(graphene.ObjectType):
    """What an applicant can ask about a case."""

    case_file = graphene.Field(
        CaseFile,
        required=True,
        description="One's own case. Another's, and none, are the same: not found.",
        reference=graphene.String(required=True, description="The number, as it was given."),
    )

    def resolve_case_file(_root, info: Any, reference: str) -> CaseFile:
        """Find the case."""
        return view(caseview.look(info.context.actor, reference), info.context)


class ExplanationInput(graphene.InputObjectType):
    """A few words about one thing that is missing."""

    item = graphene.ID(required=True, description="The id of the item.")
    text = graphene.String(required=True, description="The words; 300 characters at most.")


class SupplyInput(graphene.InputObjectType):
    """Everything for one notice. Files are attached to the items before."""

    reference = graphene.String(required=True, description="The number of the case.")
    explanations = graphene.List(
        graphene.NonNull(ExplanationInput), required=True, description="Words for items, where there are no files."
    )


class SupplyMissing(Action):
    """Hand in what was missing. The review goes on when every item has a file or an explanation."""

    class Arguments:
        """What it takes."""

        input = SupplyInput(required=True, description="What is handed in.")

    case_file = graphene.Field(CaseFile, description="The case as it stands now.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> SupplyMissing:
        """Hand it in."""
        words = {one["item"]: one["text"] for one in input["explanations"]}
        supplements.supply(viewer.actor, input["reference"], words, now=viewer.now)
        return cls(case_file=view(casefiles.find(viewer.actor, input["reference"]), viewer))


class SupplyEvidenceInput(graphene.InputObjectType):
    """A file for one thing that is missing."""

    reference = graphene.String(required=True, description="The number of the case.")
    item = graphene.ID(required=True, description="The id of the item.")
    token = graphene.String(required=True, description="The token the upload gave.")


class SupplyEvidence(Action):
    """Attach an uploaded file to one thing that is missing. It is handed in with `supplyMissing`."""

    class Arguments:
        """What it takes."""

        input = SupplyEvidenceInput(required=True, description="The file and what it is for.")

    case_file = graphene.Field(CaseFile, description="The case as it stands now.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> SupplyEvidence:
        """Attach it."""
        supplements.attach(viewer.actor, input["reference"], input["item"], input["token"], now=viewer.now)
        return cls(case_file=view(casefiles.find(viewer.actor, input["reference"]), viewer))


class WithdrawInput(graphene.InputObjectType):
    """Which case."""

    reference = graphene.String(required=True, description="The number of the case.")


class WithdrawApplication(Action):
    """Take one's own application back. Nobody has to say why."""

    class Arguments:
        """What it takes."""

        input = WithdrawInput(required=True, description="Which case.")

    case_file = graphene.Field(CaseFile, description="The case as it stands now.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> WithdrawApplication:
        """Take it back."""
        decisions.withdraw(viewer.actor, input["reference"], now=viewer.now)
        return cls(case_file=view(casefiles.find(viewer.actor, input["reference"]), viewer))


class Mutations(graphene.ObjectType):
    """What an applicant can do with a case."""

    supply_evidence = SupplyEvidence.Field(required=True, description="Attach a file to something that is missing.")
    supply_missing = SupplyMissing.Field(required=True, description="Hand in what was missing.")
    withdraw_application = WithdrawApplication.Field(required=True, description="Take one's application back.")
