"""Asking where somebody is and where help is. All of it is public: no actor, no personal data."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, func, join, select, tuple_

from core import references
from core.db import once, session
from core.errors import Malformed, NotFound
from locator.kinds import DivisionStatus, StationKind
from locator.models import Division, Station, Venue
from locator.region import Region

MOST_BESIDE = 20  # stations in one building
CODE_LENGTHS = (2, 4, 6, 9)  # of a province, a prefecture, a county, a township
REMEMBERED = 4_096  # divisions, and lists of children, a process keeps at hand
_regions: dict[str, Region] = {}
_children: dict[str, tuple[Region, ...]] = {}

COLUMNS = (
    Division.code,
    Division.name,
    Division.level,
    Division.parent_code,
    Division.status,
    Division.full_name,
    Division.lineage,
)
STATION_COLUMNS = (
    *(column for column in Station.__table__.c if column.key != "venue_id"),
    Venue.id.label("venue_id"),
    Venue.name.label("venue_name"),
    Venue.address,
    Venue.transport,
    Venue.lat,
    Venue.lon,
    Venue.datum,
    Venue.geo_quality,
    Venue.facts,
    Venue.photo,
    Venue.photo_alt,
)
_LOCATED = join(Station, Venue)
_IN = Division.code == Station.division_code
_STANDING = Station.retired_on.is_(None)


def forget() -> None:
    """Forget what was remembered, after divisions were brought in."""
    _regions.clear()
    _children.clear()


def regions(codes: Iterable[str]) -> dict[str, Region]:
    """Give divisions by their codes; codes nobody knows are left out. One statement at most."""
    wanted = set(codes)
    found = {code: _regions[code] for code in wanted if code in _regions}
    if missing := sorted(wanted - found.keys()):
        rows = session().execute(select(*COLUMNS).where(Division.code.in_(missing)))
        found |= {row.code: remember(row) for row in rows}
    return found


def remember(row: Row[*tuple[Any, ...]]) -> Region:
    """Keep a division at hand: a row with its columns never changes while the process lives."""
    if len(_regions) >= REMEMBERED:
        _regions.clear()
    region = _regions[row.code] = Region(*row)
    return region


def division(code: str) -> Region:
    """Give a division, or raise `NotFound`. Those above it are most likely asked for next, and come along."""
    above = () if code in _regions else (code[:length] for length in CODE_LENGTHS)
    try:
        return regions({code, *above})[code]
    except KeyError:
        raise NotFound("division_unknown") from None


def path(code: str) -> tuple[Region, ...]:
    """Give the divisions from the province down to this one."""
    return paths([division(code)])[code]


def paths(of: Iterable[Region]) -> dict[str, tuple[Region, ...]]:
    """Give the ways from the province down to several divisions, in one statement."""
    known = {region.code: region for region in of}
    all_of_them = regions({step for region in known.values() for step in region.steps})
    return {code: tuple(all_of_them[step] for step in region.steps) for code, region in known.items()}


def children(parent_code: str | None) -> tuple[Region, ...]:
    """Give the divisions directly below one (below nobody: the provinces), without the revoked ones."""
    key = parent_code or ""
    if key not in _children:
        below = Division.parent_code == parent_code if parent_code else Division.parent_code.is_(None)
        active = below & (Division.status == DivisionStatus.ACTIVE)
        rows = session().execute(select(*COLUMNS).where(active).order_by(Division.code))
        found = tuple(remember(row) for row in rows)
        if not found:
            return ()
        if len(_children) >= REMEMBERED:
            _children.clear()
        _children[key] = found
    return _children[key]


def stations(
    region_code: str, kind: str | None = None, *, first: int, after: Sequence[Any] | None = None
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Give stations in a division and all below it: `first` and one more, after the key (level, division, id)."""
    order = (Division.level, Station.division_code, Station.id)
    page = select(*STATION_COLUMNS, Division.level.label("division_level")).select_from(_LOCATED).join(Division, _IN)
    page = page.where(_within(region_code), *_of_kind(kind), _STANDING).order_by(*order).limit(first + 1)
    if after is not None:
        page = page.where(tuple_(*order) > tuple_(*_key(after)))
    return session().execute(page).all()


def stations_of(codes: Iterable[str]) -> Sequence[Row[*tuple[Any, ...]]]:
    """Give the stations of these divisions alone, by id."""
    found = select(*STATION_COLUMNS).select_from(_LOCATED).where(Station.division_code.in_(sorted(codes)), _STANDING)
    return session().execute(found.order_by(Station.id)).all()


def beside(code: str) -> Sequence[Row[*tuple[Any, ...]]]:
    """Give the other stations in the building of one, by name: a hall has several (FEATURES C02)."""
    here = select(Station.venue_id).where(Station.code == references.tidy(code)).scalar_subquery()
    others = (Station.venue_id == here) & (Station.code != references.tidy(code)) & _STANDING
    named = select(Station.code, Station.name, Station.kind, Station.phone, Station.services).where(others)
    return session().execute(named.order_by(Station.name, Station.id).limit(MOST_BESIDE)).all()


def stations_by_id(ids: Collection[str], *, retired_too: bool = False) -> Sequence[Row[*tuple[Any, ...]]]:
    """Give stations by their ids, in no order: the standing ones, or those that are no more as well."""
    found = select(*STATION_COLUMNS).select_from(_LOCATED).where(Station.id.in_(ids))
    return session().execute(found if retired_too else found.where(_STANDING)).all()


def station(*, code: str | None = None, which: str | None = None) -> Row[*tuple[Any, ...]]:
    """Give a station by its code as people type it, or by its id; a retired one too. Raise `NotFound`."""
    named = Station.code == references.tidy(code) if code is not None else Station.id == which
    asked = select(*STATION_COLUMNS).select_from(_LOCATED).where(named)
    row = once(("station", code, which), lambda: session().execute(asked).first())
    if row is None:
        raise NotFound("station_unknown")
    return row


def stations_named(text: str, *, limit: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Find standing stations that have a point by a part of their name or their building's."""
    named = Station.name.contains(text, autoescape=True) | Venue.name.contains(text, autoescape=True)
    found = select(*STATION_COLUMNS).select_from(_LOCATED).where(named, _STANDING, Venue.lat.is_not(None))
    return session().execute(found.order_by(func.length(Station.name), Station.id).limit(limit)).all()


def count_stations(region_code: str, kind: str | None = None) -> int:
    """Count the stations in a division and all below it."""
    counted = select(func.count()).select_from(Station).join(Division, _IN)
    return session().scalar(counted.where(_within(region_code), *_of_kind(kind), _STANDING)) or 0


def _within(region_code: str) -> ColumnElement[bool]:
    return Division.lineage.startswith(division(region_code).lineage)


def _of_kind(kind: str | None) -> list[ColumnElement[bool]]:
    if kind is None:
        return []
    if kind not in set(StationKind):
        raise Malformed("station_kind_unknown")
    return [Station.kind == kind]


def _key(after: Sequence[Any]) -> Sequence[Any]:
    if [type(part) for part in after] != [int, str, str] or not 1 <= after[0] <= 5:  # noqa: PLR2004  # levels
        raise Malformed("cursor_unknown")
    return after
