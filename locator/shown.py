"""Stations as they are shown: a row, with what is read once for all rows of a page (never once a row)."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol

from core import calendar
from core.calendar import ONE_DAY, Calendar, china_day
from core.db import session
from locator import announcements, contacts, directions, pictures, snapshot, staffing, words
from locator.announcements import Announced
from locator.contacts import Responsible
from locator.coords import Datum, Position
from locator.directions import Directions
from locator.hours import wording
from locator.hours.day import Deviation
from locator.hours.opening import Opening, opening
from locator.hours.schedule import Schedule
from locator.hours.wording import ComingDay
from locator.kinds import APPROXIMATE, RESTRICTED, Fact, Service, StationKind
from locator.pictures import Picture

CALENDAR = "calendar"
UNKNOWN = "没有登记，请打电话问"


@dataclass(frozen=True, slots=True)
class Named:
    """A thing with a stable name and a Chinese one."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class KnownFact:
    """One thing that makes a place easier to use: whether it is there, and when somebody looked."""

    code: str
    label: str
    is_there: bool
    verified_on: date | None


@dataclass(frozen=True, slots=True)
class ExceptionalDays:
    """Days that are not as usual, in words."""

    first_on: date
    last_on: date
    text: str
    reason: str


class Known(Protocol):
    """What somebody has at hand already, so that it need not be read again."""

    @property
    def calendar(self) -> Calendar:
        """Give the working days."""

    @property
    def announced(self) -> Announced:
        """Give the exceptional days."""


class Page:
    """Stations that are shown together. Whatever they need is read for all of them, when it is first asked for."""

    def __init__(self, ids: Sequence[str], *, now: datetime, known: Known | None = None) -> None:
        """Show these at a moment."""
        self.ids = ids
        self.now = now
        self.today = china_day(now)
        self.known = known

    @functools.cached_property
    def calendar(self) -> Calendar:
        """Give the working days."""
        return self.known.calendar if self.known else working_days()

    @functools.cached_property
    def announced(self) -> Announced:
        """Give the exceptional days that are not over, by station."""
        return self.known.announced if self.known else announcements.not_over(self.today - ONE_DAY, self.ids)

    @functools.cached_property
    def contacts(self) -> Mapping[str, Responsible]:
        """Say who is to be asked for today, by station."""
        return contacts.of_stations(self.ids, day=self.today)

    @functools.cached_property
    def shifts(self) -> Mapping[str, Sequence[Any]]:
        """Give the shifts of today, by station."""
        return staffing.on_duty(self.ids, self.today)


class Shown:
    """One station on a page: the columns of its row, and what follows from them."""

    def __init__(self, row: Any, columns: Sequence[str], page: Page) -> None:
        """Show a row; what nothing below says otherwise is its columns, at hand like any attribute."""
        self.__dict__.update(zip(columns, row, strict=True))
        self.row = row
        self.page = page

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            """Give a column."""

    @property
    def kind_name(self) -> str:
        """Name its kind."""
        return words.KINDS[StationKind(self.row.kind)]

    @property
    def hours(self) -> str:
        """Say its hours as the office writes them, or as we read them."""
        return str(self.row.hours_text or snapshot.worded(self.row.hours) or UNKNOWN)

    @property
    def schedule(self) -> Schedule | None:
        """Give its hours as they can be reckoned with; nothing where they cannot be read."""
        return snapshot.read(self.row.hours)

    @property
    def announced(self) -> tuple[Deviation, ...]:
        """Give the exceptional days that are not over."""
        return self.page.announced.get(self.row.id, ())

    @property
    def deviations(self) -> list[ExceptionalDays]:
        """Say which days ahead are not as usual."""
        ahead = (one for one in self.announced if one.last >= self.page.today)
        return [ExceptionalDays(one.first, one.last, _spans(one), one.reason) for one in sorted(ahead, key=_first)]

    @property
    def week_hours(self) -> Sequence[ComingDay]:
        """Give the hours of the seven days from today, as they will really be."""
        if self.schedule is None or self.is_restricted:
            return ()
        return wording.week_ahead(self.schedule, self.announced, self.page.today, self.page.calendar)

    @property
    def opening(self) -> Opening | None:
        """Say how things stand now; nothing where the hours cannot be read, or nobody can walk in."""
        schedule = None if self.is_restricted else self.schedule
        return opening(schedule, self.announced, self.page.now, self.page.calendar) if schedule else None

    @property
    def is_approximate(self) -> bool:
        """Say whether its point is only about where it is."""
        return self.row.geo_quality in APPROXIMATE

    @property
    def takes_applications(self) -> bool:
        """Say whether one can apply there."""
        return Service.APPLICATIONS in self.row.services

    @property
    def services(self) -> list[Named]:
        """List what it offers, in one order."""
        return [Named(code.value, label) for code, label in words.SERVICES.items() if code in self.row.services]

    @property
    def accessibility(self) -> list[KnownFact]:
        """List what is known of the building, in one order."""
        facts = self.row.facts
        known = ((code, facts.get(code)) for code in words.ACCESSIBILITY)
        return [_fact(code, said["there"], said.get("verified_on")) for code, said in known if said]

    @property
    def photo(self) -> Picture | None:
        """Give the photograph of its entrance; none of a place nobody can walk into."""
        return None if self.is_restricted else pictures.said(self.row.photo, self.row.photo_alt)

    @property
    def is_restricted(self) -> bool:
        """Say whether nobody can just walk in."""
        return self.row.kind in RESTRICTED

    @property
    def restricted_note(self) -> str | None:
        """Say the right channel to a place nobody can walk into."""
        return words.CHANNELS[StationKind(self.row.kind)] if self.is_restricted else None

    @property
    def position(self) -> Position | None:
        """Say where it is."""
        return None if self.row.lat is None else Position(self.row.lat, self.row.lon, Datum.WGS84)

    @property
    def directions(self) -> Directions | None:
        """Give links to maps; none to a place one cannot walk into, or that has no point."""
        place = None if self.is_restricted else self.position
        return directions.to(self.row.name, place, self.row.address) if place else None

    @property
    def contact_person(self) -> Responsible | None:
        """Say who answers for it today (FEATURES C07)."""
        return self.page.contacts.get(self.row.id)

    @property
    def duty_today(self) -> Sequence[Any]:
        """Give the duty lawyers of today."""
        return self.page.shifts.get(self.row.id, ())


def together(rows: Sequence[Any], *, now: datetime, known: Known | None = None) -> list[Shown]:
    """Show rows on one page."""
    page = Page([row.id for row in rows], now=now, known=known)
    columns = rows[0]._fields if rows else ()
    return [Shown(row, columns, page) for row in rows]


def working_days() -> Calendar:
    """Give the calendar, read once in a unit of work however many pages it shows."""
    info = session().info
    if CALENDAR not in info:
        info[CALENDAR] = calendar.load()
    kept: Calendar = info[CALENDAR]
    return kept


def _first(one: Deviation) -> date:
    return one.first


def _spans(one: Deviation) -> str:
    return wording.hours(one.spans)


@functools.lru_cache(4_096)
def _fact(code: Fact, is_there: bool, verified_on: str | None) -> KnownFact:
    """Put a fact into words; many places have the same."""
    looked = date.fromisoformat(verified_on) if verified_on else None
    return KnownFact(code.value, words.ACCESSIBILITY[code], is_there, looked)
