"""A pledge that was not true: found by one, explained by whoever pledged, confirmed by another (RULEBOOK MV-HN, 3.1).

While a confirmed finding stands, the pledge is no way of showing hardship for this person: the other ways are, and
nothing else changes. It ends by itself where the rules say so (PLEDGE-AGAIN), or is lifted at any time.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Date, bindparam, or_, select

from applications import cases, policy
from applications.clock import due_on
from applications.models.application import Application
from applications.models.finding import PledgeFinding
from applications.models.pledge import Pledge
from applications.rulebook import rulebook
from core import audit, outbox
from core.calendar import Calendar, china_day
from core.db import session
from core.errors import Conflict, Forbidden, NotFound, checklist
from core.identity import Actor, Audience, Permission, open_to
from core.rows import Rows

SHORTEST, LONGEST = 4, 500


@open_to(Permission.APPLICATIONS_SUPPLEMENT)
def doubt(actor: Actor, reference: str, reason: str, *, now: datetime) -> PledgeFinding:
    """Write down that a pledge was not true, and why. The applicant is told, and may explain; nothing counts yet."""
    application = cases.take(actor, reference)
    pledged = session().scalar(select(Pledge.id).where(Pledge.application_id == application.id))
    if pledged is None or _of(application.id) is not None:
        raise Conflict("finding_not_possible")
    made = PledgeFinding(
        application_id=application.id,
        person_id=application.applicant_id,
        reason=_words(reason),
        found_by=actor.id,
        found_at=now,
        explain_until=due_on(rulebook().limit("PLEDGE-EXPLAIN"), china_day(now), _calendar()).legal,
    )
    session().add(made)
    audit.record(actor, "pledge.doubted", f"application:{application.id}", now=now)
    _tell(application, "application.pledge_doubted", now=now)
    return made


@open_to(Audience.CITIZEN)
def explain(actor: Actor, reference: str, words: str, *, now: datetime) -> PledgeFinding:
    """Say how it was, before anything counts; saying it again takes the place of what was said before."""
    found = _take(actor, reference)
    if found.confirmed_at or found.lifted_at:
        raise Conflict("finding_settled")
    found.explanation, found.explained_at = _words(words), now
    audit.record(actor, "pledge.explained", f"application:{found.application_id}", now=now)
    return found


@open_to(Permission.APPLICATIONS_DECIDE)
def confirm(actor: Actor, reference: str, *, now: datetime) -> PledgeFinding:
    """Let a finding count: never one's own, and not before the applicant explained or had the time to."""
    application, found = cases.take(actor, reference), _take(actor, reference)
    if found.found_by == actor.id:
        raise Forbidden("finding_own")
    if found.confirmed_at or found.lifted_at:
        raise Conflict("finding_settled")
    if found.explained_at is None and china_day(now) <= found.explain_until:
        raise Conflict("finding_too_early")
    found.confirmed_by, found.confirmed_at = actor.id, now
    again = rulebook().limits.get("PLEDGE-AGAIN")
    found.ends_on = due_on(again, china_day(now), _calendar()).target if again else None
    audit.record(actor, "pledge.found_false", f"application:{application.id}", now=now, pledge_finding=found.id)
    _tell(application, "application.pledge_found_false", now=now)
    return found


@open_to(Permission.APPLICATIONS_DECIDE)
def lift(actor: Actor, reference: str, reason: str, *, now: datetime) -> PledgeFinding:
    """Take a finding back, confirmed or not: the pledge is open to this person again at once."""
    application, found = cases.take(actor, reference), _take(actor, reference)
    if found.lifted_at:
        raise Conflict("finding_settled")
    found.lifted_by, found.lifted_at, found.lifted_because = actor.id, now, _words(reason)
    audit.record(actor, "pledge.finding_lifted", f"application:{application.id}", now=now, pledge_finding=found.id)
    _tell(application, "application.pledge_finding_lifted", now=now)
    return found


def at(actor: Actor, reference: str) -> PledgeFinding | None:
    """Give the finding about a case the actor may see, if there is one."""
    mine = select(PledgeFinding).join(Application, Application.id == PledgeFinding.application_id)
    return session().scalar(mine.where(Application.reference == reference, policy.visible_to(actor)))


def of_application(application_id: str) -> Any | None:
    """Give the finding about a case as a row, for whoever only looks. The caller has checked the application."""
    return _about().first(case=application_id)


@cache
def _about() -> Rows:
    columns = PledgeFinding.__table__.columns
    return Rows(select(*columns).where(PledgeFinding.application_id == bindparam("case")))


def is_closed(person_id: str, *, on: date) -> bool:
    """Say whether the pledge is closed to a person on a day."""
    return _standing().first(person_id=person_id, on=on) is not None


@cache
def _standing() -> Rows:
    it, on = PledgeFinding, bindparam("on", type_=Date())
    stands = (it.confirmed_at.is_not(None), it.lifted_at.is_(None), or_(it.ends_on.is_(None), it.ends_on > on))
    return Rows(select(it.id).where(it.person_id == bindparam("person_id"), *stands))


def _take(actor: Actor, reference: str) -> PledgeFinding:
    found = at(actor, reference)
    if found is None:
        raise NotFound
    return found


def _of(application_id: str) -> PledgeFinding | None:
    return session().scalar(select(PledgeFinding).where(PledgeFinding.application_id == application_id))


def _words(said: str) -> str:
    words = said.strip()
    with checklist() as check:
        check.require(SHORTEST <= len(words) <= LONGEST, "finding_words", "words", least=SHORTEST, most=LONGEST)
    return words


def _calendar() -> Calendar:
    return cases.clock().calendar


def _tell(application: Application, kind: str, *, now: datetime) -> None:
    outbox.put(kind, due_at=now, application_id=application.id)
