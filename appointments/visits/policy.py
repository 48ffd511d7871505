"""Who sees where somebody lives, and when: the team that goes there, a day before until a day after (RULEBOOK 4)."""

from __future__ import annotations

from datetime import datetime

from appointments.visits.rules import agreed


def is_address_shown(starts_at: datetime, *, now: datetime) -> bool:
    """Say whether staff see the address and who lives there at this moment."""
    privacy = agreed().privacy
    return starts_at - privacy.shown_before <= now <= starts_at + privacy.shown_after
