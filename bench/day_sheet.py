"""A team's day: how good its order is and what finding it costs, against every order tried (FEATURES B07, B10).

Days are made as they arise: people at random round a county's seat ask one after the other for the windows that are
offered, and take one at random, until the day is full. A long day is walked at random, with windows round the
arrivals. Contenders then order the same day: ours, ours with few beginnings (what is stated for long days), the order
people asked in, and by the beginning of the window. The optimum is found by trying every order, for long days by ours
without a bound. `python bench/day_sheet.py short` makes fewer days.
"""

from __future__ import annotations

import itertools
import json
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from appointments.visits import order, reach
from appointments.visits.order import Plan
from appointments.visits.reach import Newcomer
from appointments.visits.round import Lunch, Round, Stop
from appointments.visits.rules import Road
from appointments.visits.way import Roads, Spot
from locator import travel
from locator.travel import Terrain

RESULTS = Path(__file__).parents[1] / "var" / "bench" / "day_sheet.json"
DAYS = 8 if "short" in sys.argv[1:] else 60
SIZES, LONG = (3, 5, 6), 12
TRIED = 6  # stops up to which every order is tried
FEW, WITHOUT_BOUND = 40, 10**9
FAR, STAY = 0.12, 45  # degrees, minutes
SEAT = Spot(27.80, 113.10, Terrain.HILL)
ROADS = Roads(travel.load(), Road(5, 15, 10, 0.7, 2.0, 0.3, 4.0))
OPENS, CLOSES, WINDOW, STEP = 540, 1020, 60, 60
LUNCH = Lunch(690, 780, 45)
CHANCE = random.Random(12348)  # noqa: S311  # no secret


def laid_out(stops: Sequence[Stop], spots: Sequence[Spot]) -> Round:
    """Lay a day out."""
    return Round(OPENS, CLOSES, LUNCH, tuple(stops), ROADS.between([SEAT, *spots]))


def somewhere(far: float) -> Spot:
    """Draw where somebody lives."""
    return Spot(SEAT.lat + CHANCE.uniform(-far, far), SEAT.lon + CHANCE.uniform(-far, far), Terrain.HILL)


def windows(day: Round, new: Newcomer) -> list[int]:
    """Give when windows may begin."""
    gaps = reach.gaps(day, new)
    return [at for at in range(OPENS, day.closes, STEP) if any(gap.fits(at, at + WINDOW) for gap in gaps)]


def in_the_standing_order(day: Round, stops: Sequence[Stop], spots: Sequence[Spot], new: Spot) -> list[int]:
    """Give when windows may begin for whoever only puts somebody between two that are neighbours already."""
    plan = order.best(day)
    line = [leg.stop for leg in plan.legs] if plan else []
    found = []
    for at in range(OPENS, day.closes, STEP):
        stop = Stop("new", at, at + WINDOW, STAY)
        for place in range(len(line) + 1):
            which = [stops[one] for one in line[:place]] + [stop] + [stops[one] for one in line[place:]]
            where = [spots[one] for one in line[:place]] + [new] + [spots[one] for one in line[place:]]
            if order.timed(laid_out(which, where)):
                found.append(at)
                break
    return found


def days(size: int) -> Iterator[tuple[Round, list[int]]]:
    """Make days of so many visits; also how many windows the last to ask was offered, by us and in a standing order."""
    while True:
        stops: list[Stop] = []
        spots: list[Spot] = []
        offered: list[int] = []
        while len(stops) < size:
            spot, day = somewhere(FAR), laid_out(stops, spots)
            there = [ROADS.minutes(one, spot) for one in (SEAT, *spots)]
            free = windows(day, Newcomer(STAY, there, there))
            if not free:
                break
            if len(stops) == size - 1:
                offered = [len(free), len(in_the_standing_order(day, stops, spots, spot))]
            at = CHANCE.choice(free)
            stops.append(Stop(str(len(stops)), at, at + WINDOW, STAY))
            spots.append(spot)
        if offered:
            yield laid_out(stops, spots), offered


def long_days(size: int) -> Iterator[tuple[Round, list[int]]]:
    """Make days nobody could drive to so many, but for short stays and wide windows."""
    while True:
        spots = [somewhere(FAR / 3) for _ in range(size)]
        ways = ROADS.between([SEAT, *spots])
        at, here, stops = OPENS, 0, []
        for place in range(size):
            at += ways[here][place + 1]
            stops.append(Stop(str(place), max(OPENS, at - 90), at + 90, 10))
            at, here = at + 10, place + 1
        yield Round(OPENS, at + 200, None, tuple(stops), ways), []


def fixed(day: Round, line: Sequence[int]) -> Plan | None:
    """Give the plan of one order."""
    places = [0, *(one + 1 for one in line)]
    ways = [[day.ways[one][other] for other in places] for one in places]
    return order.timed(Round(day.opens, day.closes, day.lunch, tuple(day.stops[one] for one in line), ways))


def tried(day: Round) -> Plan | None:
    """Try every order."""
    plans = [plan for line in itertools.permutations(range(len(day.stops))) if (plan := fixed(day, line))]
    return min(plans, key=lambda plan: (plan.road, plan.back_at), default=None)


CONTENDERS: dict[str, Callable[[Round], Plan | None]] = {
    "ours": order.best,
    "few beginnings": lambda day: order.best(day, widest=FEW),
    "as they asked": lambda day: fixed(day, range(len(day.stops))),
    "by the window": lambda day: fixed(day, sorted(range(len(day.stops)), key=lambda one: day.stops[one].earliest)),
}


def measure(size: int) -> dict[str, object]:
    """Order days of so many stops by everybody."""
    made = list(itertools.islice((long_days if size == LONG else days)(size), DAYS))
    best = [tried(day) if size <= TRIED else order.best(day, widest=WITHOUT_BOUND) for day, _ in made]
    rows: dict[str, object] = {}
    for name, contender in CONTENDERS.items():
        took, worse, kept = [], [], 0
        for (day, _), optimum in zip(made, best, strict=True):
            begun = time.perf_counter()
            plan = contender(day)
            took.append((time.perf_counter() - begun) * 1000)
            if plan and optimum:
                kept += 1
                worse.append(plan.road / optimum.road)
        p95 = sorted(took)[int(0.95 * len(took))]
        rows[name] = {
            "kept %": round(100 * kept / len(made)),
            "road / optimum": round(statistics.fmean(worse), 3) if worse else None,
            "ms p50": round(statistics.median(took), 2),
            "ms p95": round(p95, 2),
        }
    if size != LONG:
        ours, standing = (sum(offered[which] for _, offered in made) for which in (0, 1))
        rows["windows in a standing order / ours"] = round(standing / ours, 3)
    return rows


def main() -> None:
    """Measure, print, keep."""
    found = {str(size): measure(size) for size in (*SIZES, LONG)}
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps(found, indent=1, ensure_ascii=False), "utf-8")
    for size, rows in found.items():
        print(f"{size} stops")
        for name, row in rows.items():
            print(f"  {name:<36} {row}")


if __name__ == "__main__":
    main()
