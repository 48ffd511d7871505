"""Circuit stops that can be booked, the people who are told of them, and where one is wanted (FEATURES B23)."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select

from accounts import codes, phone
from appointments import rotas
from appointments.models.circuit import CircuitWatch
from appointments.models.home_visit import HomeVisit
from appointments.offers import ServiceKind
from appointments.rotas import Plan
from core import audit, outbox, settings, sms
from core.calendar import china_day
from core.crypto import blind_index
from core.db import fresh_id, session
from core.errors import NotFound, Problem, Rejected
from core.identity import ANYONE, Actor, Audience, Permission, open_to
from core.jobs import handles
from locator import circuit, policy
from locator import queries as directory
from locator.circuit import Stop
from locator.region import Region

TOWNSHIP = 9  # figures of its code: villages of one are counted together
LOOK_BACK = timedelta(days=90)
FEWEST = 5  # visits in a division before it is named: fewer could be told apart (P5)
COUNTY = 3
TOLD = "{on}（{spans}）在{name}有法律援助巡回服务，免费。可以直接来，也可以先约：{address} 不想再收：{leave}"


@dataclass(frozen=True, slots=True)
class Cluster:
    """A division where many needed a visit at home, and no stop is planned."""

    region: Region
    visits: int


@open_to(Permission.DIRECTORY_EDIT)
def lay_out(actor: Actor, stop: Stop, slot_minutes: int, capacity: int, *, now: datetime) -> Any:
    """Announce a stop and lay out its times, so that it is found, booked and told of."""
    station = circuit.announce(actor, stop, now=now)
    for span in stop.spans.replace("，", ",").split(","):
        opens, _, closes = span.strip().partition("-")
        weekday = frozenset({stop.on.weekday()})
        plan = Plan(weekday, opens, closes, slot_minutes, capacity, stop.on, stop.on)
        rotas.put(actor, station.code, ServiceKind.CIRCUIT, plan, now=now)
    return station


@open_to(Permission.DIRECTORY_EDIT)
def wanted(actor: Actor, *, now: datetime) -> list[Cluster]:
    """Give the divisions of one's region where home visits pile up and no stop is planned, the most first."""
    counts = _visits(china_day(now - LOOK_BACK))
    regions = directory.regions(counts)
    mine, planned = policy.reach(actor), {one.division_code for one in circuit.ahead(actor, now=now)}
    return [
        Cluster(regions[code], count)
        for code, count in counts.items()
        if code in regions and regions[code].lineage.startswith(mine) and code not in planned
    ]


@open_to(Audience.ANYONE)
def watch(actor: Actor, region: str, request: str, code: str, *, now: datetime) -> CircuitWatch | Problem:
    """Ask to be told of stops in one's county, with the code that was texted. A wrong code is returned, not raised."""
    try:
        place = directory.division(region)
    except NotFound:
        raise Rejected((Problem("circuit_region_unknown", "region"),)) from None
    if place.level < COUNTY:
        raise Rejected((Problem("circuit_region_wide", "region"),))
    number = codes.weigh(ANYONE, request, phone.normalise(code), now=now)
    if isinstance(number, Problem):
        return number
    index = blind_index(number, "circuit_watch.phone")
    same = (CircuitWatch.phone_index == index, CircuitWatch.division_code == place.code)
    found = session().scalar(select(CircuitWatch).where(*same))
    if found is not None:
        return found
    link = secrets.token_urlsafe(16)
    told = {"phone": number, "phone_index": index, "link": link, "link_index": _index(link)}
    made = CircuitWatch(id=fresh_id(), division_code=place.code, asked_at=now, **told)
    session().add(made)
    session().flush()
    audit.record(actor, "circuit.watched", f"watch:{made.id}", now=now)
    return made


@open_to(Audience.ANYONE)
def leave(actor: Actor, link: str, *, now: datetime) -> None:
    """Stop being told, at once, and be forgotten; doing so twice changes nothing."""
    gone = session().scalar(
        delete(CircuitWatch).where(CircuitWatch.link_index == _index(link)).returning(CircuitWatch.id)
    )
    if gone is not None:
        audit.record(actor, "circuit.left", f"watch:{gone}", now=now)


@handles("directory.stop_announced")
def spread(payload: dict[str, Any], *, now: datetime) -> None:
    """Leave a text for everybody who wants to hear of the county of a stop; each its own errand, each once."""
    station = directory.station(which=payload["station"])
    lineage = directory.division(station.division_code).lineage.split("/")
    county = lineage[COUNTY] if len(lineage) > COUNTY + 1 else station.division_code
    for row in _near(county):
        key = f"circuit.told:{row.id}:{station.id}:{payload['on']}"
        outbox.put_once("circuit.told", due_at=now, key=key, watch=row.id, station=station.id, on=payload["on"])


@handles("circuit.told")
def tell(payload: dict[str, Any], *, now: datetime) -> None:
    """Tell one of them, unless they left meanwhile or the day was taken back."""
    row = session().get(CircuitWatch, payload["watch"])
    days = {one.on.isoformat(): one for one in circuit.of_station(payload["station"], now=now)}
    stop = days.get(payload["on"])
    if row is None or stop is None:
        return
    site = settings.current().public_url
    where = {"name": stop.name, "address": f"{site}/visits/at/{stop.code}", "leave": f"{site}/circuit/of/{row.link}"}
    sms.send(row.phone, TOLD.format(on=f"{stop.on.month}月{stop.on.day}日", spans=stop.spans, **where))


def _visits(since: date) -> dict[str, int]:
    """Count the home visits of late by township, the most first; small counts stay in the database."""
    count, township = func.count(), func.substr(HomeVisit.division_code, 1, TOWNSHIP)
    asked = select(township.label("code"), count).where(HomeVisit.on >= since).group_by("code")
    rows = session().execute(asked.having(count >= FEWEST).order_by(count.desc(), "code"))
    return {row[0]: row[1] for row in rows}


def _near(county: str) -> Sequence[CircuitWatch]:
    watched = session().scalars(select(CircuitWatch.division_code).distinct())
    inside = [one.code for one in directory.regions(watched).values() if county in one.lineage.split("/")]
    return session().scalars(select(CircuitWatch).where(CircuitWatch.division_code.in_(inside))).all()


def _index(link: str) -> str:
    return blind_index(link, "circuit_watch.link")
