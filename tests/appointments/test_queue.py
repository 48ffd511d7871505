"""One queue a day: numbers in order, called once each, by two windows at a time, and nobody outside is forgotten."""

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from appointments import booking
from appointments.models import Appointment
from appointments.models.ticket import Ticket
from appointments.queue import arrival, calling, expected, hall, line
from appointments.queue.hall import Read
from appointments.queue.states import TicketState
from core.db import keep, session
from core.errors import Conflict, Forbidden, NotFound, NotSignedIn, Rejected
from core.identity import ANYONE
from core.outbox import Errand
from locator.models import Deviation, Station
from tests.appointments import town
from tests.appointments.town import NOW, SIGNED_IN, at, order, together

HERE = {"address": "192.0.2.1"}


@pytest.fixture
def texts(monkeypatch):
    sent = []
    monkeypatch.setattr("core.sms.send", lambda phone, text: sent.append((phone, text)))
    return sent


def sign(now, place=""):
    return Read(hall.shown(town.code(place) if place else town.code(), now))


def come(now, reference=""):
    return arrival.come(ANYONE, town.code(), sign(now), reference, **HERE, now=now)


def booked(actor, now, clock="15:00"):
    return booking.book(actor, order(at(clock)), SIGNED_IN, now=now - timedelta(days=1))


def call(now, window="1 号窗口", clerk=None):
    return calling.call_next(clerk or town.clerk(), town.code(), window, now=now)


def carry_out(now):
    for one in session().scalars(select(Errand).where(Errand.kind == "queue.moved")).all():
        calling.tell(one.payload, now=now)
        session().delete(one)


def test_numbers_count_up_by_station_and_day(here, now):
    assert [come(now).row.number for _ in range(3)] == [1, 2, 3]
    assert arrival.come(ANYONE, town.code("next"), sign(now, "next"), "", **HERE, now=now).row.number == 1
    assert come(now + timedelta(days=1)).row.number == 1


def test_whoever_ordered_a_time_is_called_at_that_time_before_those_who_just_came(citizen, now):
    made = booked(citizen, now, "11:30")
    early, walked_in = come(at("11:00"), made.reference.lower()), come(at("10:45"))
    assert early.row.is_booked
    assert (made.state, come(at("11:05"), made.reference).row.id) == ("arrived", early.row.id)

    assert [one.id for one in line.waiting("near", now=at("11:20"))] == [walked_in.row.id, early.row.id]
    assert [one.id for one in line.waiting("near", now=at("11:30"))] == [early.row.id, walked_in.row.id]
    assert line.held(walked_in.row, now=at("11:31")).ahead == 1


def test_whoever_comes_late_waits_from_when_they_came(citizen, now):
    made = booked(citizen, now, "11:30")

    held = come(at("11:46"), made.reference)

    assert (held.row.is_booked, held.row.turn_at) == (False, at("11:46"))


def test_no_number_for_what_is_not_of_today_or_not_here(citizen, neighbour, now):
    made = booked(citizen, now)
    gone = booked(neighbour, now, "14:00")
    booking.cancel(neighbour, gone.link, now=now)
    for reference, when, code in (
        ("YY-NOTHING", now, "queue_order_unknown"),
        (made.reference, now, "queue_too_early"),
        (made.reference, now + timedelta(days=1), "queue_order_unfit"),
        (gone.reference, at("13:50"), "queue_order_unfit"),
    ):
        with pytest.raises(Rejected) as rejected:
            come(when, reference)
        assert rejected.value.problems[0].code == code
    there = (town.code("next"), sign(at("14:30"), "next"))
    with pytest.raises(Rejected):
        arrival.come(ANYONE, *there, made.reference, **HERE, now=at("14:30"))


