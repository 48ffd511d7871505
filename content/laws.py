"""The laws that pages cite, and their editions (FEATURES D07)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from content import version
from content.citations import bare
from content.live import is_live
from content.models import Citation, Law, LawEdition, Publication
from content.rulebook import rules
from core import audit
from core.calendar import china_day, china_midnight
from core.db import session
from core.errors import NotFound, checklist
from core.identity import Actor, Audience, Permission, open_to

FILE = "laws.toml"
LONGEST_SOURCE = 200
FROM_FILE = "法律库文件"
TO_CONFIRM = "法律库文件，日期待核实"


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition of a law, as somebody notes it."""

    adopted_on: date | None
    effective_on: date | None
    source: str = ""
    repealed: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """A law with its newest edition, and how many live pages cite it."""

    code: str
    title: str
    kind: str
    adopted_on: date
    effective_on: date
    repealed: bool
    source: str
    is_ahead: bool
    pages: int


@open_to(Permission.CONTENT_WRITE, Permission.CONTENT_PUBLISH)
def listing(actor: Actor, *, now: datetime) -> list[Listed]:  # noqa: ARG001  # whoever writes or reviews
    """List the laws, those most cited first."""
    cited = (
        select(Citation.law_code, func.count(Publication.article_id.distinct()))
        .join(Publication, Publication.revision_id == Citation.revision_id)
        .where(is_live(now))
        .group_by(Citation.law_code)
    )
    pages = {row[0]: row[1] for row in session().execute(cited)}
    newest = {one.law_code: one for one in session().scalars(select(LawEdition).order_by(LawEdition.adopted_on))}
    today = china_day(now)
    found = [
        Listed(
            law.code,
            law.title,
            law.kind,
            edition.adopted_on,
            edition.effective_on,
            edition.repealed,
            edition.source,
            today < edition.effective_on,
            pages.get(law.code, 0),
        )
        for law in session().scalars(select(Law))
        if (edition := newest.get(law.code))
    ]
    return sorted(found, key=lambda one: (-one.pages, one.title))


def titles() -> dict[str, str]:
    """Map the titles of laws, without the name of the country, to their codes."""
    return {bare(row.title): row.code for row in session().execute(select(Law.title, Law.code))}


@open_to(Audience.SYSTEM)
def load(actor: Actor, *, now: datetime) -> int:
    """Bring laws and editions of the file into the tables; say how many editions are new. Nothing is taken away."""
    said = rules(FILE)
    known = {law.code: law for law in session().scalars(select(Law))}
    editions = set(session().execute(select(LawEdition.law_code, LawEdition.adopted_on)))
    for code, one in said.items():
        law = known.get(code)
        if law is None:
            session().add(Law(code=code, title=one["title"], kind=one["kind"], issuer=one["issuer"]))
    session().flush()
    fresh = [code for code, one in said.items() if (code, one["adopted_on"]) not in editions]
    for code in fresh:
        source = TO_CONFIRM if said[code].get("to_confirm") else FROM_FILE
        edition = Edition(said[code]["adopted_on"], said[code]["effective_on"], source)
        _add(actor, code, edition, now=now)
    if fresh:
        version.advance(now=now)
    return len(fresh)


@open_to(Permission.CONTENT_PUBLISH)
def note_edition(actor: Actor, law_code: str, edition: Edition, *, now: datetime) -> LawEdition:
    """Note that a law was amended or repealed: every page that cites it is flagged from the day that counts."""
    law = session().get(Law, law_code)
    if law is None:
        raise NotFound("law_unknown")
    adopted, effective = edition.adopted_on, edition.effective_on
    with checklist() as check:
        if check.require(adopted, "law_adopted_missing", "adopted_on") and adopted:
            there = session().get(LawEdition, (law_code, adopted))
            check.require(there is None, "law_edition_known", "adopted_on")
        if check.require(effective, "law_effective_missing", "effective_on") and adopted and effective:
            check.require(adopted <= effective, "law_days_reversed", "effective_on")
        check.require(edition.source.strip(), "law_source_missing", "source")
        check.require(len(edition.source) <= LONGEST_SOURCE, "law_source_long", "source", limit=LONGEST_SOURCE)
    made = _add(actor, law_code, edition, now=now)
    version.advance(now=now, moments=[china_midnight(made.effective_on)])
    audit.record(actor, "content.law_changed", f"law:{law_code}", now=now, adopted=str(made.adopted_on))
    return made


def _add(actor: Actor, law_code: str, edition: Edition, *, now: datetime) -> LawEdition:
    made = LawEdition(
        law_code=law_code,
        adopted_on=edition.adopted_on,
        effective_on=edition.effective_on,
        repealed=edition.repealed,
        source=edition.source.strip(),
        noted_by=actor.id,
        noted_at=now,
    )
    session().add(made)
    session().flush()
    return made
