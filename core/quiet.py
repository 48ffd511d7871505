"""Hours in which nobody is written to or rung up: what falls into them waits for the morning, or goes before. Pure."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from core.calendar import CHINA, ONE_DAY

Quiet = tuple[time, time]


def is_quiet(moment: datetime, quiet: Quiet) -> bool:
    """Say whether a moment is one of those hours, which go over midnight."""
    begins, ends = quiet
    local = moment.astimezone(CHINA).time()
    return local >= begins or local < ends


def waking(moment: datetime, quiet: Quiet) -> datetime:
    """Give the moment itself, or the end of the quiet hours it falls into."""
    if not is_quiet(moment, quiet):
        return moment
    local = moment.astimezone(CHINA)
    morning = datetime.combine(local.date(), quiet[1], CHINA)
    return morning if local < morning else morning + ONE_DAY


def before(moment: datetime, quiet: Quiet) -> datetime:
    """Give the last moment before the quiet hours this one falls into, for what would be too late in the morning."""
    begins, ends = quiet
    local = moment.astimezone(CHINA)
    evening = datetime.combine(local.date(), begins, CHINA) - timedelta(minutes=1)
    return evening - ONE_DAY if local.time() < ends else evening
