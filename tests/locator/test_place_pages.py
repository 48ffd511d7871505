"""The page of one place."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from selectolax.lexbor import LexborHTMLParser

from core.db import keep, session
from locator import queries, snapshot, version
from locator.kinds import StationKind
from locator.models import ContactPerson, Deviation, DutyShift, Station, Venue
from tests.portal.browser import Browser


@pytest.fixture
def browser(brought_in, client, now):
    with time_machine.travel(now, tick=False):
        yield Browser(client)
    snapshot.forget()


@pytest.fixture
def station(browser):
    found = keep(lambda: queries.stations("430204", kind=StationKind.LEGAL_AID_CENTRE, first=1))
    return found[0]


@pytest.fixture
def change(station, now):
    """Change a station or its venue, as the office would have."""

    def done(**values):
        def work():
            row = session().get(Station, station.id)
            for name, value in values.items():
                setattr(session().get(Venue, row.venue_id) if hasattr(Venue, name) else row, name, value)
            version.advance(now=now)

        keep(work)

    return done


def rows(browser):
    return [" ".join(one.text(separator=" ").split()) for one in browser.page.css("tbody tr")]


def test_says_all_about_a_place(browser, station):
    browser.look(f"/stations/at/{station.code}")

    assert browser.heading == "〔演示〕株洲市石峰区法律援助中心"
    assert "演示数据，非真实机构" in browser.words
    assert "现在开放，12:00 午休，13:30 再开" in browser.words
    assert rows(browser)[0] == "周一 11月23日（今天） 09:00–12:00、13:30–17:00"
    assert len(rows(browser)) == 7
    assert len(browser.page.css("tr.today")) == 1
    assert "接收法律援助申请" in browser.words
    assert "有轮椅坡道" in browser.words
    assert "以现场公告为准" in browser.words
    assert "还没有经工作人员确认" in browser.words
    assert browser.page.css_first("main dd a").attributes["href"] == "tel:12348"
    addresses = {one.attributes["href"] for one in browser.page.css("main a")}
    assert f"/stations/at/{station.code}/correct" in addresses
    assert {f"/m/v1/stations/{station.code}/{paper}.pdf" for paper in ("card", "sign")} <= addresses
    assert len(browser.page.css(".around li")) == 4


def test_is_not_for_search_engines_while_it_is_made_up(browser, station, change):
    page = browser.look(f"/stations/at/{station.code}").page
    assert page.css_first("[name=robots]").attributes["content"] == "noindex"
    assert page.css_first("[rel=canonical]").attributes["href"].endswith(f"/stations/at/{station.code}")

    change(is_demo=False)
    assert browser.look(f"/stations/at/{station.code}").page.css_first("[name=robots]") is None


def test_says_who_answers_for_it_and_who_is_on_duty(browser, station):
    def staffed():
        person = {"name": "周明", "work_number": "A17", "phone": "073112348", "hours_text": "工作日上午"}
        away = {"away_from": date(2026, 11, 20), "away_until": date(2026, 11, 27), "substitute_name": "何静"}
        session().add(ContactPerson(station_id=station.id, **person, **away, substitute_phone="073100000"))
        shift = {"on": date(2026, 11, 23), "opens": 540, "closes": 720, "work_number": "1"}
        session().add(DutyShift(station_id=station.id, lawyer="罗律师", firm="三湘律师事务所", **shift))

    keep(staffed)
    browser.look(f"/stations/at/{station.code}")

    assert "何静" in browser.words
    assert "周明不在" in browser.words
    assert "罗律师（三湘律师事务所） 09:00–12:00" in browser.words


def test_tells_days_that_are_not_as_usual(browser, station, now):
    def announced():
        told = {"first_on": date(2026, 11, 25), "last_on": date(2026, 11, 26), "reason": "搬家"}
        session().add(Deviation(station_id=station.id, **told))
        version.advance(now=now)

    keep(announced)
    browser.look(f"/stations/at/{station.code}")

    assert "这些日子不一样" in browser.words
    assert "2026年11月25日 星期三至 2026年11月26日 星期四：不开放（搬家）" in browser.words
    assert "搬家" in rows(browser)[2]


def test_says_that_holidays_are_not_published_yet(browser, station):
    with time_machine.travel(datetime(2027, 2, 5, 2, tzinfo=UTC), tick=False):
        browser.look(f"/stations/at/{station.code}")

    assert "2027年节假日安排待公布" in browser.words


def test_says_what_keeps_it_true(browser, station, change):
    change(
        confirmed_on=date(2026, 11, 2),
        corrected_on=date(2026, 11, 9),
        source_note="市司法局公布，2026年10月",
        transport="坐 12 路到清水塘站",
        facts={"wheelchair_ramp": {"there": False, "verified_on": "2026-10-08"}},
    )
    browser.look(f"/stations/at/{station.code}")

    assert "2026年11月2日 星期一 确认过" in browser.words
    assert "市司法局公布，2026年10月" in browser.words
    assert "坐 12 路到清水塘站" in browser.words
    assert "没有轮椅坡道2026年10月8日 星期四核实" in browser.words
    assert "2026年11月9日 星期一 已更正" in browser.words


def test_shows_no_way_into_a_place_nobody_walks_into(browser, station, change):
    change(kind=StationKind.PRISON)
    browser.look(f"/stations/at/{station.code}")

    assert "这里不接待来访" in browser.words
    assert "12348" in browser.words
    assert not browser.page.css(".maps, .open-state, main dd a, table, .paper")
    assert "附近能帮上忙的地方" in browser.words


def test_says_of_a_place_that_is_no_more_where_else_to_go(browser, station, change):
    change(retired_on=date(2026, 11, 1))
    browser.look(f"/stations/at/{station.code}")

    assert "这里已经不办理了" in browser.words
    assert not browser.page.css(".open-state, .paper")
    assert browser.page.css(".around a")


def test_shows_hours_as_they_were_written_where_they_cannot_be_read(browser, station, change):
    change(hours="", hours_text="赶集日上午")
    assert "赶集日上午" in browser.look(f"/stations/at/{station.code}").words

    change(hours_text="", facts={}, services=[], languages=[])
    assert "没有登记" in browser.look(f"/stations/at/{station.code}").words


@pytest.mark.parametrize("code", ["nobody", "X" * 300, "𦰡"])
def test_an_unknown_place_is_a_helpful_404(browser, code):
    browser.look(f"/stations/at/{code}")

    assert browser.status == 404
    assert "12348" in browser.words


def test_regions_lead_to_the_pages_of_their_places_and_to_what_is_near(browser, station):
    browser.look("/stations/430204")
    assert browser.page.css_first(f"main a[href='/stations/at/{station.code}']")
    assert "现在开放" in browser.words

    browser.fill("/near")
    assert browser.heading == "离湖南省株洲市石峰区最近的服务点"
    assert "中心点算起" in browser.words


def test_a_region_with_one_place_links_to_it(browser):
    page = LexborHTMLParser(browser.client.get("/stations/430525203", base_url="https://127.0.0.1").text)

    assert page.css(".place h3 a")


def test_names_who_else_is_in_the_building(browser, station):
    def move_in():
        other = session().get_one(Station, "demo-430204-0")
        other.venue_id = session().get_one(Station, station.id).venue_id
        return other.code, other.name

    assert "在同一栋楼里还有" not in browser.look(f"/stations/at/{station.code}").words
    code, name = keep(move_in)

    browser.look(f"/stations/at/{station.code}")

    link = browser.page.css_first("#beside + ul a")
    assert (link.text(), link.attributes["href"]) == (name, f"/stations/at/{code}")
    assert "法律咨询" in link.parent.text()
    assert "电话 12348" in link.parent.text()
