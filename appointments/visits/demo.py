"""Teams, visits and a request that never were, for trying it all out. Never outside demo and development."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import select

from accounts import demo as people
from appointments.guards import Proof
from appointments.models.team import VisitShift, VisitTeam, VisitWorker
from appointments.needs import AccessNeed
from appointments.visits import ordering, requests, times
from appointments.visits.form import VisitOrder, Where, Whom
from appointments.visits.wishes import Language, Reason, Relation, Wishes
from core import settings
from core.calendar import china_day
from core.db import keep, reading, session
from locator import queries as places

AREAS = ("430211", "430202", "430203", "430204", "430212", "430223", "430224", "430225", "430281", "433101")
HOME = AREAS[0]
BASE = "demo-{area}-1"  # its legal-aid centre among the demo stations
MARK = "（演示）"
FORTNIGHT = 14
WORKERS = (  # name, woman, signs, languages, specialties
    ("周敏", True, True, ("local",), ("disabled", "family")),
    ("陈立", False, False, ("local",), ("labour", "injury")),
    ("向梅", True, False, ("local", "miao", "tujia"), ("elderly", "land")),
    ("罗刚", False, False, ("local",), ("minors",)),
)
VISITS = (  # who orders and their name, whom for, where, why, needs, which window of the first day that has any
    (
        0,
        "吴女士",
        Whom("吴奶奶", "073128881234", Relation.FAMILY, agreed=True),
        "样板路 1 号",
        Reason.AGE,
        AccessNeed.LARGE_PRINT,
        0,
    ),
    (1, "赵先生", Whom("赵先生"), "样板路 2 号", Reason.DISABILITY, AccessNeed.WHEELCHAIR, 2),
    (2, "孙女士", Whom("孙女士"), "样板路 3 号", Reason.MATERNITY, AccessNeed.EASY_READ, 3),
)


def load(*, now: datetime) -> int:
    """Put teams in at demo stations where there are none yet, and some visits; say how many teams."""
    if not settings.current().is_demo:
        raise RuntimeError("made-up teams are not for production")
    with reading():
        bases = {BASE.format(area=area): area for area in AREAS}
        there = {row.id for row in places.stations_by_id(bases)}
        if session().scalar(select(VisitTeam.id).limit(1)) is not None:
            return 0
    made = keep(lambda: sum(_teams(area, 2 if area == HOME else 1) for base, area in bases.items() if base in there))
    if BASE.format(area=HOME) in there:
        keep(lambda: _visits(now=now))
    return made


def _teams(area: str, count: int) -> int:
    for number in range(count):
        team_id = f"demo-team-{area}-{number}"
        name = f"{places.division(area).name}上门{'一二'[number]}组{MARK}"
        session().add(VisitTeam(id=team_id, station_id=BASE.format(area=area), area_code=area, name=name))
        session().flush()
        since = {"first_on": date(2026, 1, 1), "opens": 9 * 60, "closes": 17 * 60}
        session().add(VisitShift(team_id=team_id, weekdays="01234", **since))
        for place, (worker, is_woman, signs, languages, specialties) in enumerate(WORKERS[number * 2 :][:2]):
            told = {"is_woman": is_woman, "signs": signs, "languages": languages, "specialties": specialties}
            number_said = f"YS{area}{number}{place}"
            session().add(VisitWorker(team_id=team_id, name=worker + MARK, work_number=number_said, **told))
    return count


def _visits(*, now: datetime) -> None:
    """Order some visits, and ask for one no team can speak the language for."""
    towns = places.children(HOME)
    for who, name, whom, address, reason, need, which in VISITS:
        home = times.home(towns[who % len(towns)].code, None, is_exact=False)
        wishes = Wishes(needs=frozenset({need}))
        asked = VisitOrder(whom, Where(home, address + MARK), name, wishes, (reason,))
        days = times.days(asked.asked, china_day(now), FORTNIGHT, now=now)
        free = next((day.arrivals for day in days if day.arrivals), ())
        if free:
            told = replace(asked, starts_at=free[min(which, len(free) - 1)].starts_at)
            ordering.order(people.citizen(people.PHONES[who]), told, Proof(), now=now)
    home = times.home(towns[-1].code, None, is_exact=False)
    wishes = Wishes(needs=frozenset({AccessNeed.SIGN_LANGUAGE}), language=Language.YAO)
    asked = VisitOrder(Whom("盘大爷"), Where(home, "样板村" + MARK), "盘大爷", wishes, (Reason.REMOTE,), "什么时候都行")
    requests.ask(people.citizen(people.PHONES[2]), asked, Proof(), now=now)
