"""The nearest stations that can really help: exact, under any needs, and never an empty page (C01, C03-C06)."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.calendar import Calendar
from core.errors import Malformed
from locator import needs, queries, searches, snapshot, timely, wish
from locator.announcements import Announced
from locator.coords import Datum, Position
from locator.nearest.asked import BY_DISTANCE, Hit, Ranking, Wanted
from locator.needs import Need
from locator.origin import Origin, at
from locator.shown import Shown, together, working_days
from locator.travel import Mode
from locator.way import Way
from locator.wish import Order, Wish

DEEPEST = 1_000  # how far a list can be paged through
NOTE = "距离是直线距离，步行、骑行和开车的时间按地形估算，只供参考。"


@dataclass(frozen=True, slots=True)
class Near(Way):
    """A station that was found, and the way to it."""

    station: Shown


@dataclass(frozen=True, slots=True)
class Facet:
    """How many would be left if this were needed too."""

    need: Need
    label: str
    count: int


class Search:
    """A search in one version of the directory, from one place, at one moment."""

    def __init__(self, asked: Wish, origin: Origin, *, now: datetime) -> None:
        """Look at the directory as it is, and let go of what nobody can give."""
        self.directory = snapshot.current(now=now)
        self.origin = origin
        self.now = now
        plain = origin.position.to(Datum.WGS84)
        self.place = (plain.lat, plain.lon)
        self._reached: dict[Wish, list[Hit]] = {}
        self._asked = asked
        self.wish, self.relaxed = wish.fulfilled(asked, lambda one: self._count(one) > 0)

    @functools.cached_property
    def calendar(self) -> Calendar:
        """Give the working days."""
        return working_days()

    @property
    def announced(self) -> Announced:
        """Give the exceptional days, as the directory has them at hand."""
        return self.directory.announced

    @functools.cached_property
    def total(self) -> int:
        """Count all that fit."""
        return self._count(self.wish)

    @property
    def facets(self) -> list[Facet]:
        """Say of each further need how many would be left; needs nobody would be left with are not said."""
        further = [need for need in Need if need not in self.wish.needs]
        counts = self._bits_left(further) | self._timely_left(further)
        return [Facet(need, needs.LABELS[need], counts[need]) for need in further if counts.get(need)]

    def page(self, first: int, start: int = 0) -> list[Near]:
        """Give so many of the nearest and one more, after the first `start`."""
        if start + first > DEEPEST:
            raise Malformed("nearby_too_deep", limit=DEEPEST)
        hits = self._hits(self.wish, start + first + 1)[start:]
        ids = [self.directory.ids[hit.number] for hit in hits]
        rows = {row.id: row for row in queries.stations_by_id(ids)}
        found = [(rows[one], hit) for one, hit in zip(ids, hits, strict=True) if one in rows]
        shown = together([row for row, _ in found], now=self.now, known=self)
        return [self._near(one, hit) for one, (_, hit) in zip(shown, found, strict=True)]

    def count(self, found: Sequence[Near]) -> None:
        """Count this search: the county, the hour, what was needed and whether it was near; never where (C19)."""
        way = {Mode.WALK: "walk_minutes", Mode.RIDE: "ride_minutes", Mode.DRIVE: "drive_minutes"}[self.wish.mode]
        minutes = getattr(found[0], way) if found else wish.MOST_MINUTES
        asked, missed = self._asked.needs, [one.need for one in self.relaxed if one.need]
        searches.tally.note(self.origin.code, asked, missed, minutes=minutes, now=self.now)

    def _near(self, station: Shown, hit: Hit) -> Near:
        points = self.directory.points
        return Near(
            start=self.place,
            end=(points.lat[hit.number], points.lon[hit.number]),
            exact=hit.metres,
            terrain=snapshot.TERRAINS[points.classes[hit.number]],
            travel=self.directory.travel,
            is_approximate=station.is_approximate or self.origin.is_approximate,
            station=station,
        )

    def _count(self, asked: Wish) -> int:
        if asked.minutes is None:
            return self.directory.index.count(self._wanted(asked))
        return len(self._within(asked))

    def _hits(self, asked: Wish, k: int) -> Sequence[Hit]:
        if asked.minutes is None:
            return self.directory.index.nearest(self.place, k, self._wanted(asked), self._ranking(asked))
        hits = self._within(asked)
        if asked.order is Order.DISTANCE:
            hits = sorted(hits, key=lambda hit: (hit.metres, hit.number))
        return hits[:k]

    def _within(self, asked: Wish) -> list[Hit]:
        """Give all that can be reached in time, the quickest first; measured once however often it is asked for."""
        if asked not in self._reached:
            minutes = max((asked.minutes or 0) - self.directory.travel.starts[asked.mode], 0)
            ranking = Ranking(weights=self.directory.weights(asked.mode))
            self._reached[asked] = self.directory.index.within(self.place, minutes, self._wanted(asked), ranking)
        return self._reached[asked]

    def _ranking(self, asked: Wish) -> Ranking:
        if asked.order is Order.DISTANCE:
            return BY_DISTANCE
        return Ranking(weights=self.directory.weights(asked.mode))

    def _wanted(self, asked: Wish, also: Iterable[Need] = ()) -> Wanted:
        wanted = (*asked.needs, *also)
        kinds = sum({needs.KIND_BITS[kind] for kind in asked.kinds}) or needs.WALK_IN
        unions = [kinds]
        if asked.languages:
            known = self.directory.languages
            unions.append(sum({known[one] for one in asked.languages if one in known}))
        schedules = None
        if needs.OPENINGS.keys() & set(wanted):
            schedules = timely.schedules(self.directory, wanted, self.now, self.calendar)
        return Wanted(all_of=needs.bits(wanted), any_of=tuple(unions), schedules=schedules)

    def _bits_left(self, further: list[Need]) -> dict[Need, int]:
        bits = {needs.BITS[need]: need for need in further if need in needs.BITS}
        if self.wish.minutes is None:
            counts = self.directory.index.facets(sum(bits), self._wanted(self.wish))
        else:
            counts = self.directory.index.facets_among(sum(bits), self._within(self.wish))
        return {bits[bit]: count for bit, count in counts.items()}

    def _timely_left(self, further: list[Need]) -> dict[Need, int]:
        openings = [need for need in further if need in needs.OPENINGS]
        if self.wish.minutes is None:
            return {need: self.directory.index.count(self._wanted(self.wish, [need])) for need in openings}
        schedules = self.directory.points.schedules
        reached = [schedules[hit.number] for hit in self._within(self.wish)]
        left = {}
        for need in openings:
            passing = timely.schedules(self.directory, [need], self.now, self.calendar)
            left[need] = sum(passing >> number & 1 for number in reached)
        return left


def around(row: Any, first: int, *, now: datetime) -> list[Near]:
    """Give the stations nearest to one, without it."""
    place = Position(row.lat, row.lon, Datum.WGS84) if row.lat is not None else None
    origin = Origin(place, row.division_code) if place else at(None, row.division_code)
    found = Search(Wish(order=Order.DISTANCE), origin, now=now).page(first)
    return [near for near in found if near.station.id != row.id][:first]
