"""The documents of signing in by WeChat, through the door, against a WeChat of our own over a real socket."""

import itertools
from datetime import UTC, datetime

import pytest

from api import execution, tokens
from api.viewer import Viewer
from core import settings as house
from core.db import session, transaction
from core.errors import Conflict, Malformed, NotFound, NotSignedIn, Unavailable
from core.identity import ANYONE
from core.wechat import client
from tests import make, wechat_double

KEYS = map("a-wechat-key-{:08}".format, itertools.count(1))


@pytest.fixture
def double(settings, monkeypatch, db):
    with wechat_double.serving() as made:
        monkeypatch.setattr(house, "_settings", house.replace(settings, **made.settings))
        client._made.cache_clear()
        yield made
        client._made.cache_clear()


@pytest.fixture
def viewer():
    return Viewer(ANYONE, datetime.now(UTC), "203.0.113.7", "api", None, "小米 14")


def do(viewer, name, key=None, **given):
    field = name[0].lower() + name[1:]
    inputs = {"input": given} if given else {}
    return execution.run(viewer, name, **inputs, idempotencyKey=key or next(KEYS))[field]


def as_holder(viewer, session):
    actor, sign_in = tokens.holder(session["accessToken"], now=viewer.now)
    return Viewer(actor, viewer.now, viewer.address, "api", sign_in, viewer.device)


def bound(viewer, double, openid="o-1", phone="13900000001"):
    ticket = do(viewer, "SignInByWechat", code=double.login(openid))["unbound"]["ticket"]
    return do(viewer, "BindPhone", ticket=ticket, phoneCode=double.show_phone(phone))["session"]


def codes_of(answer):
    return [problem["code"] for problem in answer["problems"]]


def test_first_a_number_then_wechat_alone(double, viewer):
    first = as_holder(viewer, bound(viewer, double))
    session = do(viewer, "SignInByWechat", code=double.login("o-1"), device="我的手机")["session"]

    second = as_holder(viewer, session)
    assert first.actor == second.actor
    me = execution.run(second, "Me")["me"]
    assert me["maskedPhone"] == "139****0001"
    assert {device["label"] for device in me["devices"]} == {"微信 · 小米 14", "微信 · 我的手机"}
    assert do(viewer, "RefreshSession", refreshToken=session["refreshToken"])["session"]
    assert execution.run(second, "WechatBinding")["me"]["wechatBoundAt"] == viewer.now


def test_a_code_is_good_once_and_a_wrong_one_says_what_to_do(double, viewer):
    code = double.login("o-1")
    do(viewer, "SignInByWechat", code=code)

    assert codes_of(do(viewer, "SignInByWechat", code=code)) == ["wechat_code_used"]
    assert codes_of(do(viewer, "SignInByWechat", code="nonsense")) == ["wechat_code_wrong"]
    assert codes_of(do(viewer, "SignInByWechat", code=double.login("risky-1"))) == ["wechat_barred"]


def test_a_phone_code_is_good_once(double, viewer):
    ticket = do(viewer, "SignInByWechat", code=double.login("o-1"))["unbound"]["ticket"]

    assert codes_of(do(viewer, "BindPhone", ticket=ticket, phoneCode="x")) == ["wechat_code_wrong"]
    assert codes_of(do(viewer, "BindPhone", ticket=ticket)) == ["phone_not_mobile"]


def test_whoever_is_signed_in_binds_and_lets_go(double, viewer):
    with transaction():
        make.person()
    mine = Viewer(make_actor(), viewer.now, viewer.address, "api", None, "电脑")
    key = next(KEYS)
    code = double.login("o-9")
    answers = [do(mine, "BindWechat", key, code=code) for _ in range(2)]

    assert answers[0]["boundAt"] == answers[1]["boundAt"]
    assert codes_of(do(mine, "BindWechat", code=code)) == ["wechat_code_used"]
    session = do(viewer, "SignInByWechat", code=double.login("o-9"))["session"]
    assert do(mine, "UnbindWechat")["ended"] == 1
    with pytest.raises(NotSignedIn):
        as_holder(viewer, session)
    with pytest.raises(NotFound):
        do(mine, "UnbindWechat")


def make_actor():
    with transaction():
        return make.Actor(id="citizen-1", kind=make.ActorKind.CITIZEN)


def test_the_wechat_of_somebody_else_is_refused_in_words(double, viewer):
    bound(viewer, double)
    with transaction():
        make.person("13800000001")
    mine = Viewer(make_actor(), viewer.now, viewer.address, "api", None, "电脑")

    assert codes_of(do(mine, "BindWechat", code=double.login("o-1"))) == ["wechat_bound_elsewhere"]
    with pytest.raises(NotSignedIn):
        do(viewer, "BindWechat", code=double.login("o-2"))


def test_wechat_is_asked_before_the_database_is_held(double, viewer, monkeypatch):
    seen = []
    real = client.Wechat.shown_by

    def looking(there, code):
        try:
            session()
        except RuntimeError:
            seen.append("free")
        return real(there, code)

    monkeypatch.setattr(client.Wechat, "shown_by", looking)
    do(viewer, "SignInByWechat", code=double.login("o-1"))

    assert seen == ["free"]


def test_what_does_not_fit_the_contract_asks_nobody(double, viewer):
    with pytest.raises(Malformed):
        execution.run(viewer, "SignInByWechat", input={"code": 7}, idempotencyKey=next(KEYS))
    with pytest.raises(Malformed):
        execution.run(viewer, "SignInByWechat", input={"code": "x"}, idempotencyKey="short")

    assert double.asked == []


def test_a_wechat_that_is_away_is_said_to_be(double, viewer):
    double.refuse_next(45009)

    with pytest.raises(Unavailable) as away:
        do(viewer, "SignInByWechat", code=double.login("o-1"))
    assert away.value.retry_after == 60


def test_without_an_account_of_ours_there_is_none(db, viewer):
    with pytest.raises(NotFound, match="wechat_off"):
        do(viewer, "SignInByWechat", code="x")


def test_a_key_stands_for_one_code(double, viewer):
    with transaction():
        make.person()
    mine = Viewer(make_actor(), viewer.now, viewer.address, "api", None, "电脑")
    do(mine, "BindWechat", "the-same-wechat-key", code=double.login("o-1"))

    with pytest.raises(Conflict):
        do(mine, "BindWechat", "the-same-wechat-key", code=double.login("o-1"))
