"""Help without a voice: one tap sends the rounded position, answers appear; without scripts a county does."""

import re

from tests.journeys.browser import axe, fits
from tests.journeys.readers import TELEPHONE
from tests.journeys.test_cases import sign_staff_in

HERE = {"latitude": 27.82678, "longitude": 113.08212}


def test_one_tap_and_an_answer_that_appears_by_itself(visit, live):
    page = visit("/write", permissions=["geolocation"], geolocation=HERE, **TELEPHONE)
    axe(page)
    fits(page)
    sent = []
    page.on("request", lambda request: sent.append(request.post_data or ""))
    page.get_by_role("button", name="点这里，直接求助").click()
    page.wait_for_url(re.compile("/write/of/"))
    assert any("27.83" in body and "113.08" in body for body in sent)
    assert not any("27.826" in body for body in sent)
    axe(page)
    fits(page)

    desk = visit("/")
    sign_staff_in(desk, live, "clerk")
    desk.goto(live.url + "/desk/help")
    desk.locator("th a").first.click()
    desk.fill("#field-words", "我在，请讲")
    page.clock.install()
    page.reload()
    desk.get_by_role("button", name="发出").click()
    axe(desk)
    page.clock.fast_forward(16_000)
    page.get_by_text("我在，请讲").wait_for()


def test_without_scripts_the_name_of_a_county_is_enough(visit):
    page = visit("/write", javascript=False, **TELEPHONE)
    assert page.get_by_role("button", name="点这里，直接求助").is_hidden()
    page.get_by_role("button", name="发出").click()
    page.get_by_role("link", name="我们不知道您在哪里").wait_for()
    page.get_by_label("您在哪个县").fill("天元区")
    page.get_by_label("我听不见，请打字").check()
    page.get_by_role("button", name="发出").click()
    page.get_by_text("已经发出").wait_for()
