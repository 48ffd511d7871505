"""What the ten nearest cost: time, exactness, building and memory against the number of points (PERFORMANCE B).

The points are made: the 2,084 seats and towns of Hunan that come with the service, each scattered by two kilometres,
the whole pattern set down again all over China where more are asked for. 2 % have one attribute, 0.2 % another. Every
contender answers the same questions in short bursts taken in turn. Exact is who gives the same ten in the same order
as geopy's geodesic over all points. `python bench/nearest.py short` leaves the largest number out.
"""

from __future__ import annotations

import contextlib
import dataclasses
import importlib
import json
import math
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nearest_peers as peers
import redis
from nearest_peers import Ask, Place

from locator import gazetteer
from locator.nearest import Index, Points, Ranking, Wanted, geodesic

RESULTS = Path(__file__).parents[1] / "var" / "bench" / "nearest.json"
SHORT = "short" in sys.argv[1:]
SIZES = (3_000, 50_000) if SHORT else (3_000, 50_000, 700_000)
ROUNDS = 2 if SHORT else 5
BURST = 0.2 if SHORT else 0.5  # seconds
K = 10
QUESTIONS, CHECKED = 400, 40
FILTERS = {"all": 0, "2 %": 1, "0.2 %": 2}
SHARES = (0.02, 0.002)  # who has the first attribute, who the second
IN_PROCESS = ("ours", "scipy cKDTree", "shapely STRtree", "SQLite R*Tree", "limit: ten known points")
SCATTER = 0.02  # degrees: some two kilometres
GOALS = {50_000: 250, 700_000: 600}  # µs, p99
GOAL_POSTGIS = 5
OURS, LIMIT, POSTGIS = "ours", "limit: ten known points", "PostGIS geography"
CHANCE = random.Random(12348)  # noqa: S311  # no secret


def made(size: int) -> Points:
    """Make points as towns lie."""
    towns = [(one.lat, one.lon) for one in gazetteer.points().values()]
    shifts = [(0.0, 0.0)] + [(north, east) for north in range(-4, 16, 4) for east in range(-25, 15, 5)]
    used = shifts[: max(1, math.ceil(size / (8 * len(towns))))] if size > len(towns) else shifts[:1]
    lat, lon, masks = [], [], []
    for number in range(size):
        (north, east), town = CHANCE.choice(used), towns[number % len(towns)]
        lat.append(town[0] + north + CHANCE.gauss(0, SCATTER))
        lon.append(town[1] + east + CHANCE.gauss(0, SCATTER))
        masks.append(sum((CHANCE.random() < share) << bit for bit, share in enumerate(SHARES)))
    return Points(lat, lon, masks, [CHANCE.randrange(60) for _ in range(size)], [number % 3 for number in range(size)])


def questions(points: Points) -> list[Place]:
    """Ask from where people are: some way off a point."""
    chosen = [CHANCE.randrange(len(points.lat)) for _ in range(QUESTIONS)]
    return [(points.lat[one] + CHANCE.gauss(0, 0.1), points.lon[one] + CHANCE.gauss(0, 0.1)) for one in chosen]


def truth(points: Points, asked: list[Place], needed: int) -> list[list[int]]:
    """Look at every point; geopy decides among those whose straight line is short enough."""
    np = importlib.import_module("numpy")
    chosen = [one for one, mask in enumerate(points.masks) if mask & needed == needed]
    spots = np.array([geodesic.spot(points.lat[one], points.lon[one]) for one in chosen])
    found = []
    for place in asked:
        lines = np.sqrt(((spots - np.array(geodesic.spot(*place))) ** 2).sum(axis=1))
        last = np.sort(lines)[min(K, len(lines)) - 1]
        near = [chosen[one] for one in np.nonzero(lines <= last * 1.001 + 1)[0]]
        ways = sorted((geodesic.exact(*place, points.lat[one], points.lon[one]), one) for one in near)
        found.append([one for _, one in ways[:K]])
    return found


def ours(index: Index) -> Ask:
    """Ask the index."""
    wanted = {needed: Wanted(needed) for needed in FILTERS.values()}
    return lambda place, k, needed: [number for number, _ in index.nearest(place, k, wanted[needed])]


def limit(points: Points, index: Index, asked: list[Place]) -> Ask:
    """Know which ten it is, and only measure the way to each: less cannot be done."""
    known: dict[tuple[Place, int], Any] = {}
    for needed in FILTERS.values():
        for place in asked:
            found = index.nearest(place, K, Wanted(needed))
            known[place, needed] = [(geodesic.spot(points.lat[n], points.lon[n]), n) for n, _ in found]

    def ask(place: Place, _k: int, needed: int) -> list[int]:
        here = geodesic.spot(*place)
        return [number for _, number in sorted((geodesic.metres(here, there), n) for there, n in known[place, needed])]

    return ask


