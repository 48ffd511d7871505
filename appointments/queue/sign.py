"""The signs for a hall: on paper with the word of the day, and on the display a code that changes (B27)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import segno

from appointments.queue import arrival, hall
from core import settings
from core.identity import Actor, Audience, Permission, open_to


@dataclass(frozen=True, slots=True)
class Sign:
    """What a sign carries and the picture of its address; the word of the day, and what opens the display."""

    sign: str
    picture: str
    word: str
    display: str


@open_to(Permission.APPOINTMENTS_ATTEND)
def of_station(actor: Actor, code: str, *, now: datetime) -> Sign:
    """Give the sign of a station at which an actor attends to people."""
    station = arrival.attended_station(actor, code)
    told = hall.printed(station.code)
    return Sign(told, picture(station.code, told), hall.word(station.code, now), hall.display(station.code))


@open_to(Audience.ANYONE)
def on_display(actor: Actor, code: str, key: str, *, now: datetime) -> str:  # noqa: ARG001  # whoever hangs in the hall
    """Give the picture of the code to scan at this moment, to a display that was opened with its key."""
    station = hall.displayed(code, key)
    return picture(station.code, hall.shown(station.code, now))


def picture(code: str, told: str) -> str:
    """Draw the address a sign leads to."""
    address = f"{settings.current().public_url}/queue/at/{code}/{told}"
    return str(segno.make_qr(address, error="q").svg_data_uri(scale=6, border=2))
