"""What a pre-check came to, for whoever has its code."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from core.crypto import Sealed
from core.db import Id, Model, fresh_id


class PreCheck(Model):
    """Answers without a person: no name, no number, no account. The code is known by its keyed hash only."""

    __tablename__ = "precheck"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    code_index: Mapped[str] = mapped_column(String(64), unique=True)
    answers: Mapped[dict[str, Any]] = mapped_column(Sealed("precheck.answers", as_json=True))
    judgement: Mapped[dict[str, Any]] = mapped_column(Sealed("precheck.judgement", as_json=True))
    rules_version: Mapped[str] = mapped_column(String(60))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
