from dataclasses import replace

import pytest
from sqlalchemy import select

from appointments import booking
from appointments.models import Appointment
from appointments.models.home_visit import VisitStop
from appointments.states import AppointmentState
from appointments.visits import ordering
from appointments.visits.form import Where, Whom
from appointments.visits.ordering import Gone
from appointments.visits.wishes import Relation, Wishes
from core.db import session
from core.errors import Conflict, Malformed, NotFound, Problem, Rejected
from core.identity import ANYONE
from core.outbox import Errand
from tests.appointments import town
from tests.appointments.town import NOW, at
from tests.appointments.visits import village
from tests.appointments.visits.village import SIGNED_IN, TUESDAY, home, ordered, stops, wanted


def test_promises_a_window_and_plans_the_day(citizen):
    made = ordering.order(citizen, wanted(), SIGNED_IN, now=NOW)

    visit = village.visit(made)
    assert (made.service, made.state, made.starts_at) == ("home_visit", "booked", at("10:00", ahead=1))
    assert (visit.team_id, visit.window_from, visit.window_until) == ("team0", 600, 660)
    assert stops() == [(made.id, 600)]
    assert village.round_of().back_at > 660


def test_says_all_that_is_wrong_at_once(citizen):
    empty = wanted(where=Where(home(), " ", "长" * 201), name="", reasons=(), note="长" * 201)
    other = replace(empty, starts_at=None, whom=Whom("", "123", Relation.CARER))

    with pytest.raises(Rejected) as rejected:
        ordering.order(citizen, other, SIGNED_IN, now=NOW)

    assert rejected.value.problems == (
        Problem("appointment_name_missing", "name"),
        Problem("visit_address_missing", "address"),
        Problem("appointment_note_long", "access_notes"),
        Problem("appointment_note_long", "note"),
        Problem("visit_reason_missing", "reasons"),
        Problem("visit_visitee_missing", "visitee_name"),
        Problem("visit_phone_unfit", "visitee_phone"),
        Problem("visit_not_agreed", "agreed"),
        Problem("slot_missing", "starts_at"),
    )


def test_a_window_that_is_gone_is_answered_with_the_nearest(citizen):
    for number, clock in enumerate(["10:00", "11:00", "13:00", "14:00", "15:00"]):
        ordered(at(clock, ahead=1), number=f"1390000010{number}")

    found = ordering.order(citizen, wanted(), SIGNED_IN, now=NOW)

    assert isinstance(found, Gone)
    assert found.problem == Problem("slot_taken", "starts_at")
    assert [one.on for one in found.instead] == [TUESDAY.replace(day=25)] * 3


def test_whoever_comes_too_late_once_the_day_is_held_gets_others(citizen, monkeypatch):
    monkeypatch.setattr(ordering, "is_free", lambda *_given: False)

    assert isinstance(ordering.order(citizen, wanted(), SIGNED_IN, now=NOW), Gone)
    assert session().scalars(select(Appointment)).all() == []


def test_a_wrong_code_is_counted_and_nothing_is_kept(here):
    found = ordering.order(ANYONE, wanted(), ordering.Proof("nobody", "123456"), now=NOW)

    assert isinstance(found, Problem)
    assert session().scalars(select(VisitStop)).all() == []


def test_another_window_is_found_for_whoever_has_the_link(citizen):
    made = ordering.order(citizen, wanted(), SIGNED_IN, now=NOW)
    other = ordered(at("14:00", ahead=1), where=Where(home(0.02), "别处 1 号"))

    moved = ordering.change(ANYONE, made.link, at("15:00", ahead=1), now=NOW)

    assert (moved.starts_at, moved.sequence) == (at("15:00", ahead=1), 1)
    assert [key for key, _ in stops()] == [other.id, made.id]
    assert village.visit(made).window_from == 900


def test_moves_to_another_day(citizen):
    made = ordering.order(citizen, wanted(), SIGNED_IN, now=NOW)

    ordering.change(ANYONE, made.link, at("10:00", ahead=2), now=NOW)

    assert stops() == []
    assert stops(on=TUESDAY.replace(day=25)) == [(made.id, 600)]


