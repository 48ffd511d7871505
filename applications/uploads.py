"""Files people hand in: received, kept for a day, attached to what they prove (FEATURES A22; TRUST U1-U6).

Receiving is done in three steps, for decoding may take seconds and must hold no lock: `allow` (may they send one
more?), `prepare` (scan, make anew, store; no database), `record` (the row). The file is stored before its row is
written: a crash between leaves only a file that no row knows, which `applications.sweeping` takes away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, false, func, or_, select, update
from sqlalchemy.orm import selectinload

from applications import policy
from applications.models.application import Application
from applications.models.draft import Draft
from applications.models.evidence import Evidence, Upload
from applications.models.pledge import Pledge
from core import audit, imaging, outbox, scanning, storage
from core.crypto import fingerprint
from core.db import fresh_id, session
from core.errors import Conflict, NotFound, Problem, Rejected, TooMany
from core.identity import Actor, Audience, open_to
from core.rows import Rows

FOLDER = "uploads/"
A_DAY = timedelta(days=1)
LONGEST_NAME = 120
EXTENSIONS = {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"}
STEERING = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"  # may show a name backwards


class Purpose(StrEnum):
    """What a file is for."""

    EVIDENCE = "evidence"
    SIGNATURE = "signature"


class Variant(StrEnum):
    """Which form of a file."""

    MASTER = "master"
    THUMBNAIL = "thumbnail"


@dataclass(frozen=True, slots=True)
class Quota:
    """How much one person may send (TRUST U4)."""

    files_a_day: int = 60
    bytes_a_day: int = 200_000_000
    files_a_case: int = 30


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file that lies in the storage and waits for its row."""

    token: str
    purpose: Purpose
    made: imaging.Made
    master_key: str
    thumbnail_key: str | None


@dataclass(frozen=True, slots=True)
class Opened:
    """A stored file for whoever may see it, under a name of ours."""

    key: str
    media_type: str
    file_name: str
    is_foreign: bool = False  # somebody else's: that it was opened is to be recorded


QUOTA = Quota()


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Say which uploads an actor may see: their own, and what belongs to a case they may see."""
    if actor.id is None:
        return false()
    cases = select(Application.id).where(policy.visible_to(actor))
    attached = select(Evidence.upload_id).where(Evidence.application_id.in_(cases))
    signed = select(Pledge.signature_upload_id).where(Pledge.application_id.in_(cases))
    return or_(Upload.owner_id == actor.id, Upload.id.in_(attached), Upload.id.in_(signed))


@open_to(Audience.SIGNED_IN)
def allow(actor: Actor, *, now: datetime, quota: Quota = QUOTA) -> None:
    """Let the actor send one more file today, or say when they may."""
    sent = select(func.count(), func.coalesce(func.sum(Upload.size), 0))
    sent = sent.where(Upload.owner_id == actor.id, Upload.created_at > now - A_DAY)
    files, total = session().execute(sent).one()
    if files >= quota.files_a_day or total >= quota.bytes_a_day:
        raise TooMany("upload_quota", files=quota.files_a_day, megabytes=quota.bytes_a_day // 1_000_000)


@open_to(Audience.SIGNED_IN)
def prepare(_actor: Actor, purpose: Purpose, data: bytes) -> Prepared:
    """Scan a file, make it anew and store it. Outside any unit of work: it takes its time."""
    scanning.refuse_infected(data, imaging.FIELDS[purpose])
    made = imaging.clean_signature(data) if purpose is Purpose.SIGNATURE else imaging.remake(data)
    return store(purpose, made)


def store(purpose: Purpose, made: imaging.Made) -> Prepared:
    """Store what was made anew under a fresh token. Outside any unit of work."""
    token = fresh_id()
    stem = f"{FOLDER}{fingerprint(token.encode())[:2]}/{token}"
    master_key = f"{stem}.{Variant.MASTER}.{EXTENSIONS[made.media_type]}"
    storage.current().put(master_key, made.master, made.media_type)
    thumbnail_key = None
    if made.thumbnail is not None:
        thumbnail_key = f"{stem}.{Variant.THUMBNAIL}.jpg"
        storage.current().put(thumbnail_key, made.thumbnail, "image/jpeg")
    return Prepared(token, purpose, made, master_key, thumbnail_key)


@open_to(Audience.SIGNED_IN)
def record(actor: Actor, prepared: Prepared, name: str, *, now: datetime) -> Upload:
    """Write the row of a file that is stored."""
    allow(actor, now=now)
    made = prepared.made
    upload = Upload(
        id=prepared.token,
        owner_id=actor.id,
        purpose=prepared.purpose.value,
        name=shown_name(name),
        media_type=made.media_type,
        size=len(made.master),
        sha256=fingerprint(made.master),
        width=made.width,
        height=made.height,
        pages=made.pages,
        warnings=list(made.warnings),
        master_key=prepared.master_key,
        thumbnail_key=prepared.thumbnail_key,
        created_at=now,
    )
    session().add(upload)
    audit.record(actor, "evidence.received", f"upload:{upload.id}", now=now, purpose=upload.purpose)
    return upload


def discard(prepared: Prepared) -> None:
    """Take away a stored file that gets no row: the same had been sent before."""
    for key in (prepared.master_key, prepared.thumbnail_key):
        if key:
            storage.current().delete(key)


def shown_name(name: str) -> str:
    """Bring a sender's file name to what may be shown: no folders, no control or steering characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in last if c.isprintable() and c not in STEERING).strip()[:LONGEST_NAME]