def test_no_number_is_given_while_nobody_is_there(here, now):
    for clock in ("07:59", "17:00"):
        with pytest.raises(Rejected, match="rejected"):
            come(at(clock))
    assert come(at("08:00")).row.number == 1
    session().add(Deviation(station_id="near", first_on=at().date(), last_on=at().date(), reason="停电"))
    session().flush()
    with pytest.raises(Rejected):
        come(at("10:00"))
    session().get_one(Station, "near").hours = ""
    session().flush()
    assert come(at("20:00")).row.number == 2  # nobody knows: whoever stands in the hall does


def test_the_sign_of_the_hall_opens_the_queue_and_nothing_else_does(here, now):
    for code, told in ((town.code(), Read("x" * 12)), (town.code("next"), sign(now)), ("AAAA-9999", sign(now))):
        with pytest.raises(NotFound):
            arrival.come(ANYONE, code, told, "", **HERE, now=now)
    session().get_one(Station, "near").retired_on = at().date()
    session().flush()
    with pytest.raises(NotFound, match="queue_sign_unknown"):
        come(now)


def test_one_after_the_other_is_called_and_done(citizen, now):
    made = booked(citizen, now, "10:00")
    first, second = come(now, made.reference), come(now)

    called = call(at("10:00"))
    assert (called.id, called.window, called.state) == (first.row.id, "1 号窗口", "called")
    assert call(at("10:20")).id == second.row.id
    assert (called.state, called.over_at, made.state) == ("served", at("10:20"), "done")
    assert call(at("10:30")) is None
    assert second.row.state == "served"
    for wrong in ("  ", "窗" * 21):
        with pytest.raises(Rejected):
            call(now, wrong)


def test_a_number_that_was_missed_goes_back_and_is_called_again(here, now):
    held = come(now)
    call(now)
    assert calling.mark(town.clerk(), held.row.id, TicketState.MISSED, now=now).state == "missed"
    with pytest.raises(Conflict, match="ticket_state_unfit"):
        calling.mark(town.clerk(), held.row.id, TicketState.SERVED, now=now)
    assert [one.id for one in calling.of_today(town.clerk(), town.code(), now=now)] == [held.row.id]
    assert line.held(held.row, now=now).wait is None
    calling.mark(town.clerk(), held.row.id, TicketState.WAITING, now=now)

    assert call(now).id == held.row.id


def test_it_is_the_business_of_those_who_attend_there(citizen, now):
    held = come(now)
    far = town.clerk("430281")
    for act in (
        lambda who: calling.of_today(who, town.code(), now=now),
        lambda who: call(now, clerk=who),
        lambda who: calling.mark(who, held.row.id, TicketState.LEFT, now=now),
        lambda who: arrival.add(who, town.code(), "", "", now=now),
    ):
        for stranger, refusal in ((far, NotFound), (citizen, Forbidden), (ANYONE, NotSignedIn)):
            with pytest.raises(refusal):
                act(stranger)
    for act in (arrival.leave, arrival.text_me):
        with pytest.raises(NotFound, match="ticket_unknown"):
            act(ANYONE, "nobody", now=now)


def test_whoever_waits_outside_is_texted_when_it_is_near_and_when_it_is_time(citizen, now, texts):
    made = booked(citizen, now, "11:00")
    ahead = [come(at("10:10")) for _ in range(3)]
    mine = come(at("10:20"), made.reference)
    with pytest.raises(Conflict, match="queue_no_number_to_text"):
        arrival.text_me(ANYONE, ahead[0].row.link, now=at("10:20"))
    assert arrival.text_me(ANYONE, mine.row.link, now=at("10:20")).row.phone == "13800000001"
    other = arrival.add(town.clerk(), town.code(), "", "138 0000 0007", now=at("10:21"))
    with pytest.raises(Rejected):
        arrival.add(town.clerk(), town.code(), "", "123", now=now)

    for clock in ("10:30", "10:31", "10:32"):
        call(at(clock))
        carry_out(at(clock))
    assert [phone for phone, _ in texts] == ["13800000007", "13800000001"]
    assert f"快到您了（{mine.row.number} 号）" in texts[1][1]
    calling.mark(town.clerk(), other.row.id, TicketState.LEFT, now=at("10:40"))
    call(at("11:00"), "2 号窗口")
    carry_out(at("11:00"))
    assert f"请 {mine.row.number} 号到“2 号窗口”" in texts[2][1]
    assert f"/queue/of/{mine.row.link}" in texts[2][1]
    assert len(texts) == 3


