"""A place is promised once: ordering, changing, giving back, and what is offered instead."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts import codes
from accounts.models import OneTimeCode, Throttle
from appointments import booking, queries
from appointments.alternatives import AlternativeKind
from appointments.booking import Proof, Taken
from appointments.models import Appointment, SlotUse
from appointments.needs import AccessNeed
from appointments.states import AppointmentState
from core.db import session
from core.errors import Conflict, NotFound, Problem, Rejected, TooMany
from core.identity import ANYONE
from core.outbox import Errand
from locator.models import Division, Station, Venue
from tests.appointments import town
from tests.appointments.town import CALL, SIGNED_IN, TALK, VIDEO, at, order

NUMBER = "13800000009"


def book(actor, now, starts_at=None, **given):
    return booking.book(actor, order(starts_at, **given), SIGNED_IN, now=now)


def taken(starts_at=None, service=TALK):
    return session().get_one(SlotUse, ("near", service.value, starts_at or at()), populate_existing=True).taken


def proof(now, number=NUMBER):
    """Have a code texted to a number, and answer it."""
    sent = codes.send(ANYONE, number, address="192.0.2.1", now=now)
    texted = session().scalars(select(Errand).where(Errand.key == f"accounts.code_requested:{sent.request}")).one()
    return Proof(sent.request, texted.payload["code"])


def test_takes_a_place_and_tells(citizen, now):
    made = book(citizen, now, name=" 王女士 ", note="带轮椅", needs=(AccessNeed.WHEELCHAIR,))

    assert made.reference.startswith("YY-")
    assert (made.name, made.note, made.needs) == ("王女士", "带轮椅", ["wheelchair"])
    assert (made.starts_at, made.minutes, made.state) == (at(), 30, "booked")
    assert (made.phone, made.person_id) == ("13800000001", citizen.id)
    assert taken() == 1
    errand = session().scalars(select(Errand).where(Errand.kind == "appointment.told")).one()
    assert errand.payload == {"appointment": made.id, "sequence": 0}


def test_when_it_is_full_three_other_ways_come_with_the_answer(citizen, neighbour, now):
    book(citizen, now)

    refused = book(neighbour, now)

    assert isinstance(refused, Taken)
    assert refused.problem == Problem("slot_taken", "starts_at")
    found = {one.kind: one for one in refused.instead}
    assert set(found) == set(AlternativeKind)
    assert found[AlternativeKind.TIME].slot.starts_at in {at("14:30"), at("15:30")}
    assert found[AlternativeKind.PLACE].station.id == "next"
    assert found[AlternativeKind.PLACE].slot.starts_at == at()
    assert found[AlternativeKind.MODE].offer.code in {CALL, VIDEO}
    assert [one.effort for one in refused.instead] == sorted(one.effort for one in refused.instead)
    assert taken() == 1
    assert session().scalar(select(Appointment.id).where(Appointment.person_id == neighbour.id)) is None


def test_a_station_nobody_knows_the_place_of_still_offers_its_own(citizen, neighbour, now):
    book(citizen, now)
    told = {"level": 3, "status": "active", "full_name": "", "lineage": "/99/", "pinyin": "", "initials": ""}
    session().add(Division(code="99", name="某地", **told))
    session().flush()
    session().get_one(Station, "near").division_code = "99"
    venue = session().get_one(Venue, "near")
    venue.lat = venue.lon = None
    session().flush()

    kinds = {one.kind for one in book(neighbour, now).instead}

    assert kinds == {AlternativeKind.TIME, AlternativeKind.MODE}


@pytest.mark.parametrize("clock", ["10:00", "15:07", "12:30"])
def test_a_time_that_is_no_time_is_answered_in_the_same_way(citizen, now, clock):
    assert isinstance(book(citizen, now, at(clock)), Taken)


def test_says_all_that_is_wrong_at_once(citizen, now):
    with pytest.raises(Rejected) as rejected:
        book(citizen, now, name=" " * 41, note="长" * 201)

    assert [one.code for one in rejected.value.problems] == [
        "appointment_name_missing",
        "appointment_name_long",
        "appointment_note_long",
    ]


@pytest.mark.parametrize(("station", "service"), [("jail", TALK), ("next", VIDEO)])
def test_what_a_place_does_not_offer_cannot_be_ordered(citizen, now, station, service):
    with pytest.raises(NotFound, match="service_not_offered"):
        book(citizen, now, station=town.code(station), service=service)


@pytest.mark.parametrize("capacity", [1, 5])
def test_nobody_holds_one_time_twice(citizen, now, capacity):
    town.seats(capacity)
    book(citizen, now)

    with pytest.raises(Rejected) as rejected:
        book(citizen, now)

    assert rejected.value.problems == (Problem("slot_yours", "starts_at"),)


def test_a_number_has_so_many_orders_ahead_and_no_more(citizen, now):
    for clock in ("14:00", "14:30", "15:00"):
        book(citizen, now, at(clock))

    with pytest.raises(Rejected) as rejected:
        book(citizen, now, at("15:30"))

    assert rejected.value.problems == (Problem("appointments_too_many", "starts_at", {"limit": 3}),)
    assert isinstance(book(citizen, now, service=CALL, starts_at=at("14:30")), Appointment)


def test_too_much_ordering_is_slowed_down(citizen, now):
    made = book(citizen, now)
    booking.cancel(citizen, made.link, now=now)
    session().scalars(select(Throttle)).one().hits = 20

    with pytest.raises(TooMany):
        book(citizen, now)


def test_without_an_account_a_code_is_enough(here, now):
    made = booking.book(ANYONE, order(), proof(now), now=now)

    assert (made.phone, made.person_id) == (NUMBER, None)


def test_a_wrong_code_counts_and_takes_no_place(here, now):
    given = proof(now)

    answer = booking.book(ANYONE, order(), Proof(given.request, "no"), now=now)

    assert answer.code == "code_wrong"
    assert session().get_one(OneTimeCode, given.request).tries == 1
    assert session().scalars(select(SlotUse)).all() == []


def test_a_code_is_still_good_where_the_time_was_taken(citizen, now):
    book(citizen, now)
    given = proof(now)

    assert isinstance(booking.book(ANYONE, order(), given, now=now), Taken)
    assert booking.book(ANYONE, order(at("15:30")), given, now=now).phone == NUMBER


def test_staff_order_for_somebody_with_their_code(here, now):
    assert booking.book(town.clerk(), order(), proof(now), now=now).person_id is None


def test_moves_to_another_time_and_gives_the_first_one_back(citizen, now):
    made = book(citizen, now)

    moved = booking.change(ANYONE, made.link, at("10:00", 1), now=now)

    assert (moved.starts_at, moved.sequence) == (at("10:00", 1), 1)
    assert (taken(), taken(at("10:00", 1))) == (0, 1)


def test_moves_nowhere_when_that_time_is_taken(citizen, neighbour, now):
    made = book(citizen, now)
    book(neighbour, now, at("15:30"))

    refused = booking.change(ANYONE, made.link, at("15:30"), now=now)

    assert refused.problem.code == "slot_taken"
    assert isinstance(booking.change(ANYONE, made.link, at("15:31"), now=now), Taken)
    assert (made.starts_at, made.sequence, taken()) == (at(), 0, 1)


def test_moving_is_for_another_time_that_is_not_ones_own(citizen, now):
    town.seats(5)
    made = book(citizen, now)
    book(citizen, now, at("15:30"))

    for starts_at, code in ((at(), "slot_same"), (at("15:30"), "slot_yours")):
        with pytest.raises(Rejected) as rejected:
            booking.change(ANYONE, made.link, starts_at, now=now)
        assert rejected.value.problems == (Problem(code, "starts_at"),)


def test_giving_back_frees_the_place_once(citizen, neighbour, now):
    made = book(citizen, now)

    for _ in range(2):
        assert booking.cancel(ANYONE, made.link, now=now).state == AppointmentState.CANCELLED
    assert (taken(), made.sequence) == (0, 1)
    assert isinstance(book(neighbour, now), Appointment)
    assert isinstance(book(citizen, now, at("15:30")), Appointment)


def test_after_the_last_moment_it_stays_as_it_is(citizen, now):
    made = book(citizen, now)

    with pytest.raises(Conflict, match="appointment_too_late_to_change"):
        booking.change(ANYONE, made.link, at("16:00"), now=at("14:01"))
    assert booking.change(ANYONE, made.link, at("16:30"), now=at("14:00")).starts_at == at("16:30")
    with pytest.raises(Conflict, match="appointment_too_late_to_cancel"):
        booking.cancel(ANYONE, made.link, now=at("16:31"))


@pytest.mark.parametrize("state", ["arrived", "done", "no_show"])
def test_what_is_over_is_neither_moved_nor_given_back(citizen, now, state):
    made = book(citizen, now)
    made.state = state

    for act in (
        lambda: booking.change(ANYONE, made.link, at("16:00"), now=now),
        lambda: booking.cancel(ANYONE, made.link, now=now),
    ):
        with pytest.raises(Conflict, match="appointment_not_open"):
            act()


def test_a_link_opens_one_appointment_for_a_while(citizen, now):
    made = book(citizen, now)
    late = at() + timedelta(days=1, minutes=1)

    assert queries.by_link(made.link, now=now) is made
    for link, when in ((made.link[::-1], now), (made.reference, now), (made.id, now), ("", now), (made.link, late)):
        with pytest.raises(NotFound, match="appointment_link_unknown"):
            queries.by_link(link, now=when)
        with pytest.raises(NotFound):
            booking.cancel(citizen, link, now=when)


def test_a_place_that_is_no_more_takes_no_orders(citizen, now):
    session().get_one(Station, "near").retired_on = now.date()
    session().flush()

    with pytest.raises(NotFound, match="service_not_offered"):
        book(citizen, now)
