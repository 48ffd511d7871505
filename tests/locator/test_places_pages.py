"""The places of a region on the desk: who answers there, who is on duty, what is missing."""

from datetime import timedelta

import pytest

from core.calendar import china_day
from core.db import keep, session
from locator.models import Station
from tests.portal.browser import SITE, Browser
from tests.portal.working import instant, sign_staff_in

PLACE = "demo-430211-0"
CHEN = {"lawyer": "陈律师", "firm": "某某律师事务所", "work_number": "1430"}


@pytest.fixture
def desk(brought_in, client):
    sign_staff_in(client, "station_clerk")
    return Browser(client)


@pytest.fixture
def code(brought_in, db):
    return keep(lambda: session().get_one(Station, PLACE).code)


def typed(day, name):
    return {f"{name}_year": str(day.year), f"{name}_month": str(day.month), f"{name}_day": str(day.day)}


def lay_out(desk, code, **given):
    monday = china_day(instant()) + timedelta(days=1)
    days = typed(monday, "first_on") | typed(monday + timedelta(days=6), "last_on")
    every = [str(n) for n in range(1, 8)]
    desk.look(f"/desk/places/{code}/roster")
    shift = {"weekdays": every, "opens": "9:00", "closes": "12:00"}
    return desk.fill("/roster?", **(shift | days | CHEN | given))


def test_a_keeper_finds_the_places_of_their_region(desk, code):
    desk.look("/desk/places")
    assert "〔演示〕株洲市天元区公共法律服务中心" in desk.words
    assert "石峰区" not in desk.words
    assert "没有登记" in desk.words

    following = desk.page.css_first("a[rel=next]")
    assert following is None or desk.look(following.attributes["href"]).status == 200
    assert "没有找到服务点" in desk.look("/desk/places?text=100%").words


@pytest.mark.parametrize("week", ["0001-01-01", "9999-12-31", "1900-01-01", "x"])
def test_a_week_nobody_lays_out_is_this_one(desk, code, week):
    here = desk.look(f"/desk/places/{code}/roster").words

    assert desk.look(f"/desk/places/{code}/roster?week={week}").words == here


def test_says_who_answers_there_and_takes_it_back(desk, code):
    desk.look(f"/desk/places/{code}").fill(f"/{code}", name="李明", work_number="T1", phone="0731-28000000")
    assert "已保存" in desk.words
    assert desk.value("name") == "李明"
    assert "李明" in desk.look("/desk/places").words

    desk.look(f"/desk/places/{code}").fill("/remove")
    assert desk.value("name") == ""


def test_nothing_typed_is_lost(desk, code):
    away = {"away_from_year": "2026", "away_from_month": "13", "away_from_day": "1"}
    desk.look(f"/desk/places/{code}").fill(f"/{code}", name="李明", **away)
    assert (desk.status, desk.problems) == (422, ["#field-away_from"])
    assert desk.value("away_from_month") == "13"

    desk.look(f"/desk/places/{code}").fill(f"/{code}", name="李明", substitute_name="王芳")
    assert desk.problems == ["#field-work_number", "#field-phone", "#field-substitute_phone"]
    assert desk.value("substitute_name") == "王芳"


def test_a_roster_is_laid_out_and_shown_a_week_at_a_time(desk, code):
    lay_out(desk, code)

    assert desk.status == 200
    assert "排好了" in desk.words
    assert "陈律师" in desk.page.css_first("table").text()
    assert desk.page.css_first("caption") is not None
    for step in ("prev", "next"):
        assert desk.look(desk.page.css_first(f"a[rel={step}]").attributes["href"]).status == 200


def test_a_gap_rings_on_the_desk_until_somebody_fills_it(desk, code):
    lay_out(desk, code, lawyer="", firm="", work_number="")
    assert "缺人" in desk.words
    assert "没有人值班" in desk.look("/desk/places").words
    gap = desk.page.css_first(".notice a").attributes["href"]

    desk.look(gap).fill("/assign", lawyer="周律师")
    assert "周律师" in desk.page.css_first("table").text()
    desk.look(gap).fill("/cancel")
    assert "周律师" not in desk.words


def test_what_does_not_fit_a_roster_is_said_where_it_is(desk, code):
    lay_out(desk, code, weekdays=[], opens="x", closes="")
    assert desk.problems == ["#field-weekdays", "#field-opens", "#field-closes"]
    assert desk.value("opens") == "x"

    lay_out(desk, code, lawyer="长" * 41)
    assert desk.problems == ["#field-lawyer"]
    lay_out(desk, code)
    desk.fill("/assign", lawyer="长" * 41)
    assert (desk.status, len(desk.problems)) == (422, 1)
    lay_out(desk, code, first_on_year="1899")
    assert desk.status == 422


def test_a_place_elsewhere_is_not_there(desk):
    other = keep(lambda: session().get_one(Station, "demo-430281-0").code)

    assert desk.look(f"/desk/places/{other}").status == 404
    assert desk.look(f"/desk/places/{other}/roster?week=never").status == 404
    sign_staff_in(desk.client, "reviewer")
    assert desk.client.get("/desk/places", base_url=SITE).status_code == 403
