"""Holds, the wait list, reminders, calls and approvals of appointments.

Revision 0009, after 0008.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("appointment", sa.Column("reach", sa.String(length=8), nullable=False, server_default="text"))
    op.add_column("appointment", sa.Column("calling", sa.Text(), nullable=True))
    op.add_column("appointment", sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_appointment_state_starts_at", "appointment", ["state", "starts_at"])
    op.create_table(
        "hold",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("secret_index", sa.String(length=64), nullable=False),
        sa.Column("station_id", sa.String(length=22), nullable=False),
        sa.Column("service", sa.String(length=24), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("owner_index", sa.String(length=64), nullable=True),
        sa.Column("address_index", sa.String(length=64), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("extensions", sa.Integer(), nullable=False),
        sa.CheckConstraint("expires_at <= until", name=op.f("ck_hold_moments")),
        sa.ForeignKeyConstraint(["station_id"], ["station.id"], name=op.f("fk_hold_station_id_station")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hold")),
        sa.UniqueConstraint("owner_index", name=op.f("uq_hold_owner_index")),
        sa.UniqueConstraint("secret_index", name=op.f("uq_hold_secret_index")),
    )
    op.create_index("ix_hold_address_index", "hold", ["address_index"], unique=False)
    op.create_index("ix_hold_slot", "hold", ["station_id", "service", "starts_at", "expires_at"], unique=False)
    op.create_table(
        "waiting",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("person_id", sa.String(length=22), nullable=True),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("phone_index", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("needs", sa.Text(), nullable=False),
        sa.Column("station_id", sa.String(length=22), nullable=False),
        sa.Column("service", sa.String(length=24), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("reach", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("unanswered", sa.Integer(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("link_index", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('waiting', 'served', 'left', 'over')", name=op.f("ck_waiting_state")),
        sa.CheckConstraint("first_on <= last_on", name=op.f("ck_waiting_days")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_waiting_person_id_person")),
        sa.ForeignKeyConstraint(["station_id"], ["station.id"], name=op.f("fk_waiting_station_id_station")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting")),
        sa.UniqueConstraint("link_index", name=op.f("uq_waiting_link_index")),
    )
    op.create_index(
        "ix_waiting_order", "waiting", ["station_id", "service", "state", "rank", "created_at"], unique=False
    )
    op.create_index(op.f("ix_waiting_person_id"), "waiting", ["person_id"], unique=False)
    op.create_index(
        "uq_waiting_number",
        "waiting",
        ["phone_index", "station_id", "service"],
        unique=True,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "waiting_offer",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("waiting_id", sa.String(length=22), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("hold_id", sa.String(length=22), nullable=True),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(state = 'open') = (hold_id IS NOT NULL)", name=op.f("ck_waiting_offer_held")),
        sa.CheckConstraint(
            "state IN ('open', 'accepted', 'declined', 'unanswered')", name=op.f("ck_waiting_offer_state")
        ),
        sa.ForeignKeyConstraint(["waiting_id"], ["waiting.id"], name=op.f("fk_waiting_offer_waiting_id_waiting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_offer")),
        sa.UniqueConstraint("hold_id", name=op.f("uq_waiting_offer_hold_id")),
        sa.UniqueConstraint("waiting_id", "starts_at", name=op.f("uq_waiting_offer_waiting_id_starts_at")),
    )
    op.create_index("ix_waiting_offer_state_until", "waiting_offer", ["state", "until"], unique=False)
    op.create_index(
        "uq_waiting_offer_open",
        "waiting_offer",
        ["waiting_id"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "reminder",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("appointment_id", sa.String(length=22), nullable=False),
        sa.Column("step", sa.String(length=12), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("errand_key", sa.String(length=120), nullable=False),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["appointment.id"], name=op.f("fk_reminder_appointment_id_appointment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint(
            "appointment_id", "step", "starts_at", name=op.f("uq_reminder_appointment_id_step_starts_at")
        ),
    )
    op.create_table(
        "call_attempt",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("appointment_id", sa.String(length=22), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("staff_id", sa.String(length=22), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("number BETWEEN 1 AND 3", name=op.f("ck_call_attempt_number")),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["appointment.id"], name=op.f("fk_call_attempt_appointment_id_appointment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_attempt")),
        sa.UniqueConstraint("appointment_id", "number", name=op.f("uq_call_attempt_appointment_id_number")),
    )
    op.create_table(
        "approval",
        sa.Column("appointment_id", sa.String(length=22), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(length=12), nullable=False),
        sa.Column("staff_id", sa.String(length=22), nullable=True),
        sa.CheckConstraint("(decided_at IS NULL) = (answer = '')", name=op.f("ck_approval_answer")),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["appointment.id"], name=op.f("fk_approval_appointment_id_appointment")
        ),
        sa.PrimaryKeyConstraint("appointment_id", name=op.f("pk_approval")),
    )
    op.create_index("ix_approval_decided_at_due_at", "approval", ["decided_at", "due_at"], unique=False)


def downgrade() -> None:
    for table in ("approval", "call_attempt", "reminder", "waiting_offer", "waiting", "hold"):
        op.drop_table(table)
    op.drop_index("ix_appointment_state_starts_at", "appointment")
    for column in ("confirmed_at", "calling", "reach"):
        op.drop_column("appointment", column)
