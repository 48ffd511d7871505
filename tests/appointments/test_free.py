"""What is free: bounded work however many days and stations, and never a time that cannot be ordered."""

import pytest

from appointments import booking, offers, queries
from appointments.offers import ServiceKind
from core.db import session
from core.errors import Malformed, NotFound
from locator.models import Deviation, Station
from tests.appointments import town
from tests.appointments.town import CALL, SIGNED_IN, TALK, VIDEO, at, order

MONDAY = at().date()


def clocks(free):
    return [[f"{slot.starts_at:%H:%M}" for slot in day.slots] for day in free.days]


def test_what_is_taken_is_not_free(citizen, now):
    booking.book(citizen, order(), SIGNED_IN, now=now)

    (today,) = clocks(queries.free_times(town.code(), TALK, MONDAY, 1, now=now))

    assert today == ["11:30", "13:30", "14:00", "14:30", "15:30", "16:00", "16:30"]


def test_shifts_and_announcements_of_a_station_count(here, now):
    town.seats(2, opens=600, closes=660)
    row = Deviation(station_id="near", first_on=at(ahead=2).date(), last_on=at(ahead=2).date(), reason="培训")
    session().add(row)
    session().flush()

    free = queries.free_times(town.code(), TALK, at(ahead=1).date(), 2, now=now)

    assert clocks(free) == [["10:00", "10:30"], []]
    assert free.last_on == at(ahead=30).date()


def test_a_month_costs_as_many_statements_as_a_day(here, now, count_statements):
    def asked(days):
        session().info.clear()
        with count_statements() as sent:
            queries.free_times(town.code(), TALK, MONDAY, days, now=now)
        return len(sent)

    assert asked(1) == asked(31) <= 5


def test_nobody_asks_for_a_year(here, now):
    for days in (0, 32):
        with pytest.raises(Malformed, match="page_size"):
            queries.free_times(town.code(), TALK, MONDAY, days, now=now)


def test_the_next_time_is_whichever_service_sees_somebody_first(here, now):
    offer, slot = queries.next_free(town.code(), now=now)
    assert (offer.code, slot.starts_at) == (CALL, at("11:00"))

    session().get_one(Station, "near").slots_an_hour = 0
    session().flush()
    assert queries.next_free(town.code(), now=now) is None
    assert queries.next_free(town.code("jail"), now=now) is None


def test_what_cannot_be_ordered_is_not_on_the_menu_of_a_place(here, now):
    rows = {which: queries.queries.station(code=town.code(which)) for which in town.STATIONS}

    menus = {which: [one.code for one in queries.offers_of(row)] for which, row in rows.items()}

    assert menus == {"near": [TALK, CALL, VIDEO], "next": [TALK, CALL], "far": [TALK, CALL], "jail": []}
    with pytest.raises(NotFound, match="service_not_offered"):
        queries.free_times(town.code(), ServiceKind.HOME_VISIT, MONDAY, 1, now=now)


def test_a_place_sets_its_own_rules(tmp_path):
    own = offers.BUNDLED.read_text("utf-8").replace("most_open = 3", "most_open = 7")
    (tmp_path / "services.toml").write_text(own, "utf-8")

    assert offers._menu(str(tmp_path))[TALK].most_open == 7
    assert offers._menu(str(tmp_path / "none"))[TALK].most_open == 3


def test_a_wrong_file_of_services_is_found_at_the_start(tmp_path):
    (tmp_path / "services.toml").write_text("[service.window_talk]\nlabel = 'x'\n", "utf-8")

    with pytest.raises(offers.MenuError, match=r"services\.toml"):
        offers._menu(str(tmp_path))
