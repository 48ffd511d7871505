"""The pages of a case, signed in: no barrier for any reader, no sideways scrolling, everything by keyboard."""

import re

import pytest

from accounts import demo
from tests.journeys.browser import axe
from tests.journeys.readers import THOROUGH, judged_at

READERS = {
    **THOROUGH,
    "in the dark": {"prefs": "standard.normal.normal.dark.auto"},
    "with high contrast": {"prefs": "standard.normal.high.light.auto"},
    "with colours of their own": {"forced_colors": "active"},
}
PILES = ("/desk", "/desk?pile=waiting", "/desk?pile=decided")


def site(page):
    return "/".join(page.url.split("/")[:3])


def sign_staff_in(page, live, username):
    page.goto(live.url + "/desk/sign-in")
    page.fill("#field-username", username)
    page.fill("#field-password", demo.PASSWORD)
    page.fill("#field-totp", live.totp(username))
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(re.compile(r"/desk(?!/sign-in)"))  # a page of theirs: which, depends on what they do


def sign_citizen_in(page, live, phone):
    page.goto(live.url + "/sign-in")
    page.fill("#field-phone", phone)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/sign-in/code"))
    page.fill("#field-code", live.code_to(phone))
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)


def cases_on(page, path, pattern):
    page.goto(site(page) + path)
    found = page.eval_on_selector_all("main a", "all => all.map((one) => one.getAttribute('href'))")
    return list(dict.fromkeys(one for one in found if re.fullmatch(pattern, one)))


@pytest.fixture(scope="module")
def staff(browser, live):
    """What a browser keeps once the decision maker is signed in: a code counts once."""
    context = browser.new_context(locale="zh-CN")
    sign_staff_in(context.new_page(), live, "decider")
    yield context.storage_state()
    context.close()


@pytest.fixture(scope="module")
def citizen(browser, live):
    """What a browser keeps once a made-up citizen is signed in."""
    context = browser.new_context(locale="zh-CN")
    sign_citizen_in(context.new_page(), live, demo.PHONES[0])
    yield context.storage_state()
    context.close()


@pytest.mark.parametrize("reader", READERS)
def test_no_barrier_at_the_desk(visit, staff, reader):
    page = visit("/desk", storage_state=staff, **READERS[reader])

    cases = [one for pile in PILES for one in cases_on(page, pile, r"/desk/cases/FY-.+")]

    assert len(cases) >= 6  # other journeys may have left theirs
    judged_at(page, reader, *PILES, *cases[:6])


@pytest.mark.parametrize("reader", READERS)
def test_no_barrier_for_the_applicant(visit, citizen, reader):
    page = visit("/me/applications", storage_state=citizen, **READERS[reader])

    cases = cases_on(page, "/me/applications", r"/me/applications/FY-.+")

    assert len(cases) >= 2
    judged_at(page, reader, "/me/applications", *cases[:2], f"{cases[0]}/withdraw")


def test_what_is_wrong_at_the_desk_is_in_focus_and_unfolded(visit, staff):
    page = visit("/desk", storage_state=staff)
    page.get_by_role("button", name="给我下一件").click()

    page.get_by_text("不予法律援助", exact=True).click()
    page.get_by_role("button", name="决定不予").click()

    page.wait_for_selector("#problems")
    assert page.evaluate("document.activeElement.id") == "problems"
    page.locator("#problems a").first.click()
    assert page.evaluate("document.activeElement.name") == "refuse_reasons"
    axe(page)


def test_a_note_is_asked_for_where_something_is_ticked(visit, staff):
    page = visit("/desk", storage_state=staff)
    page.get_by_role("button", name="给我下一件").click()
    page.get_by_text("一次告知全部缺的材料").click()
    note = page.get_by_label("代理权证明：具体要什么")
    assert note.is_hidden()

    page.get_by_role("checkbox", name="代理权证明").check()

    assert note.is_visible()
