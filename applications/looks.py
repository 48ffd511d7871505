"""Who looked at a case, for the applicant to see: office, role, moment, reason; no name (FEATURES G09)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, literal, or_, select

from accounts import queries as people
from applications import agencies
from applications.models.application import Application
from applications.models.evidence import Evidence
from core.audit import AuditEntry
from core.calendar import china_day
from core.identity import Actor, ActorKind
from core.rows import Rows

LOOKING = ("application.opened", "application.revealed", "evidence.opened", "letter.opened")
MOST = 200


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody of an office looked, the last time at `at`; `times` on that day."""

    act: str
    field: str
    reason: str
    at: datetime
    times: int
    office: str
    titles: tuple[str, ...]


def at(actor: Actor, application: Application) -> list[Look]:
    """List who looked at one's own case, the latest first, a day in a line. Nobody else is told."""
    if actor.kind is not ActorKind.CITIZEN or application.applicant_id != actor.id:
        return []
    entries = _entries(application)
    colleagues = people.colleagues({entry.actor_id for entry in entries if entry.actor_id})
    offices = {one.region: _office(one.region, application) for one in colleagues.values()}
    nobody = people.Colleague("", ())
    found = []
    for first, times in _by_day(entries):
        who = colleagues.get(first.actor_id or "", nobody)
        field = str(first.details.get("field") or "")
        office = offices.get(who.region, "")
        found.append(Look(first.act, field, first.reason or "", first.at, times, office, who.titles))
    return found


def _entries(application: Application) -> Sequence[Any]:
    return _looks().all(case=application.id, itself=f"application:{application.id}")


@cache
def _looks() -> Rows:
    files = select(literal("upload:") + Evidence.upload_id).where(Evidence.application_id == bindparam("case"))
    wanted = select(AuditEntry.actor_id, AuditEntry.act, AuditEntry.reason, AuditEntry.details, AuditEntry.at).where(
        or_(AuditEntry.subject == bindparam("itself"), AuditEntry.subject.in_(files)),
        AuditEntry.act.in_(LOOKING),
        AuditEntry.actor_kind == ActorKind.STAFF.value,
    )
    return Rows(wanted.order_by(AuditEntry.position.desc()).limit(MOST))


def _by_day(entries: Iterable[Any]) -> list[tuple[Any, int]]:
    """Put together what one person did the same way on one day: the latest, and how often."""
    lines: dict[tuple[str | None, str, str | None, date], tuple[Any, int]] = {}
    for entry in entries:
        key = (entry.actor_id, entry.act, entry.reason, china_day(entry.at))
        latest, times = lines.get(key, (entry, 0))
        lines[key] = (latest, times + 1)
    return list(lines.values())


def _office(region: str, application: Application) -> str:
    if region == application.region:
        return application.agency_name
    return agencies.name_of(region) if region else ""
