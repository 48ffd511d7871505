"""People who wait for a time, and a station whose times are taken."""

from datetime import timedelta

from appointments import waitlist
from appointments.models import SlotUse
from appointments.waitlist import Entry
from core.db import session
from tests.appointments import town
from tests.appointments.town import NOW, SIGNED_IN, TALK, at

DAY = at().date()
HOUR = timedelta(hours=1)


def entry(**given):
    usual = {"station": town.code(), "service": TALK, "name": "张先生", "first_on": DAY, "last_on": DAY}
    return Entry(**{**usual, **given})


def wait(number, now=NOW, **given):
    return waitlist.join(town.citizen(number), entry(**given), SIGNED_IN, now=now)


def offer_of(waiting):
    found = waitlist.find(waiting.link, now=NOW)
    return found.offered and found.offered.starts_at


def full(capacity=1, clocks=("15:00",)):
    """Have a station whose times of the afternoon are taken, and give what took them."""
    town.seats(capacity, opens=900, closes=900 + 30 * len(clocks))
    return [town.booked(at(clock), f"1390000{n:04}") for n, clock in enumerate(clocks * capacity)]


def taken(clock="15:00"):
    return session().get_one(SlotUse, ("near", TALK.value, at(clock)), populate_existing=True).taken
