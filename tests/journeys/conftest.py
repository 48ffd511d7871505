"""A whole service in a process of its own, and a browser. One of each for all journeys.

    def test_somebody_looks(live, visit):
        page = visit("/help", width=360, prefs="elder")        # keywords: javascript, width, height, prefs, **context
        page.get_by_role("link", name="12348").first.click()
        axe(page)                                              # from tests.journeys.browser

`live.url`, `live.folder`; `live.code_to(phone)` gives the code a number was sent, `live.totp("reviewer")` a code.
A page that breaks its own rules (an error in a script, a breach of the content policy) fails the test.
"""

import os
import shutil

import pytest
from playwright.sync_api import sync_playwright

from tests.journeys.browser import FLAGS, Live, Tab

BROWSERS = ("chromium-headless-shell", "chromium", "google-chrome", "chromium-browser")  # the first is thrice as quick


def chromium():
    """Find a browser that is there."""
    return os.environ.get("CHROME_PATH") or next(filter(None, map(shutil.which, BROWSERS)), None)


@pytest.fixture(scope="session")
def live(tmp_path_factory):
    """The service in demo mode, with its own data, on a free port."""
    served = Live(tmp_path_factory.mktemp("live"))
    yield served
    served.stop()


@pytest.fixture(scope="session")
def browser():
    """A browser without a screen, that calls nobody."""
    where = chromium()
    if where is None:
        pytest.fail("no browser: install chromium (Debian: apt-get install chromium) or set CHROME_PATH")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=where, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def visit(browser, live):
    """Open pages, each in a browser profile of its own; what is left open is closed and judged at the end."""
    tabs = []

    def open_page(path="/", **wishes):
        tab = Tab(browser, live.url, **wishes)
        tabs.append(tab)
        tab.page.goto(live.url + path)
        return tab.page

    yield open_page
    for tab in tabs:
        tab.close()
    complaints = [complaint for tab in tabs for complaint in tab.complaints]
    assert not complaints, "\n".join(complaints)


@pytest.fixture(params=["with JavaScript", "without JavaScript"])
def page(request, visit):
    """The first page, twice: scripts on, scripts off."""
    return visit("/", javascript=request.param == "with JavaScript")
