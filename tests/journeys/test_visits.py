"""A time at a place: ordered by keys alone and without scripts, moved by the link, given back; staff see who comes."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from core.calendar import bundled, china_day
from tests.journeys.keyboard import Keyboard
from tests.journeys.readers import TELEPHONE, THOROUGH, judged
from tests.journeys.test_cases import sign_staff_in

PHONE = "13800000077"


@pytest.fixture(scope="module")
def place(browser, live):
    """The address of a place in the clerk's district."""
    page = browser.new_page()
    page.goto(live.url + "/api/directory/430211")
    found = re.search(r'\["([0-9A-Z]{4}-[0-9A-Z]{4})","[^"]*","[^"]*","430211"', page.inner_text("body"))
    page.close()
    return found[1]


def a_week_on():
    """Give a day that is worked, far enough ahead."""
    return bundled().roll(china_day(datetime.now(UTC)) + timedelta(days=7))


def test_somebody_with_keys_alone_and_no_scripts_orders_moves_and_gives_back(visit, live, place):
    page = visit(f"/stations/at/{place}", javascript=False, **TELEPHONE)
    keys = Keyboard(page)
    keys.press("main a:text-is('预约')")
    keys.press("a:has-text('到窗口面谈')")
    page.goto(f"{page.url}?from={a_week_on()}")
    times = page.locator("[name=starts_at]")
    first, second = (times.nth(n).get_attribute("value") for n in (0, 1))
    spoken = page.get_by_role("radio").first
    assert re.fullmatch(
        r"\d{4}年\d+月\d+日 星期. \d\d:\d\d–\d\d:\d\d", spoken.evaluate("e => e.labels[0].textContent.trim()")
    )
    keys.choose("starts_at", first)
    keys.press("main button.primary")
    assert "为您留到" in page.inner_text("main")
    keys.write("[name=name]", "王女士")
    keys.write("[name=phone]", PHONE)
    keys.tick("[name=needs][value=WHEELCHAIR]")
    keys.press("main button.primary")
    keys.write("[name=code]", live.code_to(PHONE))
    keys.press("main button.primary")
    assert "约好了" in page.inner_text("main")

    link = page.url.partition("?")[0]
    assert keys.fetch("a:has-text('加到手机日历')").startswith(b"BEGIN:VCALENDAR")
    keys.press("a:text-is('改时间')")
    page.goto(f"{page.url}?from={a_week_on()}")
    keys.choose("starts_at", second)
    keys.press("main button.primary")
    page.wait_for_url(link)
    keys.press("a:text-is('取消预约')")
    keys.press("main button.primary")
    assert "已取消" in page.inner_text("main")


@pytest.mark.parametrize("reader", THOROUGH)
def test_there_is_no_barrier_on_the_way(visit, live, place, reader):
    page = visit(f"/visits/at/{place}", **THOROUGH[reader])
    judged(page)
    page.goto(f"{live.url}/visits/at/{place}/WINDOW_TALK?from={a_week_on()}")
    judged(page)
    page.get_by_role("button", name="下一步").click()
    assert "请改正" in page.title()
    judged(page)
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="下一步").click()
    page.locator(".kept .left", has_text="还有").wait_for()
    with page.expect_request(re.compile(r"/hold/[^/]+/back$")) as told:  # the time is given back, and taken back
        page.reload()
    assert told.value.response().status == 204
    page.locator(".kept .left", has_text="还有").wait_for()
    page.get_by_role("button", name="发验证码").click()
    assert "请改正" in page.title()
    judged(page)


def test_staff_see_the_day_and_its_pages_have_no_barrier(visit, live, place, browser):
    number = "13800000078"
    page = visit("/sign-in", **TELEPHONE)
    page.get_by_label("手机号").fill(number)
    page.get_by_role("button").filter(has_text="验证码").click()
    page.get_by_label("验证码").fill(live.code_to(number))
    page.get_by_role("button", name="登录", exact=True).click()
    page.goto(f"{live.url}/visits/at/{place}/WINDOW_TALK?from={a_week_on()}")
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="下一步").click()
    page.get_by_label("怎么称呼您").fill("李先生")
    page.get_by_role("button", name="预约", exact=True).click()
    page.wait_for_url(re.compile(r"/visits/of/"))
    link = page.url.partition("?")[0]
    for path in (link, f"{link}/change", f"{link}/cancel", f"{live.url}/me/visits"):
        page.goto(path)
        judged(page)

    desk = visit("/desk", **TELEPHONE)
    sign_staff_in(desk, live, "clerk")
    desk.goto(f"{live.url}/desk/visits?day={a_week_on()}")
    assert "李先生" in desk.inner_text("main")
    judged(desk)
    desk.get_by_role("button", name="已到").first.click()
    desk.wait_for_load_state()
    assert "已到" in desk.inner_text("main")