@open_to(Audience.SIGNED_IN)
def find(actor: Actor, upload_id: str) -> Upload:
    """Find an upload the actor may see."""
    found = session().scalars(select(Upload).where(Upload.id == upload_id, visible_to(actor))).one_or_none()
    if found is None:
        raise NotFound
    return found


@open_to(Audience.SIGNED_IN)
def look(actor: Actor, upload_id: str, variant: Variant) -> Opened:
    """Say where the actor finds a file they may see."""
    upload = find(actor, upload_id)
    foreign = upload.owner_id != actor.id
    if variant is Variant.THUMBNAIL:
        if upload.thumbnail_key is None:
            raise NotFound
        return Opened(upload.thumbnail_key, "image/jpeg", f"rufa-{upload.id[:8]}-small.jpg", is_foreign=foreign)
    name = f"rufa-{upload.id[:8]}.{EXTENSIONS[upload.media_type]}"
    return Opened(upload.master_key, upload.media_type, name, is_foreign=foreign)


@open_to(Audience.STAFF)
def note_opened(actor: Actor, upload_id: str, *, now: datetime) -> None:
    """Record that somebody else than the owner opened a file (TRUST O5)."""
    audit.record(actor, "evidence.opened", f"upload:{find(actor, upload_id).id}", now=now)


@open_to(Audience.CITIZEN)
def attach(actor: Actor, upload_id: str, draft_id: str, *, item: str, now: datetime) -> Evidence:
    """Let an upload stand for an item of the actor's own draft."""
    draft = session().scalars(select(Draft).where(Draft.id == draft_id, policy.drafts_of(actor))).one_or_none()
    if draft is None:
        raise NotFound
    if not policy.may_change(actor, draft):
        raise Conflict("evidence_handed_in")
    return _attach(_loose(actor, upload_id, Purpose.EVIDENCE), now, item=item, draft_id=draft.id)


@open_to(Audience.CITIZEN)
def supply(actor: Actor, upload_id: str, application_id: str, *, item: str, now: datetime) -> Evidence:
    """Let an upload stand for an item that was missing from the actor's application."""
    wanted = select(Application).where(Application.id == application_id, policy.visible_to(actor))
    application = session().scalars(wanted).one_or_none()
    if application is None:
        raise NotFound
    if not policy.may_supply(actor, application):
        raise Conflict("evidence_not_asked")
    return _attach(_loose(actor, upload_id, Purpose.EVIDENCE), now, item=item, application_id=application.id)


