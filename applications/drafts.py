"""Drafts: saved at every step, resumed on any device, lost never (FEATURES A09, TRUST R14)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update

from applications import answers, checklist, findings, journey, merging, policy, precheck, queries, uploads
from applications.agencies import options_for
from applications.answers import Asked, Reading
from applications.journey import Situation
from applications.models.draft import Draft
from applications.models.evidence import Evidence, Upload
from applications.models.pledge import Pledge
from applications.rulebook import rulebook
from applications.steps import Step, form
from core import audit
from core.calendar import china_day
from core.db import fresh_id, session
from core.errors import Conflict, Malformed, NotFound, Problem, Rejected
from core.identity import Actor, Audience, open_to
from locator import queries as places

MOST_OPEN = 10  # drafts of one person: more is a mistake, or somebody filling our disk
Given = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Saved:
    """A draft after saving: what could be read is kept, also where other answers have problems."""

    draft: Draft
    problems: tuple[Problem, ...]
    conflicts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Start:
    """What a draft may start from: the code of a pre-check, and from where it was typed."""

    code: str | None = None
    address: str = ""
    channel: str = "portal"


@open_to(Audience.CITIZEN)
def start(actor: Actor, start_from: Start, *, now: datetime) -> Draft:
    """Start a draft, with what a pre-check already knows. An open one about the same matter is resumed instead.

    Raises `Rejected` where the code is unknown, or too many drafts lie open.
    """
    known = _from_precheck(actor, start_from, now) if start_from.code else {}
    lying_open = queries.open_drafts(actor, now=now)
    same = next((one for one in lying_open if one.answers.get("matter") == known.get("matter")), None)
    if same is not None:
        return same
    if len(lying_open) >= MOST_OPEN:
        raise Rejected((Problem("drafts_too_many", None, {"limit": MOST_OPEN}),))
    draft = Draft(
        id=fresh_id(),
        owner_id=actor.id,
        answers={},
        changed_in={},
        steps_done=[],
        channel=start_from.channel,
        created_at=now,
        saved_at=now,
        expires_at=_expiry(now),
    )
    session().add(draft)
    _put(draft, known, base=1, version=1)
    draft.steps_done = [step.name for step in form().steps if step.names and set(step.names) <= known.keys()]
    session().flush()
    audit.record(actor, "draft.started", f"draft:{draft.id}", now=now)
    return draft


@open_to(Audience.CITIZEN)
def save_step(actor: Actor, draft_id: str, step_name: str, given: Given, *, base_version: int, now: datetime) -> Saved:
    """Save the answers to a step. Whatever is fine is kept; all problems come back at once.

    `base_version` is the version the person was shown: an answer another device changed since then is not undone
    by a device that never touched it; where both changed it, the later stands and `conflicts` names it.
    Raises `Malformed` for a question the step does not ask (TRUST A5).
    """
    draft = to_change(actor, draft_id)
    here = situation(draft, now=now)
    step = journey.find(step_name, here)
    reading = read(step, here, given)
    before = dict(draft.answers)
    conflicts = _put(draft, reading.values, base=base_version, version=draft.version + 1)
    _drop_what_no_longer_fits(draft, before)
    done = [name for name in draft.steps_done if name != step.name]
    draft.steps_done = done if reading.problems else [*done, step.name]
    _touch(draft, now)
    return Saved(draft, reading.problems, conflicts)


@open_to(Audience.CITIZEN)
def attach(actor: Actor, draft_id: str, upload_id: str, *, item: str, now: datetime) -> Draft:
    """Let a file stand for a paper on this person's list. Raises `Malformed` for a paper that is not on it."""
    draft = to_change(actor, draft_id)
    _judge_item(draft, item, now)
    uploads.attach(actor, upload_id, draft.id, item=item, now=now)
    _touch(draft, now)
    return draft


@open_to(Audience.CITIZEN)
def judge_paper(actor: Actor, draft_id: str, item: str, *, now: datetime) -> None:
    """See that a file might stand for a paper on the list of one's own draft, before it is sent."""
    _judge_item(to_change(actor, draft_id), item, now)


@open_to(Audience.CITIZEN)
def detach(actor: Actor, draft_id: str, upload_id: str, *, now: datetime) -> Draft:
    """Take a file away again; it is deleted."""
    draft = to_change(actor, draft_id)
    if upload_id not in {paper.upload_id for paper in uploads.of_draft(draft.id)}:
        raise NotFound
    uploads.remove(actor, upload_id, now=now)
    _touch(draft, now)
    return draft


