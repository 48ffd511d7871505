"""我要纠错: anybody says what is wrong with a page, editors of its region answer, the code finds the answer (D20)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, Select, func, literal, select, tuple_, update

from content import live, policy
from content.models import Article, ContentReport, Publication, Revision
from core import audit, outbox, sms
from core.calendar import instant
from core.db import Instant, session
from core.errors import Conflict, Malformed, NotFound, checklist
from core.identity import Actor, Audience, Permission, open_to
from core.jobs import handles, recurs
from core.references import short_code, tidy

LONGEST_WORDS, LONGEST_ANSWER = 500, 300
CODE_CHARACTERS = 9  # 8 and a hyphen
THANKS = "谢谢您，我们已经按您说的核实并更正。"
KEPT = timedelta(days=180)  # a number nobody ever texted
TEXT = "编号 {code} 有答复了，请在网站上凭编号查看，或拨打 12348 报编号询问。"


class ContentReportSubject(StrEnum):
    """What is wrong."""

    WRONG = "wrong"
    OUTDATED = "outdated"
    UNCLEAR = "unclear"
    PRIVACY = "privacy"
    BROKEN = "broken"
    OTHER = "other"


SUBJECTS = {
    ContentReportSubject.WRONG: "内容有错",
    ContentReportSubject.OUTDATED: "法律或规定已经变了",
    ContentReportSubject.UNCLEAR: "看不懂",
    ContentReportSubject.PRIVACY: "能认出某个人",
    ContentReportSubject.BROKEN: "打不开、看不到或听不到",
    ContentReportSubject.OTHER: "其他",
}


class ContentReportState(StrEnum):
    """How far a report has come."""

    OPEN = "open"
    ACCEPTED = "accepted"
    EXPLAINED = "explained"


STATES = {
    ContentReportState.OPEN: "正在核实",
    ContentReportState.ACCEPTED: "已更正",
    ContentReportState.EXPLAINED: "已核实，没有更改",
}


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody reports. `phone` is normalised, or empty."""

    subject: str
    words: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What editors answer: corrected, or why not."""

    accepted: bool
    answer: str


def page_named(slug: str, *, now: datetime) -> Row[Article, Revision, Publication]:
    """Give the page readers see under a name, for a report on it."""
    row = session().execute(live.shown(now).where(Article.slug == slug)).one_or_none()
    if row is None:
        raise NotFound("article_unknown")
    return row


@open_to(Audience.ANYONE)
def report(actor: Actor, slug: str, told: Told, *, now: datetime) -> ContentReport:  # noqa: ARG001  # anyone's
    """Take in what is wrong. Nothing is kept of who said so but the telephone number they may have left."""
    with checklist() as check:
        check.require(told.subject in set(ContentReportSubject), "report_subject_missing", "subject")
        check.require(told.words.strip(), "report_words_missing", "words")
        check.require(len(told.words) <= LONGEST_WORDS, "report_too_long", "words", limit=LONGEST_WORDS)
    made = ContentReport(
        code=short_code(),
        article_id=page_named(slug, now=now)[0].id,
        subject=told.subject,
        words=told.words.strip(),
        phone=told.phone or None,
        state=ContentReportState.OPEN.value,
        reported_at=now,
    )
    session().add(made)
    session().flush()
    return made


def by_code(code: str) -> Row[*tuple[Any, ...]] | None:
    """Give a report to whoever has its code; nothing where there is none. Count tries before asking."""
    plain = tidy(code)
    if len(plain) != CODE_CHARACTERS:
        return None
    return session().execute(_joined().where(ContentReport.code == plain)).one_or_none()


@open_to(Permission.CONTENT_WRITE, Permission.CONTENT_PUBLISH)
def page(
    actor: Actor, *, is_open: bool, first: int, after: Sequence[Any] | None = None
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Give the reports of the region: those to be answered, the oldest first; or the answered, the newest first."""
    order = (ContentReport.reported_at, ContentReport.id)
    found = _kept_by(actor, is_open=is_open)
    if after is not None:
        place = tuple_(*order)
        found = found.where(place > _key(after) if is_open else place < _key(after))
    directed = order if is_open else tuple(column.desc() for column in order)
    return session().execute(found.order_by(*directed).limit(first + 1)).all()


