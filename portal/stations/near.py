"""The nearest places, as they answer a wish. Where somebody is comes in the body alone, and is kept by nobody (C19)."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from core import settings
from core.errors import Malformed, NotFound
from portal import preferences
from portal.asking import ask
from portal.assets import has_map
from portal.forms import Reading, problem
from portal.regions import MOST
from portal.stations import origins, start, wishes
from portal.stations.origins import LONGEST_PLACE, Origin
from portal.stations.pages import Page, pages
from portal.stations.wishes import Wish

A_PAGE = 10
A_PAGE_FOR_ELDERS = 5  # in large type ten are a long way down
MOST_DIGITS = 4
ABOUT_THE_PLACE = {  # what may be wrong with where somebody begins: said on the page where it is put right
    "address_too_long",
    "division_unknown",
    "place_without_point",
    "position_empty",
    "position_nowhere",
    "position_out_of_range",
    "position_swapped",
}


@pages.post("/near")
def near() -> Page:
    """Answer what is nearest; ask again where it is not clear from where."""
    reading = Reading(request.form)
    wish = wishes.read(request.form)
    if "again" in request.form:
        return start.shown(wish)
    typed = reading.line("place", limit=LONGEST_PLACE)
    origin = origins.read(reading)
    if reading.problems:
        return start.shown(wish, typed=typed, problems=reading.problems)
    try:
        return _answered(wish, origin) if origin else _looked_up(wish, typed)
    except (Malformed, NotFound) as refusal:
        if refusal.code not in ABOUT_THE_PLACE:
            raise
        return start.shown(wish, typed=typed, problems=[problem(refusal.code, "place", **refusal.params)])


def _looked_up(wish: Wish, typed: str) -> Page:
    """Begin at what was typed; ask which is meant where it may be several."""
    if not typed:
        return start.shown(wish, problems=[problem("place_missing", "place")])
    found = ask("Geocode", text=typed, first=MOST)["geocode"]
    if len(found["places"]) == 1:
        return _answered(wish, origins.found(found["places"][0]))
    return start.shown(wish, typed=typed, found=found)


def _answered(wish: Wish, origin: Origin) -> Page:
    after = request.form.get("after") or None
    first = A_PAGE_FOR_ELDERS if preferences.chosen().elder else A_PAGE
    variables = {**origin.variables, **wish.variables, "first": first, "after": after}
    answer = ask("NearbyStations", **variables)["nearbyStations"]
    return render_template(
        "stations/near.html",
        answer=answer,
        wish=wish,
        origin=origin,
        groups=_groups(answer, wish),
        counts={one["need"]: one["count"] for one in answer["facets"]},
        wishes=wishes,
        before=_before() if after else 0,
        map_key=settings.current().tianditu_key if has_map() else "",
    )


def _groups(answer: dict[str, Any], wish: Wish) -> dict[str, list[dict[str, Any]]]:
    """Lay out every need with how many it leaves; what nobody would be left with is not offered."""
    gone = {one["need"] for one in answer["relaxed"]}
    counts = {one["need"]: one["count"] for one in answer["facets"]}
    groups = {
        name: [
            {"need": need, "label": label, "count": counts.get(need), "is_gone": need in gone}
            for need, label in group.items()
            if need in counts or need in wish.needs
        ]
        for name, group in wishes.GROUPS.items()
    }
    return {name: group for name, group in groups.items() if group}


def _before() -> int:
    """Read how many stood on the pages before, so that numbers go on."""
    typed = request.form.get("before", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= MOST_DIGITS else 0
