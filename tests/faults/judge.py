"""Says what is wrong after an accident: each application whole or absent, none twice, every file with its row."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, select

from applications import signing, uploads
from applications.models.application import Application
from applications.models.draft import Draft
from applications.models.event import CaseEvent
from applications.models.evidence import Evidence, Upload
from applications.models.letter import Letter, LetterCounter
from applications.models.pledge import Pledge
from core import audit, storage
from core.audit import AuditEntry
from core.crypto import fingerprint
from core.db import session
from core.errors import NotFound
from core.outbox import Errand


@dataclass
class Handed:
    """A draft somebody hands in, and the number they were told, if anybody answered."""

    draft_id: str
    owner_id: str
    is_signed: bool = False
    reference: str | None = None


def faults(handed):
    """Say what is wrong with one draft or the application it became."""
    draft = session().get_one(Draft, handed.draft_id, populate_existing=True)
    made = session().scalars(select(Application).where(Application.draft_id == draft.id)).one_or_none()
    if made is None:
        lost = ["acknowledged, and lost"] if handed.reference else []
        return lost + list(_half_done(draft))
    if handed.reference not in {None, made.reference}:
        return ["acknowledged under another number"]
    return [*_of_draft(draft, made), *_of_papers(draft, made), *_of_letters(made, handed), *_of_record(made)]


def _half_done(draft):
    if draft.submitted_at is not None or not draft.answers:
        yield "handed over to nobody"
    for table in (Evidence, Pledge):
        if _count(table, table.draft_id == draft.id, table.application_id.is_not(None)):
            yield f"{table.__tablename__} of no application"


def _of_draft(draft, made):
    if draft.submitted_at is None or draft.answers:
        yield "the draft was not handed over"
    if not made.answers.get("phone") or not made.applicant_name or not made.judgement:
        yield "answers are missing"


def _of_papers(draft, made):
    papers = uploads.of_draft(draft.id)
    if not papers:
        yield "papers are missing"
    receipt = (
        session().scalars(select(Letter).where(Letter.application_id == made.id, Letter.kind == "receipt")).first()
    )
    told = str(receipt.content).replace(" ", "") if receipt else ""
    for paper in papers:
        if paper.application_id != made.id:
            yield "a paper was left behind"
        if _hash_of(paper.upload) != paper.upload.sha256:
            yield "a file is gone or changed"
        if paper.upload.sha256 not in told:
            yield "a file is not on the receipt"


def _hash_of(upload):
    try:
        return fingerprint(storage.current().get(upload.master_key))
    except NotFound:
        return None


def _of_letters(made, handed):
    kinds = Counter(session().scalars(select(Letter.kind).where(Letter.application_id == made.id)))
    if kinds != Counter(["receipt"] + ["pledge"] * handed.is_signed):
        yield f"letters: {dict(kinds)}"
    if _count(Pledge, Pledge.application_id == made.id, Pledge.draft_id == made.draft_id) != handed.is_signed:
        yield "the pledge is missing"


def _of_record(made):
    record = select(CaseEvent.position, CaseEvent.kind).where(CaseEvent.application_id == made.id)
    if session().execute(record).all() != [(1, "submitted")] or made.due_on is None:
        yield "the record of events does not begin with it"
    written = (AuditEntry.subject == f"application:{made.id}", AuditEntry.act == "application.submitted")
    if _count(AuditEntry, *written) != 1:
        yield "it is not in the audit once"
    if _count(Errand, Errand.key == f"application.submitted:{made.id}") != 1:
        yield "nobody will be told"


def faults_of_place(everybody):
    """Say what is wrong with the place as a whole, once nobody is at work in it."""
    mine = {one.owner_id for one in everybody}
    made = _count(Application, Application.applicant_id.in_(mine))
    handed = _count(Draft, Draft.owner_id.in_(mine), Draft.submitted_at.is_not(None))
    if made != handed:
        yield f"{made} applications of {handed} drafts"
    if (broken_at := audit.verify().broken_at) is not None:
        yield f"the audit is broken at {broken_at}"
    yield from (f"pledge: {one.what}" for one in signing.verify())
    for counter in session().scalars(select(LetterCounter)):
        if _count(Letter, Letter.kind == counter.kind) != counter.last:
            yield f"numbers of letters have gaps: {counter.kind}"


def stray():
    """Give the files without a row, and the files that rows speak of and nobody has."""
    keys = session().execute(select(Upload.master_key, Upload.thumbnail_key))
    known = {key for row in keys for key in row if key}
    there = {one.key for one in storage.current().stored(uploads.FOLDER)}
    return there - known, known - there


def _count(table, *which):
    return session().scalar(select(func.count()).select_from(table).where(*which))
