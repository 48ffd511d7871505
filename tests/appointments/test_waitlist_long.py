"""A list that is long: nobody is too far down it, and it costs no more to pass a place on."""

from appointments import offering
from appointments.models import SlotUse
from appointments.offering import Place
from core.db import session
from tests.appointments.town import TALK, at
from tests.appointments.waiters import full, offer_of, wait


def test_nobody_is_too_far_down_the_list(here, now, monkeypatch):
    monkeypatch.setattr(offering, "PORTION", 2)
    gone = full(5)
    waiting = [wait(f"1391000000{number}") for number in range(5)]
    for one in gone:
        session().delete(one)
    session().get_one(SlotUse, ("near", TALK.value, at("15:00"))).taken = 0
    session().flush()

    offering.look({"station": "near", "service": TALK.value}, now=now)

    assert [offer_of(one) for one in waiting] == [at("15:00")] * 5


def test_one_place_is_passed_on_in_few_statements_however_long_the_list_is(here, now, count_statements):
    def cost():
        place = Place("near", TALK, at("15:00"), 30)
        with count_statements() as sent, session().begin_nested() as part:
            offering.pass_on(place, now=now)
            part.rollback()
        return len(sent)

    full()
    wait("13910000000")
    few = cost()
    for number in range(1, 30):
        wait(f"139100000{number:02}")

    assert cost() == few
