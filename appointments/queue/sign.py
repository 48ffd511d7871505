"""The sign for a hall: an address that gives a number, and its code to scan (B27)."""

from __future__ import annotations

from dataclasses import dataclass

import segno

from appointments.queue import arrival
from core import settings
from core.identity import Actor, Permission, open_to


@dataclass(frozen=True, slots=True)
class Sign:
    """What a sign carries, and the picture of its address."""

    sign: str
    picture: str


@open_to(Permission.APPOINTMENTS_ATTEND)
def of_station(actor: Actor, code: str) -> Sign:
    """Give the sign of a station at which an actor attends to people."""
    station = arrival.attended_station(actor, code)
    told = arrival.signature(station.code)
    address = f"{settings.current().public_url}/queue/at/{station.code}/{told}"
    return Sign(told, segno.make_qr(address, error="q").svg_data_uri(scale=6, border=2))
