"""Tables: calls for help without a voice, and what was written back and forth (FEATURES E14)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from core.crypto import Sealed
from core.db import Id, Model, fresh_id


class HelpCall(Model):
    """A call for help: what was ticked, roughly where, and until when somebody is to answer.

    There is no account: `link` opens it. `told` holds what was ticked and the rounded place; all words are forgotten
    some weeks after it is over.
    """

    __tablename__ = "help_call"
    __table_args__ = (Index("ix_help_call_station_id_closed_at", "station_id", "closed_at"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    link: Mapped[str] = mapped_column(Sealed("help_call.link"))
    link_index: Mapped[str] = mapped_column(String(64), unique=True)
    station_id: Mapped[str] = mapped_column(Id, ForeignKey("station.id"))
    in_danger: Mapped[bool]
    told: Mapped[dict[str, Any]] = mapped_column(Sealed("help_call.told", as_json=True))
    phone: Mapped[str] = mapped_column(Sealed("help_call.phone"), default="")
    opened_at: Mapped[datetime]
    due_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    escalated_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]


class HelpWord(Model):
    """Something that was written: by the person, or by somebody of the staff who is named."""

    __tablename__ = "help_word"
    __table_args__ = (Index("ix_help_word_call_id_said_at", "call_id", "said_at"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    call_id: Mapped[str] = mapped_column(Id, ForeignKey("help_call.id"))
    said_by: Mapped[str] = mapped_column(String(60), default="")
    is_staff: Mapped[bool]
    words: Mapped[str] = mapped_column(Sealed("help_word.words"))
    said_at: Mapped[datetime]
