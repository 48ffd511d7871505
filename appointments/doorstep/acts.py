"""What was done on site, sent when there is a signal: late, twice or out of order, it comes to the same (FEATURES B11).

Acts are only added. How a visit stands is reckoned from all of them, by when they were done and never by when they
were sent. A key made where it was done keeps each from counting twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select

from appointments import attendance
from appointments.doorstep import watch
from appointments.doorstep.rules import agreed
from appointments.models import Appointment
from appointments.models.home_visit import HomeVisit
from appointments.models.visit_day import VisitAct
from appointments.states import NEXT, AppointmentState
from core import audit
from core.calendar import china_day, china_midnight
from core.db import session
from core.errors import Conflict, Malformed, NotFound, Problem, Refusal
from core.identity import Actor, Permission, open_to
from locator.coords import Datum, Position
from locator.nearest import geodesic

MOST, LONGEST_KEY, SHORTEST_KEY, LONGEST_WORDS = 50, 64, 16, 300


class ActKind(StrEnum):
    """What was done."""

    ARRIVED = "arrived"
    FINISHED = "finished"
    STAYING = "staying"
    NOBODY = "nobody"
    PAPERS = "papers"
    PLEDGE = "pledge"
    ALARM = "alarm"


LABELS = {
    ActKind.ARRIVED: "到了",
    ActKind.FINISHED: "办完离开，平安",
    ActKind.STAYING: "还要一会儿",
    ActKind.NOBODY: "没有人在家",
    ActKind.PAPERS: "收了材料",
    ActKind.PLEDGE: "对方在纸上签了承诺书",
    ActKind.ALARM: "需要支援",
}


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that was done. `at` is when, by the clock of the device; `position` is weighed and dropped."""

    key: str
    appointment_id: str
    kind: ActKind
    at: datetime | None = None
    minutes: int = 0
    words: str = ""
    position: Position | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """That an act is kept, and may be forgotten by the device; or why it never will be."""

    key: str
    problem: Problem | None = None


@open_to(Permission.APPOINTMENTS_ATTEND)
def record(actor: Actor, deeds: Sequence[Deed], *, now: datetime) -> list[Answer]:
    """Keep what was done. One that cannot be kept does not keep the others from it."""
    if len(deeds) > MOST or any(not SHORTEST_KEY <= len(one.key) <= LONGEST_KEY for one in deeds):
        raise Malformed
    known = set(session().scalars(select(VisitAct.client_key).where(VisitAct.client_key.in_([d.key for d in deeds]))))
    answers = []
    for deed in deeds:
        problem = None if deed.key in known else _kept(actor, deed, now)
        known.add(deed.key)
        answers.append(Answer(deed.key, problem))
    return answers


def _kept(actor: Actor, deed: Deed, now: datetime) -> Problem | None:
    try:
        found = attendance.find(actor, deed.appointment_id)
        visit = session().get(HomeVisit, found.id)
        if visit is None:
            raise NotFound("appointment_unknown")
        if visit.on > china_day(now):
            raise Conflict("visit_not_today")
    except Refusal as refusal:
        return Problem(refusal.code)
    session().add(_made(actor, deed, visit, now))
    session().flush()
    audit.record(actor, f"visit.{deed.kind.value}", f"appointment:{found.id}", now=now)
    _stand(actor, found, visit, now)
    if deed.kind is ActKind.ALARM:
        watch.raise_alarm(found, visit, now=now)
    return None


def _made(actor: Actor, deed: Deed, visit: HomeVisit, now: datetime) -> VisitAct:
    first = china_midnight(visit.on)
    return VisitAct(
        appointment_id=visit.appointment_id,
        client_key=deed.key,
        kind=deed.kind.value,
        at=min(max(deed.at or now, first), now),  # a clock that is off moves nothing into another day
        minutes=min(max(deed.minutes, 0), agreed().watch.longest_stay) if deed.kind is ActKind.STAYING else 0,
        was_near=_is_near(visit, deed.position),
        words=deed.words.strip()[:LONGEST_WORDS],
        staff_id=actor.id,
        recorded_at=now,
    )


def _is_near(visit: HomeVisit, position: Position | None) -> bool | None:
    """Say whether a team was there. The position goes no further than this line."""
    home = visit.position
    if position is None or not home["exact"]:
        return None
    here = position.to(Datum.WGS84)
    off = geodesic.metres(geodesic.spot(here.lat, here.lon), geodesic.spot(home["lat"], home["lon"]))
    return off <= agreed().near


@dataclass(frozen=True, slots=True)
class Standing:
    """How a visit stands, from all that was done."""

    arrived_at: datetime | None = None
    finished_at: datetime | None = None
    was_near: bool | None = None
    staying: int = 0
    nobody: bool = False
    papers: tuple[str, ...] = ()
    pledged_at: datetime | None = None
    alarm_at: datetime | None = None

    @property
    def is_well(self) -> bool:
        """Say whether the team left, and has not called for help since."""
        return self.finished_at is not None and (self.alarm_at is None or self.alarm_at <= self.finished_at)


def standing(acts: Iterable[VisitAct]) -> Standing:
    """Reckon it: the order they were sent in does not matter."""
    done = sorted(acts, key=lambda one: (one.at, one.client_key))
    of = {kind: [one for one in done if one.kind == kind.value] for kind in ActKind}
    ends = sorted([*of[ActKind.FINISHED], *of[ActKind.NOBODY]], key=lambda one: one.at)
    arrivals = of[ActKind.ARRIVED]
    return Standing(
        arrived_at=arrivals[0].at if arrivals else None,
        finished_at=ends[-1].at if ends else None,
        was_near=next((one.was_near for one in arrivals if one.was_near is not None), None),
        staying=sum(one.minutes for one in of[ActKind.STAYING]),
        nobody=bool(of[ActKind.NOBODY]) and not of[ActKind.FINISHED],
        papers=tuple(one.words for one in of[ActKind.PAPERS]),
        pledged_at=of[ActKind.PLEDGE][0].at if of[ActKind.PLEDGE] else None,
        alarm_at=of[ActKind.ALARM][-1].at if of[ActKind.ALARM] else None,
    )


def of(appointment_ids: Sequence[str]) -> dict[str, list[VisitAct]]:
    """Give what was done at visits, in one statement."""
    found: dict[str, list[VisitAct]] = {one: [] for one in appointment_ids}
    for act in session().scalars(select(VisitAct).where(VisitAct.appointment_id.in_(appointment_ids))):
        found[act.appointment_id].append(act)
    return found


def _stand(actor: Actor, found: Appointment, visit: HomeVisit, now: datetime) -> None:
    stands = standing(of([found.id])[found.id])
    visit.arrived_at, visit.finished_at, visit.was_near = stands.arrived_at, stands.finished_at, stands.was_near
    if stands.is_well:
        watch.is_well(found.id, now=now)
    wanted = _state(stands)
    if wanted and wanted in NEXT[AppointmentState(found.state)] and _has_begun(wanted, found, now):
        attendance.mark(actor, found.id, wanted, now=now)


def _has_begun(wanted: AppointmentState, found: Appointment, now: datetime) -> bool:
    return wanted is not AppointmentState.NO_SHOW or now >= found.starts_at


def _state(stands: Standing) -> AppointmentState | None:
    if stands.nobody:
        return AppointmentState.NO_SHOW
    if stands.finished_at is not None:
        return AppointmentState.DONE
    return AppointmentState.ARRIVED if stands.arrived_at else None
