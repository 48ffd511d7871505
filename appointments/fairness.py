"""Whether work is shared fairly: who attended to how many, and how concentrated that is (FEATURES B21)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from accounts import queries as people
from appointments.models import Appointment
from appointments.models.attended import Attended
from core.calendar import china_midnight
from core.db import session
from core.identity import Actor, Permission, open_to
from locator import policy as places

A_MONTH_AND_MORE = timedelta(days=32)


@dataclass(frozen=True, slots=True)
class Load:
    """How many orders somebody attended to."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Fairness:
    """A month of a region. `gini` is 0 where all did as many, near 1 where one did all."""

    month: date
    loads: Sequence[Load]
    gini: float
    top_share: float


def credit(actor: Actor, row: Appointment, *, now: datetime) -> None:
    """Write down who attended to an order; whoever says so last counts."""
    given = {"appointment_id": row.id, "station_id": row.station_id, "staff_id": actor.id or "", "attended_at": now}
    session().merge(Attended(**given))


@open_to(Permission.STATISTICS_READ)
def of_month(actor: Actor, month: date) -> Fairness:
    """Say how the work of a month was shared in one's region, those who attended to nobody included."""
    places.reach(actor)  # staff without a region are told so, and see nobody's names
    first = month.replace(day=1)
    after = (first + A_MONTH_AND_MORE).replace(day=1)
    within = (Attended.attended_at >= china_midnight(first), Attended.attended_at < china_midnight(after))
    here = Attended.station_id.in_(places.ids_kept_by(actor, Permission.STATISTICS_READ))
    counted = select(Attended.staff_id, func.count()).where(*within, here).group_by(Attended.staff_id)
    counts = {row[0]: row[1] for row in session().execute(counted)}
    able = people.holders_of(Permission.APPOINTMENTS_ATTEND, actor.region)
    names = people.names_of(counts.keys() | able)
    everybody = [Load(name, counts.get(which, 0)) for which, name in names.items()]
    loads = sorted(everybody, key=lambda one: (-one.count, one.name))
    figures = [one.count for one in loads]
    return Fairness(first, loads, gini(figures), top_share(figures))


def gini(counts: Sequence[int]) -> float:
    """Give the Gini index: half the mean difference of any two, against the mean."""
    total = sum(counts)
    if not total:
        return 0.0
    weighted = sum(place * count for place, count in enumerate(sorted(counts), start=1))
    return 2 * weighted / (len(counts) * total) - (len(counts) + 1) / len(counts)


def top_share(counts: Sequence[int]) -> float:
    """Give the share of whoever did most."""
    total = sum(counts)
    return max(counts) / total if total else 0.0
