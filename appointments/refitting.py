"""Errands after something changed at a station: orders that do not fit any more are taken back and told (B02, B26)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from appointments import displaced
from appointments.fitting import BY_HOURS, Stretch
from appointments.offers import ServiceKind, menu
from core import outbox
from core.jobs import handles

NO_LAWYER = "值班律师临时有事"


def later(stretch: Stretch, why: str, *, now: datetime) -> None:
    """Leave the errand for what was changed here."""
    outbox.put(
        "appointment.refit",
        due_at=now,
        station=stretch.station_id,
        services=[one.value for one in stretch.services],
        first=stretch.first.isoformat(),
        last=stretch.last.isoformat() if stretch.last else None,
        why=why,
    )


@handles("appointment.refit")
def after_a_change(payload: dict[str, Any], *, now: datetime) -> None:
    """Look at the orders of the services that were changed. Found again in order, it does nothing."""
    services = tuple(ServiceKind(one) for one in payload["services"])
    last = date.fromisoformat(payload["last"]) if payload["last"] else None
    stretch = Stretch(payload["station"], services, date.fromisoformat(payload["first"]), last)
    displaced.take_back_unfit(stretch, payload["why"], now=now)


@handles("directory.closed")
def after_a_closure(payload: dict[str, Any], *, now: datetime) -> None:
    """Look at the orders of days on which a station keeps no hours, or others; of several closures each looks."""
    first, last = (date.fromisoformat(payload[name]) for name in ("first", "last"))
    stretch = Stretch(payload["station"], tuple(sorted(BY_HOURS)), first, last)
    displaced.take_back_unfit(stretch, payload["why"], now=now)


@handles("directory.duty_lost")
def after_a_lost_shift(payload: dict[str, Any], *, now: datetime) -> None:
    """Look at the orders of a day on which a duty lawyer will not come after all."""
    theirs = tuple(kind for kind, offer in menu().items() if offer.by_duty)
    day = date.fromisoformat(payload["on"])
    displaced.take_back_unfit(Stretch(payload["station"], theirs, day, day), NO_LAWYER, now=now)
