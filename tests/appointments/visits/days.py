"""Days drawn at random, and an oracle that tries every order and every lunch, one after the other."""

import itertools

from hypothesis import strategies as st

from appointments.visits.reach import Newcomer
from appointments.visits.round import BASE, Lunch, Round, Stop

LUNCH = Lunch(690, 780, 45)
SOME = st.integers(5, 70)


@st.composite
def rounds(draw, most=4):
    """Draw a day: hours, perhaps lunch, and visits that may or may not be kept together."""
    size = draw(st.integers(0, most))
    opens, closes = draw(st.sampled_from([(540, 1020), (540, 720), (810, 1050)]))
    stops = []
    for number in range(size):
        earliest = draw(st.integers(opens, closes - 60))
        stops.append(Stop(f"v{number}", earliest, earliest + draw(st.sampled_from([30, 60, 180])), 60))
    ways = [[0 if one == other else draw(SOME) for one in range(size + 1)] for other in range(size + 1)]
    lunch = LUNCH if opens <= LUNCH.begins and closes >= LUNCH.latest + LUNCH.minutes else None
    return Round(opens, closes, lunch, tuple(stops), ways)


@st.composite
def newcomers(draw, day):
    """Draw somebody new to a day."""
    size = len(day.stops) + 1
    there, back = (draw(st.lists(SOME, min_size=size, max_size=size)) for _ in range(2))
    return Newcomer(60, there, back)


def with_newcomer(day, new, earliest, latest):
    """Put somebody new into a day, last of all."""
    ways = [[*row, new.there[number]] for number, row in enumerate(day.ways)] + [[*new.back, 0]]
    stops = (*day.stops, Stop("new", earliest, latest, new.minutes))
    return Round(day.opens, day.closes, day.lunch, stops, ways)


def every_way(day):
    """Give (road, back) of every order that keeps everybody's window, with lunch on any way or at the base."""
    for order in itertools.permutations(range(len(day.stops))):
        for lunch_on in range(len(order) + 1) if day.lunch else [None]:
            yield from _walked(day, order, lunch_on)
        if day.lunch:
            yield from _walked(day, order, None, in_time=True)


def _walked(day, order, lunch_on, *, in_time=False):
    at, here, road = day.opens, BASE, 0
    for step, place in enumerate([*order, None]):
        there = BASE if place is None else place + 1
        way = day.ways[here][there] if order or place is not None else 0
        road += way
        if step == lunch_on:
            if at > day.lunch.latest:
                return
            at = max(at + way, day.lunch.begins) + day.lunch.minutes
        else:
            at += way
        if place is not None:
            stop = day.stops[place]
            if at > stop.latest:
                return
            at = max(at, stop.earliest) + stop.minutes
        here = there
    if at <= day.closes and not (in_time and at > day.lunch.latest):
        yield road, at
