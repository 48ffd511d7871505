"""Talks by video: where they are held, from when to when the way in is shown, and to whom (FEATURES B25).

The house keeps no list of rooms: a room's name follows from the appointment and cannot be guessed. The video room of a
station serves whoever comes; where meetings are set up, one may take part from home. Whoever says that video does not
work for them is rung up at the time.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol

from appointments import jobs, queries, tasks
from appointments.models import Appointment
from appointments.offers import ServiceKind
from appointments.states import AppointmentState
from appointments.tasks import Ask, TaskReason
from core import audit, settings
from core.crypto import blind_index
from core.db import session
from core.errors import Conflict
from core.identity import Actor, Audience, open_to

INSTEAD = {"instead": "yes"}
OPENS, CLOSES = timedelta(minutes=15), timedelta(minutes=60)
RING = "视频用不了，请在 {when} 改打电话，编号 {reference}。不要留语音。"


class Rooms(Protocol):
    """Somebody at whose place people meet by video."""

    def address(self, room: str) -> str:
        """Give the address of a room by its name."""


class Named:
    """A service whose rooms come into being when somebody enters: the address has the name in it."""

    def __init__(self, pattern: str) -> None:
        """Meet at this address."""
        self._pattern = pattern

    def address(self, room: str) -> str:
        """Put the name in."""
        return self._pattern.replace("{room}", room)


def rooms() -> Rooms | None:
    """Give where talks are held, if anywhere."""
    pattern = settings.current().meeting_url
    return Named(pattern) if pattern else None


def opens_at(row: Appointment) -> datetime:
    """Say from when the way in is shown."""
    return row.starts_at - OPENS


def is_from_home(row: Appointment) -> bool:
    """Say whether somebody may take part with a telephone of their own."""
    return is_by_video(row) and rooms() is not None


def way_in(row: Appointment, *, now: datetime) -> str | None:
    """Give the address of a talk to whoever may see the appointment, shortly before and while it is held."""
    at = rooms()
    is_near = opens_at(row) <= now <= row.starts_at + timedelta(minutes=row.minutes) + CLOSES
    if at is None or not is_by_video(row) or not is_near:
        return None
    return at.address(_room(row))


def is_by_video(row: Appointment) -> bool:
    """Say whether it is held by video: ordered so, standing, and nobody said that it does not work for them."""
    stands = row.state in (AppointmentState.BOOKED, AppointmentState.ARRIVED)
    return row.service == ServiceKind.VIDEO and stands and not is_rung_instead(row)


def is_rung_instead(row: Appointment) -> bool:
    """Say whether a talk by video is held by telephone after all."""
    return row.service == ServiceKind.VIDEO and bool(row.calling)


@open_to(Audience.ANYONE)
def ring_instead(actor: Actor, link: str, *, now: datetime) -> Appointment:
    """Hold a talk by telephone, for whoever has the personal link; doing so twice changes nothing."""
    found = queries.by_link(link, now=now)
    session().refresh(found, with_for_update=True)
    if found.service != ServiceKind.VIDEO or found.state not in (AppointmentState.BOOKED, AppointmentState.ARRIVED):
        raise Conflict("meeting_unfit")
    if not is_rung_instead(found):
        audit.record(actor, "appointment.rung_instead", f"appointment:{found.id}", now=now)
    have_rung(found, now=now)
    return found


@open_to(Audience.ANYONE)
def video_again(actor: Actor, link: str, *, now: datetime) -> Appointment:
    """Hold a talk by video after all, until it begins, for whoever has the personal link."""
    found = queries.by_link(link, now=now)
    session().refresh(found, with_for_update=True)
    if found.state != AppointmentState.BOOKED or not is_rung_instead(found) or now >= found.starts_at:
        raise Conflict("meeting_unfit")
    found.calling = None
    tasks.drop(_task_key(found), now=now)
    audit.record(actor, "appointment.video_again", f"appointment:{found.id}", now=now)
    return found


def have_rung(found: Appointment, *, now: datetime) -> None:
    """Have somebody be rung at the time of their talk; asking for it twice leaves one task."""
    found.calling = INSTEAD
    ask = Ask(
        station_id=found.station_id,
        reason=TaskReason.REMINDER,
        subject=f"appointment:{found.id}",
        key=_task_key(found),
        due_at=max(now, found.starts_at),
        name=found.name,
        phone=found.phone,
        note=RING.format(when=jobs.when(found), reference=found.reference),
    )
    tasks.open(ask, now=now)


def _task_key(found: Appointment) -> str:
    return f"rung_instead:{found.id}:{found.sequence}"


def _room(row: Appointment) -> str:
    """Name the room: another one where the talk was moved, so that an old address leads nowhere."""
    return blind_index(f"{row.id}:{row.starts_at.isoformat()}", "appointment.room")[:32]
