from datetime import timedelta

import pytest

from appointments.models.team import TravelPace
from appointments.visits import learning, roster, rules
from appointments.visits.form import Where
from appointments.visits.learning import Measured
from core.db import session
from tests.appointments.town import NOW, at
from tests.appointments.visits import village
from tests.appointments.visits.village import home, ordered

ROAD = rules._read("").road
LATER = NOW + timedelta(days=3)


@pytest.fixture
def driven(here):
    """Two visits of a day that is over; the way between them took so many minutes, door to door."""

    def run(minutes):
        first = village.visit(ordered(at("14:00", ahead=1), number="13900000001"))
        second = village.visit(ordered(at("15:00", ahead=1), number="13900000002", where=Where(home(0.05), "远处")))
        first.arrived_at, first.finished_at = at("14:00", ahead=1), at("15:00", ahead=1)
        second.arrived_at = at("15:00", ahead=1) + timedelta(minutes=minutes)
        return village.way_to(second)

    return run


def test_the_pace_of_a_county_follows_what_was_stamped(driven):
    way = driven(60)

    assert learning.learn(now=LATER) == 1

    pace = session().get_one(TravelPace, village.COUNTY)
    ratio = (60 - ROAD.door_minutes) / (way - ROAD.door_minutes)
    assert (pace.legs, pace.ratios) == (1, pytest.approx(ratio))
    assert pace.factor == pytest.approx((ROAD.prior_legs + ratio) / (ROAD.prior_legs + 1))
    assert roster.roads(village.COUNTY).pace == pace.factor > 1


def test_what_was_learned_is_learned_once(driven):
    driven(60)

    assert [learning.learn(now=LATER) for _ in range(2)] == [1, 0]


def test_a_day_that_is_not_over_teaches_nothing(driven):
    driven(60)

    assert learning.learn(now=at("17:00", ahead=1)) == 0


@pytest.mark.parametrize("minutes", [6, 400])
def test_what_is_wildly_off_says_nothing_of_the_road(driven, minutes):
    driven(minutes)

    assert learning.learn(now=LATER) == 0
    assert roster.roads(village.COUNTY).pace == 1.0


def test_whoever_came_too_early_and_waited_says_nothing_of_the_road(here):
    first = village.visit(ordered(at("13:00", ahead=1), number="13900000001"))
    second = village.visit(ordered(at("15:00", ahead=1), number="13900000002"))
    first.arrived_at, first.finished_at = at("13:00", ahead=1), at("14:00", ahead=1)
    second.arrived_at = at("15:00", ahead=1)

    assert learning.learn(now=LATER) == 0


def test_whoever_was_not_there_says_nothing_of_the_road(driven, here):
    driven(60)
    for visit in session().scalars(village.every_visit()):
        visit.finished_at = None

    assert learning.learn(now=LATER) == 0


def test_a_second_way_is_added_to_the_first(driven, here):
    driven(60)
    learning.learn(now=LATER)
    learning._take(Measured(village.COUNTY, 20, 1.0, 20), ROAD, LATER)

    assert session().get_one(TravelPace, village.COUNTY).legs == 2


@pytest.mark.parametrize(("legs", "ratios", "pace"), [(0, 0, 1.0), (10, 10, 1.0), (1000, 9000, 2.0), (1000, 10, 0.7)])
def test_the_pace_stays_within_bounds(legs, ratios, pace):
    assert learning.paced(legs, ratios, ROAD) == pytest.approx(pace)


def test_the_pace_settles_where_roads_are_half_as_quick_again():
    pace, ratios = 1.0, 0.0
    for legs in range(1, 401):
        ratios += Measured("430211", 20 * pace, pace, 30).ratio
        pace = learning.paced(legs, ratios, ROAD)

    assert pace == pytest.approx(1.5, abs=0.02)
