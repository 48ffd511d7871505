"""Reminders: each once, of the appointment as it stands, never at night, never too late; and what became of them."""

from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select, text

from appointments import booking, reached, reminders
from appointments.ladder import Ladder
from appointments.models import Appointment
from appointments.models.reminder import Reminder
from appointments.models.task import Task
from appointments.orders import Reach
from core import jobs, quiet, sms
from core.calendar import CHINA
from core.db import keep, reading, session
from core.errors import Conflict, NotFound, Unavailable
from core.identity import ANYONE, Actor, ActorKind
from core.outbox import Errand
from locator import queries as places
from messages import queries as inbox
from tests.appointments import town
from tests.appointments.town import NOW, SIGNED_IN, at, order

NIGHT = (time(21), time(8))
STEPS = (("3d", timedelta(days=3)), ("1d", timedelta(days=1)), ("2h", timedelta(hours=2)))
LADDER = Ladder(STEPS, timedelta(minutes=30), timedelta(hours=2), NIGHT)
LONG_AGO = NOW - timedelta(days=30)
MINUTES = st.integers(0, 60 * 24 * 14)


@pytest.fixture
def texts():
    memory = sms.Memory()
    sms.use(memory)
    yield memory
    sms.use(None)


@pytest.fixture
def far(db, now):
    """Somebody who has ordered for Friday morning, five days ahead."""

    def work():
        town.put_up()
        return booking.book(town.citizen(), order(at("10:00", 4), name="王某", note="欠薪"), SIGNED_IN, now=now)

    yield keep(work)
    places.forget()


def reminded(texts):
    return [one.text for one in texts.outgoing if one.text.startswith("提醒")]


def run(*moments):
    """Look ahead at each moment, and carry out what is due."""
    for moment in moments:
        keep(lambda moment=moment: reminders.look_ahead({}, now=moment))
        while mine := jobs.claim(moment):
            jobs.carry_out(mine, now=moment)


@given(minutes=MINUTES)
def test_no_moment_is_at_night_or_too_late_and_none_is_lost(minutes):
    starts_at = NOW + timedelta(minutes=minutes)
    moments = LADDER.moments(starts_at)

    assert {name for name, _ in moments} == {"3d", "1d", "2h"}
    for _, moment in moments:
        assert not quiet.is_quiet(moment, NIGHT)
        assert moment <= starts_at - LADDER.latest or quiet.is_quiet(starts_at - LADDER.latest, NIGHT)
        assert moment < starts_at
        assert starts_at - moment <= LADDER.reach


@given(minutes=MINUTES, ahead=st.integers(-600, 60 * 24 * 5))
def test_what_is_due_has_come_and_is_not_said_at_night_or_just_after_news(minutes, ahead):
    now = NOW + timedelta(minutes=minutes)
    step = LADDER.due(now + timedelta(minutes=ahead), now - timedelta(minutes=90), now=now)
    assert step is None
    step = LADDER.due(now + timedelta(minutes=ahead), LONG_AGO, now=now)
    if step:
        assert not quiet.is_quiet(now, NIGHT)
        assert ahead >= 30


@pytest.mark.parametrize(
    ("clock", "day", "expected"),
    [
        ("15:00", 4, ["24 15:00", "26 15:00", "27 13:00"]),
        ("09:00", 4, ["24 09:00", "26 09:00", "27 08:00"]),  # two hours before is night: in the morning
        ("08:10", 4, ["24 08:10", "26 08:10", "26 20:59"]),  # too late in the morning: the evening before
        ("21:30", 4, ["25 08:00", "27 08:00", "27 19:30"]),
        ("23:30", 4, ["25 08:00", "27 08:00", "27 20:59"]),
    ],
)
def test_the_night_is_kept_free(clock, day, expected):
    said = [f"{moment.astimezone(CHINA):%d %H:%M}" for _, moment in LADDER.moments(at(clock, day))]

    assert said == expected


def test_three_texts_go_out_each_once_and_say_when_and_nothing_else(far, texts):
    run(at("09:59", 1), at("10:01", 1), at("10:06", 1), at("22:00", 2), at("10:01", 3), at("08:01", 4), at("09:29", 4))

    said = reminded(texts)
    assert len(said) == 3
    assert len(set(said)) == 1
    assert said[0].startswith("提醒：您约的时间是11月27日 星期五 10:00。")
    assert far.link in said[0]
    assert not any(told in said[0] for told in ("王某", "欠薪", "法律", "near", "窗口"))
    assert len(said[0].replace("http://127.0.0.1:8000", "https://" + "x" * 25)) <= 134  # two segments
    with reading():
        assert session().scalar(select(func.count()).select_from(Reminder)) == 3
        assert reached.of([far.id])[far.id].reminder == "提醒短信已发出"


def test_what_was_moved_is_reminded_of_as_it_stands_and_what_was_given_back_not_at_all(far, texts, now):
    keep(lambda: booking.change(ANYONE, far.link, at("15:00", 4), now=now))
    run(at("10:01", 1), at("15:01", 1))
    (said,) = reminded(texts)
    assert "15:00" in said

    keep(lambda: booking.cancel(ANYONE, far.link, now=now + timedelta(days=1)))
    run(at("15:01", 3), at("13:01", 4))
    assert len(reminded(texts)) == 1


