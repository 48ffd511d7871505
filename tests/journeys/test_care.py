"""Keeping places true: somebody says what is wrong, staff answer, the thanks are there; and what staff look at."""

import re
from datetime import date, timedelta

import pytest

from tests.journeys.readers import ELDER, TELEPHONE, judged
from tests.journeys.test_cases import sign_staff_in

COUNTY = "/stations/430211"
WIDTHS = {"at a desk": {}, "on a telephone": TELEPHONE}


@pytest.fixture(scope="module")
def clerk(browser, live):
    """What a browser keeps once the clerk is signed in: a code counts once."""
    context = browser.new_context(locale="zh-CN")
    sign_staff_in(context.new_page(), live, "clerk")
    yield context.storage_state()
    context.close()


@pytest.fixture(scope="module")
def supervisor(browser, live):
    context = browser.new_context(locale="zh-CN")
    sign_staff_in(context.new_page(), live, "supervisor")
    yield context.storage_state()
    context.close()


@pytest.fixture(scope="module")
def place(browser, live):
    """The address of the page of a place."""
    page = browser.new_page()
    page.goto(live.url + "/api/directory/430211")
    found = re.search(r'\["([0-9A-Z]{4}-[0-9A-Z]{4})","[^"]*","[^"]*","430211"', page.inner_text("body"))
    page.close()
    return found[1]


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
def test_an_error_is_reported_answered_and_thanked_for(visit, clerk, place, javascript):
    words = f"新号码在门口贴着（{javascript}）"
    citizen = visit(f"/stations/at/{place}", javascript=javascript, width=360, height=740)
    citizen.get_by_role("link", name="我要纠错").click()
    citizen.get_by_label("电话打不通或不对").check()
    citizen.get_by_role("button", name="提交").click()
    assert "请改正" in citizen.title()
    assert citizen.get_by_label("电话打不通或不对").is_checked()
    citizen.get_by_label("应该是什么").fill(words)
    citizen.get_by_role("button", name="提交").click()
    citizen.wait_for_url(re.compile(r"/corrections/"))
    number = citizen.locator("main .reference").inner_text()

    desk = visit("/desk/places/reports", javascript=javascript, storage_state=clerk)
    card = desk.locator("section", has_text=words)
    card.get_by_role("button", name="已更正").click()
    desk.wait_for_load_state()
    assert words not in desk.inner_text("main")

    citizen.goto(citizen.url.split("/corrections")[0] + "/corrections")
    citizen.get_by_label("编号").fill(number.lower())
    citizen.get_by_role("button", name="查看").click()
    assert "谢谢您，已经更正" in citizen.inner_text("main")
    citizen.goto(citizen.url.split("/corrections")[0] + f"/stations/at/{place}")
    assert "感谢群众指正" in citizen.inner_text("main")


@pytest.mark.parametrize("reader", [*WIDTHS, "in elder mode"])
def test_what_everybody_sees_has_no_barrier(visit, place, reader):
    wishes = WIDTHS.get(reader, ELDER)
    for path in (
        "/hotlines",
        "/hotlines?for=妇女",
        f"/stations/at/{place}/correct",
        "/corrections",
        "/corrections/0000-0000",
    ):
        judged(visit(path, **wishes))


@pytest.mark.parametrize("reader", WIDTHS)
def test_what_keepers_see_has_no_barrier(visit, clerk, place, reader):
    page = visit(f"/desk/places/{place}/roster", storage_state=clerk, **WIDTHS[reader])
    monday = date.today() + timedelta(days=7 - date.today().weekday())  # noqa: DTZ011  # any week ahead
    for name, value in {"opens": "09:00", "closes": "12:00"}.items():
        page.fill(f"#field-{name}", value)
    for part in ("year", "month", "day"):
        for name in ("first_on", "last_on"):
            page.fill(f"[name={name}_{part}]", str(getattr(monday, part)))
    page.get_by_label("星期一").check()
    page.get_by_role("button", name="排班", exact=True).click()
    page.wait_for_url(re.compile("made="))
    judged(page)
    for path in ("/desk/places", f"/desk/places/{place}", "/desk/places/reports", "/desk/places/reports?answered=yes"):
        page.goto("/".join(page.url.split("/")[:3]) + path)
        judged(page)


@pytest.mark.parametrize("reader", WIDTHS)
def test_the_coverage_report_has_no_barrier(visit, supervisor, reader):
    judged(visit("/desk/coverage?level=5", storage_state=supervisor, **WIDTHS[reader]))


def test_the_short_link_on_a_sign_leads_to_the_place(visit, place):
    page = visit(f"/s/{place}")

    assert page.url.endswith(f"/stations/at/{place}")
