"""我要纠错: anybody says what is wrong with a page, editors of its region answer, the code finds the answer (D20)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, Select, select

from content import live, policy
from content.models import Article, ContentReport, Publication, Revision
from core import audit, corrections, outbox
from core.corrections import Reply, Told
from core.db import session
from core.errors import NotFound
from core.identity import Actor, Audience, Permission, open_to
from core.jobs import handles, recurs


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


def page_named(slug: str, *, now: datetime) -> Row[Article, Revision, Publication]:
    """Give the page readers see under a name, for a report on it."""
    row = session().execute(live.shown(now).where(Article.slug == slug)).one_or_none()
    if row is None:
        raise NotFound("article_unknown")
    return row


@open_to(Audience.ANYONE)
def report(actor: Actor, slug: str, told: Told, *, now: datetime) -> ContentReport:  # noqa: ARG001  # anyone's
    """Take in what is wrong with a page readers see."""
    kept = corrections.taken_in(told, set(ContentReportSubject), now=now)
    made = ContentReport(article_id=page_named(slug, now=now)[0].id, **kept)
    session().add(made)
    session().flush()
    return made


def by_code(code: str) -> Row[*tuple[Any, ...]] | None:
    """Give a report to whoever has its code; nothing where there is none. Count tries before asking."""
    return corrections.by_code(_joined(), ContentReport, code)


@open_to(Permission.CONTENT_WRITE, Permission.CONTENT_PUBLISH)
def page(
    actor: Actor, *, is_open: bool, first: int, after: Sequence[Any] | None = None
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Give the reports of the region: those to be answered, the oldest first; or the answered, the newest first."""
    kept = _kept_by(actor, is_open=is_open)
    return corrections.page(kept, ContentReport, is_open=is_open, first=first, after=after)


@open_to(Permission.CONTENT_WRITE, Permission.CONTENT_PUBLISH)
def count(actor: Actor, *, is_open: bool) -> int:
    """Count what the region has to answer, or has answered."""
    return corrections.count(_kept_by(actor, is_open=is_open))


@open_to(Permission.CONTENT_WRITE, Permission.CONTENT_PUBLISH)
def answer(actor: Actor, report_id: str, reply: Reply, *, now: datetime) -> ContentReport:
    """Answer a report once: what was right is thanked for, what was not is explained."""
    found = _found(actor, report_id)
    corrections.settle(found, reply, by=actor, now=now)
    if found.phone:
        outbox.put("content_report.answered", due_at=now, key=f"content_report.answered:{found.id}", report=found.id)
    audit.record(actor, f"content_report.{found.state}", f"article:{found.article_id}", now=now, report=found.id)
    return found


@handles("content_report.answered")
def say_answered(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001  # the shape of a handler
    """Tell whoever left a number that there is an answer, and forget the number."""
    corrections.tell(session().get_one(ContentReport, payload["report"]))


@recurs("content_report.swept", every=timedelta(days=1))
def forget_numbers(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001  # the shape of a handler
    """Forget the numbers of reports nobody has answered in half a year."""
    corrections.forget_numbers(ContentReport, now=now)


def _joined() -> Select[*tuple[Any, ...]]:
    newest = (Revision.article_id == Article.id) & (Revision.number == Article.revisions)
    joined = select(*corrections.columns(ContentReport), Article.slug, Revision.title).select_from(ContentReport)
    return joined.join(Article, Article.id == ContentReport.article_id).join(Revision, newest)


def _kept_by(actor: Actor, *, is_open: bool) -> Select[*tuple[Any, ...]]:
    return _joined().where(policy.visible_to(actor), corrections.in_state(ContentReport, is_open=is_open))


def _found(actor: Actor, report_id: str) -> ContentReport:
    found = select(ContentReport).join(Article, Article.id == ContentReport.article_id)
    mine = found.where(ContentReport.id == report_id, policy.visible_to(actor))
    row = session().scalars(mine.with_for_update(of=ContentReport)).one_or_none()
    if row is None:
        raise NotFound("report_unknown")
    return row
