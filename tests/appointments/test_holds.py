"""A chosen time is kept for some minutes: one place counted once, longer on request, anybody's once it is over."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from appointments import booking, conventions, guards, holds, queries, seats
from appointments.guards import Proof, Taken
from appointments.holds import Free, Kept, Wish
from appointments.models import Appointment, SlotUse
from appointments.models.hold import Hold
from core.db import session
from core.errors import NotFound, Rejected
from core.identity import ANYONE
from tests.appointments import town
from tests.appointments.test_booking import proof
from tests.appointments.town import CALL, SIGNED_IN, TALK, at, order

MINUTE = timedelta(minutes=1)
HOME = "192.0.2.1"


def hold(now, clock="15:00", actor=ANYONE, instead_of="", address=HOME, service=TALK):
    wish = Wish(town.code(), service, at(clock), instead_of)
    return holds.hold(actor, wish, address=address, now=now)


def taken(clock="15:00"):
    return session().get_one(SlotUse, ("near", TALK.value, at(clock)), populate_existing=True).taken


def is_free(now, clock="15:00"):
    found = queries.free_times(town.code(), TALK, at().date(), 1, now=now)
    return at(clock) in [slot.starts_at for day in found.days for slot in day.slots]


def test_nobody_else_gets_it_until_its_moment_has_passed(here, citizen, now):
    kept = hold(now)
    assert isinstance(kept, Kept)
    assert kept.row.until == now + 10 * MINUTE
    assert not is_free(now)
    assert isinstance(booking.book(citizen, order(), SIGNED_IN, now=now), Taken)
    assert isinstance(hold(now, actor=citizen), Taken)

    later = now + 10 * MINUTE
    assert is_free(later)
    assert isinstance(booking.book(citizen, order(), SIGNED_IN, now=later), Appointment)
    assert taken() == 1
    assert session().scalars(select(Hold)).all() == []
    assert holds.find(kept.secret, now=later) is None


def test_whoever_keeps_it_orders_it_and_it_is_counted_once(here, now):
    kept = hold(now)

    made = booking.book(ANYONE, order(hold=kept.secret), proof(now), now=now)

    assert (made.starts_at, taken()) == (at(), 1)
    assert session().scalars(select(Hold)).all() == []


def test_a_wrong_code_loses_nothing(here, now):
    kept = hold(now)

    booking.book(ANYONE, order(hold=kept.secret), Proof("x", "y"), now=now)

    assert holds.find(kept.secret, now=now)


def test_what_was_kept_in_time_may_be_ordered_though_the_notice_is_over(here, citizen, now):
    soon = at("13:30") - timedelta(hours=2)
    kept = hold(soon, "13:30", citizen)

    made = booking.book(citizen, order(at("13:30"), hold=kept.secret), SIGNED_IN, now=soon + 9 * MINUTE)

    assert isinstance(made, Appointment)
    assert isinstance(booking.book(citizen, order(at("13:30"), hold="x"), SIGNED_IN, now=soon + MINUTE), Taken)


def test_a_secret_opens_no_other_time(here, citizen, now):
    town.booked(at("15:30"))
    kept = hold(now)

    assert isinstance(booking.book(citizen, order(at("15:30"), hold=kept.secret), SIGNED_IN, now=now), Taken)


def test_choosing_another_time_gives_the_first_back(here, citizen, now):
    first = hold(now)
    second = hold(now, "15:30", instead_of=first.secret)
    assert (taken("15:00"), taken("15:30")) == (0, 1)

    again = hold(now + MINUTE, "15:30", instead_of=second.secret)
    assert again.row.until == second.row.until
    assert taken("15:30") == 1

    town.booked(at("16:00"))
    assert isinstance(hold(now, "16:00", instead_of=again.secret), Taken)
    assert holds.find(again.secret, now=now)


def test_somebody_with_an_account_keeps_one_time_wherever_they_are(here, citizen, now):
    hold(now, actor=citizen)
    kept = hold(now, "15:30", citizen, address="192.0.2.2")

    assert [one.starts_at for one in session().scalars(select(Hold))] == [at("15:30")]
    later = kept.row.until
    assert isinstance(hold(later, "15:30", citizen), Kept)
    assert taken("15:30") == 1
    booking.book(citizen, order(at("16:00")), SIGNED_IN, now=later)
    with pytest.raises(Rejected) as rejected:
        hold(later, "16:00", citizen)
    assert [one.code for one in rejected.value.problems] == ["slot_yours"]


def test_one_address_keeps_so_many_and_orders_more_without(here, citizen, now, with_settings):
    clocks = ("13:30", "14:00", "14:30", "15:00", "15:30")
    found = [hold(now, clock) for clock in clocks]

    assert [type(one) for one in found] == [Kept] * 4 + [Free]
    assert isinstance(booking.book(citizen, order(at("15:30")), SIGNED_IN, now=now), Appointment)
    assert isinstance(hold(now, "16:00", address="192.0.2.2"), Kept)
    with_settings(trusted_sites=(HOME,))
    assert isinstance(hold(now, "16:30"), Kept)


def test_whoever_asks_all_day_long_is_no_more_kept_for(here, citizen, now):
    for _ in range(15):
        hold(now, "15:00", citizen)
        last = hold(now, "15:30", citizen)
    assert isinstance(last, Kept)

    assert isinstance(hold(now, "15:00", citizen), Free)


def test_it_is_kept_longer_ten_times(here, now):
    kept = hold(now)
    for count in range(1, 11):
        kept = holds.extend(ANYONE, kept.secret, now=now + 9 * MINUTE * count)

    assert kept.row.until == now + 100 * MINUTE
    assert not kept.is_extendable
    with pytest.raises(NotFound, match="hold_over"):
        holds.extend(ANYONE, kept.secret, now=now + 91 * MINUTE)
    with pytest.raises(NotFound, match="hold_over"):
        holds.extend(ANYONE, "somebody else's", now=now)


def test_leaving_gives_it_back_soon_and_coming_back_undoes_that(here, now):
    kept = hold(now)
    holds.leave(ANYONE, kept.secret, now=now)
    assert kept.row.expires_at == now + timedelta(seconds=90)

    holds.come_back(ANYONE, kept.secret, now=now + MINUTE)
    assert kept.row.expires_at == kept.row.until

    holds.leave(ANYONE, kept.secret, now=now)
    session().flush()
    assert is_free(now + 2 * MINUTE)
    for note in (holds.leave, holds.come_back):
        note(ANYONE, "somebody else's", now=now)
        note(ANYONE, kept.secret, now=now + 2 * MINUTE)
    assert is_free(now + 2 * MINUTE)


def test_what_is_no_time_is_not_kept(here, citizen, now):
    assert isinstance(hold(now, "15:07"), Taken)
    with pytest.raises(NotFound, match="service_not_offered"):
        holds.hold(ANYONE, Wish(town.code("jail"), CALL, at()), address=HOME, now=now)


def test_what_is_long_over_is_cleared_away(here, now):
    hold(now)
    holds.sweep({}, now=now + 20 * MINUTE)
    assert taken() == 1

    holds.sweep({}, now=now + timedelta(hours=2))
    assert (taken(), session().scalars(select(Hold)).all()) == (0, [])
    assert not seats.drop("gone")
    assert not holds.turn_in("gone")


def test_a_place_may_agree_on_other_figures(settings, with_settings, tmp_path):
    said = conventions.BUNDLED.read_text("utf-8")
    (tmp_path / conventions.BUNDLED.name).write_text(said.replace("minutes = 10 ", "minutes = 12 "), "utf-8")
    with_settings(rules_dir=str(tmp_path))
    assert conventions.agreed().hold.minutes == 12
    assert conventions.agreed().hold.extensions >= 10

    (tmp_path / "b").mkdir()
    (tmp_path / "b" / conventions.BUNDLED.name).write_text("[hold]", "utf-8")
    with_settings(rules_dir=str(tmp_path / "b"))
    with pytest.raises(SystemExit, match="conventions"):
        conventions.agreed()


def test_own_number_is_that_of_an_account(here, citizen):
    assert guards.own_number(citizen) == "13800000001"
    assert guards.own_number(ANYONE) is None
