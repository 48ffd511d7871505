"""The rule book: what the rules say in one region on one day."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar

from applications import rulefiles
from applications.rule import Area, Exemption, HardshipStandard, Matter, PriorityGroup, TimeLimit
from core import settings

REMEMBERED = 4_096  # matters that were looked for: lists name the same few over and over
LEVELS = (12, 9, 6, 4, 2)  # digits of a division code: village, township, county, prefecture, province
C = TypeVar("C", Matter, Exemption, PriorityGroup)


@dataclass(frozen=True, slots=True)
class RuleBook:
    """All the rules of one edition. `version` names the edition and fingerprints what it says."""

    version: str
    home_region: str
    home_name: str
    sources: dict[str, str]
    regions: dict[str, str]
    areas: tuple[Area, ...]
    all_matters: tuple[Matter, ...]
    all_exemptions: tuple[Exemption, ...]
    all_priorities: tuple[PriorityGroup, ...]
    all_standards: tuple[HardshipStandard, ...]
    limits: dict[str, TimeLimit]
    found: dict[tuple[str, str, date], Matter | None] = field(default_factory=dict, repr=False, compare=False)

    def matters(self, region: str, on: date) -> tuple[Matter, ...]:
        """List what may be asked for in a region on a day; a nearer region's rule stands before a wider one's."""
        return _nearest_by_code(self.all_matters, region, on)

    def matter(self, code: str, region: str, on: date) -> Matter | None:
        """Find a matter by its code."""
        asked = (code, region, on)
        try:
            return self.found[asked]
        except KeyError:
            if len(self.found) >= REMEMBERED:
                self.found.clear()
            found = self.found[asked] = next((one for one in self.matters(region, on) if one.code == code), None)
            return found

    def exemptions(self, matter: Matter, region: str, on: date) -> tuple[Exemption, ...]:
        """List the exempt classes that help in a matter."""
        return tuple(one for one in _nearest_by_code(self.all_exemptions, region, on) if one.covers(matter))

    def priorities(self, region: str, on: date) -> tuple[PriorityGroup, ...]:
        """List the groups that are dealt with first."""
        return _nearest_by_code(self.all_priorities, region, on)

    def standards(self, region: str, on: date) -> tuple[HardshipStandard, ...]:
        """List the alternative standards of the nearest region that has any."""
        for place in ancestors(region):
            found = tuple(one for one in self.all_standards if one.region == place and one.holds_on(on))
            if found:
                return found
        return ()

    def limit(self, rule: str) -> TimeLimit:
        """Give a time limit by its rule id."""
        return self.limits[rule]

    @property
    def supplement_days(self) -> int:
        """Say how many days people have to supply what is missing, where the notice names no other number."""
        return self.limits["TL-SUP"].days

    def region_name(self, region: str) -> str:
        """Name the nearest region we know by name."""
        return next((self.regions[place] for place in ancestors(region) if place in self.regions), "")


def rulebook() -> RuleBook:
    """Give the rules of the process, read once; `RUFA_RULES_DIR` may hold files that stand in for ours."""
    return load(settings.current().rules_dir)


@functools.cache
def load(folder: str | Path = "") -> RuleBook:
    """Read the bundled files, each replaced by the file of the same name in `folder`.

    Raises `RulesError` with everything that is missing or wrong.
    """
    rules = rulefiles.read(Path(folder) if folder else None)
    return RuleBook(
        version=rules.version,
        home_region=rules.edition["home_region"],
        home_name=rules.edition["home_name"],
        sources=rules.sources,
        regions=rules.regions,
        areas=tuple(rules.made["area"]),
        all_matters=tuple(rules.made["matter"]),
        all_exemptions=tuple(rules.made["exemption"]),
        all_priorities=tuple(rules.made["priority"]),
        all_standards=tuple(rules.made["standard"]),
        limits={one.id: one for one in rules.made["limit"]},
    )


def ancestors(region: str) -> tuple[str, ...]:
    """List a division code and its parents, nearest first, the whole country ("") last."""
    code = _bare(region)
    return (*(code[:digits] for digits in LEVELS if digits <= len(code)), "")


def _bare(region: str) -> str:
    for digits, parent in ((6, 4), (4, 2)):
        if len(region) == digits and region.endswith("00"):
            region = region[:parent]
    return region


def _nearest_by_code(rules: Iterable[C], region: str, on: date) -> tuple[C, ...]:
    places: Sequence[str] = ancestors(region)
    nearest: dict[str, C] = {}
    for rule in rules:
        if rule.region not in places or not rule.holds_on(on):
            continue
        known = nearest.get(rule.code)
        if known is None or places.index(rule.region) < places.index(known.region):
            nearest[rule.code] = rule
    return tuple(nearest.values())
