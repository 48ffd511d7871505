"""Who reads: by what screen, in which colours, how large; and what must hold for each."""

from tests.journeys.browser import axe, fits

DESK = {}
TELEPHONE = {"width": 360, "height": 740}
ELDER = {"prefs": "elder.larger", **TELEPHONE}
THOROUGH = {"at a desk": DESK, "on a telephone": TELEPHONE, "in elder mode on a telephone": ELDER}
READERS = {
    **THOROUGH,
    "zoomed in": {"width": 320, "height": 256},
    "in the dark": {"color_scheme": "dark"},
    "who chose dark": {"prefs": "standard.normal.normal.dark.auto"},
    "in elder mode": {"prefs": "elder"},
    "with high contrast": {"prefs": "standard.normal.high.light.auto"},
    "with high contrast in the dark": {"prefs": "elder.normal.high.dark.auto"},
    "with colours of their own": {"forced_colors": "active"},
    "with larger type": {"prefs": "standard.larger.normal.auto.still", "width": 360},
}
UNFOLD = "document.querySelectorAll('details').forEach((one) => (one.open = true))"


def judged(page, reader="at a desk"):
    """Look for barriers on a page as it stands, everything unfolded.

    Only colours and sizes differ for readers who are not `THOROUGH`: of theirs, what hangs on those is judged.
    """
    page.evaluate(UNFOLD)
    axe(page, looks=reader not in THOROUGH)
    fits(page)


def judged_at(page, reader, *paths):
    """Look for barriers on several pages of the place this one is of."""
    home = "/".join(page.url.split("/")[:3])
    for path in paths:
        page.goto(home + path)
        judged(page, reader)
