"""How long the way takes, estimated: no roads are known here, so every figure is "about", and pages must say so."""

from __future__ import annotations

import functools
import math
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from core.crypto import fingerprint

BUNDLED = Path(__file__).parent / "rules" / "travel.toml"
METRES_A_MINUTE = 1000 / 60  # at a kilometre an hour
TABLES = ("road_factor", "km_an_hour")


class Mode(StrEnum):
    """How somebody goes."""

    WALK = "WALK"
    RIDE = "RIDE"
    DRIVE = "DRIVE"


class Terrain(StrEnum):
    """What the land is like, as far as roads care."""

    PLAIN = "PLAIN"
    HILL = "HILL"
    MOUNTAIN = "MOUNTAIN"


class TravelError(Exception):
    """All that is wrong with the travel file, said at once."""

    def __init__(self, problems: Sequence[str]) -> None:
        """Say every problem, one a line."""
        self.problems = tuple(problems)
        super().__init__("\n".join(["The travel rules are not fit to start with:", *(f"  - {p}" for p in problems)]))


@dataclass(frozen=True, slots=True)
class Travel:
    """One edition of the estimates. `version` names it and fingerprints what it says."""

    version: str
    weights: Mapping[tuple[Mode, Terrain], float]
    starts: Mapping[Mode, float]
    terrains: Mapping[str, Terrain]

    def terrain(self, division: str) -> Terrain:
        """Say what the land is like in a division, by the longest front of its code that is known; hills otherwise."""
        known = (self.terrains.get(division[:digits]) for digits in range(len(division), 0, -1))
        return next((one for one in known if one), Terrain.HILL)

    def weight(self, mode: Mode, terrain: Terrain) -> float:
        """Estimate the minutes one metre of geodesic takes: who ranks by time multiplies by this."""
        return self.weights[mode, terrain]

    def minutes(self, metres: float, mode: Mode, terrain: Terrain) -> int:
        """Estimate the minutes of a way, in whole minutes and never too few."""
        return math.ceil(self.starts[mode] + metres * self.weights[mode, terrain]) if metres > 0 else 0


@functools.cache
def load(folder: str = "") -> Travel:
    """Read the bundled estimates, or those of `folder` if it has a file of that name (`RUFA_RULES_DIR`).

    Raises `TravelError` with everything that is missing or wrong.
    """
    stands_in = Path(folder) / BUNDLED.name
    data = (stands_in if folder and stands_in.is_file() else BUNDLED).read_bytes()
    try:
        told = tomllib.loads(data.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise TravelError([f"{BUNDLED.name}: {wrong}"]) from wrong
    problems = _judge(told)
    if problems:
        raise TravelError(problems)
    factors, speeds = (told[table] for table in TABLES)
    return Travel(
        version=f"{told['edition']['label']}-{fingerprint(data)[:12]}",
        weights={(m, t): factors[t][m] / (speeds[t][m] * METRES_A_MINUTE) for m in Mode for t in Terrain},
        starts={mode: told["minutes_to_start"][mode] for mode in Mode},
        terrains={front: Terrain(name) for name, fronts in told["terrain"].items() for front in fronts},
    )


def _judge(told: Mapping[str, Any]) -> list[str]:
    asked: list[tuple[tuple[str, ...], float]] = [((t, land, m), 0.1) for t in TABLES for land in Terrain for m in Mode]
    asked += [(("minutes_to_start", mode), 0) for mode in Mode]
    problems = [
        f"{'.'.join(path)}: a number of at least {least} is needed"
        for path, least in asked
        if not (isinstance(found := _dig(told, path), int | float) and least <= found < math.inf)
    ]
    if not isinstance(_dig(told, ("edition", "label")), str):
        problems.append("edition.label: missing")
    return problems + _judge_terrains(told.get("terrain"))


def _judge_terrains(named: Any) -> list[str]:
    if not isinstance(named, dict) or not all(isinstance(one, list) for one in named.values()):
        return ["terrain: lists of division codes are needed"]
    problems = [f"terrain.{name}: no such terrain" for name in named if name not in list(Terrain)]
    used = Counter(str(front) for fronts in named.values() for front in fronts)
    return problems + [f"terrain: {front} is named twice" for front, times in used.items() if times > 1]


def _dig(told: Any, path: Sequence[str]) -> Any:
    for name in path:
        told = told.get(name) if isinstance(told, dict) else None
    return told
