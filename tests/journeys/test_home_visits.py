"""Somebody in a wheelchair is visited: a carer orders without scripts, moves it by the link, and they undo it."""

import re

import pytest

from tests.journeys.keyboard import Keyboard
from tests.journeys.readers import ELDER, TELEPHONE, judged
from tests.journeys.test_cases import sign_staff_in
from tests.journeys.test_doorstep import see_to_it

PHONE, VISITED = "13800000087", "13800000088"


def as_far_as(keys, page):
    """Go through the region and the first page."""
    for label in ("株洲市", "天元区"):
        page.select_option("#field-region", label=label)
        keys.press("button[name=region_next]")
    page.select_option("#field-region", index=2)
    keys.write("[name=address]", "样板路 3 号 2 栋 101")
    keys.press("main button.primary")


def test_a_carer_orders_for_somebody_in_a_wheelchair_and_moves_it_by_the_link(visit, live):
    page = visit("/home-visits", javascript=False, **TELEPHONE)
    keys = Keyboard(page)
    keys.press("main a:text-is('开始预约')")
    as_far_as(keys, page)
    keys.choose("relation", "CARER")
    for name, text in ("name", "李阿姨"), ("visitee_name", "王爷爷"), ("visitee_phone", VISITED):
        keys.write(f"[name={name}]", text)
    keys.tick("[name=agreed]")
    keys.tick("[name=reasons][value=DISABILITY]")
    keys.press("main button.primary")
    keys.tick("[name=needs][value=WHEELCHAIR]")
    keys.press("main button.primary")
    keys.choose("starts_at", page.locator("[name=starts_at]").first.get_attribute("value"))
    keys.press("main button.primary")
    keys.write("[name=phone]", PHONE)
    keys.press("main button.primary")
    keys.write("[name=code]", live.code_to(PHONE))
    keys.press("main button.primary")
    assert "约好了" in page.inner_text("main")
    assert "坐轮椅，或走路不方便" in page.inner_text("main")

    link = page.url.partition("?")[0]
    before = page.inner_text("main")
    keys.press("a:text-is('改时间')")
    keys.choose("starts_at", page.locator("[name=starts_at]").last.get_attribute("value"))
    keys.press("main button.primary")
    page.wait_for_url(link)
    assert page.inner_text("main") != before
    see_to_it(live, "hurry")
    secret = live.texted(VISITED, r"/home-visits/undo/([\w-]+)")
    page.goto(f"{live.url}/home-visits/undo/{secret}")
    keys.press("main form button")
    assert "没有人会来" in page.inner_text("main")


def test_a_home_is_marked_by_arrow_keys_alone(visit):
    page = visit("/home-visits/order", **TELEPHONE)
    keys = Keyboard(page)
    for label in ("株洲市", "天元区"):
        page.select_option("#field-region", label=label)
        keys.press("button[name=region_next]")
    page.select_option("#field-region", index=2)
    keys.press("button[name=region_next]")
    page.locator(".pin summary").focus()
    page.keyboard.press("Enter")

    page.locator(".pin svg").focus()
    for key in ("ArrowUp", "ArrowUp", "Shift+ArrowRight"):
        page.keyboard.press(key)

    assert "中心的北边，大约 20" in page.inner_text("[data-pin-said]")
    assert page.input_value("[name=pin_lat]")
    assert page.input_value("[name=pin_lon]")
    judged(page)


@pytest.mark.parametrize("reader", [{}, ELDER], ids=["desk", "elder"])
def test_there_is_no_barrier_on_the_way(visit, live, reader):
    page = visit("/home-visits", **reader)
    judged(page)
    page.goto(live.url + "/home-visits/order")
    page.get_by_role("button", name="下一步", exact=True).click()
    assert "请改正" in page.title()
    judged(page)


def test_staff_see_teams_requests_and_a_day_without_barriers(visit, live):
    desk = visit("/desk", **TELEPHONE)
    sign_staff_in(desk, live, "clerk")
    desk.goto(f"{live.url}/desk/rounds")
    judged(desk)
    desk.get_by_role("link", name=re.compile("盘大爷")).click()
    assert "想请人上门" in desk.inner_text("h1")
    judged(desk)
    desk.goto(f"{live.url}/desk/rounds")
    desk.get_by_role("link", name=re.compile("上门一组")).click()
    judged(desk)