def footprint(index: Index) -> int:
    """Count the bytes of all the index holds; what is shared counts once."""
    held = {id(one): sys.getsizeof(one) for one in (*index._columns._attributes.values(), index._slots)}  # noqa: SLF001
    for field in dataclasses.fields(index._tree):  # noqa: SLF001
        column = getattr(index._tree, field.name)  # noqa: SLF001
        held[id(column)] = sys.getsizeof(column)
        if isinstance(column, list):
            held |= {id(one): sys.getsizeof(one) for one in column}
    return sum(held.values())


@contextlib.contextmanager
def contenders(points: Points, connection: Any, missing: dict[str, str]) -> Iterator[dict[str, tuple[Ask, float]]]:
    """Build every contender; give how to ask it and how long it took to build."""
    makers: dict[str, Callable[[], Ask]] = {
        "scipy cKDTree": lambda: peers.scipy_tree(points),
        "shapely STRtree": lambda: peers.shapely_tree(points),
        "SQLite R*Tree": lambda: peers.sqlite_tree(points),
        "PostgreSQL cube": lambda: (peers.fill_postgresql(connection, points), peers.cube_tree(connection))[1],
        POSTGIS: lambda: peers.postgis_tree(connection),
        "Redis GEOSEARCH": lambda: peers.redis_set(points),
    }
    built: dict[str, tuple[Ask, float]] = {}
    for name, make in makers.items():
        started = time.perf_counter()
        try:
            ask = make()
        except (ImportError, AttributeError, redis.RedisError, peers.psycopg.Error) as wrong:
            missing.setdefault(name, f"{type(wrong).__name__}: {wrong}".splitlines()[0][:160])
        else:
            built[name] = (ask, time.perf_counter() - started)
    try:
        yield built
    finally:
        peers.forget_redis()


def burst(ask: Ask, asked: list[Place], needed: int, start: int) -> list[tuple[float, float]]:
    """Ask for a while; give the µs each answer took, by the clock and of this processor."""
    spent, until, at = [], time.perf_counter() + BURST, start
    while time.perf_counter() < until:
        place = asked[at % len(asked)]
        before, began = time.thread_time(), time.perf_counter()
        ask(place, K, needed)
        clock, worked = time.perf_counter() - began, time.thread_time() - before
        spent.append((clock * 1e6, worked * 1e6))
        at += 1
    return spent


def part(spent: list[float], share: float) -> float:
    """Give the time that a share of the answers kept to."""
    return sorted(spent)[int(len(spent) * share)]


