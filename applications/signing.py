"""Signing the pledge, taking it back, and finding out whether a signed one still is what it was (RULEBOOK 3.1).

The pledge is the applicant's choice and never a condition of applying (MV-CHOICE): who does not sign takes another
way of showing hardship. A pledge that was signed stands for the answers it was signed with; when those change, it
has to be signed again.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from accounts import witness
from accounts.witness import Witness
from applications import drafts, pledge, policy, queries, statement, uploads
from applications.journey import Situation
from applications.judgement import Route
from applications.models.draft import Draft
from applications.models.pledge import Pledge
from applications.pledge import Edition, Signature, SignatureMethod, StatementRow
from core import audit
from core.audit import AuditEntry
from core.crypto import UNREADABLE, fingerprint
from core.db import fresh_id, session
from core.errors import Checklist, Conflict, NotFound, checklist
from core.identity import Actor, Audience, open_to

APPLICANT = ("name", "id_kind", "id_number", "born_on")
LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody does who signs: which text, which clauses they ticked, how they sign.

    `drawing` is the picture of their hand or thumb; `witness` the code of whoever of the staff sits beside them.
    """

    version: str
    acknowledged: Collection[str]
    method: SignatureMethod
    name: str
    drawing: str | None = None
    witness: str = ""


def edition_of(now: Situation) -> Edition:
    """Give the text in force for an application."""
    return pledge.edition_for(now.place, now.on)


def stated(now: Situation) -> tuple[StatementRow, ...]:
    """State the hardship as the applicant told it, with the standard it is held against (PL-9)."""
    figures = (figure for line in now.judgement.explanation for figure in line.figures)
    return (*statement.rows(now), *(StatementRow("standard", one.name, one.value) for one in figures))


@open_to(Audience.CITIZEN)
def sign(actor: Actor, draft_id: str, wish: Wish, *, now: datetime) -> Pledge:
    """Sign the pledge for a draft of one's own. An earlier one for the same draft is withdrawn.

    Raises `Conflict` where a pledge is not the way chosen or not open to this person (MV-NA).
    """
    draft = queries.draft(actor, draft_id, to_change=True)
    if not policy.may_change(actor, draft):
        raise Conflict("draft_handed_in")
    situation = drafts.situation(draft, now=now)
    if Route.PLEDGE not in situation.judgement.routes or situation.answers.get("verification") != Route.PLEDGE:
        raise Conflict("pledge_not_chosen")
    shown = edition_of(situation)
    beside = witness.of(wish.witness, now=now) if wish.witness else None
    with checklist() as check:
        _judge(check, shown, wish, situation)
        check.require(beside or not wish.witness, "witness_code_unknown", "witness")
        check.require(wish.witness or wish.method is not SignatureMethod.THUMBPRINT, "pledge_thumb_alone", "witness")
    drawing = _drawing(actor, wish, now=now)
    withdraw_for(actor, draft.id, now=now)
    signed = pledge.document(
        shown,
        applicant=_applicant(situation),
        statement=stated(situation),
        signature=_signature(wish, drawing, beside),
        signed_at=now,
        previous=_last_of(actor),
    )
    made = _frozen(actor, draft, wish, signed, now=now)
    helped = {"witness": beside.staff_id} if beside else {}
    audit.record(actor, "pledge.signed", f"pledge:{made.id}", now=now, sha256=made.sha256, draft=draft.id, **helped)
    return made


def _signature(wish: Wish, drawing: str | None, beside: Witness | None) -> Signature:
    name = wish.name.strip()
    if beside is None:
        return Signature(wish.method, name, drawing)
    return Signature(wish.method, name, drawing, beside.name, beside.work_number)


def _frozen(actor: Actor, draft: Draft, wish: Wish, signed: dict[str, Any], *, now: datetime) -> Pledge:
    made = Pledge(
        id=fresh_id(),
        draft_id=draft.id,
        person_id=actor.id,
        template=signed["template"],
        template_version=signed["version"],
        acknowledged=sorted(wish.acknowledged),
        method=wish.method.value,
        signature_upload_id=wish.drawing,
        signed=signed,
        signed_at=now,
        sha256=pledge.digest(signed),
        previous=signed["previous"],
    )
    session().add(made)
    return made


def current(draft_id: str, situation: Situation) -> Pledge | None:
    """Give the pledge that stands for a draft as it is now; none where what was stated has changed since."""
    found = _live(draft_id)
    if found is None or not stands_for(found, situation):
        return None
    return found


