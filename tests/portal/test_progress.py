"""How one's own case stands, in a browser without scripts."""

import io
from datetime import timedelta

import pytest

from applications import decisions, supplements
from applications.supplements import Missing
from core.db import keep
from tests import make
from tests.evidence import samples
from tests.portal.applying import leave, sign_somebody_in
from tests.portal.browser import Browser
from tests.portal.working import REFERENCE, case, instant, links

PAGE = f"/me/applications/{REFERENCE}"


@pytest.fixture
def citizen(client):
    case()
    sign_somebody_in(client, "13800000001")
    return Browser(client)


def ask_for(*missing):
    keep(lambda: supplements.ask(make.staff(), REFERENCE, [Missing(one) for one in missing], now=instant()))


def field(browser, kind):
    return [one.attributes["name"] for one in browser.page.css(kind) if one.attributes.get("name")]


def test_lists_ones_cases(citizen):
    citizen.look("/me/applications")

    assert citizen.status == 200
    assert links(citizen, REFERENCE) == [PAGE]
    assert "已收到，等待审查" in citizen.words
    assert citizen.answer.headers["Cache-Control"] == "no-store"


def test_says_how_a_case_stands_and_what_comes_next(citizen):
    citizen.look(PAGE)

    assert citizen.heading == "申请进度"
    assert "轮到法律援助机构" in citizen.words
    assert [one.text().strip().split("（")[0] for one in citizen.page.css(".timeline .title")] == [
        "已收到您的申请",
        "作出决定",
        "安排律师",
    ]
    assert citizen.answer.headers["Cache-Control"] == "no-store"
    assert REFERENCE not in citizen.page.css_first("title").text()


def test_takes_files_and_words_in_one_form_and_loses_nothing(citizen):
    ask_for("case_material", "authority")
    citizen.look(PAGE)
    first, second = field(citizen, "input[type=file]")
    words = field(citizen, "textarea")

    photo = [(io.BytesIO(samples.PNG_SMALL), "工资条.png")]
    citizen.fill("/supply", button=("upload", "yes"), **{first: photo, words[1]: "没有监护证明"})

    assert citizen.status == 200
    assert "工资条.png" in citizen.words
    assert citizen.page.css("textarea")[1].text().strip() == "没有监护证明"
    citizen.fill("/supply")
    assert (citizen.path, citizen.status) == (PAGE, 200)
    assert "您已补交，审查继续" in citizen.words
    assert second not in field(citizen, "input[type=file]")


def test_says_what_is_still_missing_and_ties_it_to_its_field(citizen):
    ask_for("case_material", "authority")
    citizen.look(PAGE)
    words = field(citizen, "textarea")

    citizen.fill("/supply", **{words[0]: "说明"})

    assert citizen.status == 422
    assert citizen.problems == [f"#field-{words[1]}"]
    assert citizen.page.css("textarea")[0].text().strip() == "说明"
    assert citizen.page.css_first(f"#field-{words[1]}").attributes["aria-invalid"] == "true"
    assert citizen.page.css_first("title").text().startswith("请改正")


def test_says_of_a_file_that_is_none_what_is_the_matter(citizen):
    ask_for("case_material", "authority")
    citizen.look(PAGE)
    first, second = field(citizen, "input[type=file]")
    words = field(citizen, "textarea")

    files = {first: [(io.BytesIO(b"#!/bin/sh"), "a.jpg")], second: [(io.BytesIO(samples.PNG_SMALL), "证明.png")]}
    citizen.fill("/supply", **files, **{words[0]: "说明"})

    assert citizen.status == 422
    assert citizen.problems == [f"#field-{first}"]
    assert "证明.png" in citizen.words
    assert citizen.page.css("textarea")[0].text().strip() == "说明"


def test_takes_no_words_that_are_too_long(citizen):
    ask_for("explanation")
    citizen.look(PAGE)
    (words,) = field(citizen, "textarea")

    citizen.fill("/supply", **{words: "长" * 301})

    assert citizen.status == 422
    assert citizen.problems == [f"#field-{words}"]


def test_asks_once_more_before_it_takes_a_case_back(citizen):
    citizen.look(PAGE)
    citizen.look(*links(citizen, "withdraw"))
    assert citizen.heading == "要撤回这份申请吗？"

    citizen.fill("/withdraw")

    assert citizen.path == PAGE
    assert "您已撤回" in citizen.words
    assert not links(citizen, "withdraw")


def test_shows_the_decision_and_its_letter(citizen):
    keep(lambda: decisions.refuse(make.staff(), REFERENCE, ["outside_scope"], "不在范围内", now=instant()))

    citizen.look(PAGE)

    assert "这次没有给予法律援助" in citizen.words
    assert "不在范围内" in citizen.words
    (letter,) = links(citizen, "/m/v1/letters/")
    given = citizen.client.get(letter, base_url="https://127.0.0.1")
    assert given.status_code == 200
    assert given.data.startswith(b"%PDF")


def test_shows_a_grant_and_until_when_there_is_a_lawyer(citizen):
    keep(lambda: decisions.grant(make.staff(), REFERENCE, ["conditions_met"], "", now=instant()))

    citizen.look(PAGE)

    assert "已决定给予您法律援助" in citizen.words
    assert "最晚安排律师" in citizen.words


def test_says_when_the_clock_stands_still(citizen):
    ask_for("explanation")

    assert "暂停计算" in citizen.look(PAGE).words


def test_says_which_dates_may_still_move(client):
    case(now=instant() + timedelta(days=800))
    sign_somebody_in(client, "13800000001")

    assert "放假安排还没公布" in Browser(client).look(PAGE).words


def test_is_nobody_elses_business(citizen):
    ask_for("explanation")
    sign_somebody_in(citizen.client, "13800000002")

    assert citizen.look("/me/applications").status == 200
    assert REFERENCE not in citizen.answer.text
    for path in (PAGE, f"{PAGE}/withdraw"):
        assert citizen.look(path).status == 404
    citizen.look("/preferences")
    token = citizen.value("csrf_token")
    for path in (f"{PAGE}/withdraw", f"{PAGE}/supply"):
        sent = {"csrf_token": token, "idempotency_key": "key-0123456789abcdef"}
        assert citizen.client.post(path, data=sent, base_url="https://127.0.0.1").status_code == 404


def test_wants_to_know_who_asks(citizen):
    leave(citizen.client)

    answer = citizen.client.get(PAGE, base_url="https://127.0.0.1")

    assert answer.status_code in {303, 404}
    assert REFERENCE not in answer.headers.get("Location", "").partition("?")[2]
