"""A case as the applicant sees it, and as staff do: progress, notices, decision, letters (FEATURES A25–A28)."""

from __future__ import annotations

from typing import Any

import graphene

from api import case_words, files
from api.assistance import Assistance
from api.eligibility import Judgement
from api.findings import PledgeFinding
from api.hands import CaseHolding, holding
from api.scalars import Date, DateTime
from applications import assistance, casefiles, findings, looks, summary
from applications.judgement import from_json
from core.identity import ActorKind


class TimelineEntry(graphene.ObjectType):
    """One line of the timeline: something that happened, or something that comes next."""

    kind = graphene.String(required=True, description="What it is, as a code.")
    title = graphene.String(required=True, description="What it is, in plain words.")
    text = graphene.String(required=True, description="What it means for the applicant; may be empty.")
    at = graphene.Field(DateTime, description="When it happened; empty for what comes next.")
    by = graphene.String(required=True, description="The member of staff who did it; may be empty.")
    due = graphene.Field(Date, description="The last day of what comes next.")
    state = graphene.String(required=True, description="done, now or waiting.")


class CaseDeadline(graphene.ObjectType):
    """Until when something must be done."""

    target = graphene.Field(Date, required=True, description="What we promise.")
    legal = graphene.Field(Date, required=True, description="The last lawful day: a day of rest moves it on.")
    provisional = graphene.Boolean(required=True, description="Counted with days whose arrangement is not published.")
    paused_since = graphene.Field(DateTime, description="Since when the clock stands still, if it does.")


class SupplementItem(graphene.ObjectType):
    """One thing that is missing."""

    id = graphene.ID(required=True, description="Its id; files are attached to `supplement:<id>`.")
    code = graphene.String(required=True, description="What it is, as a code.")
    title = graphene.String(required=True, description="What it is.")
    text = graphene.String(required=True, description="What exactly is needed.")
    issuer = graphene.String(required=True, description="Where it comes from.")
    explanation = graphene.String(description="What the applicant said instead of, or about, it.")
    supplied_at = graphene.Field(DateTime, description="When it was handed in.")


class SupplementNotice(graphene.ObjectType):
    """A notice of everything that is missing."""

    issued_at = graphene.Field(DateTime, required=True, description="When it was issued.")
    due_on = graphene.Field(Date, required=True, description="Until when to hand things in.")
    answered_at = graphene.Field(DateTime, description="When it was answered.")
    items = graphene.List(graphene.NonNull(SupplementItem), required=True, description="What is missing.")


class CaseReason(graphene.ObjectType):
    """A reason of a decision, or something staff may ask for."""

    code = graphene.String(required=True, description="Its stable name.")
    title = graphene.String(required=True, description="The reason in short.")
    text = graphene.String(required=True, description="The reason in plain words.")
    basis = graphene.String(required=True, description="The article it stands on; may be empty.")
    issuer = graphene.String(required=True, description="Where a missing paper comes from; may be empty.")


class CaseDecision(graphene.ObjectType):
    """The decision."""

    kind = graphene.String(required=True, description="granted or refused.")
    decided_at = graphene.Field(DateTime, required=True, description="When.")
    decider_name = graphene.String(required=True, description="By whom.")
    explanation = graphene.String(required=True, description="In the decider's own words; may be empty.")
    reasons = graphene.List(graphene.NonNull(CaseReason), required=True, description="Why.")


class Letter(graphene.ObjectType):
    """A paper we gave out, as PDF."""

    id = graphene.ID(required=True, description="Its id.")
    kind = graphene.String(required=True, description="receipt, pledge, supplement, grant or refusal.")
    title = graphene.String(required=True, description="What it is called.")
    number = graphene.String(required=True, description="Its official number.")
    issued_at = graphene.Field(DateTime, required=True, description="When it was issued.")
    sha256 = graphene.String(required=True, description="The hash of what it says.")
    url = graphene.String(required=True, description="A short-lived link to download it.")

    def resolve_url(letter, info: Any) -> str:
        """Sign a link for whoever asks."""
        return files.letter_link(info.context, letter.id)


class CasePledge(graphene.ObjectType):
    """The signed pledge, without what it says."""

    signed_at = graphene.Field(DateTime, required=True, description="When it was signed.")
    method = graphene.String(required=True, description="typed, drawn or thumbprint.")
    template_version = graphene.String(required=True, description="The edition of the text.")
    sha256 = graphene.String(required=True, description="Its fingerprint.")


class CasePaper(graphene.ObjectType):
    """A file that was handed in."""

    item = graphene.String(required=True, description="What it stands for, as a code.")
    title = graphene.String(required=True, description="What it stands for.")
    name = graphene.String(required=True, description="What its sender called it.")
    media_type = graphene.String(required=True, description="Its kind.")
    size = graphene.Int(required=True, description="Its size in bytes.")
    sha256 = graphene.String(required=True, description="Its fingerprint.")
    url = graphene.String(required=True, description="A short-lived link to it.")
    thumbnail_url = graphene.String(description="A short-lived link to a small picture of it, if there is one.")

    def resolve_url(paper, info: Any) -> str:
        """Sign a link for whoever asks."""
        return files.upload_link(info.context, paper.id, "master")

    def resolve_thumbnail_url(paper, info: Any) -> str | None:
        """Sign a link for whoever asks."""
        return files.upload_link(info.context, paper.id, "thumbnail") if paper.thumbnail_key else None