def compare(asks: dict[str, Ask], points: Points, asked: list[Place], needed: int) -> dict[str, dict[str, Any]]:
    """Let the contenders take turns; give percentiles, the median of the ratios to ours, and who was exact."""
    right = truth(points, asked[:CHECKED], needed)
    exact = {
        name: statistics.mean(ask(place, K, needed) == told for place, told in zip(asked, right, strict=False))
        for name, ask in asks.items()
        if name != LIMIT
    }
    rounds = [
        {name: burst(ask, asked, needed, turn * QUESTIONS // ROUNDS) for name, ask in asks.items()}
        for turn in range(ROUNDS)
    ]
    return {name: summary(name, rounds) | {"exact": exact.get(name)} for name in asks}


def summary(name: str, rounds: list[dict[str, list[tuple[float, float]]]]) -> dict[str, Any]:
    """Put the rounds of one contender into figures."""
    clock = [[one for one, _ in turn[name]] for turn in rounds]
    worked = [[one for _, one in turn[name]] for turn in rounds]
    p50, p99 = [part(one, 0.5) for one in clock], [part(one, 0.99) for one in clock]
    ratios = [mine / part([one for one, _ in turn[OURS]], 0.5) for mine, turn in zip(p50, rounds, strict=True)]
    found = {"p50_us": statistics.median(p50), "p99_us": statistics.median(p99), "answers": sum(map(len, clock))}
    if name in IN_PROCESS:
        p99 = [part(one, 0.99) for one in worked]
        found |= {"p99_cpu_us": statistics.median(p99), "p99_cpu_us_lowest": min(p99)}
    spread = {"lowest": min(ratios), "highest": max(ratios)}
    return found | {"p50_to_ours": statistics.median(ratios), "p50_to_ours_spread": spread}


def only_ours(index: Index, asked: list[Place]) -> dict[str, dict[str, float]]:
    """Measure what the peers cannot be asked: open now, by minutes, counting."""
    opens, minutes = sum(1 << one for one in range(0, 60, 3)), Ranking((0.002, 0.0025, 0.004))
    acts: dict[str, Callable[[Place], object]] = {
        "a third open": lambda place: index.nearest(place, K, Wanted(schedules=opens)),
        "2 % and a third open": lambda place: index.nearest(place, K, Wanted(1, schedules=opens)),
        "two rare attributes": lambda place: index.nearest(place, K, Wanted(3)),
        "by minutes": lambda place: index.nearest(place, K, ranking=minutes),
        "2 %, by minutes": lambda place: index.nearest(place, K, Wanted(1), minutes),
        "facets of a filter": lambda _place: index.facets(3, Wanted(schedules=opens)),
        "all within 10 km": lambda place: index.within(place, 10_000),
    }
    found = {}
    for name, act in acts.items():
        spent = [one for _, one in burst(lambda place, _k, _needed, act=act: act(place), asked, 0, 0)]  # type: ignore[misc]
        found[name] = {"p50_cpu_us": part(spent, 0.5), "p99_cpu_us": part(spent, 0.99)}
    return found


def measure(size: int, connection: Any, missing: dict[str, str]) -> dict[str, Any]:
    """Measure everybody on so many points."""
    points = made(size)
    started = time.perf_counter()
    index = Index(points)
    took = time.perf_counter() - started
    asked = questions(points)
    with contenders(points, connection, missing) as built:
        asks = {OURS: ours(index)} | {name: ask for name, (ask, _) in built.items()}
        asks[LIMIT] = limit(points, index, asked)
        classes = {
            named: compare(
                {name: ask for name, ask in asks.items() if not (needed and "Redis" in name)}, points, asked, needed
            )
            for named, needed in FILTERS.items()
        }
    return {
        "build_s": {OURS: took} | {name: seconds for name, (_, seconds) in built.items()},
        "bytes_a_point": footprint(index) / size,
        "filters": classes,
        "only_ours": only_ours(index, asked),
    }


def show(size: int, figures: dict[str, Any]) -> None:
    """Print the table of one size."""
    print(f"\n{size:,} points: ours takes {figures['bytes_a_point']:.0f} bytes a point; p50/p99 in µs, × ours, exact")
    print("(p50 by the clock; p99 in process of the processor, as neighbours are not what is measured)")
    names = figures["filters"]["all"]
    print(f"{'':24}{'build s':>8}" + "".join(f"{named:>36}" for named in FILTERS))
    for name in names:
        line = f"{name:24}{figures['build_s'].get(name, 0):>8.2f}"
        for named in FILTERS:
            one = figures["filters"][named].get(name)
            if one is None:
                line += f"{'–':>36}"
                continue
            exact = "" if one["exact"] is None else f"{one['exact']:.0%}"
            p99 = one.get("p99_cpu_us", one["p99_us"])
            line += f"{one['p50_us']:>12.0f}/{p99:<9.0f}{one['p50_to_ours']:>7.2f} {exact:>6}"
        print(line)
    for name, one in figures["only_ours"].items():
        print(f"  ours, {name}: {one['p50_cpu_us']:.0f}/{one['p99_cpu_us']:.0f}")


def goals(found: dict[int, dict[str, Any]]) -> list[str]:
    """Say which goals were reached."""
    told = []
    for size, figures in found.items():
        worst, quiet = (
            max(one[OURS][what] for one in figures["filters"].values()) for what in ("p99_cpu_us", "p99_cpu_us_lowest")
        )
        exact = min(one[OURS]["exact"] for one in figures["filters"].values())
        ratios = [one[POSTGIS]["p50_to_ours"] for one in figures["filters"].values() if POSTGIS in one]
        said = [f"exact {exact:.0%}"]
        if size in GOALS:
            goal = f"≤ {GOALS[size]} µs: {_reached(worst <= GOALS[size])}"
            said.append(f"p99 {worst:.0f} ({quiet:.0f} in the quietest round) {goal}")
        if ratios:
            goal = f"≥ {GOAL_POSTGIS}: {_reached(min(ratios) >= GOAL_POSTGIS)}"
            said.append(f"PostGIS takes {min(ratios):.1f} × at the least, {goal}")
        told.append(f"{size:,} points: " + "; ".join(said))
    return told


def _reached(goal: bool) -> str:
    return "reached" if goal else "missed"


def main() -> None:
    """Measure, print, keep as JSON."""
    missing = peers.install()
    with peers.database() as connection:
        found = {}
        for size in SIZES:
            found[size] = measure(size, connection, missing)
            show(size, found[size])
    print()
    for line in [*goals(found), *(f"could not be had: {name}: {why}" for name, why in missing.items())]:
        print(line)
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    kept = {"short": SHORT, "sizes": found, "goals": goals(found), "missing": missing}
    RESULTS.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
