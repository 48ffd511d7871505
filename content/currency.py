"""Whether pages still say what the law says: checked on which day, against which edition (FEATURES D07)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from content import keeping, version
from content.live import is_live
from content.models import Article, Citation, Law, LawCheck, LawEdition, Publication
from content.policy import visible_to
from core import audit
from core.calendar import china_day
from core.db import session
from core.errors import Conflict
from core.identity import Actor, Permission, open_to

MOST = 100


@dataclass(frozen=True, slots=True)
class Standing:
    """How a page stands to a law it cites: `adopted_on` is the edition it was checked against, none where never.

    `is_stale`: a newer edition is in force since, or the law was repealed.
    """

    law_code: str
    title: str
    articles: tuple[int, ...]
    adopted_on: date | None
    checked_at: datetime | None
    newest_on: date
    effective_on: date
    repealed: bool

    @property
    def is_stale(self) -> bool:
        """Say whether somebody must look at the page again."""
        return self.adopted_on is None or self.adopted_on < self.newest_on or self.repealed


def editions_in_force(on: date, codes: Collection[str]) -> dict[str, LawEdition]:
    """Give the newest edition of each law that counts on a day."""
    found = select(LawEdition).where(LawEdition.effective_on <= on, LawEdition.law_code.in_(codes))
    return {one.law_code: one for one in session().scalars(found.order_by(LawEdition.adopted_on))}


def standing_of(article_ids: Collection[str], *, now: datetime) -> dict[str, list[Standing]]:
    """Say of live pages which laws they cite and when they were checked against which edition, by article."""
    cited = (
        select(Publication.article_id, Citation.law_code, Law.title, Citation.article)
        .join(Citation, Citation.revision_id == Publication.revision_id)
        .join(Law, Law.code == Citation.law_code)
        .where(is_live(now), Publication.article_id.in_(article_ids))
        .order_by(Citation.law_code, Citation.article)
    )
    numbers: dict[tuple[str, str, str], list[int]] = {}
    for article_id, code, title, number in session().execute(cited):
        numbers.setdefault((article_id, code, title), []).append(number)
    codes = {code for _, code, _ in numbers}
    return _weighed(numbers, _checks(article_ids), editions_in_force(china_day(now), codes) if codes else {})


def _weighed(
    numbers: Mapping[tuple[str, str, str], list[int]],
    checks: Mapping[tuple[str, str], LawCheck],
    editions: Mapping[str, LawEdition],
) -> dict[str, list[Standing]]:
    found: dict[str, list[Standing]] = {}
    for (article_id, code, title), articles in numbers.items():
        check, newest = checks.get((article_id, code)), editions.get(code)
        if newest is None:
            continue
        adopted, checked = (check.adopted_on, check.checked_at) if check else (None, None)
        standing = Standing(
            code, title, tuple(articles), adopted, checked, newest.adopted_on, newest.effective_on, newest.repealed
        )
        found.setdefault(article_id, []).append(standing)
    return found


def _checks(article_ids: Collection[str]) -> dict[tuple[str, str], LawCheck]:
    made = select(LawCheck).where(LawCheck.article_id.in_(article_ids)).order_by(LawCheck.adopted_on)
    return {(one.article_id, one.law_code): one for one in session().scalars(made)}


def live_citing(actor: Actor, *, now: datetime, law_code: str | None = None) -> list[str]:
    """Name the live pages of an actor's region that cite a law, or any."""
    found = (
        select(Article.id)
        .join(Publication, Publication.article_id == Article.id)
        .join(Citation, Citation.revision_id == Publication.revision_id)
        .where(is_live(now), visible_to(actor))
        .distinct()
    )
    return list(session().scalars(found if law_code is None else found.where(Citation.law_code == law_code)))


def stale(actor: Actor, *, now: datetime) -> dict[str, list[Standing]]:
    """Give the live pages of an actor's region that must be looked at again, with the laws that have changed."""
    standing = standing_of(live_citing(actor, now=now), now=now)
    return {
        article_id: changed
        for article_id, all_of_it in standing.items()
        if (changed := [one for one in all_of_it if one.is_stale])
    }


@open_to(Permission.CONTENT_WRITE, Permission.CONTENT_PUBLISH)
def looked_for(actor: Actor, *, now: datetime) -> dict[str, list[Standing]]:
    """Give what must be looked at again, as much as a page of the desk shows."""
    return dict(list(stale(actor, now=now).items())[:MOST])


def citing(law_codes: Iterable[str], *, now: datetime) -> dict[str, int]:
    """Count the live pages that cite each law."""
    counted = (
        select(Citation.law_code, func.count(Publication.article_id.distinct()))
        .join(Publication, Publication.revision_id == Citation.revision_id)
        .where(is_live(now), Citation.law_code.in_(list(law_codes)))
        .group_by(Citation.law_code)
    )
    return {row[0]: row[1] for row in session().execute(counted)}


@open_to(Permission.CONTENT_PUBLISH)
def recheck(actor: Actor, article_id: str, *, now: datetime) -> Article:
    """Say that a live page was read against the laws as they stand, and is right."""
    article = keeping.found(actor, article_id, held=True)
    standing = standing_of([article.id], now=now).get(article.id, [])
    if any(one.repealed for one in standing):
        raise Conflict("law_repealed")
    if not standing:
        raise Conflict("nothing_to_check")
    live = select(Publication.revision_id).where(Publication.article_id == article.id, is_live(now))
    note_checks(article.id, session().scalars(live).one(), by=actor.id or "", now=now)
    version.advance(now=now)
    audit.record(actor, "content.rechecked", f"article:{article.id}", now=now)
    return article


def note_checks(article_id: str, revision_id: str, *, by: str, now: datetime) -> None:
    """Note that a revision was read against the laws it cites, as they stand today."""
    codes = set(session().scalars(select(Citation.law_code).where(Citation.revision_id == revision_id)))
    for code, edition in editions_in_force(china_day(now), codes).items():
        check = session().get(LawCheck, (article_id, code, edition.adopted_on))
        if check is None:
            check = LawCheck(article_id=article_id, law_code=code, adopted_on=edition.adopted_on)
            session().add(check)
        check.checked_by, check.checked_at = by, now
    session().flush()