def test_many_reminders_are_left_in_portions_and_each_once(db, monkeypatch, count_statements):
    def work():
        town.put_up()
        for clock in ("10:00", "10:30", "11:00"):
            booking.book(town.citizen(f"139000{clock[:2]}{clock[3:]}0"), order(at(clock, 4)), SIGNED_IN, now=NOW)

    monkeypatch.setattr(reminders, "A_RUN", 2)
    keep(work)
    counts = []
    with count_statements() as sent:
        for _ in range(3):
            keep(lambda: reminders.look_ahead({}, now=at("11:01", 1)))
            with reading():
                asked = select(func.count()).where(Errand.kind == "appointment.remind")
                counts.append(session().scalar(asked))
    places.forget()

    assert counts == [2, 3, 3]
    asked = [one.split(" IN ")[1] for one in sent if "FROM errand" in one and " IN (" in one]
    assert all(one.count(",") <= 1 for one in asked)
    assert asked


def test_an_errand_left_for_what_was_overtaken_says_nothing(far, texts, now):
    when = at("10:01", 1)
    keep(lambda: reminders.look_ahead({}, now=when))
    keep(lambda: booking.change(ANYONE, far.link, at("16:00", 4), now=when))
    jobs.run_due(when)
    assert reminded(texts) == []

    keep(lambda: reminders.remind({"appointment": far.id}, now=at("16:01", 3)))
    keep(lambda: reminders.remind({"appointment": far.id}, now=at("16:02", 3)))
    with reading():
        assert session().scalar(select(func.count()).select_from(Reminder)) == 1


def test_who_asked_for_calls_is_rung_up(db, texts, now):
    def work():
        town.put_up()
        told = order(at("10:00", 4), reach=Reach.CALL)
        return booking.book(town.citizen(), told, SIGNED_IN, now=now)

    made = keep(work)
    run(at("10:01", 1))

    assert reminded(texts) == []
    with reading():
        task = session().scalars(select(Task)).one()
        assert (task.reason, task.phone, task.due_at) == ("reminder", "13800000001", at("11:01", 1))
        assert reached.of([made.id])[made.id].reminder == "打电话提醒"
    places.forget()


class Away:
    """A gateway that takes nothing."""

    def send(self, *_):
        raise Unavailable("sms_unavailable")


TRIES = [at("10:01", 1) + timedelta(seconds=waited) for waited in (0, 10, 71, 372)]


def test_a_text_nobody_could_hand_over_becomes_a_call_once(far):
    sms.use(Away())
    run(TRIES[0])
    with reading():
        assert reached.of([far.id])[far.id].reminder == "正在发提醒短信"
        assert session().scalar(select(func.count()).select_from(Task)) == 0

    run(*TRIES[1:], TRIES[-1] + timedelta(minutes=1))
    sms.use(None)
    with reading():
        task = session().scalars(select(Task)).one()
        assert (task.reason, task.phone) == ("reminder", far.phone)
        assert reached.of([far.id])[far.id].reminder == "提醒短信发不出去，已转电话"


@pytest.mark.parametrize("meanwhile", ["cancelled", "moved"])
def test_a_text_that_was_lost_for_what_was_given_back_or_moved_troubles_nobody(far, now, meanwhile):
    sms.use(Away())
    run(*TRIES[:3])
    if meanwhile == "cancelled":
        keep(lambda: booking.cancel(ANYONE, far.link, now=TRIES[2]))
    else:
        keep(lambda: booking.change(ANYONE, far.link, at("15:00", 4), now=TRIES[2]))

    run(TRIES[3])
    sms.use(None)
    with reading():
        assert session().scalar(select(func.count()).select_from(Task)) == 0


@pytest.mark.parametrize(
    ("state", "via", "said"),
    [
        ("handed_over", "wechat", "微信提醒已发出"),
        ("handed_over", "email", "提醒邮件已发出"),
        ("handed_over", "sms", "提醒短信已发出"),
        ("late", "", "提醒没有赶上"),
    ],
)
def test_the_desk_sees_which_way_it_went(far, texts, state, via, said):
    run(at("10:01", 1))
    told = text("UPDATE message SET state = :state, via = :via WHERE key LIKE 'reminder:%'")
    keep(lambda: session().execute(told, {"state": state, "via": via}) and None)

    with reading():
        assert reached.of([far.id])[far.id].reminder == said


def test_whoever_has_an_account_finds_the_reminder_in_their_list(far, texts):
    run(at("10:01", 1))

    with reading():
        (copy,) = inbox.mine(Actor(id=far.person_id, kind=ActorKind.CITIZEN), first=9)
    assert (copy.kind, copy.path, copy.state) == ("reminder", f"/visits/of/{far.link}", "handed_over")
    assert "11月27日 星期五 10:00" in copy.body


def test_somebody_says_by_one_tap_that_they_will_come_and_a_stranger_cannot(here, citizen, now):
    made = booking.book(citizen, order(), SIGNED_IN, now=now)
    for moment in (now, now + timedelta(hours=1)):
        assert booking.confirm(ANYONE, made.link, now=moment).confirmed_at == now
    with pytest.raises(NotFound, match="appointment_link_unknown"):
        booking.confirm(ANYONE, "x" * 22, now=now)
    with pytest.raises(Conflict, match="appointment_not_open"):
        booking.confirm(ANYONE, made.link, now=at("15:01"))

    moved = booking.change(ANYONE, made.link, at("16:00"), now=now)
    assert moved.confirmed_at is None
    booking.cancel(ANYONE, made.link, now=now)
    with pytest.raises(Conflict, match="appointment_not_open"):
        booking.confirm(ANYONE, made.link, now=now)
    assert session().get_one(Appointment, made.id).confirmed_at is None
