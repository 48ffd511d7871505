"""Ringing somebody up: as they said it is safe, three tries on record, then a text or nothing."""

import pytest

from appointments import booking, calls, reached
from appointments.calls import Calling, Outcome
from core import jobs, sms
from core.db import session
from core.errors import Conflict, Forbidden, NotFound, NotSignedIn
from core.identity import ANYONE
from core.outbox import Errand
from tests.appointments import town
from tests.appointments.town import CALL, SIGNED_IN, at, order


@pytest.fixture
def texts():
    memory = sms.Memory()
    sms.use(memory)
    yield memory
    sms.use(None)


def booked(citizen, now, **how):
    told = order(at("14:30"), service=CALL, calling=Calling(**how).written())
    return booking.book(citizen, told, SIGNED_IN, now=now)


def unreached():
    return session().query(Errand).filter_by(kind="appointment.unreached").all()


def test_how_it_is_safe_is_said_to_staff_and_whoever_said_nothing_is_rung_with_care(here, citizen, now):
    made = booked(citizen, now, may_say=True, only_then=False, text_instead=False)

    assert calls.read(made) == Calling(may_say=True, only_then=False, text_instead=False)
    assert calls.words(made) == [
        "可以说是法律援助",
        "别的时间也能打",
        "没接通也不要发短信",
        "不要留语音，不要告诉别人",
    ]
    made.calling = None
    assert calls.words(made)[:3] == [
        "不要说是法律援助，只说“按约好的时间给您打电话”",
        "只在约好的时间打",
        "没接通可以发短信",
    ]


def test_three_tries_are_on_record_and_a_text_follows_that_says_nothing_of_the_matter(here, citizen, now, texts):
    made = booked(citizen, now)
    for outcome in (Outcome.NO_ANSWER, Outcome.SOMEBODY_ELSE, Outcome.NO_ANSWER):
        assert unreached() == []
        calls.note(town.clerk(), made.id, outcome, now=now)

    assert [(one.number, one.outcome) for one in reached.of([made.id])[made.id].calls] == [
        (1, "no_answer"),
        (2, "somebody_else"),
        (3, "no_answer"),
    ]
    with pytest.raises(Conflict, match="calls_used_up"):
        calls.note(town.clerk(), made.id, Outcome.REACHED, now=now)
    calls.tell(unreached()[0].payload, now=now)
    (text,) = texts.outgoing
    assert "没有接通" in text.text
    assert "法律" not in text.text
    booking.cancel(ANYONE, made.link, now=now)
    calls.tell({"appointment": made.id}, now=now)
    assert len(texts.outgoing) == 1


def test_another_time_is_rung_for_anew(here, citizen, now, texts):
    made = booked(citizen, now)
    for _ in range(3):
        calls.note(town.clerk(), made.id, Outcome.NO_ANSWER, now=now)
    (told,) = unreached()

    booking.change(ANYONE, made.link, at("15:30"), now=now)

    assert calls.note(town.clerk(), made.id, Outcome.NO_ANSWER, now=now).number == 1
    assert [one.number for one in reached.of([made.id])[made.id].calls] == [1]
    calls.tell(told.payload, now=now)
    assert texts.outgoing == []


def test_where_a_text_is_not_safe_none_goes_out(here, citizen, now):
    made = booked(citizen, now, text_instead=False)
    for _ in range(3):
        calls.note(town.clerk(), made.id, Outcome.NO_ANSWER, now=now)

    assert unreached() == []


def test_whoever_was_reached_needs_no_more_calls_and_a_visit_none_at_all(here, citizen, now):
    made = booked(citizen, now)
    calls.note(town.clerk(), made.id, Outcome.REACHED, now=now)
    assert made.state == "arrived"

    visit = booking.book(citizen, order(), SIGNED_IN, now=now)
    for one in (made, visit):
        with pytest.raises(Conflict, match="call_unfit"):
            calls.note(town.clerk(), one.id, Outcome.NO_ANSWER, now=now)


def test_strangers_note_nothing(here, citizen, now):
    made = booked(citizen, now)

    for stranger, refusal in ((ANYONE, NotSignedIn), (citizen, Forbidden), (town.clerk("430281"), NotFound)):
        with pytest.raises(refusal):
            calls.note(stranger, made.id, Outcome.REACHED, now=now)
    assert "appointment.unreached" in jobs.kinds()