@open_to(Audience.SIGNED_IN)
def claim_signature(actor: Actor, upload_id: str, *, is_photograph: bool = False, now: datetime) -> Upload:
    """Take a drawn signature, or the photograph of a thumb-print, for a pledge: it is kept from now on."""
    upload = _loose(actor, upload_id, Purpose.EVIDENCE if is_photograph else Purpose.SIGNATURE)
    upload.attached_at = now
    return upload


def signature_picture(upload_id: str) -> bytes:
    """Read a drawn signature as it is stored; empty where it is gone."""
    upload = session().get(Upload, upload_id)
    return storage.current().get(upload.master_key) if upload else b""


@open_to(Audience.CITIZEN)
def remove(actor: Actor, upload_id: str, *, now: datetime) -> None:
    """Forget a file of one's own that is not handed in yet; the stored file goes right after."""
    upload = session().scalars(select(Upload).where(Upload.id == upload_id, Upload.owner_id == actor.id)).one_or_none()
    if upload is None:
        raise NotFound
    evidence = session().scalars(select(Evidence).where(Evidence.upload_id == upload.id)).one_or_none()
    if (evidence and evidence.application_id) or (upload.attached_at and evidence is None):
        raise Conflict("evidence_handed_in")
    if evidence:
        session().delete(evidence)
        session().flush()
    session().delete(upload)
    keys = [key for key in (upload.master_key, upload.thumbnail_key) if key]
    outbox.put("evidence.removed", due_at=now, keys=keys)
    audit.record(actor, "evidence.removed", f"upload:{upload.id}", now=now)


def of_draft(draft_id: str) -> Sequence[Evidence]:
    """Give the evidence of a draft with its uploads, in order. The caller has checked the draft."""
    wanted = select(Evidence).where(Evidence.draft_id == draft_id).options(selectinload(Evidence.upload))
    return session().scalars(wanted.order_by(Evidence.position, Evidence.id)).all()


def of_application(application_id: str) -> Sequence[Any]:
    """Give the evidence of an application as rows, in order. The caller has checked the application."""
    return _shown().all(case=application_id)


@cache
def _shown() -> Rows:
    said = (Upload.id, Upload.name, Upload.media_type, Upload.size, Upload.sha256, Upload.thumbnail_key)
    handed_in = select(Evidence.item, *said).join(Upload, Upload.id == Evidence.upload_id)
    handed_in = handed_in.where(Evidence.application_id == bindparam("case"))
    return Rows(handed_in.order_by(Evidence.position, Evidence.id))


def hand_over(draft_id: str, application_id: str) -> None:
    """Let the evidence of a draft be that of the application it became."""
    session().execute(update(Evidence).where(Evidence.draft_id == draft_id).values(application_id=application_id))


def _loose(actor: Actor, upload_id: str, purpose: Purpose) -> Upload:
    mine = (Upload.id == upload_id, Upload.owner_id == actor.id, Upload.purpose == purpose.value)
    upload = session().scalars(select(Upload).where(*mine).with_for_update()).one_or_none()
    if upload is None:
        raise NotFound
    if upload.attached_at is not None:
        raise Conflict("evidence_attached")
    return upload


def _attach(
    upload: Upload, now: datetime, *, item: str, draft_id: str | None = None, application_id: str | None = None
) -> Evidence:
    same = Evidence.draft_id == draft_id if draft_id else Evidence.application_id == application_id
    last, count = session().execute(select(func.max(Evidence.position), func.count()).where(same)).one()
    if count >= QUOTA.files_a_case:
        raise Rejected((Problem("evidence_too_many", "file", {"files": QUOTA.files_a_case}),))
    upload.attached_at = now
    evidence = Evidence(
        upload=upload,
        draft_id=draft_id,
        application_id=application_id,
        item=item,
        position=(last or 0) + 1,
        created_at=now,
    )
    session().add(evidence)
    return evidence
