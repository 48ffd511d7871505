"""By the link in a text, without scripts: one tap says how it was; the desk answers; who did not come says why."""

import dataclasses
import re

import pytest
import time_machine

from appointments import booking, tasks
from core import jobs, sms
from core.db import keep
from locator import queries as places
from tests.appointments import town
from tests.appointments.town import SIGNED_IN, at, order
from tests.portal.browser import Browser
from tests.portal.working import sign_staff_in

LINK = re.compile(r"/visits/of/[\w-]+/\w+")


@pytest.fixture
def texts():
    memory = sms.Memory()
    sms.use(memory)
    yield memory
    sms.use(None)


@pytest.fixture
def desk(client, now, texts):
    """Staff at the desk, in the afternoon; somebody has an appointment at three."""

    def work():
        town.put_up()
        return booking.book(town.citizen(), order(), SIGNED_IN, now=now).id

    keep(work)
    with time_machine.travel(at("15:40"), tick=False):
        browser = Browser(client)
        sign_staff_in(client, "station_clerk", region="430211")
        yield browser
    places.forget()


def last_link(texts, when):
    before = len(texts.outgoing)
    jobs.run_due(when)
    found = (LINK.search(one.text) for one in texts.outgoing[before:])
    return next(one[0] for one in found if one)


def _a_colleague_takes_it():
    colleague = dataclasses.replace(town.clerk(), id="other", name="李")
    (task,) = tasks.waiting(colleague, now=at("16:25"))
    tasks.take(colleague, task.id, now=at("16:25"))


def test_one_tap_says_how_it_was_and_a_bad_word_is_answered(desk, texts):
    desk.look("/desk/visits")
    desk.look(desk.page.css_first("a[href$=outcome]").attributes["href"])
    assert desk.fill("/outcome", outcome="", next_step="").status == 422
    assert "请选办成了什么" in desk.words
    assert desk.fill("/outcome", outcome="ADVISED", next_step="").status == 422
    assert "请写接下来怎么办" in desk.words
    desk.fill("/outcome", outcome="ADVISED", next_step="三天内给您打电话")

    link = last_link(texts, at("16:20"))
    assert "三天内给您打电话" in desk.look(link).words
    desk.fill("/rate", button=("score", "1"))
    assert "会有人在下一个工作日下班前答复" in desk.words
    desk.fill("/rate", words="等了太久", wants_call="yes")

    desk.look("/desk/tasks")
    keep(_a_colleague_takes_it)
    assert desk.fill("/take").status == 422
    assert "已经有同事在办这件事" in desk.words
    assert "李 在办" in desk.words
    assert all(said in desk.words for said in ("非常不满意", "等了太久", "13800000001", "11月24日"))
    desk.fill("/take")
    assert desk.fill("/desk/tasks", button=("result", "REACHED")).status == 422
    assert "请写一句办得怎么样" in desk.words
    desk.fill("/desk/tasks", button=("result", "REACHED"), answer="已经加开窗口")
    assert "没有要打的电话" in desk.words

    assert last_link(texts, at("16:30")) == link
    assert "已经加开窗口" in desk.look(link).words
    desk.look(f"{link}?again=yes").fill("/rate", button=("score", "4"))
    assert "您说：满意" in desk.words


def test_who_did_not_come_says_why_with_one_tap_and_is_rung(desk, texts):
    desk.look("/desk/visits").fill("/desk/visits", button=("state", "NO_SHOW"))

    link = last_link(texts, at("16:20"))
    assert "没等到您，不要紧" in desk.look(link).words
    desk.fill("/missed", button=("why", "HEALTH"))
    assert "知道了，谢谢您告诉我们" in desk.words
    desk.fill("/missed", button=("wants_call", "yes"))
    assert "会有人给您打电话" in desk.words
    assert "没有来，想请我们打电话" in desk.look("/desk/tasks").words


def test_what_is_no_link_and_no_score_is_refused(desk):
    assert desk.look("/visits/of/" + "x" * 41 + "/rate").status == 404
    assert desk.look("/desk/visits/x/y/outcome").status == 404
