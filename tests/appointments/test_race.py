"""Two hundred people, twenty places, one moment: through HTTP, on a database that really keeps things (B03)."""

import hashlib
import threading
from collections import Counter
from contextlib import suppress
from datetime import timedelta

import pytest
import requests
import time_machine
from sqlalchemy import func, select
from waitress.server import create_server

from accounts import sign_in
from accounts.sign_in import Device
from api import documents, tokens
from appointments import booking, holds
from appointments.models import Appointment, SlotUse
from appointments.models.hold import Hold
from core.db import keep, reading, session
from core.errors import Rejected
from tests.appointments import town
from tests.appointments.town import NOW, SIGNED_IN, at, order, together

PEOPLE, PLACES = 200, 20
BOOK = hashlib.sha256(documents.texts()["BookAppointment"].encode()).hexdigest()


@pytest.fixture
def served(house):
    """The service behind a port."""
    server = create_server(house, host="127.0.0.1", port=0, threads=16, clear_untrusted_proxy_headers=True)
    answering = threading.Thread(target=server.run, daemon=True)
    answering.start()
    yield f"http://127.0.0.1:{server.effective_port}/graphql"
    server.close()
    server.task_dispatcher.shutdown()
    answering.join(5)


def crowd():
    """Sign everybody in."""
    town.put_up()
    town.seats(PLACES)
    made = [town.citizen(f"137{number:08}") for number in range(PEOPLE)]
    return [sign_in.start(Device("x"), sign_in.LIFE, person_id=one.id, now=NOW) for one in made]


@pytest.mark.no_cover
def test_twenty_win_and_everybody_else_is_offered_something(house, served):
    with time_machine.travel(NOW, tick=True), house.app_context():
        passes = [tokens.issue(one, now=NOW).access_token for one in keep(crowd)]

        def tap(place, token):
            given = {"station": town.code(), "service": "WINDOW_TALK", "startsAt": at().isoformat(), "name": "王女士"}
            body = {"documentId": BOOK, "variables": {"input": given, "idempotencyKey": f"key-of-person-{place:06}"}}
            for _ in range(5):  # "busy, come back": as a telephone would, with the same key
                said = requests.post(served, json=body, headers={"Authorization": f"Bearer {token}"}, timeout=60).json()
                if not any(one["extensions"]["retryable"] for one in said.get("errors", [])):
                    break
            return said

        answers = together([lambda n=n, one=one: tap(n, one) for n, one in enumerate(passes)])

    assert Counter("errors" in one for one in answers) == {False: PEOPLE}, [one for one in answers if "errors" in one][
        :2
    ]
    said = [one["data"]["bookAppointment"] for one in answers]
    won, lost = [one for one in said if one["appointment"]], [one for one in said if not one["appointment"]]
    assert len({one["appointment"]["reference"] for one in won}) == len(won) == PLACES
    assert {one["problems"][0]["code"] for one in lost} == {"slot_taken"}
    assert {len(one["alternatives"]) for one in lost} == {3}
    with reading():
        assert session().scalar(select(func.count()).select_from(Appointment)) == PLACES
        assert session().scalars(select(SlotUse.taken)).all() == [PLACES]


def test_one_persons_two_telephones_take_one_place_and_no_more_than_their_share(house):
    actor = keep(lambda: town.put_up() or town.citizen())

    def tap(starts_at):
        try:
            return keep(lambda: booking.book(actor, order(starts_at), SIGNED_IN, now=NOW)).id
        except Rejected as rejected:
            return rejected.problems[0].code

    keep(lambda: town.seats(5))
    same = together([lambda: tap(at())] * 6)
    more = together([lambda clock=clock: tap(at(clock)) for clock in ("13:30", "14:00", "14:30", "15:30", "16:00")])

    assert Counter(same)["slot_yours"] == 5
    assert Counter(more)["appointments_too_many"] == 3


def test_moving_to_and_fro_loses_no_place(house):
    def prepare():
        town.put_up()
        two = [town.citizen(f"1370000000{n}") for n in range(2)]
        clocks = ("14:00", "15:00")
        return [
            booking.book(one, order(at(clock)), SIGNED_IN, now=NOW).link for one, clock in zip(two, clocks, strict=True)
        ]

    first, second = keep(prepare)

    def move(link, clock):
        def tap():
            with suppress(Rejected):  # it is there already
                keep(lambda: booking.change(town.clerk(), link, at(clock), now=NOW))

        return tap

    for _ in range(3):
        together([move(first, "15:00"), move(second, "14:00"), move(first, "16:00"), move(second, "16:30")])

    with reading():
        standing = Counter(session().scalars(select(Appointment.starts_at)))
        taken = {row.starts_at: row.taken for row in session().scalars(select(SlotUse)) if row.taken}
    assert taken == standing
    assert set(taken.values()) == {1}


def test_holds_that_run_out_meanwhile_are_taken_over_once_and_no_place_is_lost(house):
    """Forty keep ten places, some for a moment only; forty others take what is over at the same moment."""

    def prepare():
        town.put_up()
        town.seats(10)
        return [town.citizen(f"136{number:08}") for number in range(40)]

    people = keep(prepare)
    wish = holds.Wish(town.code(), town.TALK, at())

    def kept(number):
        return lambda: keep(lambda: holds.hold(people[number], wish, address="192.0.2.1", now=NOW))

    def leave(found):
        return lambda: keep(lambda: holds.leave(town.clerk(), found.secret, now=NOW))

    def ordered(number, secret, when):
        def tap():
            told = order(hold=secret)
            return keep(lambda: booking.book(people[number], told, SIGNED_IN, now=when))

        return tap

    first = [(number, one) for number, one in enumerate(together([kept(n) for n in range(20)])) if is_kept(one)]
    assert len(first) == 10
    together([leave(one) for _, one in first[:6]])
    later = NOW + timedelta(minutes=2)  # six are over, four are not
    tries = [ordered(number, one.secret, later) for number, one in first[6:]]
    won = [one for one in together(tries + [ordered(n, "", later) for n in range(20, 40)]) if hasattr(one, "link")]

    assert len(won) == 10
    assert {one.person_id for one in won} >= {people[number].id for number, _ in first[6:]}
    with reading():
        assert session().scalar(select(func.count()).select_from(Appointment)) == 10
        assert session().scalars(select(SlotUse.taken)).all() == [10]
        assert session().scalar(select(func.count()).select_from(Hold)) == 0


def is_kept(found):
    return isinstance(found, holds.Kept)
