"""The mini-program's pages in a browser, at 360 px: read by rules of accessibility, usual and in 长辈版."""

import subprocess

import pytest

from tests.clients.conftest import ROOT, node
from tests.journeys.browser import axe
from tests.journeys.pocket import build

TOUR = ROOT / "clients" / "miniprogram" / "tests" / "tour.mjs"
MEASURE = """() => {
  const seen = [...document.querySelectorAll('page *')].filter((one) => one.getClientRects().length);
  const roles = ['button', 'radio', 'checkbox', 'tab', 'switch'].map((role) => `[role=${role}]`);
  const tapped = seen.filter((one) => one.matches(['button', 'input', 'textarea', ...roles].join()));
  const isText = (node) => node.nodeType === 3 && node.textContent.trim();
  const own = seen.filter((one) => [...one.childNodes].some(isText));
  const px = (one) => parseFloat(getComputedStyle(one).fontSize);
  return {
    wide: document.documentElement.scrollWidth,
    low: Math.min(...tapped.map((one) => Math.round(one.getBoundingClientRect().height))),
    text: Math.min(...own.filter((one) => !one.closest('[role=tablist], [aria-hidden]')).map(px)),
  };
}"""
TARGETS = {"usual": 44, "elder": 60}  # RULEBOOK AX-M6
TEXT = {"usual": 14, "elder": 18}  # RULEBOOK AX-M1


@pytest.fixture(scope="module")
def shown(live, tmp_path_factory):
    """Every page anybody can open, as documents."""
    folder = tmp_path_factory.mktemp("shown")
    touring = [*node(), str(TOUR), str(build(folder / "dist")), live.url, str(folder / "pages")]
    done = subprocess.run(touring, capture_output=True, text=True, check=False, timeout=240)
    assert done.returncode == 0, done.stdout + done.stderr
    return sorted((folder / "pages").glob("*.html"))


def test_pages_can_be_read_by_everybody(shown, browser):
    tab = browser.new_page(viewport={"width": 360, "height": 740})
    for path in shown:
        mode = path.name.split(".")[1]
        tab.set_content(path.read_text(), wait_until="load")
        measured = tab.evaluate(MEASURE)

        assert measured["wide"] <= 360, path.name
        assert measured["low"] >= TARGETS[mode], (path.name, measured)
        assert measured["text"] >= TEXT[mode], (path.name, measured)
        axe(tab)
    tab.close()

    assert len(shown) > 25
