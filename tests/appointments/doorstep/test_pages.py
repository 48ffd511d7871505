"""The day of a visit on pages, without scripts: the card, the sheet, what is done at the door."""

import io

import pytest
import time_machine

from core.db import keep
from locator import queries as places
from tests.appointments import town
from tests.appointments.town import at
from tests.appointments.visits import village
from tests.evidence.samples import jpeg
from tests.portal.browser import Browser
from tests.portal.working import sign_staff_in


@pytest.fixture
def visit(client):
    """Somebody's visit at ten on Tuesday."""

    def work():
        town.put_up()
        village.put_up()
        made = village.ordered()
        return made.id, made.link, made.reference

    yield keep(work)
    places.forget()


@pytest.fixture
def browser(client, visit):
    with time_machine.travel(at("09:50", 1), tick=False) as clock:
        found = Browser(client)
        found.clock = clock
        yield found


@pytest.fixture
def desk(browser):
    sign_staff_in(browser.client, "station_clerk", region="430211")
    return browser


def test_the_card_says_who_comes_and_anybody_checks_it(browser, visit):
    _, link, _ = visit
    browser.look(f"/visits/of/{link}/door")
    code = browser.page.css_first(".door-code").text()
    assert all(said in browser.words for said in ("周敏", "team0-0", "不收一分钱", "手机验证码", "12348"))
    assert not any(said in browser.words for said in ("幸福路", "王女士"))

    browser.look("/door").fill("/door", code=code)
    assert all(said in browser.words for said in ("今天确实有这次上门", "near 中心", "周敏", "10:00–11:00", "不收费"))
    assert not any(said in browser.words for said in ("幸福路", "王女士"))
    for wrong in ("0000 0000", "王", ""):
        assert "没有核对上" in browser.look("/door").fill("/door", code=wrong).words
    assert browser.fill("/door", code="1" * 21).status == 422
    browser.clock.move_to(at("09:50", 0))
    assert "前一天起" in browser.look(f"/visits/of/{link}/door").words
    assert browser.look("/visits/of/" + "x" * 41 + "/door").status == 404


def test_a_team_sees_its_day_and_says_what_was_done(desk, visit):
    which, link, reference = visit
    desk.look("/desk/rounds/team0/2026-11-24")
    assert all(said in desk.words for said in ("team0 上门小组", "幸福路 3 号", "按二楼的铃", "坐轮椅", reference))
    assert desk.page.css("[data-acts] [name=client_key]") != []
    assert "没有人要去" in desk.look("/desk/rounds/team0/2026-11-23").words

    desk.look(f"/desk/doorstep/{which}")
    desk.fill(f"/desk/doorstep/{which}", lat="27.8004", lon="113.1")  # the first form: 到了
    assert "09:50 到达（在约定地点附近）" in desk.words
    desk.clock.move_to(at("10:02", 1))
    papers = {"kind": "PAPERS", "words": "身份证复印件 1 份", "minutes": "", "lat": "x"}
    desk.fill(f"/desk/doorstep/{which}", **papers)
    assert "身份证复印件 1 份" in desk.words
    assert desk.fill(f"/desk/doorstep/{which}", **papers | {"words": "长" * 301}).status == 422
    desk.look(f"/desk/doorstep/{which}")
    desk.fill(f"/desk/doorstep/{which}")  # the first form now: 办完离开
    assert "10:02 离开" in desk.words
    assert desk.look(f"/visits/of/{link}/door").status == 404  # nobody is expected any more


def test_papers_are_photographed_and_shown_to_the_staff_of_the_region(desk, visit):
    which, *_ = visit
    desk.look(f"/desk/doorstep/{which}")
    shape = next(one for one in desk.page.css("main form") if one.attributes["action"].endswith("/photo"))
    fields = {one.attributes["name"]: one.attributes.get("value") or "" for one in shape.css("input[type=hidden]")}

    def send(**given):
        told = {**fields, **given}
        return desk.client.post(f"/desk/doorstep/{which}/photo", data=told, base_url="https://127.0.0.1")

    assert send().status_code == 422  # no file
    assert "还没有照片" in desk.look(f"/desk/doorstep/{which}/photos").words
    for _ in range(2):  # sent again, it counts once
        assert send(photo=(io.BytesIO(jpeg()), "a.jpg")).status_code == 303
    assert "已经有 1 张" in desk.look(f"/desk/doorstep/{which}").words
    (shown,) = desk.look(f"/desk/doorstep/{which}/photos").page.css("main img")
    assert shown.attributes["src"].startswith("data:image/jpeg;base64,")
    assert send(client_key="x").status_code == 400


def test_whoever_sits_beside_says_a_code(desk, visit):
    which, *_ = visit
    desk.look(f"/desk/doorstep/{which}").fill(f"{which}/witness")
    assert len(desk.page.css_first(".door-code").text()) == len("7K3M-Q9Q2")


def test_the_receipt_is_for_staff_of_the_region(desk, visit):
    which, *_ = visit
    desk.look(f"/desk/doorstep/{which}")
    address = desk.page.css_first("a[href$='/receipt']").attributes["href"]
    given = desk.client.get(address, base_url="https://127.0.0.1")
    assert given.data.startswith(b"%PDF")
    assert given.headers["Cache-Control"] == "private, no-store"
    sign_staff_in(desk.client, "station_clerk", region="430281")
    assert desk.client.get(address, base_url="https://127.0.0.1").status_code == 404


def test_a_visit_of_tomorrow_cannot_be_begun(desk, visit):
    which, *_ = visit
    desk.clock.move_to(at("15:00", 0))
    desk.look(f"/desk/doorstep/{which}")
    assert desk.page.css("main [name=kind]") == []


def test_the_numbers_of_a_team_are_set(desk):
    desk.look("/desk/rounds/team0/2026-11-24")
    desk.look(desk.page.css_first("a[href*='/team/']").attributes["href"])
    assert desk.fill("/team/", team_phone="12").status == 422
    assert desk.problems == ["#field-team_phone"]
    assert desk.fill("/team/", team_phone="1" * 21).status == 422
    assert desk.fill("/team/", team_phone="137 0000 0001", supervisor_phone="").path == "/desk/rounds"


def test_strangers_are_told_nothing(browser, visit):
    which, *_ = visit
    sign_staff_in(browser.client, "station_clerk", region="430281")
    assert browser.look(f"/desk/doorstep/{which}").status == 404
    assert browser.look("/desk/rounds/team0/2026-11-24").status == 404
    assert browser.look(f"/desk/doorstep/{which}/photos").status == 404
