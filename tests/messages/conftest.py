"""Somebody to be told things, by every way there is."""

import pytest

from accounts import wechat as accounts
from accounts.wechat import Known
from core import mail, sms
from core import settings as house
from core.db import keep
from core.errors import Unavailable
from core.wechat import client
from messages import subscriptions, telling
from messages.subscriptions import Said
from messages.telling import Note
from messages.ways import Kind
from tests import make, wechat_double
from tests.messages.told import carry


class Fickle(sms.Memory):
    """Texts, while somebody carries them."""

    is_away = False

    def send(self, phone, text):
        if self.is_away:
            raise Unavailable("sms_unavailable")
        super().send(phone, text)


@pytest.fixture
def texts():
    twin = Fickle()
    sms.use(twin)
    yield twin
    sms.use(None)


@pytest.fixture
def mails():
    twin = mail.Memory()
    mail.use(twin)
    yield twin
    mail.use(None)


@pytest.fixture
def double(settings, monkeypatch, db):
    """A WeChat that is set."""
    with wechat_double.serving() as made:
        monkeypatch.setattr(house, "_settings", house.replace(settings, **made.settings))
        client._made.cache_clear()
        yield made
        client._made.cache_clear()


@pytest.fixture
def citizen(db):
    return keep(make.person)


@pytest.fixture
def allowed(double, texts, citizen, now):
    """Somebody who has bound WeChat, has been told so, and allowed one message of each sort."""
    double.login("o-1")
    for template in wechat_double.TEMPLATES:
        double.accept("o-1", template)
    answers = [("news", Said.ACCEPT), ("reminder", Said.ACCEPT)]
    keep(lambda: accounts.bind(citizen, Known("o-1"), now=now) and subscriptions.consent(citizen, answers, now=now))
    carry(now)
    assert [(one.phone, one.text) for one in texts.outgoing] == [("13800000001", accounts.WORDS)]
    texts.outgoing.clear()
    return citizen


@pytest.fixture
def tell(now):
    """Tell somebody something and carry what is due: `tell(citizen, key="k")`."""

    def told(citizen=None, *, at=now, kind=Kind.NEWS, key="case:1", **changed):
        plain = {"text": "您有一条新消息。", "title": "有新进展", "body": "编号 FY-1", "phone": "13800000001"}
        owner = citizen.id if citizen else None
        keep(lambda: telling.tell(Note(kind, key, person_id=owner, **plain | changed), now=at))
        carry(at)

    return told