def test_whoever_leaves_is_not_called(here, now):
    mine, other = come(now), come(now)

    for _ in range(2):
        assert arrival.leave(ANYONE, mine.row.link, now=now).row.state == "left"
    assert call(now).id == other.row.id


def test_whoever_is_called_while_they_look_is_told_no_wait(here, now):
    mine = come(now).row
    called = update(Ticket).where(Ticket.id == mine.id).values(state=TicketState.CALLED.value)
    session().execute(called.execution_options(synchronize_session=False))  # by somebody else, after it was read

    seen = line.held(mine, now=now)

    assert (seen.ahead, seen.wait) == (0, None)


def test_the_board_shows_numbers_and_no_names(here, now):
    come(now)
    come(now)
    call(now)

    board = line.board(town.code(), now=now)

    assert ([one.number for one in board.called], board.waiting, board.wait.least) == ([1], 1, 10)


def test_telephones_are_forgotten_the_next_day(here, now):
    row = arrival.add(town.clerk(), town.code(), "", "13800000007", now=now).row

    calling.forget({}, now=now)
    assert row.phone
    calling.forget({}, now=now + timedelta(days=1))
    session().refresh(row)
    assert (row.phone, row.state) == ("", "left")


@pytest.mark.parametrize(
    ("ahead", "windows", "talks", "least", "most"),
    [
        (0, 0, [], 0, 30),
        (3, 1, [20, 20], 30, 120),  # too few to be believed
        (3, 2, [20, 20, 20], 30, 40),
        (2, 1, [10, 20, 30, 40], 35, 100),
        (0, 3, [2, 2, 2], 0, 5),
    ],
)
def test_the_wait_is_a_range_from_what_talks_took_today(settings, ahead, windows, talks, least, most):
    assert expected.wait(ahead, windows, talks) == expected.Wait(least, most)


def test_windows_at_work_and_talks_of_today_are_counted(here, now):
    for _ in range(8):
        come(now)
    clerks = [town.clerk(), town.clerk("4302")]
    for minutes in (0, 10, 20, 30):
        call(now + timedelta(minutes=minutes), clerk=clerks[0])
    call(now + timedelta(minutes=30), clerk=clerks[1])

    held = line.held(line.waiting("near", now=now)[-1], now=now + timedelta(minutes=31))

    assert (held.ahead, held.wait) == (2, expected.Wait(10, 15))


def test_two_windows_never_call_the_same_number(house):
    waiting = 12

    def prepare():
        town.put_up()
        for _ in range(waiting):
            come(NOW)

    keep(prepare)
    clerks = [town.clerk("4302"), town.clerk("43"), town.clerk()]

    def work(clerk):
        found = []
        for _ in range(waiting // 3 + 2):
            row = keep(lambda: call(NOW, clerk.region, clerk))
            found += [row.number] if row is not None else []
        return found

    called = together([lambda one=one: work(one) for one in clerks])

    counted = Counter(number for found in called for number in found)
    assert counted == dict.fromkeys(range(1, waiting + 1), 1)
    states = keep(lambda: Counter(session().scalars(select(Ticket.state)).all()))
    assert states["served"] + states["called"] == waiting  # the last one of each window may still be there


def test_numbers_taken_at_one_moment_are_one_each(house):
    keep(town.put_up)

    taken = together([lambda: keep(lambda: come(NOW)).row.number] * 12)

    assert sorted(taken) == list(range(1, 13))
    assert keep(lambda: session().scalars(select(Appointment)).all()) == []
