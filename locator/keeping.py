"""Stations by their code: for anybody, and for the staff who keep them true."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NoReturn

from sqlalchemy import Row, Select, select, tuple_

from core.db import session
from core.errors import Malformed, NotFound
from core.identity import Actor, Permission, open_to
from core.references import tidy
from locator import policy, version
from locator.models import ContactPerson, Station

COLUMNS = (
    Station.code,
    Station.name,
    Station.division_code,
    Station.corrected_on,
    Station.is_demo,
    ContactPerson.name.label("contact_name"),
)


def standing(code: str) -> Station:
    """Give the station with this code, or raise `NotFound`."""
    found = select(Station).where(Station.code == tidy(code), Station.retired_on.is_(None))
    return session().scalars(found).one_or_none() or _nothing()


def kept(actor: Actor, code: str) -> Station:
    """Give a station the actor keeps; for a stranger there is none."""
    return session().scalars(_mine(actor, code)).one_or_none() or _nothing()


@open_to(Permission.DIRECTORY_EDIT)
def opened(actor: Actor, code: str) -> Station:
    """Give a station the actor keeps, to a page of the desk."""
    return kept(actor, code)


@open_to(Permission.DIRECTORY_EDIT)
def page(actor: Actor, text: str, *, first: int, after: Sequence[Any] | None = None) -> Sequence[Row[*tuple[Any, ...]]]:
    """Give the stations one keeps whose name holds a text, `first` and one more, after the key (division, code)."""
    order = (Station.division_code, Station.code)
    joined = select(*COLUMNS).outerjoin(ContactPerson, ContactPerson.station_id == Station.id)
    mine = joined.where(policy.stations_kept_by(actor), Station.retired_on.is_(None))
    found = mine.where(Station.name.contains(text, autoescape=True)).order_by(*order).limit(first + 1)
    if after is not None:
        if [type(part) for part in after] != [str, str]:
            raise Malformed("cursor_unknown")
        found = found.where(tuple_(*order) > tuple_(*after))
    return session().execute(found).all()


def changing(actor: Actor, code: str, *, now: datetime) -> Station:
    """Give a station the actor keeps, to be changed. Whoever else changes the directory waits here, or before."""
    at = version.advance(now=now)
    station = kept(actor, code)
    station.changed_in = at
    return station


def held(actor: Actor, code: str) -> Station:
    """Give a station the actor keeps, and hold others off what belongs to it; the directory stays as it is."""
    return session().scalars(_mine(actor, code).with_for_update()).one_or_none() or _nothing()


def _mine(actor: Actor, code: str) -> Select[Station]:
    return select(Station).where(Station.code == tidy(code), policy.stations_kept_by(actor))


def _nothing() -> NoReturn:
    raise NotFound("station_unknown")
