"""A card to take home and a sign for the door, with a code to scan; scans are counted by day, nobody is (C09, C11)."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

import segno
from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite

from core import paper, settings
from core.calendar import china_day
from core.db import session
from core.identity import Actor, Audience, Permission, open_to
from locator import keeping, queries, shown, words
from locator.models import Scan

FOLDER = Path(__file__).parent / "papers"
COUNTED_DAYS = 30
NO_BUS = "怎么去没有登记，请先打电话问。"


class Paper(StrEnum):
    """What can be printed for a station."""

    CARD = "card"
    SIGN = "sign"


def short_link(code: str) -> str:
    """Give the address a sign leads to."""
    return f"{settings.current().public_url}/s/{code}"


def content(code: str, *, now: datetime) -> dict[str, Any]:
    """Say all that stands on the papers of a station, as it is today."""
    keeping.standing(code)
    (one,) = shown.together([queries.station(code=code)], now=now)
    return {
        "name": one.name,
        "kind": one.kind_name,
        "code": one.code,
        "address": one.address,
        "transport": one.transport or NO_BUS,
        "hours": one.hours.split("；"),
        "hours_note": words.HOURS_NOTE,
        "phone": one.phone,
        "contact": one.contact_person.name if one.contact_person else "",
        "restricted": one.restricted_note or "",
        "demo": words.DEMO_NOTE if one.is_demo else "",
        "link": short_link(one.code),
        "qr": _drawn(short_link(one.code)),
        "on": f"{china_day(now):%Y年%-m月%-d日}",
    }


def as_pdf(which: Paper, said: dict[str, Any]) -> bytes:
    """Set a paper as PDF, A6. Call it outside any unit of work."""
    return paper.as_pdf(FOLDER / f"{which}.typ", "place", said)


@open_to(Audience.ANYONE)
def scanned(actor: Actor, code: str, *, now: datetime) -> str:  # noqa: ARG001  # nothing of who it was
    """Count a scan of a station's sign today, and give the station's code."""
    station = keeping.standing(code)
    make = postgresql.insert if session().get_bind().dialect.name == "postgresql" else sqlite.insert
    fresh = make(Scan).values(station_id=station.id, on=china_day(now), scans=1)
    counted = fresh.on_conflict_do_update(index_elements=["station_id", "on"], set_={"scans": Scan.scans + 1})
    session().execute(counted)
    return station.code


def leads_to(code: str) -> str:
    """Give the code of the station a sign leads to, and count nothing."""
    return keeping.standing(code).code


@open_to(Permission.DIRECTORY_EDIT)
def scans(actor: Actor, code: str, *, now: datetime) -> int:
    """Count the scans of the last days at a station one keeps."""
    since: date = china_day(now) - timedelta(days=COUNTED_DAYS)
    station = keeping.kept(actor, code)
    found = select(func.sum(Scan.scans)).where(Scan.station_id == station.id, Scan.on > since)
    return session().scalar(found) or 0


def _drawn(address: str) -> str:
    """Draw an address so that it is read off a scratched board: a quarter of it may be lost."""
    picture = io.BytesIO()
    segno.make_qr(address, error="q").save(picture, kind="svg", border=2, xmldecl=False)
    return picture.getvalue().decode()
