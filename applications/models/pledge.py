"""The personal integrity pledge (个人诚信承诺), frozen as it was signed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from core.crypto import Sealed
from core.db import Id, Model, fresh_id


class Pledge(Model):
    """A signed pledge: what was shown, what was stated, how it was signed, and the hash of it all (RULEBOOK 3.1).

    `signed` is the canonical document that `sha256` is taken from; the hash also stands in the audit chain.
    """

    __tablename__ = "pledge"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    draft_id: Mapped[str] = mapped_column(Id, ForeignKey("draft.id"), index=True)
    application_id: Mapped[str | None] = mapped_column(Id, ForeignKey("application.id"), unique=True)
    person_id: Mapped[str] = mapped_column(Id, ForeignKey("person.id"))
    template: Mapped[str] = mapped_column(String(40))
    template_version: Mapped[str] = mapped_column(String(24))
    acknowledged: Mapped[list[str]] = mapped_column(JSON)
    method: Mapped[str] = mapped_column(String(16))
    signature_upload_id: Mapped[str | None] = mapped_column(Id)
    signed: Mapped[dict[str, Any]] = mapped_column(Sealed("pledge.signed", as_json=True))
    signed_at: Mapped[datetime]
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    previous: Mapped[str | None] = mapped_column(String(64))
    withdrawn_at: Mapped[datetime | None]
