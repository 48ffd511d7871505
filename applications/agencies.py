"""Which agencies somebody may hand their application to (RULEBOOK JU-UI): their county's first, then the wider one."""

from __future__ import annotations

from applications.questions import Option
from locator import agencies, queries
from locator.agencies import Reason, Suggestion
from locator.region import Region

LEVELS = {3: Reason.COUNTY, 2: Reason.PREFECTURE}


def options_for(region_code: str) -> tuple[Option, ...]:
    """Offer the agencies of a division, each by the code of the division it serves, the suggested one first."""
    known = {
        one.station.division_code: one
        for one in reversed(agencies.agencies_for(region_code))
        if one.reason in LEVELS.values()
    }
    steps = [step for step in reversed(queries.path(region_code)) if step.level in LEVELS]
    return tuple(_option(step, known.get(step.code)) for step in steps)


def name_of(code: str) -> str:
    """Name the agency that serves a division."""
    found = next((one.label for one in options_for(code) if one.value == code), "")
    return found or f"{queries.division(code).name}法律援助中心"


def _option(step: Region, known: Suggestion | None) -> Option:
    label = known.station.name if known else f"{step.name}法律援助中心"
    return Option(step.code, label, agencies.REASONS[LEVELS[step.level]])
