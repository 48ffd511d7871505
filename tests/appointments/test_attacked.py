"""What a stranger might try and what two might do at once, where no other test stands in their way."""

import pytest
from sqlalchemy import func, select

from appointments import booking, holds, offering, waitlist
from appointments.models import Appointment, SlotUse
from appointments.models.hold import Hold
from appointments.models.waiting import WaitingOffer
from appointments.visits import requests
from appointments.waitlist import Entry
from core.db import keep, reading, session
from core.errors import Conflict, Refusal
from core.identity import ANYONE
from tests.appointments import town
from tests.appointments.town import NOW, SIGNED_IN, TALK, at, order, together
from tests.appointments.visits import village


def test_two_telephones_of_one_person_keep_one_time(house):
    actor = keep(lambda: town.put_up() or town.citizen())
    clocks = ("14:00", "14:30", "15:00", "15:30", "16:00", "16:30")

    def tap(clock):
        wish = holds.Wish(town.code(), TALK, at(clock))
        return type(keep(lambda: holds.hold(actor, wish, address="192.0.2.1", now=NOW))).__name__

    assert set(together([lambda one=one: tap(one) for one in clocks])) == {"Kept"}
    with reading():
        assert session().scalar(select(func.count()).select_from(Hold)) == 1
        assert sum(session().scalars(select(SlotUse.taken))) == 1


def test_an_offer_whose_time_has_come_is_over_though_no_worker_said_so(here, citizen, neighbour, now):
    made = booking.book(citizen, order(at("15:00")), SIGNED_IN, now=now)
    day = at().date()
    waits = waitlist.join(neighbour, Entry(town.code(), TALK, day, day, "刘女士"), SIGNED_IN, now=now)
    booking.cancel(ANYONE, made.link, now=now)
    assert session().scalars(select(WaitingOffer)).one().state == "open"

    with pytest.raises(Conflict, match="offer_over"):
        waitlist.accept(ANYONE, waits.link, now=at("15:05"))


def test_looking_through_requests_for_visits_is_put_on_record(here, monkeypatch):
    seen = []
    monkeypatch.setattr(requests.audit, "record", lambda _actor, act, subject, **_: seen.append((act, subject)))
    village.put_up()
    requests.ask(town.citizen("13900000009"), village.wanted(), SIGNED_IN, now=NOW)

    assert len(requests.waiting(town.clerk(), now=NOW)) == 1
    assert seen[-1] == ("visit.requests_seen", "region:430211")


def test_a_storm_of_everything_at_once_oversells_nothing(house):
    """Hold, order, wait, cancel, move: places taken are those that somebody has, at the end and on the way."""
    clocks = ("14:00", "14:30", "15:00")
    people = keep(lambda: town.put_up() or [town.citizen(f"1360000000{n}") for n in range(9)])
    made = [
        keep(lambda a=a, c=c: booking.book(a, order(at(c)), SIGNED_IN, now=NOW)).link
        for a, c in zip(people, clocks, strict=False)
    ]
    day = at().date()
    waits = [
        keep(lambda a=a: waitlist.join(a, Entry(town.code(), TALK, day, day, "刘"), SIGNED_IN, now=NOW)).link
        for a in people[3:6]
    ]

    def tried(work):
        def run():
            try:
                return keep(work)
            except Refusal as refusal:
                return refusal.code

        return run

    wishes = [holds.Wish(town.code(), TALK, at(c)) for c in clocks]
    together(
        [
            *[tried(lambda link=link: booking.cancel(ANYONE, link, now=NOW)) for link in made],
            *[tried(lambda link=link: waitlist.accept(ANYONE, link, now=NOW)) for link in waits],
            *[
                tried(lambda w=w, a=a: holds.hold(a, w, address="192.0.2.1", now=NOW))
                for w, a in zip(wishes, people[6:], strict=True)
            ],
            *[tried(lambda a=a: booking.book(a, order(at("14:30")), SIGNED_IN, now=NOW)) for a in people[6:]],
            *[tried(lambda link=link: waitlist.decline(ANYONE, link, now=NOW)) for link in waits],
        ]
    )
    with reading():
        standing = select(Appointment.starts_at).where(Appointment.state == "booked")
        had = [*session().scalars(standing), *session().scalars(select(Hold.starts_at))]
        for row in session().scalars(select(SlotUse)):
            assert had.count(row.starts_at) == row.taken <= row.capacity


def test_a_month_of_free_times_costs_nothing_where_nobody_waits_for_them(here, neighbour, now, count_statements):
    day = at("12:00", 3).date()
    waitlist.join(neighbour, Entry(town.code(), TALK, day, day, "刘女士"), SIGNED_IN, now=now)
    told = {"station": "near", "service": TALK.value}
    offering.look(told, now=now)
    session().flush()

    with count_statements() as sent:
        offering.look(told, now=now)

    assert len(sent) < 30
