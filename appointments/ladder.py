"""When somebody is reminded of an appointment: not at night, not too late to be of use. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from core import quiet
from core.quiet import Quiet


@dataclass(frozen=True, slots=True)
class Ladder:
    """The steps by name, with how long before each is; none later than `latest`, none sooner after news than `gap`."""

    steps: Sequence[tuple[str, timedelta]]
    latest: timedelta
    gap: timedelta
    quiet: Quiet

    @property
    def reach(self) -> timedelta:
        """Give how long before an appointment its first reminder may go out."""
        return max((before for _, before in self.steps), default=timedelta()) + timedelta(days=1)

    def moments(self, starts_at: datetime) -> list[tuple[str, datetime]]:
        """Give when each step is taken: what falls into the night waits for the morning, or goes the evening before."""
        return sorted(((name, self._moment(starts_at, before)) for name, before in self.steps), key=lambda one: one[1])

    def due(self, starts_at: datetime, told_at: datetime, *, now: datetime) -> str | None:
        """Name the step that is due: the last whose moment has come, unless they were told of it all just before."""
        if quiet.is_quiet(now, self.quiet) or now > starts_at - self.latest:
            return None
        come = [name for name, moment in self.moments(starts_at) if told_at + self.gap <= moment <= now]
        return come[-1] if come else None

    def _moment(self, starts_at: datetime, before: timedelta) -> datetime:
        wanted = starts_at - before
        if not quiet.is_quiet(wanted, self.quiet):
            return wanted
        morning = quiet.waking(wanted, self.quiet)
        return morning if morning <= starts_at - self.latest else quiet.before(wanted, self.quiet)
