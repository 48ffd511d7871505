"""The pictures of those who visit, so that whoever opens the door sees whom to expect (FEATURES B12).

They are small and kept sealed with the row: shown with the card of a visit and to whoever holds its code, nowhere else.
"""

from __future__ import annotations

import base64
from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import select

from appointments.doorstep import sheet
from appointments.models.team import VisitWorker
from appointments.models.visit_day import WorkerPhoto
from core import audit, imaging, scanning
from core.db import session
from core.errors import NotFound
from core.identity import Actor, Permission, open_to

FIELD, SMALL = "photo", "320.jpg"


@open_to(Permission.APPOINTMENTS_ATTEND)
def allow(actor: Actor, worker_id: str) -> VisitWorker:
    """Let the actor show somebody of a team of their region; nothing is decoded before this."""
    worker = session().get(VisitWorker, worker_id)
    if worker is None:
        raise NotFound("visit_team_unknown")
    sheet.contact(actor, worker.team_id)
    return worker


@open_to(Permission.APPOINTMENTS_ATTEND)
def prepare(_actor: Actor, data: bytes) -> bytes:
    """Scan a picture and make it anew, small. Outside any unit of work: it takes its time."""
    scanning.refuse_infected(data, FIELD)
    return imaging.pictures(data).files[SMALL]


@open_to(Permission.APPOINTMENTS_ATTEND)
def show(actor: Actor, worker_id: str, picture: bytes, *, now: datetime) -> VisitWorker:
    """Have somebody be shown by a picture, in the place of the one before."""
    worker = allow(actor, worker_id)
    row = session().get(WorkerPhoto, worker_id) or WorkerPhoto(worker_id=worker_id)
    row.picture, row.changed_at = base64.b64encode(picture).decode(), now
    session().add(row)
    audit.record(actor, "visit_worker.shown", f"visit_worker:{worker_id}", now=now)
    return worker


def of(worker_ids: Collection[str]) -> Mapping[str, str]:
    """Give pictures by whom they show, as addresses that need no request of their own; in one statement."""
    rows = session().scalars(select(WorkerPhoto).where(WorkerPhoto.worker_id.in_(worker_ids)))
    return {row.worker_id: f"data:image/jpeg;base64,{row.picture}" for row in rows}
