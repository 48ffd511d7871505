"""What applicants are told: by text never what it is about, in their own list what they need to know."""

import pytest

from applications import jobs
from core import sms
from core.db import keep, reading
from messages import queries
from tests import make
from tests.messages.told import carry

NEWS = {
    "say_missing": "请补充材料",
    "say_decided": "有结果了",
    "say_withdrawn": "已按撤回处理",
    "say_doubted": "请作个说明",
    "say_found_false": "核查有结论了",
    "say_lifted": "核查结论已撤销",
}


@pytest.fixture
def texts(db):
    twin = sms.Memory()
    sms.use(twin)
    yield twin.outgoing
    sms.use(None)


@pytest.fixture
def citizen(db):
    return keep(make.person)


def tell(citizen, work, now, **answers):
    made = make.application
    case = keep(lambda: made(citizen, answers={"phone": "13800000001", "safe_to_text": "YES"} | answers))
    keep(lambda: work({"application_id": case.id}, now=now))
    carry(now)
    return case


def listed(citizen):
    with reading():
        return queries.mine(citizen, first=10)


def test_sends_the_number_and_nothing_else(texts, citizen, now):
    case = tell(citizen, jobs.say_received, now)

    (sent,) = texts
    assert sent.phone == "13800000001"
    assert case.reference in sent.text
    assert not any(word in sent.text for word in ("法律", "援助", "申请", "张三丰"))


@pytest.mark.parametrize("work", NEWS)
def test_says_that_there_is_news_but_not_what(texts, citizen, now, work):
    tell(citizen, getattr(jobs, work), now)

    assert not any(word in texts[0].text for word in ("法律", "给予", "不予", "补充", "承诺", "FY-"))


def test_says_even_less_where_others_may_read_it(texts, citizen, now):
    tell(citizen, jobs.say_decided, now, discreet=True)

    assert texts[0].text == jobs.NEWS_DISCREET
    assert "12348" not in texts[0].text
    (copy,) = listed(citizen)
    assert (copy.title, copy.body) == ("有一条新消息", "请在方便时点开查看。")


@pytest.mark.parametrize("answers", [{"safe_to_text": "NO"}, {"phone": "0731-84586789"}, {"phone": ""}])
def test_sends_nothing_where_it_is_not_safe_or_cannot_be(texts, citizen, now, answers):
    tell(citizen, jobs.say_decided, now, **answers)

    assert texts == []
    assert len(listed(citizen)) == 1


@pytest.mark.parametrize("work", NEWS)
def test_its_owner_reads_what_it_is_and_where_to_look(texts, citizen, now, work):
    case = tell(citizen, getattr(jobs, work), now)

    (copy,) = listed(citizen)
    assert (copy.title, copy.path) == (NEWS[work], f"/me/applications/{case.reference}")
    assert case.reference in copy.body


def test_two_things_that_happen_are_two_messages(texts, citizen, now):
    case = tell(citizen, jobs.say_missing, now)
    keep(lambda: jobs.say_missing({"application_id": case.id}, now=now))

    assert len(listed(citizen)) == 2
