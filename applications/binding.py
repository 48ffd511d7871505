"""Several photographs of one paper, in order, bound into one PDF (FEATURES A22).

As with receiving, the slow part holds no lock: `choose` (which, in a reading unit), `prepare` (made in the pool,
stored; no database), `bind` (the row, where the photographs still are those that were chosen, in that order).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from applications import policy, queries, uploads
from applications.models.draft import Draft
from applications.models.evidence import Evidence, Upload
from applications.uploads import Prepared, Purpose
from core import audit, imaging, storage
from core.errors import Conflict, NotFound
from core.identity import Actor, Audience, open_to
from core.imaging import limits

PHOTOGRAPH = "image/jpeg"
FEWEST = 2


@dataclass(frozen=True, slots=True)
class Chosen:
    """The photographs of an item, in reading order."""

    draft_id: str
    item: str
    tokens: tuple[str, ...]
    keys: tuple[str, ...]


@open_to(Audience.CITIZEN)
def choose(actor: Actor, draft_id: str, item: str, *, now: datetime) -> Chosen:
    """Say which photographs of an item of one's own draft are to be one paper. Raises `Conflict` for one alone."""
    uploads.allow(actor, now=now)
    pages = _photographs(_mine(actor, draft_id), item)
    if not FEWEST <= len(pages) <= limits.BOOKLET_PAGES:
        raise Conflict("photos_not_to_bind", fewest=FEWEST, most=limits.BOOKLET_PAGES)
    return Chosen(
        draft_id, item, *(tuple(row) for row in zip(*((one.id, one.master_key) for one in pages), strict=True))
    )


@open_to(Audience.CITIZEN)
def prepare(_actor: Actor, chosen: Chosen) -> Prepared:
    """Make and store the PDF. Outside any unit of work: it takes its time."""
    return uploads.store(Purpose.EVIDENCE, imaging.bound([storage.current().get(key) for key in chosen.keys]))


@open_to(Audience.CITIZEN)
def bind(actor: Actor, chosen: Chosen, prepared: Prepared, *, now: datetime) -> Upload:
    """Let the PDF stand where the photographs stood; they are deleted. Raises `Conflict` where they changed."""
    draft = _mine(actor, chosen.draft_id)
    if tuple(one.id for one in _photographs(draft, chosen.item)) != chosen.tokens:
        raise Conflict("photos_changed")
    for token in chosen.tokens:
        uploads.remove(actor, token, now=now)
    made = uploads.record(actor, prepared, f"{len(chosen.tokens)}张照片合成.pdf", now=now)
    uploads.attach(actor, made.id, draft.id, item=chosen.item, now=now)
    audit.record(actor, "evidence.bound", f"upload:{made.id}", now=now, pages=len(chosen.tokens))
    return made


@open_to(Audience.CITIZEN)
def move(actor: Actor, draft_id: str, token: str, *, earlier: bool, now: datetime) -> Draft:
    """Let a file change places with the one before or after it for the same item; at an end nothing moves."""
    draft = _mine(actor, draft_id)
    every = uploads.of_draft(draft.id)
    item = next((one.item for one in every if one.upload_id == token), None)
    if item is None:
        raise NotFound
    of_item = [one for one in every if one.item == item]
    at = next(place for place, one in enumerate(of_item) if one.upload_id == token)
    other = at - 1 if earlier else at + 1
    if 0 <= other < len(of_item):
        _swap(of_item[at], of_item[other])
        audit.record(actor, "evidence.moved", f"upload:{token}", now=now)
    return draft


def _swap(one: Evidence, other: Evidence) -> None:
    one.position, other.position = other.position, one.position


def _photographs(draft: Draft, item: str) -> Sequence[Upload]:
    every = (one.upload for one in uploads.of_draft(draft.id) if one.item == item)
    return [one for one in every if one.media_type == PHOTOGRAPH]


def _mine(actor: Actor, draft_id: str) -> Draft:
    draft = queries.draft(actor, draft_id, to_change=True)
    if not policy.may_change(actor, draft):
        raise Conflict("evidence_handed_in")
    return draft
