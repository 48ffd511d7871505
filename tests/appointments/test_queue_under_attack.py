"""Coming to a hall while something else happens: nobody gets a place that was given back, and nobody sees a fault."""

import pytest

from appointments import booking
from appointments.models.ticket import Ticket
from appointments.queue import arrival, calling, hall, line
from appointments.queue.hall import Read
from appointments.queue.states import TicketState
from core.db import session
from core.errors import Rejected
from core.identity import ANYONE
from tests.appointments import town
from tests.appointments.town import SIGNED_IN, at, order
from tests.appointments.visits import village

HALL = {"address": "192.0.2.1"}


def come(reference, now):
    return arrival.come(ANYONE, town.code(), Read(hall.shown(town.code(), now)), reference, **HALL, now=now)


def test_whoever_gave_their_time_back_meanwhile_does_not_have_it_all_the_same(citizen, now):
    made = booking.book(citizen, order(at("15:00")), SIGNED_IN, now=now)  # as it was read a moment ago
    session().connection().exec_driver_sql("UPDATE appointment SET state = 'cancelled'")  # another's, just kept

    with pytest.raises(Rejected) as rejected:
        come(made.reference, at("14:50"))
    assert (rejected.value.problems[0].code, made.state) == ("queue_order_unfit", "cancelled")


def test_a_number_that_is_called_while_its_holder_looks_is_no_fault(here, now):
    mine = come("", now)
    session().connection().exec_driver_sql("UPDATE ticket SET state = 'called'")  # another's transaction, just kept

    seen = line.held(session().get(Ticket, mine.row.id), now=now)

    assert (seen.ahead, seen.wait) == (0, None)


def test_a_visit_at_home_has_no_number_in_the_hall(here):
    village.put_up()
    made = village.ordered()

    with pytest.raises(Rejected) as rejected:
        come(made.reference, at("09:50", 1))
    assert (rejected.value.problems[0].code, made.state) == ("queue_order_unfit", "booked")


def test_numbers_of_a_week_without_a_worker_are_forgotten_too(here, now):
    held = arrival.add(town.clerk(), town.code(), "", "13800000003", now=now)
    calling.forget({}, now=at("09:00", 9))
    session().expire_all()
    assert (held.row.phone, held.row.state) == ("", TicketState.LEFT)