@open_to(Permission.CONTENT_WRITE, Permission.CONTENT_PUBLISH)
def count(actor: Actor, *, is_open: bool) -> int:
    """Count what the region has to answer, or has answered."""
    return session().scalar(select(func.count()).select_from(_kept_by(actor, is_open=is_open).subquery())) or 0


@open_to(Permission.CONTENT_WRITE, Permission.CONTENT_PUBLISH)
def answer(actor: Actor, report_id: str, reply: Reply, *, now: datetime) -> ContentReport:
    """Answer a report once: what was right is thanked for, what was not is explained."""
    found = _found(actor, report_id)
    with checklist() as check:
        check.require(reply.accepted or reply.answer.strip(), "report_answer_missing", "answer")
        check.require(len(reply.answer) <= LONGEST_ANSWER, "report_answer_too_long", "answer", limit=LONGEST_ANSWER)
    if found.state != ContentReportState.OPEN:
        raise Conflict("report_answered")
    found.state = (ContentReportState.ACCEPTED if reply.accepted else ContentReportState.EXPLAINED).value
    found.answer = reply.answer.strip() or THANKS
    found.answered_by, found.answered_at = actor.id, now
    if found.phone:
        outbox.put("content_report.answered", due_at=now, key=f"content_report.answered:{found.id}", report=found.id)
    audit.record(actor, f"content_report.{found.state}", f"article:{found.article_id}", now=now, report=found.id)
    return found


@handles("content_report.answered")
def say_answered(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001  # the shape of a handler
    """Tell whoever left a number that there is an answer, and forget the number."""
    found = session().get_one(ContentReport, payload["report"])
    if found.phone:
        sms.send(found.phone, TEXT.format(code=found.code))
        found.phone = None


@recurs("content_report.swept", every=timedelta(days=1))
def forget_numbers(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001  # the shape of a handler
    """Forget the numbers of reports nobody has answered in half a year."""
    long_ago = (ContentReport.reported_at < now - KEPT) & ContentReport.phone.is_not(None)
    session().execute(update(ContentReport).where(long_ago).values(phone=None))


def _joined() -> Select[*tuple[Any, ...]]:
    newest = (Revision.article_id == Article.id) & (Revision.number == Article.revisions)
    wants_text = ContentReport.phone.is_not(None).label("wants_text")
    columns = [column for column in ContentReport.__table__.c if column.key != "phone"]
    page_columns = (Article.slug, Revision.title)
    joined = select(*columns, wants_text, *page_columns).select_from(ContentReport)
    return joined.join(Article, Article.id == ContentReport.article_id).join(Revision, newest)


def _kept_by(actor: Actor, *, is_open: bool) -> Select[*tuple[Any, ...]]:
    open_one = ContentReport.state == ContentReportState.OPEN
    return _joined().where(policy.visible_to(actor), open_one if is_open else ~open_one)


def _found(actor: Actor, report_id: str) -> ContentReport:
    found = select(ContentReport).join(Article, Article.id == ContentReport.article_id)
    mine = found.where(ContentReport.id == report_id, policy.visible_to(actor))
    row = session().scalars(mine.with_for_update(of=ContentReport)).one_or_none()
    if row is None:
        raise NotFound("report_unknown")
    return row


def _key(after: Sequence[Any]) -> Any:
    if [type(part) for part in after] != [str, str]:
        raise Malformed("cursor_unknown")
    try:
        moment = instant(after[0])
    except ValueError:
        raise Malformed("cursor_unknown") from None
    return tuple_(literal(moment, Instant()), literal(after[1]))