def stands_for(made: Pledge, situation: Situation) -> bool:
    """Say whether a pledge was signed by this person about these facts."""
    rows = [asdict(row) for row in stated(situation)]
    return bool(made.signed["statement"] == rows and made.signed["applicant"] == _applicant(situation))


def withdraw_for(actor: Actor, draft_id: str, *, now: datetime) -> None:
    """Take back whatever pledge stands for a draft: it stays on record, and counts no more."""
    found = _live(draft_id)
    if found is not None:
        found.withdrawn_at = now
        audit.record(actor, "pledge.withdrawn", f"pledge:{found.id}", now=now)


@dataclass(frozen=True, slots=True)
class Unsound:
    """A pledge that is not what was signed, and what does not fit."""

    pledge_id: str
    what: str


def verify() -> Sequence[Unsound]:
    """Look for pledges that are not what was signed: the document, its hash, the audit chain, the drawing."""
    every = session().scalars(select(Pledge.id).order_by(Pledge.signed_at)).all()
    return [Unsound(pledge_id, what) for pledge_id in every if (what := what_is_wrong(pledge_id))]


def what_is_wrong(pledge_id: str) -> str:
    """Name what of a pledge is not what was signed; empty where all is."""
    try:
        return _what_is_wrong(session().get_one(Pledge, pledge_id))
    except UNREADABLE:
        return "document"


def _what_is_wrong(made: Pledge) -> str:
    if pledge.digest(made.signed) != made.sha256:
        return "document"
    if not _is_on_record(made):
        return "audit"
    if _row(made) != _told(made.signed):
        return "row"
    wanted = made.signed["signature"]["drawing_sha256"]
    return "drawing" if wanted and _picture_of(made) != wanted else ""


def _row(made: Pledge) -> tuple[object, ...]:
    signed_at = made.signed_at.astimezone(UTC)
    return made.template, made.template_version, made.acknowledged, made.method, made.previous, signed_at


def _told(signed: Mapping[str, Any]) -> tuple[object, ...]:
    signed_at = datetime.fromisoformat(signed["signed_at"])
    method = signed["signature"]["method"]
    return signed["template"], signed["version"], signed["acknowledged"], method, signed["previous"], signed_at


def _is_on_record(made: Pledge) -> bool:
    """Say whether the audit record knows this pledge: whose, for which draft, with which hash, and its end."""
    entries = session().scalars(select(AuditEntry).where(AuditEntry.subject == f"pledge:{made.id}")).all()
    signed = [(one.actor_id, one.details.get("draft"), one.details.get("sha256")) for one in entries if _signs(one)]
    ended = [one.at for one in entries if one.act == "pledge.withdrawn"]
    return signed == [(made.person_id, made.draft_id, made.sha256)] and ended == (
        [made.withdrawn_at] if made.withdrawn_at else []
    )


def _signs(entry: AuditEntry) -> bool:
    return entry.act == "pledge.signed"


def _picture_of(made: Pledge) -> str:
    try:
        return fingerprint(uploads.signature_picture(made.signature_upload_id or ""))
    except NotFound:
        return ""


def _judge(check: Checklist, shown: Edition, wish: Wish, situation: Situation) -> None:
    name = wish.name.strip()
    check.require(wish.version == shown.version, "pledge_outdated", "version")
    check.require(shown.codes <= set(wish.acknowledged), "pledge_clauses_open", "acknowledged")
    if check.require(name, "pledge_unsigned", "name"):
        check.require(len(name) <= LONGEST_NAME, "pledge_name_too_long", "name", limit=LONGEST_NAME)
        check.require(name == situation.answers.get("name"), "pledge_name_differs", "name")
    check.require(wish.method is SignatureMethod.TYPED or wish.drawing, "pledge_not_drawn", "drawing")


def _applicant(situation: Situation) -> dict[str, str]:
    return {name: str(situation.answers.get(name) or "") for name in APPLICANT}


def _drawing(actor: Actor, wish: Wish, *, now: datetime) -> str | None:
    if wish.method is SignatureMethod.TYPED or wish.drawing is None:
        return None
    is_thumb = wish.method is SignatureMethod.THUMBPRINT
    return uploads.claim_signature(actor, wish.drawing, is_photograph=is_thumb, now=now).sha256


def _live(draft_id: str) -> Pledge | None:
    return (
        session()
        .scalars(select(Pledge).where(Pledge.draft_id == draft_id, Pledge.withdrawn_at.is_(None)))
        .one_or_none()
    )


def _last_of(actor: Actor) -> str | None:
    return (
        session()
        .scalars(select(Pledge.sha256).where(Pledge.person_id == actor.id).order_by(Pledge.signed_at.desc()).limit(1))
        .first()
    )
