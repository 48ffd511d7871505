"""专人负责制: who answers for a station today, and who stands in while they are away (FEATURES C07)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import select

from core import audit
from core.db import session
from core.errors import Checklist, checklist
from core.identity import Actor, Permission, open_to
from locator import keeping
from locator.models import ContactPerson

NUMBERS = re.compile(r"[0-9+][0-9 \-+()转、/]{2,39}")
LONGEST = {"name": 40, "work_number": 24, "hours_text": 120, "substitute_name": 40}


@dataclass(frozen=True, slots=True)
class Person:
    """Who answers for a station, as its office says."""

    name: str
    work_number: str
    phone: str
    hours_text: str = ""
    substitute_name: str = ""
    substitute_phone: str = ""
    away_from: date | None = None
    away_until: date | None = None

    def is_away(self, day: date) -> bool:
        """Say whether they are away on a day."""
        return self.away_from is not None and self.away_until is not None and self.away_from <= day <= self.away_until


@dataclass(frozen=True, slots=True)
class Responsible:
    """Who is to be asked for today. `phone` is empty where nobody is there to take it."""

    name: str
    work_number: str
    phone: str
    hours_text: str
    stands_in_for: str = ""
    away_until: date | None = None


COLUMNS = tuple(ContactPerson.__table__.c[name] for name in Person.__dataclass_fields__)


def today(person: Person, day: date) -> Responsible:
    """Say who is to be asked for on a day: the person, who stands in for them, or when they are back."""
    if not person.is_away(day):
        return Responsible(person.name, person.work_number, person.phone, person.hours_text)
    if person.substitute_name:
        return Responsible(
            person.substitute_name, "", person.substitute_phone, person.hours_text, person.name, person.away_until
        )
    return Responsible(person.name, person.work_number, "", person.hours_text, "", person.away_until)


def of_stations(station_ids: Iterable[str], *, day: date) -> dict[str, Responsible]:
    """Say who is to be asked for at several stations, in one statement. Stations without a person are left out."""
    rows = session().execute(
        select(ContactPerson.station_id, *COLUMNS).where(ContactPerson.station_id.in_(sorted(set(station_ids))))
    )
    return {which: today(Person(*said), day) for which, *said in rows}


@open_to(Permission.DIRECTORY_EDIT)
def find(actor: Actor, code: str) -> Person | None:
    """Give the person of a station one keeps, as it was entered; nothing where there is none."""
    row = _row(keeping.kept(actor, code).id)
    return Person(*(getattr(row, name) for name in Person.__dataclass_fields__)) if row else None


@open_to(Permission.DIRECTORY_EDIT)
def put(actor: Actor, code: str, person: Person | None, *, now: datetime) -> None:
    """Say who answers for a station, or that nobody does any more. It counts at once, and is on record."""
    station = keeping.changing(actor, code, now=now)
    if person is not None:
        _judge(person)
    row = _row(station.id)
    if row is not None:
        session().delete(row)
        session().flush()
    if person is not None:
        session().add(ContactPerson(station_id=station.id, **asdict(person)))
    audit.record(actor, f"contact_person.{'set' if person else 'removed'}", f"station:{station.id}", now=now)


def _row(station_id: str) -> ContactPerson | None:
    return session().scalars(select(ContactPerson).where(ContactPerson.station_id == station_id)).one_or_none()


def _judge(person: Person) -> None:
    with checklist() as check:
        check.require(person.name, "contact_name_missing", "name")
        check.require(person.work_number, "contact_work_number_missing", "work_number")
        _judge_number(check, person.phone, "phone")
        for name, limit in LONGEST.items():
            check.require(len(getattr(person, name)) <= limit, "contact_too_long", name, limit=limit)
        if person.substitute_name:
            _judge_number(check, person.substitute_phone, "substitute_phone")
        away = (person.away_from, person.away_until)
        check.require(all(away) or not any(away), "contact_away_half", "away_until")
        if person.away_from and person.away_until:
            check.require(person.away_from <= person.away_until, "contact_away_order", "away_until")


def _judge_number(check: Checklist, number: str, field: str) -> None:
    check.require(NUMBERS.fullmatch(number), "contact_phone_unfit", field)
