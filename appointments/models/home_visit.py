"""Tables: visits at home, the round of a team's day, requests that wait for an answer, and what somebody always needs.

What is known of a person and where they live is sealed. Minutes count from midnight in China.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.crypto import Sealed
from core.db import Id, Model, fresh_id

Code = String(12)
WINDOW = "0 <= window_from AND window_from <= window_until AND window_until < 1440"


class VisitRound(Model):
    """A team's day, from the first order on: the row whoever changes that day must hold.

    Hours and pace stay as they were when the first visit of the day was promised.
    """

    __tablename__ = "visit_round"
    __table_args__ = (
        CheckConstraint("0 <= opens AND opens < closes AND closes <= 1440", name="span"),
        CheckConstraint("back_at <= closes", name="back_in_time"),
    )

    team_id: Mapped[str] = mapped_column(Id, ForeignKey("visit_team.id"), primary_key=True)
    on: Mapped[date] = mapped_column(primary_key=True)
    version: Mapped[int]
    opens: Mapped[int]
    closes: Mapped[int]
    pace: Mapped[float]
    back_at: Mapped[int]


class HomeVisit(Model):
    """What is known of a visit beyond its appointment: where, who, why, and the window that was promised.

    `arrived_at`, `finished_at` and `was_near` are what the team stamps; `learned_at` when the pace was taken from it.
    """

    __tablename__ = "home_visit"
    __table_args__ = (
        CheckConstraint(WINDOW, name="window"),
        CheckConstraint("minutes > 0", name="minutes"),
        Index("ix_home_visit_team_id_on", "team_id", "on"),
    )

    appointment_id: Mapped[str] = mapped_column(Id, ForeignKey("appointment.id"), primary_key=True)
    team_id: Mapped[str] = mapped_column(Id, ForeignKey("visit_team.id"))
    on: Mapped[date]
    window_from: Mapped[int]
    window_until: Mapped[int]
    minutes: Mapped[int]
    division_code: Mapped[str] = mapped_column(Code)
    address: Mapped[str] = mapped_column(Sealed("home_visit.address"))
    access_notes: Mapped[str] = mapped_column(Sealed("home_visit.access_notes"))
    position: Mapped[dict[str, Any]] = mapped_column(Sealed("home_visit.position", as_json=True))
    reasons: Mapped[list[str]] = mapped_column(Sealed("home_visit.reasons", as_json=True))
    wishes: Mapped[dict[str, Any]] = mapped_column(Sealed("home_visit.wishes", as_json=True))
    visitee_name: Mapped[str] = mapped_column(Sealed("home_visit.visitee_name"))
    visitee_phone: Mapped[str] = mapped_column(Sealed("home_visit.visitee_phone"))
    relation: Mapped[str] = mapped_column(String(16))
    visitee_link: Mapped[str] = mapped_column(Sealed("home_visit.visitee_link"))
    visitee_link_index: Mapped[str | None] = mapped_column(String(64), unique=True)
    safety_notes: Mapped[str] = mapped_column(Sealed("home_visit.safety_notes"))
    told_arrival: Mapped[int]
    arrived_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    was_near: Mapped[bool | None]
    learned_at: Mapped[datetime | None]


class VisitStop(Model):
    """A visit's place in its team's day. The database holds the promise: each stop hangs on the one before.

    It is left at the minute the next one counts from (the foreign key); between lie the way and lunch (`leaves_time`);
    and everybody is reached within what they were promised (`kept`).
    """

    __tablename__ = "visit_stop"
    __table_args__ = (
        ForeignKeyConstraint(["team_id", "on"], ["visit_round.team_id", "visit_round.on"]),
        ForeignKeyConstraint(
            ["team_id", "on", "previous", "free_at"],
            ["visit_stop.team_id", "visit_stop.on", "visit_stop.number", "visit_stop.leaves"],
            name="fk_visit_stop_previous",
        ),
        UniqueConstraint("team_id", "on", "number", "leaves"),
        CheckConstraint("number > 0 AND coalesce(previous, 0) = number - 1", name="chain"),
        CheckConstraint("way >= 0 AND pause >= 0 AND free_at + way + pause <= arrives", name="leaves_time"),
        CheckConstraint("window_from <= arrives AND arrives <= window_until AND arrives < leaves", name="kept"),
    )

    team_id: Mapped[str] = mapped_column(Id, primary_key=True)
    on: Mapped[date] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    previous: Mapped[int | None]
    appointment_id: Mapped[str] = mapped_column(Id, ForeignKey("home_visit.appointment_id"), unique=True)
    window_from: Mapped[int]
    window_until: Mapped[int]
    free_at: Mapped[int]
    way: Mapped[int]
    pause: Mapped[int]
    arrives: Mapped[int]
    leaves: Mapped[int]


class VisitRequest(Model):
    """Somebody asked to be visited and no time could be offered: staff answer by `due_at` (FEATURES B06)."""

    __tablename__ = "visit_request"
    __table_args__ = (
        CheckConstraint("state IN ('asked', 'planned', 'alternative', 'withdrawn')", name="state"),
        CheckConstraint("(state = 'asked') = (answered_at IS NULL)", name="answered"),
        Index("ix_visit_request_station_id_state_due_at", "station_id", "state", "due_at"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    person_id: Mapped[str | None] = mapped_column(Id, ForeignKey("person.id"), index=True)
    phone: Mapped[str] = mapped_column(Sealed("visit_request.phone"))
    phone_index: Mapped[str] = mapped_column(String(64), index=True)
    station_id: Mapped[str] = mapped_column(Id, ForeignKey("station.id"))
    asked: Mapped[dict[str, Any]] = mapped_column(Sealed("visit_request.asked", as_json=True))
    link: Mapped[str] = mapped_column(Sealed("visit_request.link"))
    link_index: Mapped[str] = mapped_column(String(64), unique=True)
    state: Mapped[str] = mapped_column(String(12))
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    reply: Mapped[str] = mapped_column(String(24), default="")
    words: Mapped[str] = mapped_column(Sealed("visit_request.words"), default="")
    appointment_id: Mapped[str | None] = mapped_column(Id, ForeignKey("appointment.id"), unique=True)


class AccessProfile(Model):
    """What somebody needs every time, said once and kept because they agreed to it (FEATURES B09)."""

    __tablename__ = "access_profile"

    person_id: Mapped[str] = mapped_column(Id, ForeignKey("person.id"), primary_key=True)
    said: Mapped[dict[str, Any]] = mapped_column(Sealed("access_profile.said", as_json=True))
    agreed_edition: Mapped[str] = mapped_column(String(20))
    agreed_at: Mapped[datetime]
    changed_at: Mapped[datetime]
