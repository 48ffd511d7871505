"""Stations by their code: for anybody, and for the staff who keep them true."""

from __future__ import annotations

from datetime import datetime
from typing import NoReturn

from sqlalchemy import select

from core.db import session
from core.errors import NotFound
from core.identity import Actor
from core.references import tidy
from locator import policy, version
from locator.models import Station


def standing(code: str) -> Station:
    """Give the station with this code, or raise `NotFound`."""
    found = select(Station).where(Station.code == tidy(code), Station.retired_on.is_(None))
    return session().scalars(found).one_or_none() or _nothing()


def kept(actor: Actor, code: str) -> Station:
    """Give a station the actor keeps; for a stranger there is none."""
    found = select(Station).where(Station.code == tidy(code), policy.stations_kept_by(actor))
    return session().scalars(found).one_or_none() or _nothing()


def touch(station: Station, *, now: datetime) -> None:
    """Move the directory on to its next version, as something of this station has changed."""
    station.changed_in = version.advance(now=now)


def _nothing() -> NoReturn:
    raise NotFound("station_unknown")
