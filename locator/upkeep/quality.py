"""How complete an entry is, how long ago its office confirmed it, and asking for that again (FEATURES C14)."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, insert, literal, or_, select

from core import audit, settings
from core.calendar import china_day
from core.db import session
from core.identity import Actor, Permission, open_to
from core.jobs import recurs
from locator import keeping
from locator.kinds import APPROXIMATE
from locator.models import Confirmation, Station
from locator.upkeep.entry import Entry

BUNDLED = Path(__file__).parent.parent / "rules" / "quality.toml"
CONFIRMATIONS: Any = Confirmation.__table__  # a table, for SQLAlchemy's types
PRESENT: Mapping[str, Callable[[Entry], object]] = {
    "phone": lambda said: said["phone"],
    "address": lambda said: said["venue"]["address"],
    "position": lambda said: said["venue"]["lat"] is not None and said["venue"]["geo_quality"] not in APPROXIMATE,
    "hours": lambda said: said["hours"],
    "services": lambda said: said["services"],
    "facts": lambda said: said["venue"]["facts"],
    "languages": lambda said: said["languages"],
    "transport": lambda said: said["venue"]["transport"],
    "source": lambda said: said["source"],
}


@dataclass(frozen=True, slots=True)
class Part:
    """One thing an entry should say."""

    code: str
    label: str
    weight: int


@dataclass(frozen=True, slots=True)
class Score:
    """How complete an entry is, in percent, and what is missing, in words."""

    percent: int
    missing: Sequence[str]


def score(said: Entry) -> Score:
    """Weigh an entry."""
    parts = _parts(settings.current().rules_dir)
    there = [part for part in parts if PRESENT[part.code](said)]
    missing = [part.label for part in parts if part not in there]
    whole = sum(part.weight for part in parts)
    return Score(100 * sum(part.weight for part in there) // whole, missing)


def is_stale(confirmed_on: date | None, *, today: date) -> bool:
    """Say whether an office should confirm its entry again; one that never did should."""
    return confirmed_on is None or confirmed_on < _since(today)


@open_to(Permission.DIRECTORY_EDIT)
def confirm(actor: Actor, code: str, *, now: datetime) -> Station:
    """Say for one's own office that all of its entry is still so."""
    station = keeping.changing(actor, code, now=now)
    station.confirmed_on = china_day(now)
    session().execute(delete(Confirmation).where(Confirmation.station_id == station.id))
    audit.record(actor, "directory.confirmed", f"station:{station.id}", now=now)
    session().flush()
    return station


@recurs("directory.please_confirm", every=timedelta(days=1))
def ask(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001  # the shape of a handler
    """Put down every office whose entry has grown old, once; take off those who confirmed, changed or closed."""
    today = china_day(now)
    old = _old(today)
    asked = select(Station.id).where(old)
    session().execute(
        delete(Confirmation).where(Confirmation.station_id.not_in(asked)).execution_options(synchronize_session=False)
    )
    missing = select(Station.id, literal(today, type_=Confirmation.asked_on.type)).where(
        old, ~exists().where(Confirmation.station_id == Station.id)
    )
    session().execute(insert(CONFIRMATIONS).from_select(["station_id", "asked_on"], missing))


def _old(today: date) -> ColumnElement[bool]:
    grown_old = or_(Station.confirmed_on.is_(None), Station.confirmed_on < _since(today))
    return Station.retired_on.is_(None) & grown_old


def _since(today: date) -> date:
    return today - timedelta(days=settings.current().confirm_days)


@functools.cache
def _parts(rules_dir: str) -> tuple[Part, ...]:
    own = Path(rules_dir) / BUNDLED.name
    file = own if rules_dir and own.exists() else BUNDLED
    return tuple(Part(**said) for said in tomllib.loads(file.read_text("utf-8"))["part"])
