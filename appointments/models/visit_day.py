"""Tables: what a team did at the door, whether it is well, whom to tell when not, and the faces people may expect."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from core.crypto import Sealed
from core.db import Id, Model, fresh_id


class VisitAct(Model):
    """One thing done on site. `client_key` is made where it was done: sent again, or late, it counts once.

    There is no position: where the team was is weighed on arrival and dropped; `was_near` is all that stays.
    """

    __tablename__ = "visit_act"
    __table_args__ = (Index("ix_visit_act_appointment_id_at", "appointment_id", "at"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    appointment_id: Mapped[str] = mapped_column(Id, ForeignKey("home_visit.appointment_id"))
    client_key: Mapped[str] = mapped_column(String(64), unique=True)
    kind: Mapped[str] = mapped_column(String(12))
    at: Mapped[datetime]
    minutes: Mapped[int]
    was_near: Mapped[bool | None]
    words: Mapped[str] = mapped_column(Sealed("visit_act.words"))
    staff_id: Mapped[str] = mapped_column(Id)
    recorded_at: Mapped[datetime]


class VisitWatch(Model):
    """That a team was asked whether it is well, and that somebody was told because it did not say so (B13)."""

    __tablename__ = "visit_watch"

    appointment_id: Mapped[str] = mapped_column(Id, ForeignKey("home_visit.appointment_id"), primary_key=True)
    told_at: Mapped[datetime | None]
    escalated_at: Mapped[datetime | None]


class TeamContact(Model):
    """The telephones of a team on its way, and of whoever is told when it does not come back."""

    __tablename__ = "team_contact"

    team_id: Mapped[str] = mapped_column(Id, ForeignKey("visit_team.id"), primary_key=True)
    team_phone: Mapped[str] = mapped_column(Sealed("team_contact.team_phone"))
    supervisor_phone: Mapped[str] = mapped_column(Sealed("team_contact.supervisor_phone"))
    changed_at: Mapped[datetime]


class WorkerPhoto(Model):
    """The picture of somebody who visits, small, in base64."""

    __tablename__ = "worker_photo"

    worker_id: Mapped[str] = mapped_column(Id, ForeignKey("visit_worker.id"), primary_key=True)
    picture: Mapped[str] = mapped_column(Sealed("worker_photo.picture"))
    changed_at: Mapped[datetime]


class VisitPhoto(Model):
    """A photograph of a paper, taken on site, made anew, in base64. `client_key` as for what else is done there."""

    __tablename__ = "visit_photo"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    appointment_id: Mapped[str] = mapped_column(Id, ForeignKey("home_visit.appointment_id"), index=True)
    client_key: Mapped[str] = mapped_column(String(64), unique=True)
    picture: Mapped[str] = mapped_column(Sealed("visit_photo.picture"))
    staff_id: Mapped[str] = mapped_column(Id)
    recorded_at: Mapped[datetime]
