import pytest

from tests.journeys.browser import too_small
from tests.journeys.readers import READERS, judged_at

PAGES = ["/", "/help", "/accessibility", "/privacy", "/preferences", "/styleguide", "/no-such-page"]


@pytest.mark.parametrize("reader", READERS)
def test_no_barrier_for_a_reader(visit, reader):
    judged_at(visit("/", **READERS[reader]), reader, *PAGES)


def test_a_switch_is_remembered_without_scripts(visit):
    page = visit("/help", javascript=False)

    page.get_by_role("button", name="长辈版").click()

    assert page.url.endswith("/help")
    assert page.locator("html").get_attribute("data-mode") == "elder"
    page.get_by_role("link", name="阅读方式").click()
    assert page.locator("html").get_attribute("data-mode") == "elder"


def test_elder_mode_has_the_sizes_the_standard_asks_for(visit):
    page = visit("/", prefs="elder", width=360)

    assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('main li p')).fontSize)") >= 24
    for function in page.locator(".sections a, .ways h2 a").all():
        assert function.evaluate("e => parseFloat(getComputedStyle(e).fontSize)") >= 30
        assert function.bounding_box()["height"] >= 60


@pytest.mark.parametrize("prefs", ["standard", "elder"])
def test_targets_are_large_enough_for_a_thumb(visit, prefs):
    page = visit("/", prefs=prefs, width=360, height=740)
    smallest = 60 if prefs == "elder" else 44

    for path in ["/", "/styleguide", "/preferences"]:
        page.goto("/".join(page.url.split("/")[:3]) + path)
        assert too_small(page, "button, .sections a, .links a, .card a, .topbar a, .choice label", smallest) == [], path


def test_focus_goes_to_the_summary_of_problems(visit):
    page = visit("/preferences", javascript=True)
    page.evaluate("document.querySelectorAll('main [type=radio]').forEach((one) => (one.checked = false))")

    page.get_by_role("button", name="保存").click()

    page.wait_for_selector("#problems")
    assert page.evaluate("document.activeElement.id") == "problems"
    assert page.title().startswith("请改正")
    page.locator("#problems a").click()
    assert page.evaluate("document.activeElement.id") == "field-mode"


def test_the_keyboard_reaches_the_text_first(visit):
    page = visit("/help")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"


def leaves_quickly(page, leave):
    page.route("https://www.weather.com.cn/**", lambda route: route.fulfill(body="晴", content_type="text/html"))
    leave()
    page.wait_for_url("https://www.weather.com.cn/")
    assert page.evaluate("history.length") <= 2


def test_a_click_leaves_at_once_and_leaves_no_trace(visit):
    page = visit("/help")

    leaves_quickly(page, page.locator("[data-exit]").click)


def test_three_times_escape_leaves_too(visit):
    page = visit("/help")

    leaves_quickly(page, lambda: [page.keyboard.press("Escape") for _ in range(3)])


def test_a_signature_is_drawn_undone_and_sent_as_a_picture(visit):
    page = visit("/styleguide")
    canvas = page.locator("[data-signature] canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    field = page.locator("input[name=signature]")

    for start in 40, 90:
        page.mouse.move(box["x"] + start, box["y"] + 40)
        page.mouse.down()
        page.mouse.move(box["x"] + start + 60, box["y"] + 90, steps=4)
        page.mouse.up()
    both = field.input_value()
    page.get_by_role("button", name="撤销一笔").click()
    one = field.input_value()
    page.get_by_role("button", name="清空").click()

    assert both.startswith("data:image/png;base64,")
    assert one.startswith("data:image/png;base64,")
    assert one != both
    assert field.input_value() == ""


def test_what_was_picked_is_shown_before_it_is_sent(visit, tmp_path):
    page = visit("/styleguide")

    page.set_input_files("#field-photo", {"name": "工资条.pdf", "mimeType": "application/pdf", "buffer": b"x" * 2048})

    assert page.locator(".picked").inner_text().strip() == "工资条.pdf（2 KB）"


def test_without_scripts_there_is_no_empty_box_to_sign_in(visit):
    page = visit("/styleguide", javascript=False)

    assert page.locator("canvas").is_hidden()
    assert page.get_by_label("签名：打上您的姓名").is_visible()