def test_a_change_to_what_is_gone_leaves_all_as_it_was(citizen):
    made = ordering.order(citizen, wanted(), SIGNED_IN, now=NOW)
    for number, clock in enumerate(["09:00", "10:00", "13:00", "14:00", "15:00"]):
        ordered(at(clock, ahead=2), number=f"1390000010{number}")

    found = ordering.change(ANYONE, made.link, at("10:00", ahead=2), now=NOW)

    assert isinstance(found, Gone)
    assert stops() == [(made.id, 600)]
    assert session().get_one(Appointment, made.id).starts_at == at("10:00", ahead=1)


def test_a_change_says_what_stands_in_its_way(citizen):
    made = ordering.order(citizen, wanted(), SIGNED_IN, now=NOW)
    talk = booking.book(citizen, town.order(), SIGNED_IN, now=NOW)

    with pytest.raises(Rejected):
        ordering.change(citizen, made.link, made.starts_at, now=NOW)
    with pytest.raises(Conflict, match="too_late"):
        ordering.change(citizen, made.link, at("10:00", ahead=2), now=at("09:59", ahead=1))
    with pytest.raises(NotFound):
        ordering.change(citizen, talk.link, at("10:00", ahead=2), now=NOW)
    booking.cancel(citizen, made.link, now=NOW)
    with pytest.raises(Conflict, match="not_open"):
        ordering.change(citizen, made.link, at("10:00", ahead=2), now=NOW)


def test_the_usual_page_does_not_move_a_visit(citizen):
    made = ordering.order(citizen, wanted(), SIGNED_IN, now=NOW)

    with pytest.raises(NotFound):
        booking.change(citizen, made.link, at("10:00", ahead=2), now=NOW)


def test_a_visit_that_is_cancelled_gives_its_place_back(citizen):
    made = ordering.order(citizen, wanted(), SIGNED_IN, now=NOW)

    booking.cancel(ANYONE, made.link, now=NOW)
    booking.cancel(ANYONE, made.link, now=NOW)

    assert stops() == []
    assert session().get_one(Appointment, made.id).state == AppointmentState.CANCELLED


def test_whoever_is_left_is_told_the_new_time_within_their_window(citizen):
    first = ordering.order(citizen, wanted(at("10:00", ahead=1)), SIGNED_IN, now=NOW)
    second = ordered(at("11:00", ahead=1), where=Where(home(0.06), "别处 1 号"))
    before = dict(stops())[second.id]

    booking.cancel(citizen, first.link, now=NOW)

    told = [one.payload for one in session().scalars(select(Errand).where(Errand.kind == "visit.moved"))]
    assert before > 660
    assert stops() == [(second.id, 660)]
    assert told == [{"appointment": second.id, "arrives": 660}]


def test_on_the_day_itself_the_order_stands(citizen):
    first = ordering.order(citizen, wanted(at("10:00", ahead=1)), SIGNED_IN, now=NOW)
    second = ordered(at("13:00", ahead=1), number="13900000001", where=Where(home(0.05), "别处 1 号"))
    third = ordered(at("14:00", ahead=1), number="13900000002", where=Where(home(0.0), "别处 2 号"))

    booking.cancel(citizen, first.link, now=at("09:10", ahead=1))

    assert [key for key, _ in stops()] == [second.id, third.id]


def test_several_visits_for_one_number_are_few(citizen):
    for day in (1, 2, 3):
        ordering.order(citizen, wanted(at("10:00", ahead=day)), SIGNED_IN, now=NOW)

    with pytest.raises(Rejected) as rejected:
        ordering.order(citizen, wanted(at("10:00", ahead=4)), SIGNED_IN, now=NOW)
    assert rejected.value.problems[0].code == "appointments_too_many"


def test_whoever_is_visited_is_told_when_somebody_else_orders(citizen):
    whom = Whom("老王", "139 0000 0009", Relation.CARER, agreed=True)

    made = ordering.order(citizen, wanted(whom=whom), SIGNED_IN, now=NOW)

    visit = village.visit(made)
    told = session().scalars(select(Errand).where(Errand.kind == "visit.visitee_told")).one()
    assert (visit.visitee_name, visit.visitee_phone, visit.relation) == ("老王", "13900000009", "carer")
    assert told.payload == {"appointment": made.id, "sequence": 0}


def test_a_point_far_from_the_division_it_is_said_to_be_in_is_refused(here):
    with pytest.raises(Malformed):
        home(2.0)


def test_wishes_are_kept_as_they_were_said(citizen):
    made = ordering.order(citizen, wanted(wishes=Wishes()), SIGNED_IN, now=NOW)

    assert ordering.asked_of(village.visit(made)).wishes == Wishes()
