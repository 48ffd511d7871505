"""Where a search begins: a position, or a division's point; and who is competent there if it is another province."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from core.errors import Malformed
from locator import queries, whereabouts
from locator.coords import Position
from locator.kinds import StationKind
from locator.region import Region

YOURS = "您的位置"


@dataclass(frozen=True)
class Origin:
    """Where a search begins. A position is in no division for sure; its code is that of the nearest seat."""

    position: Position
    code: str
    region: Region | None = None

    @property
    def name(self) -> str:
        """Say where it is; of a position in the province nothing that might be wrong."""
        if self.region:
            return self.region.full_name
        return f"{YOURS}（{self._whereabouts}一带）" if self.is_outside_province else YOURS

    @property
    def is_approximate(self) -> bool:
        """Say whether it stands for a whole division."""
        return self.region is not None

    @property
    def is_outside_province(self) -> bool:
        """Say whether another province is competent."""
        return whereabouts.is_outside(self.code)

    @property
    def competent(self) -> str | None:
        """Say whom to turn to in another province (FEATURES C12)."""
        if not self.is_outside_province:
            return None
        place = self._whereabouts
        for name, phone in self._agencies:
            return f"您在{place}一带，请找当地的{name}（电话 {phone}），或者在当地打 12348。"
        return f"您在{place}一带，请找{place}的法律援助机构，或者在当地打 12348：电话会接到当地。"

    @functools.cached_property
    def _whereabouts(self) -> str:
        return queries.division(self.code).full_name

    @functools.cached_property
    def _agencies(self) -> list[tuple[str, str]]:
        steps = queries.division(self.code).steps
        rows = [row for row in queries.stations_of(steps) if row.kind == StationKind.LEGAL_AID_CENTRE]
        rows.sort(key=lambda row: -steps.index(row.division_code))
        return [(row.name, row.phone) for row in rows]


def at(position: Position | None, region: str | None) -> Origin:
    """Begin at a position, else at a division's point."""
    if position is not None:
        return Origin(position, whereabouts.division_at(position))
    if region is None:
        raise Malformed("origin_missing")
    found = queries.division(region)
    return Origin(whereabouts.of(found).position, found.code, found)
