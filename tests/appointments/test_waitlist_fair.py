"""Whatever happens on a wait list, no place is promised twice, the order is fair, and workers share it."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import sessionmaker

from appointments import booking, offering, waitlist
from appointments.models import Appointment
from appointments.models.hold import Hold
from appointments.models.waiting import WaitingOffer
from appointments.needs import AccessNeed
from core import db
from core.db import session
from core.identity import ANYONE
from locator import queries as places
from tests.appointments import town
from tests.appointments.town import NOW, SIGNED_IN, TALK, at, order
from tests.appointments.waiters import HOUR, full, offer_of, taken, wait


@pytest.mark.parametrize("way", ["unanswered", "declined"])
def test_a_place_that_is_gone_is_passed_on_to_nobody(here, neighbour, now, way):
    (made,) = full()
    waiting, later = wait("13800000003"), wait("13800000004", now + HOUR)
    booking.cancel(ANYONE, made.link, now=now)
    late = now + HOUR + offering.SLACK
    booking.book(neighbour, order(), SIGNED_IN, now=late)

    if way == "declined":
        waitlist.decline(ANYONE, waiting.link, now=late)
    else:
        offering.pass_over({"offer": session().scalars(select(WaitingOffer)).one().id}, now=late)

    assert (offer_of(waiting), offer_of(later), taken()) == (None, None, 1)


def test_who_has_gone_meanwhile_is_passed_over(here, now):
    first, second, third = (wait(f"1380000000{n}", now + timedelta(minutes=n)) for n in (3, 4, 5))
    place = offering.Place("near", TALK, at(), 30)
    line = offering._locked_in_order(place, now)
    assert next(line) is first

    second.state = "left"
    session().flush()

    assert next(line) is third


STEPS = st.lists(st.tuples(st.sampled_from("wxcanpl"), st.integers(0, 5)), max_size=25)


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@settings(max_examples=25)
@given(steps=STEPS)
def test_whatever_happens_no_place_is_promised_twice_and_the_order_is_fair(engine, steps):
    with engine.connect() as connection:
        outer = connection.begin()
        maker = sessionmaker(bind=connection, join_transaction_mode="create_savepoint", expire_on_commit=False)
        db.use(maker, maker)
        try:
            with db.transaction():
                _play(steps)
        finally:
            outer.rollback()
            places.forget()


def _play(steps):
    town.put_up()
    standing, waiting = full(2), []
    for count, (step, which) in enumerate(steps):
        now = NOW + timedelta(minutes=count)
        number = f"135000{count:05}"
        if step in "wx":
            needs = (AccessNeed.WHEELCHAIR,) if step == "x" else ()
            waiting.append(wait(number, now, needs=needs))
        elif step == "c" and which < len(standing):
            eligible = _in_order(waiting)
            before = {one.id for one in eligible if offer_of(one)}
            booking.cancel(ANYONE, standing.pop(which).link, now=now)
            chosen = [one for one in eligible if offer_of(one) and one.id not in before]
            assert chosen == eligible[:1]
        elif step in "anp" and which < len(waiting) and offer_of(waiting[which]):
            _answer(step, waiting[which], standing, now)
        elif step == "l" and which < len(waiting):
            waitlist.leave(ANYONE, waiting[which].link, now=now)
        _assert_kept()


def _in_order(waiting):
    had = set(session().scalars(select(WaitingOffer.waiting_id)))
    return sorted(
        (one for one in waiting if one.state == "waiting" and one.id not in had),
        key=lambda one: (one.rank, one.created_at, one.id),
    )


def _answer(step, waiting, standing, now):
    if step == "a":
        standing.append(waitlist.accept(ANYONE, waiting.link, now=now))
    elif step == "n":
        waitlist.decline(ANYONE, waiting.link, now=now)
    else:
        offer = session().scalars(select(WaitingOffer).where(WaitingOffer.waiting_id == waiting.id)).one()
        offering.pass_over({"offer": offer.id}, now=now)


def _assert_kept():
    booked = len(session().scalars(select(Appointment).where(Appointment.state == "booked")).all())
    held = session().scalars(select(Hold.id)).all()
    offered = session().scalars(select(WaitingOffer.hold_id).where(WaitingOffer.state == "open")).all()
    assert sorted(held) == sorted(offered)
    assert taken() == booked + len(held) <= 2
