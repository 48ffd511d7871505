"""Who is to be met at a station: the person responsible, and the lawyers on duty."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Id, Model, fresh_id


class ContactPerson(Model):
    """The person who answers for a contact point (专人负责制, FEATURES C07), and who stands in while they are away."""

    __tablename__ = "contact_person"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    station_id: Mapped[str] = mapped_column(Id, ForeignKey("station.id"), unique=True)
    name: Mapped[str] = mapped_column(String(40))
    work_number: Mapped[str] = mapped_column(String(24))
    phone: Mapped[str] = mapped_column(String(40))
    hours_text: Mapped[str] = mapped_column(String(120), default="")
    substitute_name: Mapped[str] = mapped_column(String(40), default="")
    substitute_phone: Mapped[str] = mapped_column(String(40), default="")
    away_from: Mapped[date | None]
    away_until: Mapped[date | None]


class DutyShift(Model):
    """A shift of a duty lawyer (值班律师, FEATURES B26). Minutes count from midnight in China; no name is a gap."""

    __tablename__ = "duty_shift"
    __table_args__ = (
        CheckConstraint("0 <= opens AND opens < closes AND closes <= 1440", name="span"),
        Index("uq_duty_shift_station_id_on_opens", "station_id", "on", "opens", unique=True),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    station_id: Mapped[str] = mapped_column(Id, ForeignKey("station.id"))
    on: Mapped[date] = mapped_column(index=True)
    opens: Mapped[int]
    closes: Mapped[int]
    lawyer: Mapped[str] = mapped_column(String(40), default="")
    firm: Mapped[str] = mapped_column(String(80), default="")
    work_number: Mapped[str] = mapped_column(String(24), default="")
