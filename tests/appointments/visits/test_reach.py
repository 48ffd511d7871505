import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appointments.visits import order, reach
from appointments.visits.order import WIDEST
from appointments.visits.reach import Gap, Newcomer
from appointments.visits.round import Lunch, Round, Stop
from tests.appointments.visits import days

QUICK = settings(max_examples=150, deadline=None)


@QUICK
@given(st.data())
def test_whoever_is_new_fits_exactly_where_trying_everything_says_so(data):
    day = data.draw(days.rounds(most=3))
    new = data.draw(days.newcomers(day))
    earliest = data.draw(st.integers(day.opens, day.closes))
    latest = earliest + data.draw(st.sampled_from([0, 30, 60]))

    fits = any(gap.fits(earliest, latest) for gap in reach.gaps(day, new))

    assert fits == any(True for _ in days.every_way(days.with_newcomer(day, new, earliest, latest)))


@QUICK
@given(days.rounds(most=4))
def test_a_day_is_kept_exactly_when_some_order_keeps_it(day):
    assert reach.is_kept(day) == any(True for _ in days.every_way(day)) == (order.best(day) is not None)


@QUICK
@given(days.rounds(most=4))
def test_the_best_order_is_as_good_as_any(day):
    found = order.best(day)

    assert (found and (found.road, found.back_at)) == min(days.every_way(day), default=None)


@QUICK
@given(days.rounds(most=4))
def test_the_plan_keeps_every_window_and_leaves_time_for_every_way(day):
    found = order.best(day)
    free_at, here = day.opens, 0
    for leg in found.legs if found else ():
        stop = day.stops[leg.stop]
        assert (leg.free_at, leg.way) == (free_at, day.ways[here][leg.stop + 1])
        assert leg.free_at + leg.way + leg.pause <= leg.arrives
        assert stop.earliest <= leg.arrives <= stop.latest
        free_at, here = leg.leaves, leg.stop + 1


@QUICK
@given(days.rounds(most=4))
def test_following_few_beginnings_is_never_wrong_and_never_better(day):
    exact, found = order.best(day), order.best(day, widest=2)

    assert found is None or (found.road, found.back_at) >= (exact.road, exact.back_at)


@QUICK
@given(days.rounds(most=3))
def test_an_order_that_stands_keeps_its_times(day):
    found = order.timed(day)

    assert found is None or [leg.stop for leg in found.legs] == list(range(len(day.stops)))
    assert found is None or reach.is_kept(day)


def test_a_long_day_goes_by_the_stated_rule():
    stops = tuple(Stop(str(number), 540, 1200, 10) for number in range(order.EXACT + 1))
    ways = [[abs(one - other) for one in range(len(stops) + 1)] for other in range(len(stops) + 1)]
    day = Round(540, 1200, None, stops, ways)

    assert order.best(day) == order.best(day, widest=WIDEST)
    assert order.best(day).road == 2 * len(stops)


def test_lunch_is_had_on_the_way_or_at_the_base():
    day = Round(540, 1020, Lunch(690, 780, 45), (Stop("a", 700, 700, 60),), [[0, 20], [20, 0]])

    leg = order.best(day).legs[0]
    assert (leg.pause, order.best(day).back_at) == (0, 700 + 60 + 20)
    assert reach.gaps(day, Newcomer(60, [20, 20], [20, 20])) == [
        Gap(560, 620),
        Gap(825, 940),
    ]


@pytest.mark.parametrize("closes", [700, 1020])
def test_an_empty_day_is_open_from_the_first_way_to_the_last(closes):
    day = Round(540, closes, None, (), [[0]])

    assert reach.gaps(day, Newcomer(60, [30], [40])) == [Gap(570, closes - 100)]
