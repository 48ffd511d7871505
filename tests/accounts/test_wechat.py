"""Signing in by WeChat: it opens the account of whoever proved the number, and nobody else's (FEATURES E05)."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text

from accounts import codes, jobs, queries, sign_in, wechat
from accounts.models import Person, SignIn, WechatAccount
from accounts.sign_in import Device
from accounts.wechat import Known, Proof, Ticket
from core import crypto, sms
from core.db import session
from core.errors import Forbidden, NotFound, NotSignedIn, Problem, TooMany
from core.identity import ANYONE
from core.outbox import Errand
from tests import make

PHONE = Device("小米 14", via=sign_in.WECHAT)
MINE = Known("o-mine", "u-mine")


@pytest.fixture
def citizen(unit):
    return make.person()


def ticket(now, known=MINE):
    return wechat.sign_in(ANYONE, known, device=PHONE, now=now)


def bind(now, number="13800000001", known=MINE):
    return wechat.bind_with_number(ANYONE, ticket(now, known).ticket, Proof(number), device=PHONE, now=now)


def test_a_wechat_nobody_has_bound_is_given_a_sealed_ticket(unit, now):
    given = ticket(now)

    assert isinstance(given, Ticket)
    assert given.expires_at == now + timedelta(minutes=10)
    assert "o-mine" not in given.ticket
    assert "ticket" not in repr(given)
    assert "o-mine" not in repr(MINE)
    assert session().scalars(select(SignIn)).all() == []


def test_whoever_proves_the_number_of_an_account_is_let_in_and_next_time_at_once(citizen, now):
    opened = bind(now)
    again = wechat.sign_in(ANYONE, MINE, device=PHONE, now=now)

    assert (opened.person_id, again.person_id) == (citizen.id, citizen.id)
    assert opened.id != again.id
    assert again.device == "微信 · 小米 14"
    assert again.expires_at == now + sign_in.LIFE
    assert wechat.bound_at(citizen) == now
    assert wechat.openid_of(citizen.id) == "o-mine"
    assert wechat.person_of("o-mine") == citizen.id
    assert wechat.person_of("o-else") is None


def test_who_was_never_here_becomes_known(unit, now):
    opened = bind(now, "139 0000 0009")

    assert session().get_one(Person, opened.person_id).phone == "13900000009"


def test_what_wechat_says_lies_sealed(citizen, now):
    bind(now)
    row = session().execute(text("SELECT openid, openid_index, unionid FROM wechat_account")).one()

    assert not any("mine" in said for said in row)


@pytest.mark.parametrize("number", ["0731-84586789", "+85291234567", ""])
def test_a_number_that_is_no_mobile_of_here_binds_nothing(unit, now, number):
    assert bind(now, number) == Problem("phone_not_mobile", "phoneCode")
    assert session().scalars(select(WechatAccount)).all() == []


def test_a_texted_code_proves_a_number_and_a_wrong_one_is_counted(citizen, now):
    sent = codes.send(ANYONE, "13800000001", address="203.0.113.7", now=now)
    errand = session().scalars(select(Errand).where(Errand.key == f"accounts.code_requested:{sent.request}")).one()
    given = ticket(now)

    wrong = wechat.bind_with_number(ANYONE, given.ticket, Proof(request=sent.request, code="x"), device=PHONE, now=now)
    proof = Proof(request=sent.request, code=errand.payload["code"])
    right = wechat.bind_with_number(ANYONE, given.ticket, proof, device=PHONE, now=now)

    assert (wrong.code, wrong.params) == ("code_wrong", {"left": 4})
    assert right.person_id == citizen.id


def test_a_ticket_is_ours_and_good_for_ten_minutes(unit, now):
    given = ticket(now).ticket
    forged = crypto.keyring().seal('{"openid": "o-x", "unionid": "", "until": 9e12}', "person.phone")

    for one, moment in ((given, now + wechat.TICKET_LIFE), (given[:-4], now), (forged, now), ("y" * 1001, now)):
        said = wechat.bind_with_number(ANYONE, one, Proof("13800000001"), device=PHONE, now=moment)
        assert said == Problem("wechat_ticket_over", "ticket")


def test_a_ticket_that_comes_twice_binds_once_and_never_to_somebody_else(citizen, now):
    given = ticket(now).ticket
    answers = [
        wechat.bind_with_number(ANYONE, given, Proof(number), device=PHONE, now=now)
        for number in ("13800000001", "13800000001", "13900000002")
    ]

    assert [one.person_id for one in answers[:2]] == [citizen.id] * 2
    assert answers[2] == Problem("wechat_bound_elsewhere")
    assert len(session().scalars(select(WechatAccount)).all()) == 1


def test_somebody_signed_in_binds_their_wechat_and_lets_it_go(citizen, now):
    bound = wechat.bind(citizen, MINE, now=now)
    assert bound.bound_at == now
    opened = wechat.sign_in(ANYONE, MINE, device=PHONE, now=now)
    plain = sign_in.start(Device("电脑"), sign_in.LIFE, person_id=citizen.id, now=now)

    assert wechat.unbind(citizen, now=now) == 1
    live = [one.id for one in queries.devices(citizen, now=now)]
    assert live == [plain.id]
    assert queries.actor_of(opened.id, now=now) is None
    assert wechat.bound_at(citizen) is None
    assert isinstance(ticket(now), Ticket)
    with pytest.raises(NotFound, match="wechat_not_bound"):
        wechat.unbind(citizen, now=now)


def test_ones_former_wechat_gives_way_to_the_new_one(citizen, now):
    former = bind(now)
    bind(now, known=Known("o-new"))

    assert queries.actor_of(former.id, now=now) is None
    assert isinstance(ticket(now), Ticket)
    assert wechat.openid_of(citizen.id) == "o-new"


def test_the_number_is_told_that_a_wechat_was_bound_and_of_nothing_else(citizen, now):
    wechat.bind(citizen, MINE, now=now)
    wechat.bind(citizen, MINE, now=now)
    errand = session().scalars(select(Errand).where(Errand.kind == "accounts.wechat_bound")).one()

    with sms.noting() as sent:
        jobs.say_bound(errand.payload, now=now)
        session().get_one(Person, citizen.id).disabled_at = now
        jobs.say_bound(errand.payload, now=now)

    (text,) = sent
    assert text.phone == "13800000001"
    assert "解除绑定" in text.text
    assert not any(word in text.text for word in ("援助", "申请", "案", "o-mine"))


def test_a_wechat_is_not_bound_to_an_account_that_is_shut(citizen, now):
    session().get_one(Person, citizen.id).disabled_at = now

    assert bind(now) == Problem("account_disabled")
    assert wechat.person_of("o-mine") is None


def test_the_wechat_of_somebody_else_stays_theirs(citizen, now):
    neighbour = make.person("13800000002", "citizen-2")
    wechat.bind(neighbour, MINE, now=now)

    assert wechat.bind(citizen, MINE, now=now) == Problem("wechat_bound_elsewhere")
    with pytest.raises(NotFound):
        wechat.unbind(citizen, now=now)
    assert wechat.openid_of(neighbour.id) == "o-mine"


def test_somebody_who_is_shut_out_gets_in_by_neither_way_and_is_not_written_to(citizen, now):
    bind(now)
    session().get_one(Person, citizen.id).disabled_at = now

    assert wechat.sign_in(ANYONE, MINE, device=PHONE, now=now) == Problem("account_disabled")
    assert bind(now, "13900000003", Known("o-else")).person_id != citizen.id
    assert wechat.openid_of(citizen.id) is None


def test_binding_is_for_citizens(unit, now):
    with pytest.raises(NotSignedIn):
        wechat.bind(ANYONE, MINE, now=now)
    for work in (lambda: wechat.bind(make.staff(), MINE, now=now), lambda: wechat.unbind(make.staff(), now=now)):
        with pytest.raises(Forbidden):
            work()


def test_questions_to_wechat_are_counted_before_they_are_asked(unit, now):
    for _ in range(60):
        wechat.ask(ANYONE, "203.0.113.7", now=now)

    with pytest.raises(TooMany, match="too_often_wechat_address"):
        wechat.ask(ANYONE, "203.0.113.7", now=now)