class CaseAnswer(graphene.ObjectType):
    """One answer, in words."""

    field = graphene.String(required=True, description="The question, as a code.")
    label = graphene.String(required=True, description="The question.")
    value = graphene.String(required=True, description="The answer; masked where it must be.")


class CaseSection(graphene.ObjectType):
    """Answers that belong together."""

    title = graphene.String(required=True, description="What they are about.")
    rows = graphene.List(graphene.NonNull(CaseAnswer), required=True, description="The answers.")


class CaseLook(graphene.ObjectType):
    """Somebody of an office looked at the case: a line for what they did the same way on one day."""

    what = graphene.String(required=True, description="What they did, in words.")
    at = graphene.Field(DateTime, required=True, description="When, the last time on that day.")
    times = graphene.Int(required=True, description="How often on that day.")
    office = graphene.String(required=True, description="Where they work; may be empty.")
    titles = graphene.List(graphene.NonNull(graphene.String), required=True, description="As what; no name.")
    reason = graphene.String(required=True, description="Why, where they had to say so; else empty.")

    def resolve_what(look, _info: Any) -> str:
        """Say what they did."""
        return case_words.LOOKS[look.act].format(field=case_words.FIELDS[look.field])


class CaseFile(graphene.ObjectType):
    """A case: what was handed in, how it stands, what comes next and whose turn it is."""

    reference = graphene.String(required=True, description="The number people quote.")
    state = graphene.String(required=True, description="Where it stands, as a code.")
    state_text = graphene.String(required=True, description="Where it stands, in plain words.")
    matter_title = graphene.String(required=True, description="What it is about.")
    agency_name = graphene.String(required=True, description="The agency that has it.")
    received_at = graphene.Field(DateTime, required=True, description="When it was received.")
    turn = graphene.String(required=True, description="Whose turn it is: agency, applicant, lawyer or nobody.")
    turn_text = graphene.String(required=True, description="Whose turn it is, in plain words.")
    decision_due = graphene.Field(CaseDeadline, required=True, description="Until when there will be a decision.")
    lawyer_due = graphene.Field(CaseDeadline, description="Until when a lawyer will be assigned.")
    timeline = graphene.List(graphene.NonNull(TimelineEntry), required=True, description="What happened, and next.")
    notices = graphene.List(graphene.NonNull(SupplementNotice), required=True, description="What was asked for.")
    open_notice = graphene.Field(SupplementNotice, description="What is being waited for now.")
    decision = graphene.Field(CaseDecision, description="The decision, once there is one.")
    letters = graphene.List(graphene.NonNull(Letter), required=True, description="Papers, oldest first.")
    pledge = graphene.Field(CasePledge, description="The signed pledge, if there is one.")
    evidence = graphene.List(graphene.NonNull(CasePaper), required=True, description="The files, in order.")
    sections = graphene.List(graphene.NonNull(CaseSection), required=True, description="What was answered, in words.")
    judgement = graphene.Field(Judgement, required=True, description="What the rules made of it: a hint, no decision.")
    can_withdraw = graphene.Boolean(required=True, description="Whether it can still be taken back.")

    looked_at = graphene.List(
        graphene.NonNull(CaseLook),
        required=True,
        description="Who of the staff looked at it, the latest first. Only the applicant is told; empty for others.",
    )

    def resolve_looked_at(case, info: Any) -> Any:
        """Read who looked, where it is asked for."""
        return looks.at(info.context.actor, case.application)

    holding = graphene.Field(CaseHolding, description="Who works on it now. For staff alone; empty for others.")

    def resolve_holding(case, info: Any) -> Any:
        """Say who has it in hand, to colleagues."""
        return holding(case.application, info.context) if info.context.actor.kind is ActorKind.STAFF else None

    assistance = graphene.List(
        graphene.NonNull(Assistance), required=True, description="What agencies elsewhere were asked, the oldest first."
    )

    def resolve_assistance(case, _info: Any) -> Any:
        """Read it, where the record of events knows of any."""
        return assistance.of_case(case.application)

    pledge_finding = graphene.Field(PledgeFinding, description="What was found about the pledge, where it was doubted.")

    def resolve_pledge_finding(case, _info: Any) -> Any:
        """Read it, where there is a pledge."""
        return findings.of_application(case.application.id) if case.pledge else None

    def resolve_evidence(case, _info: Any) -> Any:
        """Read the files, where they are asked for."""
        return casefiles.papers(case.application)

    def resolve_sections(case, _info: Any) -> Any:
        """Write the answers in words, where they are asked for."""
        return summary.sections(casefiles.situation(case.application))

    def resolve_judgement(case, _info: Any) -> Any:
        """Read what the rules made of it on the day it was handed in."""
        return from_json(case.application.judgement)
