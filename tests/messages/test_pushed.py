"""What WeChat tells us of its messages, pushed once or ten times (FEATURES E07)."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from core import settings as house
from core.db import keep, reading, session
from core.outbox import Errand
from core.wechat.pushes import signature
from messages import pushed, subscriptions
from tests import wechat_pushing
from tests.messages.told import carry
from tests.wechat_double import NEWS, REMINDER
from tests.wechat_pushing import SET, TOKEN

OFF = {"SubscribeStatusString": "reject"}


def told(*messages, event="subscribe_msg_change_event", openid="o-1"):
    several = list(messages) if len(messages) != 1 else messages[0]  # one comes alone, not in a list
    return {"Event": event, "FromUserName": openid, "MsgType": "event", "List": several}


def left(citizen):
    with reading():
        return {one.name: one.left_over for one in subscriptions.offered(citizen)}


def test_what_somebody_turned_off_in_wechat_is_not_sent_any_more(allowed, now):
    keep(lambda: pushed.heed({"said": told(OFF | {"TemplateId": NEWS})}, now=now))
    assert left(allowed) == {"news": 0, "reminder": 1}

    both = told(OFF | {"TemplateId": NEWS}, OFF | {"TemplateId": REMINDER})
    keep(lambda: pushed.heed({"said": both}, now=now))
    assert left(allowed) == {"news": 0, "reminder": 0}


@pytest.mark.parametrize(
    "said",
    [
        told(OFF | {"TemplateId": "unknown"}),
        told(OFF | {"TemplateId": NEWS}, openid="o-nobody"),
        told({"SubscribeStatusString": "accept", "TemplateId": NEWS}, event="subscribe_msg_popup_event"),
        told({"TemplateId": NEWS, "ErrorCode": "0", "ErrorStatus": "success"}, event="subscribe_msg_sent_event"),
        told(event="wxa_media_check"),
        {"Event": "subscribe_msg_change_event", "List": "nonsense"},
        {},
    ],
)
def test_anything_else_changes_nothing(allowed, now, said):
    keep(lambda: pushed.heed({"said": said}, now=now))

    assert left(allowed) == {"news": 1, "reminder": 1}


def test_what_did_not_arrive_is_on_record_without_a_name(allowed, now, capfd):
    said = told({"TemplateId": NEWS, "ErrorCode": "3", "ErrorStatus": "x"}, event="subscribe_msg_sent_event")
    keep(lambda: pushed.heed({"said": said}, now=now))

    assert "o-1" not in "".join(capfd.readouterr())


@pytest.fixture
def door(client, allowed, monkeypatch):
    """WeChat at our door."""
    monkeypatch.setattr(house, "_settings", house.replace(house.current(), **SET))
    return client


def test_a_push_comes_as_often_as_it_likes_and_is_heeded_once(door, allowed):
    now = datetime.now(UTC)
    one = wechat_pushing.sealed(told(OFF | {"TemplateId": NEWS}))
    query = wechat_pushing.signed(one, now)
    answers = [door.post("/m/v1/wechat/push", query_string=query, data=wechat_pushing.body(one)) for _ in range(3)]

    assert [(one.status_code, one.text) for one in answers] == [(200, "success")] * 3
    with reading():
        assert session().scalar(select(func.count()).where(Errand.kind == "wechat.pushed")) == 1
    carry(datetime.now(UTC))
    assert left(allowed)["news"] == 0


def test_a_stranger_at_the_door_is_turned_away(door):
    now = datetime.now(UTC)
    one = wechat_pushing.sealed(told(OFF | {"TemplateId": NEWS}))
    query = wechat_pushing.signed(one, now, token="guessed")

    assert door.post("/m/v1/wechat/push", query_string=query, data=wechat_pushing.body(one)).status_code == 403
    assert door.get("/m/v1/wechat/push?echostr=x").status_code == 403
    with reading():
        assert session().scalar(select(func.count()).where(Errand.kind == "wechat.pushed")) == 0


def test_whoever_checks_that_we_are_there_is_answered(door):
    query = {"timestamp": "1", "nonce": "2", "echostr": "<b>7", "signature": signature(TOKEN, "1", "2")}
    answer = door.get("/m/v1/wechat/push", query_string=query)

    assert (answer.status_code, answer.text) == (200, "<b>7")
    assert answer.content_type.startswith("text/plain")


def test_where_no_wechat_is_there_is_no_door(client):
    assert client.get("/m/v1/wechat/push").status_code == 404
