"""A reply is about the reminder it answers: nobody loses another appointment, and saying it twice changes nothing."""

import pytest
from sqlalchemy import select

from appointments import booking, reminders, replies
from appointments.models import Appointment
from core import sms
from core.db import session
from tests.appointments.town import SIGNED_IN, at, order

NUMBER = "13800000001"


@pytest.fixture
def texts():
    with sms.noting() as noted:
        yield noted


@pytest.fixture
def both(citizen, now):
    """One sooner, that was ordered too late to be reminded of yet, and one later."""
    later = booking.book(citizen, order(at("15:00", 3)), SIGNED_IN, now=now)
    sooner = booking.book(citizen, order(at("16:00", 1)), SIGNED_IN, now=at("14:30"))
    return sooner, later


def remind(made, now):
    reminders.remind({"appointment": made.id}, now=now)
    session().flush()


def reply(text, now):
    replies.act({"phone": NUMBER, "text": text}, now=now)
    session().flush()
    return [one.state for one in session().scalars(select(Appointment).order_by(Appointment.starts_at))]


def test_two_cancels_what_the_text_was_about_and_not_what_comes_sooner(both, texts):
    remind(both[1], at("15:10"))

    assert reply("2", at("15:20")) == ["booked", "cancelled"]
    assert reply("2", at("15:21")) == ["booked", "cancelled"]
    assert texts == []


def test_whoever_was_reminded_of_nothing_means_the_next(both, texts):
    assert reply("2", at("15:20")) == ["cancelled", "booked"]
