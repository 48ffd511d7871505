"""An application that was handed in, and what became of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from applications.models.decision import Decision
from applications.models.event import CaseEvent
from applications.models.letter import Letter
from applications.models.pledge import Pledge
from applications.models.supplement import SupplementNotice
from core.crypto import Sealed
from core.db import Id, Model, fresh_id

URGENT_LANE, PRIORITY_LANE, ORDINARY_LANE = 0, 1, 2


class Application(Model):
    """An application (法律援助申请): the answers as handed in, frozen, and the state it has come to.

    `due_on` is the last day of what the agency owes now, and `lane` who goes first: both are written by
    `cases.happen` from the record of events, so that the queue can be sorted by the database. `held_by` is who of
    the staff works on it now, until `held_until` (`hands`), and `put_back_by` who had it last and let it be.
    What is forgotten (`retention`) is a row for figures: whose it was and what it was about are gone.
    """

    __tablename__ = "application"
    __table_args__ = (
        UniqueConstraint("draft_id"),  # a draft is handed in once, however often the button is pressed
        Index("ix_application_queue", "region", "state", "lane", "due_on"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    reference: Mapped[str] = mapped_column(String(24), unique=True)
    draft_id: Mapped[str] = mapped_column(Id, ForeignKey("draft.id"))
    applicant_id: Mapped[str] = mapped_column(Id, ForeignKey("person.id"), index=True)
    region: Mapped[str] = mapped_column(String(12))
    agency_name: Mapped[str] = mapped_column(String(80))
    state: Mapped[str] = mapped_column(String(32))
    matter: Mapped[str] = mapped_column(String(64))
    groups: Mapped[list[str]] = mapped_column(JSON)
    verification: Mapped[str] = mapped_column(String(16))
    urgent_until: Mapped[date | None] = mapped_column(Date)
    lane: Mapped[int] = mapped_column(default=ORDINARY_LANE)
    due_on: Mapped[date | None] = mapped_column(Date)
    answers: Mapped[dict[str, Any]] = mapped_column(Sealed("application.answers", as_json=True))
    applicant_name: Mapped[str] = mapped_column(Sealed("application.applicant_name"))
    id_number_index: Mapped[str | None] = mapped_column(String(64), index=True)
    judgement: Mapped[dict[str, Any]] = mapped_column(Sealed("application.judgement", as_json=True))
    rule_version: Mapped[str] = mapped_column(String(64))
    channel: Mapped[str] = mapped_column(String(16))
    received_at: Mapped[datetime]
    held_by: Mapped[str | None] = mapped_column(Id)
    held_name: Mapped[str] = mapped_column(String(40), default="")
    held_until: Mapped[datetime | None]
    put_back_by: Mapped[str | None] = mapped_column(Id)
    forgotten_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    events: Mapped[list[CaseEvent]] = relationship(order_by=CaseEvent.position, lazy="raise")
    pledge: Mapped[Pledge | None] = relationship(lazy="raise")
    notices: Mapped[list[SupplementNotice]] = relationship(order_by=SupplementNotice.issued_at, lazy="raise")
    decision: Mapped[Decision | None] = relationship(lazy="raise")
    letters: Mapped[list[Letter]] = relationship(
        order_by=(Letter.issued_at, Letter.kind.desc()),  # the receipt before the copy of the pledge
        lazy="raise",
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # two members of staff at once: the second looks again
