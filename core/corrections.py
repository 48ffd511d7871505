"""我要纠错: anybody says what is wrong with what we publish, its keepers answer, a code finds the answer.

Here is what all of these share. A slice says what its reports are about, what may be wrong, and who keeps it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, String, Text, func, literal, select, tuple_, update
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from core import sms
from core.calendar import instant
from core.crypto import Sealed
from core.db import Id, Instant, fresh_id, session
from core.errors import Conflict, Malformed, checklist
from core.identity import Actor
from core.references import short_code, tidy

LONGEST_WORDS, LONGEST_ANSWER = 500, 300
CODE_CHARACTERS = 9  # 8 and a hyphen
THANKS = "谢谢您，我们已经按您说的核实并更正。"
KEPT = timedelta(days=180)  # a number nobody ever texted
TEXT = "编号 {code} 有答复了，请在网站上凭编号查看，或拨打 12348 报编号询问。"


class State(StrEnum):
    """How far a report has come."""

    OPEN = "open"
    ACCEPTED = "accepted"
    EXPLAINED = "explained"


STATES = {State.OPEN: "正在核实", State.ACCEPTED: "已更正", State.EXPLAINED: "已核实，没有更改"}


class Reported:
    """The columns of a report; the slice's model adds what it is about."""

    __tablename__: str

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    code: Mapped[str] = mapped_column(String(12), unique=True)
    subject: Mapped[str] = mapped_column(String(24))
    words: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(12), index=True)
    reported_at: Mapped[datetime]
    answer: Mapped[str] = mapped_column(String(300), default="")
    answered_by: Mapped[str | None] = mapped_column(Id)
    answered_at: Mapped[datetime | None]

    @declared_attr
    @classmethod
    def phone(cls) -> Mapped[str | None]:
        """Give the number one text goes to, sealed for its table."""
        return mapped_column(Sealed(f"{cls.__tablename__}.phone"))


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody reports. `phone` is normalised, or empty."""

    subject: str
    words: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the keepers answer: corrected, or why not."""

    accepted: bool
    answer: str


def taken_in(told: Told, subjects: Collection[str], *, now: datetime) -> dict[str, Any]:
    """Judge what is told, and give the columns it is kept in. Nothing says who told it but the number left."""
    with checklist() as check:
        check.require(told.subject in subjects, "report_subject_missing", "subject")
        check.require(told.words.strip(), "report_words_missing", "words")
        check.require(len(told.words) <= LONGEST_WORDS, "report_too_long", "words", limit=LONGEST_WORDS)
    return {
        "code": short_code(),
        "subject": told.subject,
        "words": told.words.strip(),
        "phone": told.phone or None,
        "state": State.OPEN.value,
        "reported_at": now,
    }


def columns(model: type[Reported]) -> list[ColumnElement[Any]]:
    """Give what may be listed: everything but the number, and whether there is one."""
    table = model.__table__  # type: ignore[attr-defined]  # every model has one
    return [*(one for one in table.c if one.key != "phone"), model.phone.is_not(None).label("wants_text")]


def by_code(joined: Select[Any], model: type[Reported], code: str) -> Row[*tuple[Any, ...]] | None:
    """Give a report to whoever has its code; nothing where there is none. Count tries before asking."""
    plain = tidy(code)
    if len(plain) != CODE_CHARACTERS:
        return None
    return session().execute(joined.where(model.code == plain)).one_or_none()


def in_state(model: type[Reported], *, is_open: bool) -> ColumnElement[bool]:
    """Tell those to be answered from the answered."""
    return model.state == State.OPEN if is_open else model.state != State.OPEN


def page(
    kept: Select[Any], model: type[Reported], *, is_open: bool, first: int, after: Sequence[Any] | None
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Give a page and one more: those to be answered, the oldest first; or the answered, the newest first."""
    order = (model.reported_at, model.id)
    if after is not None:
        place = tuple_(*order)
        kept = kept.where(place > _key(after) if is_open else place < _key(after))
    directed = order if is_open else tuple(column.desc() for column in order)
    return session().execute(kept.order_by(*directed).limit(first + 1)).all()


def count(kept: Select[Any]) -> int:
    """Count them."""
    return session().scalar(select(func.count()).select_from(kept.subquery())) or 0


def settle(found: Reported, reply: Reply, *, by: Actor, now: datetime) -> None:
    """Answer a report once: what was right is thanked for, what was not is explained."""
    with checklist() as check:
        check.require(reply.accepted or reply.answer.strip(), "report_answer_missing", "answer")
        check.require(len(reply.answer) <= LONGEST_ANSWER, "report_answer_too_long", "answer", limit=LONGEST_ANSWER)
    if found.state != State.OPEN:
        raise Conflict("report_answered")
    found.state = (State.ACCEPTED if reply.accepted else State.EXPLAINED).value
    found.answer = reply.answer.strip() or THANKS
    found.answered_by, found.answered_at = by.id, now


def tell(found: Reported) -> None:
    """Tell whoever left a number that there is an answer, and forget the number."""
    if found.phone:
        sms.send(found.phone, TEXT.format(code=found.code))
        found.phone = None


def forget_numbers(model: type[Reported], *, now: datetime) -> None:
    """Forget the numbers of reports nobody has answered in half a year."""
    long_ago = (model.reported_at < now - KEPT) & model.phone.is_not(None)
    session().execute(update(model).where(long_ago).values(phone=None))


def _key(after: Sequence[Any]) -> Any:
    if [type(part) for part in after] != [str, str]:
        raise Malformed("cursor_unknown")
    try:
        moment = instant(after[0])
    except ValueError:
        raise Malformed("cursor_unknown") from None
    return tuple_(literal(moment, Instant()), literal(after[1]))
