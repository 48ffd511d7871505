"""The directory at the desk: a file is looked at, brought in and undone, by keyboard and without scripts too."""

import re

import pytest

from tests.evidence.samples import jpeg
from tests.journeys.browser import axe, fits
from tests.journeys.readers import TELEPHONE, THOROUGH, judged_at
from tests.journeys.test_cases import sign_staff_in, site
from tests.locator.upkeep.files import office, written

FILE = {
    "name": "某某.csv",
    "mimeType": "text/csv",
    "buffer": written(
        [
            office(name="株洲市某某公证处", kind="公证处", source_url=""),
            office(name="某某中心", hours="看门口的牌子", phone="请打总机"),
            office(name=""),
        ]
    ),
}


@pytest.fixture(scope="module")
def keeper(browser, live):
    """What a browser keeps once the keeper of the directory is signed in: a code counts once."""
    context = browser.new_context(locale="zh-CN")
    sign_staff_in(context.new_page(), live, "keeper")
    yield context.storage_state()
    context.close()


def figures(page):
    return page.locator(".figures").inner_text()


def uploaded(page):
    page.goto(site(page) + "/desk/directory/import")
    page.get_by_label("服务点文件").set_input_files(FILE)
    page.get_by_role("button", name="上传，看有什么不同").click()
    page.wait_for_url(re.compile(r"/desk/directory/changes/"))


@pytest.mark.parametrize("javascript", [True, False])
def test_a_file_is_looked_at_brought_in_and_undone(visit, keeper, javascript):
    page = visit("/desk/directory", storage_state=keeper, javascript=javascript)

    uploaded(page)
    assert "新增 2" in figures(page)
    assert page.get_by_text("开放时间没有读懂").count() == 1
    page.get_by_role("button", name="生效").focus()
    page.keyboard.press("Enter")
    page.get_by_text("群众现在看到的就是新的").wait_for()

    applied = page.url
    uploaded(page)
    assert page.get_by_text("文件里的内容和名录一样").count() == 1
    page.goto(applied)
    page.get_by_role("button", name="撤回").click()
    page.get_by_role("heading", name="撤回：某某.csv").wait_for()

    uploaded(page)
    assert "新增 2" in figures(page)


@pytest.mark.parametrize("reader", THOROUGH)
def test_no_barrier_where_the_directory_is_kept(visit, keeper, reader):
    page = visit("/desk/directory", storage_state=keeper, **THOROUGH[reader])
    station = page.locator("tbody a").first.get_attribute("href")
    uploaded(page)
    laid = page.url.removeprefix(site(page))

    judged_at(
        page,
        reader,
        "/desk/directory",
        "/desk/directory?pile=please_confirm",
        "/desk/directory/changes",
        "/desk/directory/import",
        station,
        f"{station}/edit",
        laid,
    )


def test_an_office_shows_its_entrance(visit, keeper):
    page = visit("/desk/directory", storage_state=keeper, **TELEPHONE)
    page.locator("tbody a").first.click()
    page.get_by_role("link", name="还没有门口的照片，传一张").click()

    page.get_by_role("button", name="提出").click()
    page.locator("#problems").wait_for()
    axe(page)
    page.get_by_label("照片", exact=True).set_input_files(
        {"name": "门口.jpg", "mimeType": "image/jpeg", "buffer": jpeg((1200, 900))}
    )
    page.get_by_label("照片里有什么").fill("临街一楼，红色招牌，右边是轮椅坡道")
    page.get_by_role("button", name="提出").click()
    page.get_by_text("要换上的照片").wait_for()

    shown = page.locator("picture img")
    shown.scroll_into_view_if_needed()
    shown.evaluate("one => one.decode()")
    assert shown.evaluate("one => one.currentSrc").endswith(".webp")
    axe(page)
    fits(page)
