"""Who looks: the actor, the moment, and where the question comes from. Every resolver's `info.context`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from core.identity import Actor
from core.links import Links


@dataclass(frozen=True)
class Viewer:
    """Whoever asks, at one moment, through one channel.

    `sign_in` is the id of the sign-in the token belongs to; `device` says what was used, in the person's own words.
    """

    actor: Actor
    now: datetime
    address: str = ""
    channel: str = "portal"
    sign_in: str | None = None
    device: str = ""
    outside: Any = None  # what somebody outside answered before the unit of work began (`Action.ahead`)

    @cached_property
    def links(self) -> Links:
        """Give what makes links for them."""
        return Links(self.actor, now=self.now)
