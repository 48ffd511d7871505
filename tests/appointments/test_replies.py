"""A reminder can be answered by a text: for telephones without a browser."""

import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from appointments import booking, reminders, replies
from appointments.models import Appointment
from appointments.models.task import Task
from core import jobs, sms, sms_replies
from core.db import keep, reading, session
from core.errors import Forbidden, Malformed, NotFound
from core.outbox import Errand
from core.sms_replies import MOMENT, SIGNATURE, Signed
from locator import queries as places
from tests.appointments import town
from tests.appointments.town import NOW, SIGNED_IN, at, order
from tests.portal.browser import SITE

TOKEN = "a token the gateway has"
PATH = "/m/v1/sms/replies"
MONDAY = NOW.isoformat()


@pytest.fixture
def texts():
    memory = sms.Memory()
    sms.use(memory)
    yield memory
    sms.use(None)


@pytest.fixture
def made(here, citizen, now):
    return booking.book(citizen, order(at("10:00", 1)), SIGNED_IN, now=now)


def answer(text, phone="13800000001", now=NOW):
    replies.act({"phone": phone, "text": text}, now=now)


def last(texts):
    return texts.outgoing[-1].text


@pytest.mark.parametrize("text", ["1", " １。", "会来！", "来"])
def test_somebody_says_that_they_come(made, texts, text):
    answer(text, "+86 138 0000 0001")

    assert made.confirmed_at == NOW
    assert last(texts) == f"记下了，11月24日 星期二 10:00 等您，编号 {made.reference}。"


@pytest.mark.parametrize("text", ["2", "取消", "不来了"])
def test_somebody_gives_their_time_back(made, texts, text):
    answer(text)

    assert made.state == "cancelled"
    assert texts.outgoing == []  # the usual text tells of it
    answer(text)
    assert texts.outgoing == []


def test_whoever_is_too_late_is_told_whom_to_ring(here, citizen, now, texts, monkeypatch):
    found = booking.book(citizen, order(at("10:00", 1)), SIGNED_IN, now=now)
    found.starts_at = now + timedelta(seconds=1)
    monkeypatch.setattr(replies.booking, "cancel", _too_late)

    answer("2")

    assert "来不及取消" in last(texts)


def _too_late(*_given, **_named):
    raise replies.Conflict("appointment_too_late_to_cancel")


def test_another_time_is_agreed_on_by_telephone_or_by_the_link(made, texts):
    answer("改时间")
    answer("3")

    session().flush()
    task = session().query(Task).one()
    assert (task.phone, "想换时间" in task.note) == ("13800000001", True)
    assert made.link in last(texts)


def test_what_is_not_understood_is_said_and_strangers_are_told_nothing(made, texts):
    answer("谢谢你们")
    assert last(texts).startswith("没有看懂。您约的是11月24日 星期二 10:00。")

    answer("1", "13800000009")
    assert len(texts.outgoing) == 1


def push(client, said, token=TOKEN, sent_at=None, **changed):
    body = json.dumps(said).encode()
    moment = sent_at or datetime.now(UTC).isoformat()
    headers = {MOMENT: moment, SIGNATURE: Signed(token).signature(moment, body)} | changed
    return client.post(PATH, data=body, headers=headers, base_url=SITE).status_code


def test_the_gateway_pushes_what_came_back_and_once_is_enough(client, db, with_settings, texts):
    with time_machine.travel(NOW, tick=False):
        said = {"id": "g-1", "phone": "13800000001", "text": "1"}
        assert push(client, said) == 404
        with_settings(sms="http", sms_token=TOKEN)
        found = keep(lambda: town.put_up() or booking.book(town.citizen(), order(at("10:00", 1)), SIGNED_IN, now=NOW))
        assert (push(client, said), push(client, said)) == (204, 204)
        with reading():
            assert session().query(Errand).filter_by(kind="sms.replied").count() == 1
        jobs.run_due(NOW)
        assert sum("记下了" in one.text for one in texts.outgoing) == 1
        assert (push(client, said, token="another"), push(client, {"id": 1})) == (403, 400)
        assert push(client, said, sent_at=(NOW - timedelta(hours=1)).isoformat()) == 403
        with reading():
            assert session().get_one(Appointment, found.id).confirmed_at == NOW
    places.forget()


def test_a_push_is_judged_before_it_is_read():
    reader = Signed(TOKEN)

    def read(body, sent_at=MONDAY, signature=None):
        signed = reader.signature(sent_at, body) if signature is None else signature
        return reader.read({MOMENT: sent_at, SIGNATURE: signed}, body, now=NOW)

    assert read(b'{"id": "1", "phone": "2", "text": "3"}').text == "3"
    for body, more in ((b"{}", {"signature": ""}), (b"{}", {"signature": "密"})):
        with pytest.raises(Forbidden):
            read(body, **more)
    for body in (b"{", b"[]", b"{}", b'{"id": "1", "phone": "2", "text": 3}', b'"x"'):
        with pytest.raises(Malformed):
            read(body)
    with pytest.raises(Malformed):
        read(b"{}", sent_at="yesterday")
    with pytest.raises(Malformed):
        read(json.dumps({"id": "1", "phone": "2", "text": "x" * 301}).encode())


def test_a_reminder_says_how_to_answer_where_answers_are_read(db, now, with_settings):
    with pytest.raises(NotFound):
        sms_replies.reader()
    with_settings(sms="http", sms_token=TOKEN, public_url="https://" + "x" * 25)
    found = keep(lambda: town.put_up() or booking.book(town.citizen(), order(at("10:00", 4)), SIGNED_IN, now=now))
    twin = sms.Memory()
    sms.use(twin)
    keep(lambda: reminders.remind({"appointment": found.id}, now=at("10:01", 1)))
    while mine := jobs.claim(at("10:01", 1)):
        jobs.carry_out(mine, now=at("10:01", 1))
    sms.use(None)

    (text,) = [one.text for one in twin.outgoing if one.text.startswith("提醒")]
    assert text.endswith("回1会来2取消3改")
    assert len(text) <= 134  # two segments
    places.forget()
