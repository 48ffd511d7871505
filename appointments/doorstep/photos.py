"""Photographs of papers, taken on site: made anew, sealed, for the staff of the region, and forgotten (FEATURES B11).

Each has a key made where it was taken, so that one sent twice, or late, counts once.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ScalarSelect, func, select

from appointments import attendance
from appointments.doorstep.acts import LONGEST_KEY, SHORTEST_KEY
from appointments.models.home_visit import HomeVisit
from appointments.models.visit_day import VisitPhoto
from core import audit, imaging, scanning
from core.calendar import china_day
from core.db import session
from core.errors import Conflict, Malformed, NotFound, Problem, Rejected
from core.identity import Actor, Permission, open_to

FIELD, MOST = "photo", 20


@open_to(Permission.APPOINTMENTS_ATTEND)
def allow(actor: Actor, appointment_id: str, key: str, *, now: datetime) -> bool:
    """Let a photograph be taken in, before anything is decoded. Say whether it is here already."""
    if not SHORTEST_KEY <= len(key) <= LONGEST_KEY:
        raise Malformed
    found = attendance.find(actor, appointment_id)
    visit = session().get(HomeVisit, found.id)
    if visit is None:
        raise NotFound("appointment_unknown")
    if visit.on > china_day(now):
        raise Conflict("visit_not_today")
    if session().scalar(select(VisitPhoto.id).where(VisitPhoto.client_key == key)) is not None:
        return True
    if (session().scalar(select(counted()).where(HomeVisit.appointment_id == found.id)) or 0) >= MOST:
        raise Rejected((Problem("visit_photos_many", FIELD, {"limit": MOST}),))
    return False


@open_to(Permission.APPOINTMENTS_ATTEND)
def prepare(_actor: Actor, data: bytes) -> bytes:
    """Scan a photograph and make it anew, with nothing in it of where it was taken. Outside any unit of work."""
    scanning.refuse_infected(data, FIELD)
    made = imaging.remake(data)
    if made.thumbnail is None:  # a paper that is no photograph
        raise Rejected((Problem("photo_no_picture", FIELD),))
    return made.master


@open_to(Permission.APPOINTMENTS_ATTEND)
def keep(actor: Actor, appointment_id: str, key: str, picture: bytes, *, now: datetime) -> None:
    """Keep a photograph; the same key again changes nothing."""
    if allow(actor, appointment_id, key, now=now):
        return
    told = {"picture": base64.b64encode(picture).decode(), "staff_id": actor.id, "recorded_at": now}
    session().add(VisitPhoto(appointment_id=appointment_id, client_key=key, **told))
    audit.record(actor, "visit.photographed", f"appointment:{appointment_id}", now=now)


@open_to(Permission.APPOINTMENTS_ATTEND)
def of(actor: Actor, appointment_id: str, *, now: datetime) -> Sequence[str]:
    """Give the photographs of a visit of one's region, as addresses that need no request. Looking is put on record."""
    attendance.find(actor, appointment_id)
    mine = select(VisitPhoto).where(VisitPhoto.appointment_id == appointment_id)
    rows = session().scalars(mine.order_by(VisitPhoto.recorded_at, VisitPhoto.id)).all()
    if rows:
        audit.record(actor, "visit.photos_seen", f"appointment:{appointment_id}", now=now, seen=len(rows))
    return [f"data:image/jpeg;base64,{row.picture}" for row in rows]


def counted() -> ScalarSelect[int]:
    """Select how many photographs a visit has, beside the visit."""
    mine = VisitPhoto.appointment_id == HomeVisit.appointment_id
    return select(func.count()).select_from(VisitPhoto).where(mine).correlate(HomeVisit).scalar_subquery()
