"""Waiting for a time: in order, one at a time, never two promised the same, and nobody forgotten."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from appointments import booking, offering, seats, waiting_jobs, waitlist
from appointments.guards import Proof
from appointments.models import Appointment
from appointments.models.hold import Hold
from appointments.models.task import Task
from appointments.models.waiting import WaitingOffer
from appointments.needs import AccessNeed
from appointments.orders import Reach
from core import sms
from core.db import session
from core.errors import Conflict, Forbidden, NotFound, NotSignedIn, Problem, Rejected
from core.identity import ANYONE
from core.outbox import Errand
from locator import queries as places
from locator.models import Station
from tests.appointments import town
from tests.appointments.test_booking import proof
from tests.appointments.town import NOW, SIGNED_IN, TALK, at, order
from tests.appointments.waiters import DAY, HOUR, entry, full, offer_of, taken, wait


@pytest.fixture
def texts():
    memory = sms.Memory()
    sms.use(memory)
    yield memory
    sms.use(None)


def test_a_place_that_is_given_back_goes_to_whoever_waits_and_is_never_free_in_between(here, neighbour, now):
    (made,) = full()
    waiting = wait("13800000003")

    booking.cancel(ANYONE, made.link, now=now)

    assert offer_of(waiting) == at()
    assert taken() == 1
    assert not isinstance(booking.book(neighbour, order(), SIGNED_IN, now=now), Appointment)

    mine = waitlist.accept(ANYONE, waiting.link, now=now)
    assert (mine.starts_at, mine.name, mine.phone, mine.person_id) == (at(), "张先生", "13800000003", waiting.person_id)
    assert (taken(), waiting.state, session().scalars(select(Hold)).all()) == (1, "served", [])
    with pytest.raises(Conflict, match="offer_over"):
        waitlist.accept(ANYONE, waiting.link, now=now)


def test_moving_gives_the_old_place_to_whoever_waits(here, now):
    made, other = full(clocks=("15:00", "15:30"))
    booking.cancel(ANYONE, other.link, now=now)
    waiting = wait("13800000003")

    booking.change(ANYONE, made.link, at("15:30"), now=now)

    assert offer_of(waiting) == at("15:00")


def test_those_who_need_it_most_come_first_then_those_who_wait_longest(here, now):
    made = full(3)
    later, first = wait("13800000003", now + HOUR), wait("13800000004", now)
    needy = wait("13800000005", now + 2 * HOUR, needs=(AccessNeed.WHEELCHAIR, AccessNeed.COMPANION))

    order_of_offers = []
    for one in made:
        booking.cancel(ANYONE, one.link, now=now)
        order_of_offers.append([one for one in (later, first, needy) if offer_of(one)])

    assert order_of_offers == [[needy], [first, needy], [later, first, needy]]


def test_nobody_is_offered_what_would_not_suit(here, now):
    (made,) = full()
    for number, unfit in (
        ("13800000003", {"first_on": DAY + timedelta(days=1), "last_on": DAY + timedelta(days=2)}),
        ("13800000004", {"station": town.code("next")}),
    ):
        wait(number, **unfit)
    own = booking.cancel(ANYONE, made.link, now=now)
    assert (own.state, taken()) == ("cancelled", 0)

    again = booking.book(town.citizen("13800000006"), order(), SIGNED_IN, now=now)
    too_late = at() - timedelta(hours=2, minutes=30)
    wait("13800000007")
    booking.cancel(ANYONE, again.link, now=too_late)
    assert taken() == 0
    assert session().scalars(select(WaitingOffer)).all() == []


def test_whoever_declines_makes_room_for_the_next_and_goes_on_waiting(here, now):
    (made,) = full()
    first, second = wait("13800000003"), wait("13800000004", now + HOUR)
    booking.cancel(ANYONE, made.link, now=now)

    waitlist.decline(ANYONE, first.link, now=now)
    assert (offer_of(first), offer_of(second), first.state) == (None, at(), "waiting")
    waitlist.leave(ANYONE, second.link, now=now)
    assert (second.state, taken()) == ("left", 0)  # the first has had this time
    assert waitlist.leave(ANYONE, second.link, now=now).state == "left"
    assert waitlist.decline(ANYONE, first.link, now=now).state == "waiting"


def test_an_offer_nobody_answers_goes_to_the_next_and_who_never_answers_is_taken_off(here, now, texts):
    made = full(clocks=("15:00", "15:30"))
    first, second = wait("13800000003"), wait("13800000004", now + HOUR)
    booking.cancel(ANYONE, made[0].link, now=now)
    offered = session().scalars(select(WaitingOffer)).one()

    for _ in range(2):
        offering.pass_over({"offer": offered.id}, now=now + HOUR)
    assert (offer_of(first), offer_of(second), first.unanswered) == (None, at("15:00"), 1)

    booking.cancel(ANYONE, made[1].link, now=now)
    assert offer_of(first) == at("15:30")


def test_who_lets_two_offers_pass_is_taken_off_and_told(here, now, texts):
    made = full(clocks=("15:00", "15:30"))
    waiting = wait("13800000003")
    for one in made:
        booking.cancel(ANYONE, one.link, now=now)
        standing = session().scalars(select(WaitingOffer).where(WaitingOffer.state == "open")).one()
        offering.pass_over({"offer": standing.id}, now=now + HOUR)

    assert waiting.state == "over"
    waiting_jobs.tell({"waiting": waiting.id}, now=now)
    assert "等候登记已结束" in texts.outgoing[-1].text
    assert (taken("15:00"), taken("15:30")) == (0, 0)


def test_a_hold_that_ran_out_before_anybody_passed_it_on_is_the_other_persons(here, neighbour, now):
    (made,) = full()
    waiting = wait("13800000003")
    booking.cancel(ANYONE, made.link, now=now)
    late = now + HOUR + offering.SLACK

    assert isinstance(booking.book(neighbour, order(), SIGNED_IN, now=late), Appointment)
    with pytest.raises(Conflict, match="offer_over"):
        waitlist.accept(ANYONE, waiting.link, now=late)


def test_what_comes_free_by_any_way_is_found(here, now):
    town.seats(2, opens=900, closes=960)
    three = [wait(f"1380000000{n}", now + timedelta(minutes=n)) for n in (3, 4, 5)]
    offering.look_round({}, now=now)
    *joined, errand = session().scalars(select(Errand).where(Errand.kind == "waiting.list")).all()
    assert [one.payload for one in joined] == [errand.payload] * 3

    for _ in range(2):
        offering.look(errand.payload, now=now)
    assert [offer_of(one) for one in three] == [at("15:00"), at("15:00"), at("15:30")]
    assert (taken("15:00"), taken("15:30")) == (2, 1)

    session().get_one(Station, "near").services = []
    session().flush()
    places.forget()
    offering.look(errand.payload, now=now)


def test_looking_stops_where_somebody_was_quicker(here, now, monkeypatch):
    town.seats(1, opens=900, closes=930)
    waiting = wait("13800000003")
    monkeypatch.setattr(seats, "take", lambda *_, **__: False)

    offering.look({"station": "near", "service": "window_talk"}, now=now)

    assert offer_of(waiting) is None


def test_a_night_is_not_counted_and_nobody_is_woken(here):
    night = NOW + timedelta(hours=13)  # Monday 22:30
    town.seats(1, opens=900, closes=930)
    made = town.booked(at(ahead=1))
    waiting = wait("13800000003", first_on=DAY, last_on=DAY + timedelta(days=1))

    booking.cancel(ANYONE, made.link, now=night)

    assert waitlist.find(waiting.link, now=night).offered.until == at("09:00", 1)
    told = session().scalars(select(Errand).where(Errand.kind == "waiting.offered")).one()
    assert told.due_at == at("08:00", 1)


def test_texts_say_when_and_nothing_else_and_the_rest_is_rung_up(here, now, texts):
    one, two = full(2)
    waiting = wait("13800000003")
    wait("13800000004", now + HOUR, reach=Reach.CALL)
    for made in (one, two):
        booking.cancel(ANYONE, made.link, now=now)
    offers = {one.waiting_id: one for one in session().scalars(select(WaitingOffer))}
    waiting_jobs.tell({"waiting": waiting.id}, now=now)
    for offer in offers.values():
        waiting_jobs.tell_offer({"offer": offer.id}, now=now)

    joined, offered = (text.text for text in texts.outgoing)
    assert "已为您登记等候" in joined
    assert offered.startswith("有空出来的时间：11月23日 星期一 15:00，为您留到 11月23日 星期一 10:30。")
    assert len(offered.replace("http://127.0.0.1:8000", "https://" + "x" * 25)) <= 134
    assert not any(told in offered for told in ("张", "法律", "near", "窗口"))
    session().flush()
    (task,) = session().scalars(select(Task)).all()
    assert (task.reason, task.phone, task.due_at) == ("offer", "13800000004", now + 3 * HOUR)

    answered = next(one for one in offers.values() if one.waiting_id != waiting.id)
    offering.close(answered, "declined", now=now)
    session().refresh(task)
    assert task.done_at == now

    waitlist.decline(ANYONE, waiting.link, now=now)
    waiting_jobs.tell_offer({"offer": offers[waiting.id].id}, now=now)
    waitlist.leave(ANYONE, waiting.link, now=now)
    waiting_jobs.tell({"waiting": waiting.id}, now=now)
    assert len(texts.outgoing) == 2


def test_staff_answer_for_whoever_they_have_on_the_telephone_in_their_region_alone(here, citizen, now):
    made, other = full(2)
    waiting = wait("13800000003", reach=Reach.CALL)
    booking.cancel(ANYONE, made.link, now=now)

    (seen,) = waitlist.listed(town.clerk(), now=now)
    assert (seen.row.id, seen.offered.starts_at) == (waiting.id, at())
    assert waitlist.listed(town.clerk("430281"), now=now) == []
    with pytest.raises(NotFound, match="waiting_unknown"):
        waitlist.answer_for(town.clerk("430281"), waiting.id, accepts=True, now=now)
    for stranger, refusal in ((ANYONE, NotSignedIn), (citizen, Forbidden)):
        with pytest.raises(refusal):
            waitlist.answer_for(stranger, waiting.id, accepts=True, now=now)
        with pytest.raises(refusal):
            waitlist.listed(stranger, now=now)

    assert waitlist.answer_for(town.clerk(), waiting.id, accepts=False, now=now) is None
    assert waitlist.answer_for(town.clerk(), waiting.id, accepts=False, now=now) is None
    with pytest.raises(Conflict, match="offer_over"):
        waitlist.answer_for(town.clerk(), waiting.id, accepts=True, now=now)
    again = wait("13800000008")
    booking.cancel(ANYONE, other.link, now=now)
    assert waitlist.answer_for(town.clerk(), again.id, accepts=True, now=now).phone == "13800000008"


def test_a_stranger_to_the_link_learns_nothing(here, now):
    waiting = wait("13800000003")

    for verb in (waitlist.accept, waitlist.decline, waitlist.leave):
        with pytest.raises(NotFound, match="waiting_link_unknown"):
            verb(ANYONE, "x" * 22, now=now)
    assert waitlist.find(waiting.link, now=now + timedelta(days=7)).row is waiting
    with pytest.raises(NotFound, match="waiting_link_unknown"):
        waitlist.find(waiting.link, now=now + timedelta(days=8))


def test_says_what_is_wrong_and_a_number_waits_in_few_places(here, citizen, now):
    def codes(**given):
        with pytest.raises(Rejected) as rejected:
            waitlist.join(citizen, entry(**given), SIGNED_IN, now=now)
        return [one.code for one in rejected.value.problems]

    assert codes(name=" ", last_on=DAY - timedelta(days=1)) == ["appointment_name_missing", "waiting_days_unfit"]
    assert codes(last_on=DAY + timedelta(days=31)) == ["waiting_days_unfit"]
    assert codes(name="长" * 41) == ["appointment_name_long"]
    for station, service in (("near", TALK), ("near", town.CALL), ("next", TALK)):
        waitlist.join(citizen, entry(station=town.code(station), service=service), SIGNED_IN, now=now)
    assert codes() == ["waiting_already"]
    assert codes(station=town.code("far")) == ["waiting_too_many"]


def test_a_code_is_enough_and_a_wrong_one_is_said(here, now):
    assert isinstance(waitlist.join(ANYONE, entry(), Proof("x", "y"), now=now), Problem)

    assert waitlist.join(ANYONE, entry(), proof(now), now=now).person_id is None


def test_who_waited_is_taken_off_when_the_days_are_over_and_forgotten_after_half_a_year(here, now):
    waiting = wait("13800000003")
    waiting_jobs.sweep({}, now=now + timedelta(days=1))
    session().refresh(waiting)
    assert (waiting.state, waiting.name) == ("over", "张先生")

    waiting_jobs.sweep({}, now=now + timedelta(days=182))
    session().refresh(waiting)
    assert (waiting.name, waiting.phone, waiting.needs, waiting.phone_index) == ("", "", [], "")
