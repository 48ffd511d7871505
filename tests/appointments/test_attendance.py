"""A day as the staff of a region see it, and nobody else."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from appointments import attendance, booking, policy, queries
from appointments.models import Appointment
from appointments.states import AppointmentState
from core.db import session
from core.errors import Conflict, Forbidden, Malformed, NotFound, NotSignedIn
from core.identity import ANYONE, SYSTEM, Actor, ActorKind
from tests.appointments import town
from tests.appointments.test_booking import proof
from tests.appointments.town import SIGNED_IN, at, order

DAY = at().date()


def booked(actor, now, **given):
    return booking.book(actor, order(**given), SIGNED_IN, now=now)


def test_a_day_is_in_order_and_leaves_out_what_was_given_back(citizen, neighbour, now):
    late, early = booked(citizen, now, starts_at=at("16:00")), booked(neighbour, now)
    gone = booked(citizen, now, starts_at=at("14:00"))
    booking.cancel(citizen, gone.link, now=now)
    booked(citizen, now, starts_at=at("10:00", 1))

    assert attendance.of_day(town.clerk(), DAY, now=now) == [early, late]


def test_it_is_nobody_elses_business(citizen, neighbour, now):
    made = booked(citizen, now)

    assert attendance.of_day(town.clerk("430281"), DAY, now=now) == []
    with pytest.raises(NotFound):
        attendance.mark(town.clerk("430281"), made.id, AppointmentState.ARRIVED, now=now)
    for stranger, refusal in ((ANYONE, NotSignedIn), (citizen, Forbidden), (Actor("s", ActorKind.STAFF), Forbidden)):
        with pytest.raises(refusal):
            attendance.of_day(stranger, DAY, now=now)
        with pytest.raises(refusal):
            attendance.mark(stranger, made.id, AppointmentState.ARRIVED, now=now)
    assert queries.mine(citizen, first=10) == [made]
    assert queries.mine(neighbour, first=10) == []
    assert session().scalars(select(Appointment).where(policy.visible_to(ANYONE))).all() == []
    for stranger in (ANYONE, SYSTEM, town.clerk()):
        with pytest.raises((NotSignedIn, Forbidden)):
            queries.mine(stranger, first=10)


def test_what_was_ordered_without_an_account_is_found_once_signed_in(here, now):
    made = booking.book(ANYONE, order(), proof(now, "13800000003"), now=now)

    assert queries.mine(town.citizen("13800000003"), first=10) == [made]
    gone = Actor(id="nobody", kind=ActorKind.CITIZEN)
    assert queries.mine(gone, first=10) == []


def test_ones_own_come_the_latest_first_page_by_page(citizen, now):
    clocks = ("14:00", "15:00", "16:00")
    made = [booked(citizen, now, starts_at=at(clock)) for clock in clocks][::-1]

    assert queries.mine(citizen, first=1) == made[:2]
    after = (made[0].starts_at.isoformat(), made[0].id)
    assert queries.mine(citizen, first=5, after=after) == made[1:]
    for wrong in (("x", "y"), (1, "y"), ("2026-11-23T00:00", "y")):
        with pytest.raises(Malformed, match="cursor_unknown"):
            queries.mine(citizen, first=5, after=wrong)


@pytest.mark.parametrize(
    ("path", "ends"),
    [(("arrived", "done"), "done"), (("no_show", "arrived"), "arrived"), (("done",), "done")],
)
def test_marks_who_came(citizen, now, path, ends):
    made = booked(citizen, now)

    for state in path:
        attendance.mark(town.clerk(), made.id, AppointmentState(state), now=at("15:10"))

    assert made.state == ends


def test_marks_nothing_that_cannot_be(citizen, now):
    made = booked(citizen, now)

    with pytest.raises(Conflict, match="appointment_not_begun"):
        attendance.mark(town.clerk(), made.id, AppointmentState.NO_SHOW, now=at() - timedelta(minutes=1))
    booking.cancel(citizen, made.link, now=now)
    session().flush()
    with pytest.raises(Conflict, match="appointment_state_unfit"):
        attendance.mark(town.clerk(), made.id, AppointmentState.ARRIVED, now=at())
