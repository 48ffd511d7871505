"""Papers with a number: issued once with all they say, set as PDF whenever they are asked for.

What a letter says is kept sealed and hashed when it is issued; the PDF is made from that and nothing else,
so that it says the same today and in ten years (RULEBOOK section 2, documents 005–010).
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import segno
from sqlalchemy import select

from applications import policy
from applications.models.application import Application
from applications.models.letter import Letter, LetterCounter
from core import audit, paper, settings
from core.calendar import china_day
from core.crypto import UNREADABLE, canonical, fingerprint
from core.db import session
from core.errors import NotFound
from core.identity import Actor, ActorKind, Audience, open_to
from core.references import code_of_hash

PAPER = Path(__file__).parent / "papers" / "letter.typ"
VERSION = "2026-11"
FOOTER = "法律援助不收取任何费用。有疑问请拨打 12348。"

Block = Mapping[str, Any]


class LetterKind(StrEnum):
    """The papers we give out."""

    RECEIPT = "receipt"
    PLEDGE = "pledge"
    SUPPLEMENT = "supplement"
    GRANT = "grant"
    REFUSAL = "refusal"
    AID_FIRST = "aid_first"
    HANDED_OVER = "handed_over"


@dataclass(frozen=True, slots=True)
class Wording:
    """What a kind of letter is called, and the word in its number."""

    title: str
    word: str


WORDINGS = {
    LetterKind.RECEIPT: Wording("法律援助申请材料接收凭证", "收"),
    LetterKind.PLEDGE: Wording("法律援助申请个人诚信承诺书", "诺"),
    LetterKind.SUPPLEMENT: Wording("补充材料、说明通知书", "补"),
    LetterKind.GRANT: Wording("给予法律援助决定书", "援"),
    LetterKind.REFUSAL: Wording("不予法律援助决定书", "不"),
    LetterKind.AID_FIRST: Wording("先行提供法律援助通知书", "先"),
    LetterKind.HANDED_OVER: Wording("法律援助申请转交告知书", "转"),
}


def paragraph(text: str) -> Block:
    """Say something."""
    return {"kind": "paragraph", "text": text}


def heading(text: str) -> Block:
    """Start a part."""
    return {"kind": "heading", "text": text}


def big(text: str) -> Block:
    """Say something to be read aloud, like a reference."""
    return {"kind": "big", "text": text}


def numbered(items: Sequence[str]) -> Block:
    """List things in order."""
    return {"kind": "list", "items": list(items)}


def table(head: Sequence[str], rows: Sequence[Sequence[str]], columns: Sequence[int]) -> Block:
    """Set a table; `columns` are the shares of the width."""
    return {"kind": "table", "head": list(head), "rows": [list(row) for row in rows], "columns": list(columns)}


def spaced(sha256: str) -> str:
    """Write a hash so that it breaks over lines and can be compared by eye."""
    return " ".join(sha256[i : i + 8] for i in range(0, len(sha256), 8))


def issue(application: Application, kind: LetterKind, blocks: Sequence[Block], *, now: datetime) -> Letter:
    """Issue a letter to the applicant, with the next number of the office and year. No gaps."""
    wording = WORDINGS[kind]
    number = _next_number(application, kind, wording, china_day(now).year)
    content = {
        "kind": kind.value,
        "template": VERSION,
        "issued_at": now.astimezone(UTC).isoformat(timespec="microseconds"),
        "title": wording.title,
        "agency": application.agency_name,
        "number": number,
        "reference": application.reference,
        "demo": settings.current().is_demo,
        "addressee": application.applicant_name,
        "footer": FOOTER,
        "date": f"{china_day(now):%Y年%-m月%-d日}",
        "blocks": [dict(block) for block in blocks],
    }
    letter = Letter(
        application_id=application.id,
        kind=kind.value,
        template_version=VERSION,
        number=number,
        title=wording.title,
        content=content,
        sha256=fingerprint(canonical(content)),
        issued_at=now,
    )
    session().add(letter)
    return letter


def find(actor: Actor, letter_id: str) -> Letter:
    """Find a letter of a case the actor may see. Raises `NotFound` otherwise."""
    found = (
        session()
        .scalars(
            select(Letter)
            .join(Application, Application.id == Letter.application_id)
            .where(Letter.id == letter_id, policy.visible_to(actor))
        )
        .one_or_none()
    )
    if found is None:
        raise NotFound
    return found


def verify() -> Sequence[str]:
    """Look for letters that do not say what they said when they were issued; give their ids."""
    every = session().scalars(select(Letter.id).order_by(Letter.issued_at, Letter.id)).all()
    return [letter_id for letter_id in every if not _holds(letter_id)]


def _holds(letter_id: str) -> bool:
    try:
        return is_whole(session().get_one(Letter, letter_id))
    except UNREADABLE:
        return False


def is_whole(letter: Letter) -> bool:
    """Say whether a letter is what was issued: what it says, and what its row says of it. Raises `UNREADABLE`."""
    said = letter.content
    case = session().get(Application, letter.application_id)
    row = (letter.kind, letter.template_version, letter.number, letter.title, case and case.reference)
    issued_at = letter.issued_at.astimezone(UTC).isoformat(timespec="microseconds")
    return (
        fingerprint(canonical(said)) == letter.sha256
        and row == tuple(said.get(name) for name in ("kind", "template", "number", "title", "reference"))
        and issued_at == said.get("issued_at")
    )


@open_to(Audience.SIGNED_IN)
def opened(actor: Actor, letter_id: str, *, now: datetime) -> Letter:
    """Find a letter to give it out. That staff opened it is recorded with the case (TRUST O5)."""
    letter = find(actor, letter_id)
    if actor.kind is ActorKind.STAFF:
        case = f"application:{letter.application_id}"
        audit.record(actor, "letter.opened", case, now=now, kind=letter.kind, letter=letter.id)
    return letter


def as_pdf(letter: Letter) -> bytes:
    """Set a letter as PDF, with what anybody who holds it can check it by (FEATURES A18, A28)."""
    return paper.as_pdf(PAPER, "letter", {**letter.content, "check": _check(letter.sha256)})


def _check(sha256: str) -> Block:
    """Say where a paper is checked, by scanning its hash or typing the code of it."""
    page = f"{settings.current().public_url}/verify"
    picture = io.BytesIO()
    segno.make_qr(f"{page}/{sha256}", error="m").save(picture, kind="svg", border=2, xmldecl=False)
    return {"page": page, "code": code_of_hash(sha256), "qr": picture.getvalue().decode()}


def _next_number(application: Application, kind: LetterKind, wording: Wording, year: int) -> str:
    counter = (
        session()
        .scalars(
            select(LetterCounter)
            .where(
                LetterCounter.region == application.region,
                LetterCounter.year == year,
                LetterCounter.kind == kind.value,
            )
            .with_for_update()
        )
        .one_or_none()
    )
    if counter is None:
        counter = LetterCounter(region=application.region, year=year, kind=kind.value, last=0)
        session().add(counter)
    counter.last += 1
    session().flush()
    return f"（{application.region}）法援〔{year}〕{wording.word}字第{counter.last}号"
