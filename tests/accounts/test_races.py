"""What happens when many do the same at once, in threads, on both engines."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from accounts import codes, demo, sign_in, staff
from accounts.models import OneTimeCode, Person, SignIn
from accounts.sign_in import Device
from core import audit
from core.db import keep, reading, session, transaction
from core.errors import Problem, TooMany
from core.identity import ANYONE
from core.outbox import Errand


@pytest.fixture(scope="module")
def town(place, moment):
    keep(lambda: demo.load(now=moment))


@pytest.fixture(scope="module")
def moment():
    return datetime(2026, 11, 23, 1, 30, tzinfo=UTC)


def at_once(times, work):
    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(work, range(times)))


def ask_for_code(phone, now):
    sent = keep(lambda: codes.send(ANYONE, phone, address=f"at {phone}", now=now))
    with reading():
        errand = session().scalars(select(Errand).where(Errand.key == f"accounts.code_requested:{sent.request}")).one()
        return sent.request, errand.payload["code"]


def enter(request, code, now):
    return keep(lambda: sign_in.by_code(ANYONE, request, code, device=Device(), now=now))


def test_forty_guesses_at_once_weigh_five(town, moment):
    request, code = ask_for_code("13900000001", moment)
    guesses = [f"{(int(code) + 1 + number) % 1_000_000:06}" for number in range(40)]

    answers = at_once(40, lambda number: enter(request, guesses[number], moment))

    assert [answer.code for answer in answers].count("code_wrong") == 5
    assert enter(request, code, moment) == Problem("code_used_up", "code")
    with reading():
        assert session().get(OneTimeCode, request).tries == 5


def test_the_right_code_opens_once_however_often_it_is_sent(town, moment):
    request, code = ask_for_code("13900000002", moment)

    answers = at_once(8, lambda _: enter(request, code, moment))

    assert sum(isinstance(answer, SignIn) for answer in answers) == 1


def test_two_devices_of_a_stranger_make_one_person(town, moment):
    first = ask_for_code("13900000003", moment)
    second = ask_for_code("13900000003", moment + timedelta(seconds=61))

    opened = at_once(2, lambda number: enter(*(first, second)[number], moment + timedelta(seconds=62)))

    assert len({one.person_id for one in opened}) == 1
    with reading():
        ids = select(func.count()).select_from(Person).where(Person.id == opened[0].person_id)
        assert session().scalar(ids) == 1


def test_of_ten_codes_asked_for_at_once_one_is_sent(town, moment):
    def ask(_):
        try:
            return ask_for_code("13900000004", moment)
        except TooMany as refused:
            return refused.code

    answers = at_once(10, ask)

    assert answers.count("too_often_code_number_minute") == 9


def test_of_ten_refreshes_at_once_one_wins_at_most_and_the_family_ends(town, moment):
    opened = enter(*ask_for_code("13900000005", moment), moment)

    won = at_once(10, lambda _: keep(lambda: sign_in.rotate(ANYONE, opened.id, opened.jti, now=moment)))

    assert sum(rotation.is_new for rotation in won) == 1
    with reading():
        assert session().get(SignIn, opened.id).ended_because == "reuse"


def test_tabs_that_refresh_at_once_all_go_on(town, moment):
    opened = enter(*ask_for_code("13900000006", moment), moment)

    answers = at_once(
        6, lambda _: keep(lambda: sign_in.rotate(ANYONE, opened.id, opened.jti, is_browser=True, now=moment))
    )

    assert sum(rotation.is_new for rotation in answers) == 1
    assert all(rotation.sign_in for rotation in answers)


def test_one_code_of_the_authenticator_signs_in_once(town, moment, totp_of):
    shown = staff.Credentials("decider", demo.PASSWORD, totp_of("decider", moment))

    def attempt(_):
        return keep(lambda: staff.by_password(ANYONE, shown, device=Device(), address="", now=moment))

    assert sum(isinstance(answer, SignIn) for answer in at_once(5, attempt)) == 1


def test_the_record_holds_after_all_that(town):
    with transaction():
        assert audit.verify().broken_at is None
