"""Several workers share lists and reminders: nobody is promised or told anything twice, and one killed loses nobody."""

from datetime import timedelta

from sqlalchemy import func, select

from appointments import booking, offering, reminders
from appointments.models import SlotUse
from appointments.models.reminder import Reminder
from appointments.models.waiting import Waiting, WaitingOffer
from core import jobs, sms
from core.db import keep, reading, session
from tests.appointments import town
from tests.appointments.town import NOW, SIGNED_IN, at, order, together
from tests.appointments.waiters import wait

NEXT_DAY = at("12:01", 1)


def work(moment):
    """Carry out what is due."""
    while mine := jobs.claim(moment):
        jobs.carry_out(mine, now=moment)


def remind(moment):
    keep(lambda: reminders.look_ahead({}, now=moment))
    work(moment)


def prepare():
    town.put_up()
    town.seats(4, opens=900, closes=930)
    for n, clock in enumerate(("10:00", "11:00", "13:30")):
        told = order(at(clock, 4), station=town.code("next"))
        booking.book(town.citizen(f"1380000010{n}"), told, SIGNED_IN, now=NOW)
    for n in range(6):
        wait(f"1350000{n:04}", NOW + timedelta(seconds=n))
    offering.look_round({}, now=NOW)


def test_workers_share_what_is_due_and_one_that_is_killed_loses_nobody(house):
    memory = sms.Memory()
    sms.use(memory)
    keep(prepare)
    assert jobs.claim(NOW)  # whoever claimed it is gone

    together([lambda: work(NOW)] * 3)
    together([lambda: work(NOW + timedelta(minutes=4))] * 3)
    with reading():
        open_ones = session().scalars(select(WaitingOffer).where(WaitingOffer.state == "open")).all()
        since = {one.id: one.created_at for one in session().scalars(select(Waiting))}
        assert sorted(since[one.waiting_id] for one in open_ones) == sorted(since.values())[:4]
        assert max(session().scalars(select(SlotUse.taken))) == 4

    together([lambda: remind(NEXT_DAY)] * 3)
    remind(NEXT_DAY + timedelta(minutes=9))
    with reading():
        assert session().scalar(select(func.count()).select_from(Reminder)) == 2
    assert sum(one.text.startswith("提醒") for one in memory.outgoing) == 2
    sms.use(None)
