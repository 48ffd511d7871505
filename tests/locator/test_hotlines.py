"""Telephone lines: what is known of them is said, what is not is not."""

import dataclasses
from datetime import UTC, datetime, timedelta

import pytest

from api import execution
from api.viewer import Viewer
from core.identity import ANYONE
from locator import hotlines
from tests.portal.browser import Browser

EVERY_GROUP = {"农民工", "妇女", "未成年人", "老年人", "少数民族", "残疾人"}
NIGHT = datetime(2026, 11, 22, 19, 0, tzinfo=UTC)  # three in the morning in China


@pytest.fixture
def numbered():
    return {line.number: line for line in hotlines.directory().lines}


def test_every_group_has_a_line_and_every_line_a_source():
    found = hotlines.directory()

    assert set(found.groups) == EVERY_GROUP
    assert all(line.source and line.confidence in {"H", "M", "L"} for line in found.lines)
    assert len({line.number for line in found.lines}) == len(found.lines)


def test_only_what_is_known_is_said_of_the_hours(unit, numbered, now):
    assert (numbered["110"].is_open(NIGHT), numbered["110"].sentence(NIGHT)) == (True, "24 小时有人接")
    assert numbered["12110"].sentence(NIGHT) == "24 小时，随时可以发"
    assert (numbered["12348"].is_open(now), numbered["12348"].sentence(now)) == (None, "接听时间以当地为准")


def test_says_whether_somebody_answers_now(unit, numbered, now):
    daily = dataclasses.replace(numbered["12333"], hours="WD 09:00-12:00,13:30-17:00")

    assert (daily.is_open(now), daily.sentence(now)) == (True, "现在有人接")
    assert daily.sentence(now + timedelta(hours=10)) == "现在没有人接，明天（周二）09:00 开"


def test_apps_get_them_through_the_door(db, now):
    answer = execution.run(Viewer(ANYONE, now), "HotlineDirectory")["hotlines"]

    lines = {one["number"]: one for one in answer["lines"]}
    assert lines["12110"]["href"] == "sms:12110"
    assert lines["12348"]["href"] == "tel:12348"
    assert lines["110"]["isOpen"]
    assert execution.run(Viewer(ANYONE, now), "Hotlines")["hotlines"]["checkedOn"] == answer["checkedOn"]


def test_a_page_lists_them_all_or_those_of_a_group(client):
    browser = Browser(client)
    browser.look("/hotlines")
    assert browser.page.css_first('a[href="tel:12348"].button') is not None
    assert browser.page.css_first('a[href="sms:12110"]') is not None
    assert browser.page.css_first("[data-exit]") is not None
    assert "听不见、说不出怎么办" in browser.words

    browser.look("/hotlines?for=残疾人")
    assert "12385" in browser.words
    assert "12351" not in browser.words
    assert "12351" in browser.look("/hotlines?for=外星人").words
