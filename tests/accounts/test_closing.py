from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts import closing, consents, jobs, queries, sign_in, takeout
from accounts.closing import THINK_AGAIN
from accounts.consents import Agreed, Purpose
from accounts.models import Consent, Person, SignIn, WechatAccount
from core import sms
from core.crypto import blind_index
from core.db import keep, session
from core.errors import Forbidden, NotSignedIn, TooMany
from core.identity import ANYONE, Actor, ActorKind
from core.outbox import Errand
from tests.accounts.conftest import PHONE

NEEDS = Agreed(Purpose.ACCESS_NEEDS, "2026-11", "同意记下来")


@pytest.fixture
def stranger(person):
    return Actor(id="nobody-we-know", kind=ActorKind.CITIZEN)


def standing(citizen):
    return [(one.edition, one.withdrawn_at is None) for one in consents.mine(citizen)]


def test_a_consent_is_kept_in_its_words_until_it_is_taken_back(citizen, now):
    consents.give(citizen, NEEDS, now=now)
    consents.give(citizen, NEEDS, now=now)
    assert standing(citizen) == [("2026-11", True)]

    later = now + timedelta(days=1)
    consents.give(citizen, NEEDS._replace(edition="2027-01", words="别的话"), now=later)
    assert standing(citizen) == [("2027-01", True), ("2026-11", False)]

    assert consents.withdraw(citizen, Purpose.ACCESS_NEEDS, now=later)
    assert not consents.withdraw(citizen, Purpose.ACCESS_NEEDS, now=later)
    session().expire_all()
    assert standing(citizen) == [("2027-01", False), ("2026-11", False)]
    assert [one.words for one in consents.mine(citizen)] == ["别的话", "同意记下来"]


def test_consents_are_nobody_elses_business(citizen, stranger, now):
    consents.give(citizen, NEEDS, now=now)

    assert list(consents.mine(stranger)) == []
    assert not consents.withdraw(stranger, Purpose.ACCESS_NEEDS, now=now)
    assert standing(citizen) == [("2026-11", True)]
    for act in (consents.mine, lambda who: consents.give(who, NEEDS, now=now)):
        with pytest.raises(NotSignedIn):
            act(ANYONE)


def test_an_account_closes_after_a_week_to_think_again(citizen, person, now):
    assert closing.ask(citizen, now=now) == now + THINK_AGAIN
    assert closing.ask(citizen, now=now + timedelta(days=3)) == now + THINK_AGAIN
    assert closing.closing_at(citizen) == now + THINK_AGAIN
    assert closing.due(now=now + timedelta(days=6)) == []
    assert closing.due(now=now + THINK_AGAIN) == [person.id]

    closing.keep(citizen, now=now)
    closing.keep(citizen, now=now)

    assert closing.closing_at(citizen) is None
    assert closing.due(now=now + THINK_AGAIN) == []


def test_the_number_is_told_that_it_closes_and_not_why(citizen, person, now):
    closing.ask(citizen, now=now)
    errand = session().scalars(select(Errand).where(Errand.kind == "accounts.closing_asked")).one()

    with sms.noting() as sent:
        jobs.say_closing(errand.payload, now=now)
        closing.keep(citizen, now=now)
        jobs.say_closing(errand.payload, now=now)

    (text,) = sent
    assert text.phone == PHONE
    assert "11月30日" in text.text
    assert not any(word in text.text for word in ("援助", "申请", "案"))


def test_nobody_is_known_by_the_number_any_more(citizen, person, opened, now):
    session().add(WechatAccount(person_id=person.id, openid="o1", openid_index="1" * 64, bound_at=now))
    consents.give(citizen, NEEDS, now=now)
    session().flush()

    closing.forget(person.id, now=now)
    session().flush()
    session().expire_all()

    row = session().get_one(Person, person.id)
    assert (row.phone, row.name, row.disabled_at) == ("", None, now)
    assert queries.actor_of(opened.id, now=now) is None
    assert queries.phone_of(person.id) is None
    assert session().get_one(SignIn, opened.id).device == ""
    assert session().query(WechatAccount).count() == session().query(Consent).count() == 0
    assert closing.due(now=now) == []
    assert sign_in.known_by(PHONE, now=now).id != person.id
    assert session().scalars(select(Errand.payload).where(Errand.kind == "accounts.closed")).all() == [
        {"person_id": person.id}
    ]


def test_a_number_is_not_found_in_what_is_left(citizen, person, now):
    closing.forget(person.id, now=now)
    session().flush()

    assert session().scalar(select(Person.id).where(Person.phone_index == blind_index(PHONE, "person.phone"))) is None


def test_the_number_is_told_that_everything_was_taken_away(citizen, person, now):
    takeout.begin(citizen, now=now)
    errand = session().scalars(select(Errand).where(Errand.kind == "accounts.taken_out")).one()

    with sms.noting() as sent:
        jobs.say_taken_out(errand.payload, now=now)
        person.disabled_at = now
        jobs.say_taken_out(errand.payload, now=now)

    (text,) = sent
    assert text.phone == PHONE
    assert not any(word in text.text for word in ("援助", "申请", "案"))


def test_whose_week_is_over_is_held_until_they_are_forgotten(place, now):
    if place.dialect.name != "postgresql":
        pytest.skip("one writer at a time holds everybody off")
    keep(lambda: session().add(Person(id="p-1", phone=PHONE, phone_index="1" * 64, created_at=now, closing_at=now)))
    row = select(Person.id).where(Person.id == "p-1").with_for_update(skip_locked=True)

    def other():
        with place.connect() as connection:
            return connection.scalar(row)

    def forget():
        assert other() == "p-1"
        assert closing.due(now=now) == ["p-1"]
        return other()

    assert keep(forget) is None


def test_is_put_off_where_it_is_needed(citizen, person, now):
    closing.ask(citizen, now=now)

    closing.put_off(person.id, now=now)

    assert closing.closing_at(citizen) is None


def test_everything_held_is_given_to_whoever_it_is_about(citizen, person, opened, now):
    consents.give(citizen, NEEDS, now=now)
    session().add(WechatAccount(person_id=person.id, openid="o1", openid_index="1" * 64, bound_at=now))
    session().flush()

    said = takeout.mine(citizen)

    assert said["account"]["phone"] == PHONE
    assert "手机" in [one["device"] for one in said["devices"]]
    assert [one["words"] for one in said["consents"]] == ["同意记下来"]
    assert said["wechat_bound_at"] == now
    assert "totp" not in str(said)


def test_so_often_a_day_and_no_more(citizen, now):
    for _ in range(5):
        takeout.begin(citizen, now=now)

    with pytest.raises(TooMany):
        takeout.begin(citizen, now=now)
    assert session().info["audit"][-1].act == "accounts.taken_out"


def test_is_closed_to_strangers(citizen, stranger, actor_named, now):
    staff = actor_named("reviewer")

    for act in (
        closing.closing_at,
        takeout.mine,
        lambda who: closing.ask(who, now=now),
        lambda who: closing.keep(who, now=now),
    ):
        with pytest.raises(NotSignedIn):
            act(ANYONE)
        with pytest.raises(NotSignedIn):
            act(stranger)
        with pytest.raises(Forbidden):
            act(staff)
    with pytest.raises(NotSignedIn):
        takeout.begin(ANYONE, now=now)
