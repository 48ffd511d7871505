"""`kill -9` in the middle of ordering: what was acknowledged is there, none twice, no place is lost (TRUST R5, B03)."""

import secrets
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import requests
from sqlalchemy import func, select

from appointments import booking
from appointments.models import Appointment, SlotUse
from core.calendar import bundled, china_day, china_midnight
from core.db import keep, reading, session
from core.identity import ANYONE
from core.outbox import Errand
from tests.appointments import town

PHONES = [f"1380000030{number}" for number in range(5)]
PLACES = 3
BLOWS = [
    ("appointment", "before", 1),
    ("appointment", "after", 1),
    ("appointment", "after", 2),
    ("appointment", "before", 3),
]


@pytest.fixture
def people(house):
    keep(town.put_up)
    keep(lambda: town.seats(PLACES, weekdays="0123456"))
    house.start()
    users = house.sign_in(*PHONES)
    house.kill()
    return users


def tap(house, user, starts_at, key):
    """Order; give the number, a problem's code, or nothing where nobody answered."""
    given = {"station": town.code(), "service": "WINDOW_TALK", "startsAt": starts_at.isoformat(), "name": "王女士"}
    try:
        answer = house.adapter.ask("BookAppointment", user, 60, input=given, idempotencyKey=key)
        payload = answer.json()["data"]["bookAppointment"]
    except requests.RequestException:
        return None
    return payload["problems"][0]["code"] if payload["problems"] else payload["appointment"]["reference"]


def held(starts_at):
    """Give the numbers that stand for a time, and how many places are taken; each is to be told once."""
    with reading():
        standing = (Appointment.starts_at == starts_at, Appointment.state == "booked")
        rows = session().scalars(select(Appointment).where(*standing)).all()
        taken = session().scalar(select(SlotUse.taken).where(SlotUse.starts_at == starts_at)) or 0
        keys = [f"appointment.told:{one.id}:0" for one in rows]
        assert session().scalar(select(func.count()).where(Errand.key.in_(keys))) == len(rows)
        return {one.reference for one in rows}, taken


def test_a_promise_that_was_made_is_kept_whole_and_once(house, people):
    day = bundled().roll(china_day(datetime.now(UTC)) + timedelta(days=3))
    for number, blow in enumerate(BLOWS):
        starts_at = china_midnight(day) + timedelta(hours=9, minutes=30 * number)
        keys = [secrets.token_urlsafe(16) for _ in people]
        house.start(dies=blow)
        with ThreadPoolExecutor(len(people)) as hands:
            tapped = [hands.submit(tap, house, *one) for one in zip(people, [starts_at] * 5, keys, strict=True)]
        told = [one.result() for one in tapped]
        house.until_dead()

        assert None in told  # or nothing was put to the test
        there, taken = held(starts_at)
        assert {one for one in told if one and one != "slot_taken"} <= there
        assert len(there) == taken <= PLACES

        house.start()
        again = [tap(house, *one) for one in zip(people, [starts_at] * 5, keys, strict=True)]
        house.kill()
        there, taken = held(starts_at)
        assert {one for one in again if one != "slot_taken"} == there
        assert len(there) == taken == PLACES
        assert all(first in {None, "slot_taken", second} for first, second in zip(told, again, strict=True))
        keep(give_everything_back)


def give_everything_back():
    for one in session().scalars(select(Appointment).where(Appointment.state == "booked")):
        booking.cancel(ANYONE, one.link, now=datetime.now(UTC))
