"""A pledge that was not true, page by page: on the desk, and for whoever pledged."""

import pytest

from applications import findings
from applications.models.application import Application
from applications.models.pledge import Pledge
from core.db import keep, session
from tests import make
from tests.portal.applying import leave, sign_somebody_in
from tests.portal.browser import Browser
from tests.portal.working import REFERENCE, case, instant, sign_staff_in

DESK, OWN = f"/desk/cases/{REFERENCE}", f"/me/applications/{REFERENCE}"
WORDS = "工资表上每月有六千元。"


@pytest.fixture
def pledged(client):
    owner, _ = case()

    def sign():
        made = session().query(Application).one()
        said = {"template": "x", "template_version": "2026-11", "acknowledged": [], "method": "typed", "signed": {}}
        said |= {"signed_at": instant(), "sha256": "b" * 64, "draft_id": made.draft_id, "person_id": owner.id}
        session().add(Pledge(application_id=made.id, **said))

    keep(sign)
    return owner


@pytest.fixture
def browser(client):
    return Browser(client)


@pytest.fixture
def doubted(pledged):
    keep(lambda: findings.doubt(make.staff(), REFERENCE, WORDS, now=instant()))
    return pledged


def test_staff_say_what_is_not_true(pledged, browser):
    sign_staff_in(browser.client, "reviewer")
    browser.look(DESK).fill("/doubt-pledge", doubt_words="不")
    assert browser.status == 422
    assert browser.problems == ["#field-doubt_words"]
    assert browser.page.css_first("details[open] [name=doubt_words]")

    browser.fill("/doubt-pledge", doubt_words=WORDS)

    assert "等待确认" in browser.words
    assert WORDS in browser.words


def test_whoever_pledged_is_told_and_explains(doubted, browser):
    sign_somebody_in(browser.client, "13800000001")
    browser.look(OWN)
    assert WORDS in browser.words
    assert "还没有算数" in browser.words
    assert browser.fill("/explain-pledge", words="").status == 422
    assert browser.problems == ["#field-words"]

    browser.fill("/explain-pledge", words="填的时候还没有开工。")

    assert "填的时候还没有开工。" in browser.words


def test_a_second_person_confirms_it_and_may_take_it_back(doubted, browser):
    keep(lambda: findings.explain(doubted, REFERENCE, "填的时候还没有开工。", now=instant()))
    sign_staff_in(browser.client, "decision_maker")

    browser.look(DESK).fill("/confirm-false-pledge")
    assert "已确认" in browser.words
    browser.fill("/lift-pledge-finding", lift_words="")
    assert browser.problems == ["#field-lift_words"]
    browser.fill("/lift-pledge-finding", lift_words="核对错了人。")

    assert "已撤销" in browser.words
    leave(browser.client)
    sign_somebody_in(browser.client, "13800000001")
    assert "已经撤销，没有影响了" in browser.look(OWN).words


def test_whoever_pledged_reads_what_it_means_and_what_to_do(doubted, browser):
    keep(lambda: findings.explain(doubted, REFERENCE, "填的时候还没有开工。", now=instant()))
    keep(lambda: findings.confirm(make.staff(staff_id="staff-2"), REFERENCE, now=instant()))
    sign_somebody_in(browser.client, "13800000001")

    words = browser.look(OWN).words

    assert "照样可以申请法律援助" in words
    assert "12348" in words
