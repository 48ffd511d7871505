"""What applicants are told by text message: never what it is about."""

import pytest

from applications import jobs
from core import sms
from tests import make


@pytest.fixture
def texts(unit):
    twin = sms.Memory()
    sms.use(twin)
    yield twin.outgoing
    sms.use(None)


@pytest.fixture
def citizen(unit):
    return make.person()


def tell(citizen, work, now, **answers):
    case = make.application(citizen, answers={"phone": "13800000001", "safe_to_text": "YES"} | answers)
    work({"application_id": case.id}, now=now)
    return case


def test_sends_the_number_and_nothing_else(texts, citizen, now):
    case = tell(citizen, jobs.say_received, now)

    (sent,) = texts
    assert sent.phone == "13800000001"
    assert case.reference in sent.text
    assert not any(word in sent.text for word in ("法律", "援助", "申请", "张三丰"))


def test_says_that_there_is_news_but_not_what(texts, citizen, now):
    tell(citizen, jobs.say_news, now)

    assert not any(word in texts[0].text for word in ("法律", "给予", "不予", "补充", "FY-"))


def test_says_even_less_where_others_may_read_it(texts, citizen, now):
    tell(citizen, jobs.say_news, now, discreet=True)

    assert texts[0].text == jobs.NEWS_DISCREET
    assert "12348" not in texts[0].text


@pytest.mark.parametrize("answers", [{"safe_to_text": "NO"}, {"phone": "0731-84586789"}, {"phone": ""}])
def test_sends_nothing_where_it_is_not_safe_or_cannot_be(texts, citizen, now, answers):
    tell(citizen, jobs.say_news, now, **answers)

    assert texts == []
