"""Tables: teams that visit people at home, who is in them, when they are out, and how fast they really get on."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Id, Model, fresh_id

Code = String(12)


class VisitTeam(Model):
    """A team that visits people in an area (`area_code` and all below it), from a station and back to it."""

    __tablename__ = "visit_team"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    station_id: Mapped[str] = mapped_column(Id, ForeignKey("station.id"), index=True)
    area_code: Mapped[str] = mapped_column(Code, index=True)
    name: Mapped[str] = mapped_column(String(40))
    vehicle: Mapped[str] = mapped_column(String(40), default="", server_default="")
    retired_on: Mapped[date | None]


class VisitWorker(Model):
    """Somebody of a team, as they are shown to whoever opens the door, and what they can do.

    They are in it from `first_on` to `last_on`; empty: from the beginning, and on.
    """

    __tablename__ = "visit_worker"
    __table_args__ = (CheckConstraint("first_on <= last_on", name="order"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    team_id: Mapped[str] = mapped_column(Id, ForeignKey("visit_team.id"), index=True)
    name: Mapped[str] = mapped_column(String(40))
    work_number: Mapped[str] = mapped_column(String(24), index=True)
    is_woman: Mapped[bool]
    signs: Mapped[bool]
    languages: Mapped[list[str]] = mapped_column(JSON)
    specialties: Mapped[list[str]] = mapped_column(JSON)
    first_on: Mapped[date | None]
    last_on: Mapped[date | None]


class VisitAbsence(Model):
    """Days on which somebody of a team is away, or the whole team where nobody is named. Never why: that is theirs."""

    __tablename__ = "visit_absence"
    __table_args__ = (CheckConstraint("first_on <= last_on", name="order"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    team_id: Mapped[str] = mapped_column(Id, ForeignKey("visit_team.id"), index=True)
    worker_id: Mapped[str | None] = mapped_column(Id, ForeignKey("visit_worker.id"))
    first_on: Mapped[date]
    last_on: Mapped[date]


class VisitShift(Model):
    """When a team is out, week by week. `weekdays` are digits, 0 is Monday; times are minutes of the day in China."""

    __tablename__ = "visit_shift"
    __table_args__ = (
        CheckConstraint("0 <= opens AND opens < closes AND closes <= 1440", name="span"),
        CheckConstraint("last_on IS NULL OR first_on <= last_on", name="order"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    team_id: Mapped[str] = mapped_column(Id, ForeignKey("visit_team.id"), index=True)
    weekdays: Mapped[str] = mapped_column(String(7))
    first_on: Mapped[date]
    last_on: Mapped[date | None]
    opens: Mapped[int]
    closes: Mapped[int]


class TravelPace(Model):
    """How much slower or quicker than estimated teams really are on the roads of a county."""

    __tablename__ = "travel_pace"
    __table_args__ = (CheckConstraint("legs >= 0 AND factor > 0", name="sound"),)

    county_code: Mapped[str] = mapped_column(Code, primary_key=True)
    legs: Mapped[int]
    ratios: Mapped[float]  # the sum of what was measured over what was estimated, a leg each
    factor: Mapped[float]
    changed_at: Mapped[datetime]