@open_to(Audience.CITIZEN)
def discard(actor: Actor, draft_id: str, *, now: datetime) -> None:
    """Throw a draft away: what was written and handed in is forgotten at once."""
    draft = to_change(actor, draft_id)
    for paper in uploads.of_draft(draft.id):
        uploads.remove(actor, paper.upload_id, now=now)
    forget(draft, now=now)
    audit.record(actor, "draft.discarded", f"draft:{draft.id}", now=now)


def forget(draft: Draft, *, now: datetime) -> None:
    """Empty a draft: its papers and signatures hang loose for the sweep, its pledges go with what they state.

    The row stays, and so do the hashes of the pledges in the audit chain.
    """
    files = select(Evidence.upload_id).where(Evidence.draft_id == draft.id)
    drawings = select(Pledge.signature_upload_id).where(Pledge.draft_id == draft.id)
    loose = Upload.id.in_(files) | Upload.id.in_(drawings)
    session().execute(update(Upload).where(loose).values(attached_at=None))
    session().execute(delete(Evidence).where(Evidence.draft_id == draft.id))
    session().execute(delete(Pledge).where(Pledge.draft_id == draft.id))
    draft.answers, draft.changed_in, draft.steps_done, draft.discarded_at = {}, {}, [], now


def situation(draft: Draft, *, now: datetime) -> Situation:
    """Look at a draft with the eyes of the rules of today."""
    region = draft.answers.get("region")
    offices, on = options_for(region) if region else (), china_day(now)
    false_pledge = findings.is_closed(draft.owner_id, on=on)
    return journey.situation(draft.answers, rulebook(), on, offices, false_pledge=false_pledge)


def read(step: Step, here: Situation, given: Given) -> Reading:
    """Read the answers to a step."""
    asked = journey.questions_of(step, here)
    if strange := given.keys() - {question.name for question in asked}:
        raise Malformed("answer_unknown", field=min(strange))
    spans = {question.name: journey.span_of(step, question.name) for question in asked}
    return answers.read(Asked(asked, here.answers, here.on, _level_of, spans), given)


def _level_of(code: str) -> int | None:
    found = places.regions([code]).get(code)
    return found.level if found and found.status == "active" else None


def _touch(draft: Draft, now: datetime) -> None:
    """Note that somebody wrote on a draft: it is kept for another while."""
    draft.saved_at, draft.expires_at, draft.warned_at = now, _expiry(now), None
    session().flush()


def to_change(actor: Actor, draft_id: str) -> Draft:
    """Hold one's own draft to be written on. Raises `Conflict` where it was handed in."""
    draft = queries.draft(actor, draft_id, to_change=True)
    if not policy.may_change(actor, draft):
        raise Conflict("draft_handed_in")
    return draft


def _judge_item(draft: Draft, item: str, now: datetime) -> None:
    if item not in {one.code for one in checklist.items_for(situation(draft, now=now))}:
        raise Malformed("evidence_item_unknown", field="item")


def _put(draft: Draft, values: Mapping[str, Any], *, base: int, version: int) -> tuple[str, ...]:
    merged = merging.merge(draft.id, draft.answers, draft.changed_in, values, base=base, version=version)
    draft.answers, draft.changed_in = merged.values, merged.history
    return merged.conflicts


def _drop_what_no_longer_fits(draft: Draft, before: Mapping[str, Any]) -> None:
    """Ask again what hangs on an answer that changed: a number belongs to its kind of document."""
    kind = before.get("id_kind")
    if kind is not None and kind != draft.answers.get("id_kind"):
        draft.answers = {name: value for name, value in draft.answers.items() if name != "id_number"}


def _from_precheck(actor: Actor, start_from: Start, now: datetime) -> dict[str, Any]:
    found = precheck.find(actor, start_from.code or "", address=start_from.address, now=now)
    if found is None:
        raise Rejected((Problem("precheck_code_unknown", "code"),))
    asked = [question for question, _ in precheck.replay(found).asked if question.name != "region"]
    reading = answers.read(Asked(asked, {}, china_day(now), lambda _code: None), found.answers)
    return dict(reading.values)


def _expiry(now: datetime) -> datetime:
    return now + timedelta(days=rulebook().limit("KEEP-DRAFT").days)
