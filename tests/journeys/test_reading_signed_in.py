"""What citizens see once they are signed in, as every reader sees it: one application written, one handed in."""

import pytest

from tests.journeys.browser import axe, fits, too_small
from tests.journeys.filled import ANSWERS, Citizen
from tests.journeys.readers import READERS, THOROUGH, judged_at

TARGETS = "main button:not(.unseen), main nav a, .card a, .change a, .choice label, .letters a, .files a, .parts a"

ALL_PAGES = ("at a desk", "in elder mode on a telephone")
SOME_READERS = (*THOROUGH, "zoomed in", "with high contrast in the dark", "with colours of their own")


@pytest.fixture(scope="module")
def citizen(live):
    """Somebody with a draft, the pledge signed, and a case."""
    somebody = Citizen(live, "13800007001")
    somebody.reference = somebody.case()
    somebody.draft_id = somebody.draft()
    return somebody


@pytest.fixture
def enter(visit, citizen):
    """Open pages as that citizen."""

    def open_page(**reader):
        page = visit("/", **reader)
        citizen.enter(page)
        return page

    return open_page


def pages_of(citizen):
    steps = [*(step for step in ANSWERS if step not in ("area", "matter")), "evidence", "pledge", "check", "discard"]
    return [
        "/apply",
        f"/apply/{citizen.draft_id}",
        *(f"/apply/{citizen.draft_id}/{step}" for step in steps),
        "/me/applications",
        f"/me/applications/{citizen.reference}",
        "/account",
        "/messages",
        "/messages/settings",
        "/sign-out",
    ]


def some_pages_of(citizen):
    """Give one page of each sort: for readers whose screens differ in colour or size alone."""
    wanted = ("/story", "/calling", "/evidence", "/pledge", "/check", citizen.reference, "/account")
    return [path for path in pages_of(citizen) if path.endswith(wanted)]


@pytest.mark.parametrize("reader", SOME_READERS)
def test_no_barrier_for_whoever_is_signed_in(enter, citizen, reader):
    page = enter(**READERS[reader])

    for path in pages_of(citizen) if reader in ALL_PAGES else some_pages_of(citizen):
        judged_at(page, reader, path)
        assert page.locator("h1").count() == 1, path


@pytest.mark.parametrize("path", ["story", "contact", "pledge", "check"])
def test_no_barrier_where_something_is_to_be_put_right(enter, citizen, path):
    draft_id = citizen.act("StartDraft", code=None)["draft"]["id"] if path == "check" else citizen.draft_id
    page = enter(width=360, height=740)
    page.goto(f"{citizen.url}/apply/{draft_id}/{path}")
    for field in page.locator("main textarea, main input[type=tel]").all():
        field.fill("")

    page.locator("main form .actions button.primary").last.click()

    page.wait_for_selector("#problems")
    page.wait_for_selector("#problems:focus")
    page.evaluate("scrollTo(0, 0)")  # what lies half under the bar at the top is no small target
    axe(page)
    fits(page)
    page.locator("#problems a").first.click()
    assert page.evaluate("document.activeElement.id").startswith("field-")


@pytest.mark.parametrize(("prefs", "smallest"), [("standard", 44), ("elder", 60)])
def test_targets_are_large_enough_once_signed_in(enter, citizen, prefs, smallest):
    page = enter(prefs=prefs, width=360, height=740)

    for path in pages_of(citizen):
        page.goto(citizen.url + path)
        assert too_small(page, TARGETS, smallest - 0.5) == [], path


def test_every_page_has_a_title_of_its_own(enter, citizen):
    page = enter()
    titles = {}

    for path in pages_of(citizen):
        page.goto(citizen.url + path)
        assert titles.setdefault(page.title(), path) == path
        assert not any(word in page.title() for word in ("李芳", "工资", "某建筑公司")), page.title()


def test_help_stands_beside_the_text_on_a_wide_screen_and_below_on_a_narrow_one(enter, citizen):
    page = enter()
    page.goto(f"{citizen.url}/apply/{citizen.draft_id}/story")
    text, help_ = page.locator("main form").bounding_box(), page.locator("main .hotline").bounding_box()
    assert help_["x"] >= text["x"] + text["width"]

    page.set_viewport_size({"width": 360, "height": 740})
    text, help_ = page.locator("main form").bounding_box(), page.locator("main .hotline").bounding_box()
    assert help_["y"] >= text["y"] + text["height"]
