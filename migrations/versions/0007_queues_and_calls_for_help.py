"""What happens on the day and when it cannot happen: orders taken back, the queue, calls for help.

Revision 0007, after 0006.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "displacement",
        sa.Column("appointment_id", sa.String(length=22), nullable=False),
        sa.Column("why", sa.String(length=120), nullable=False),
        sa.Column("displaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["appointment.id"], name=op.f("fk_displacement_appointment_id_appointment")
        ),
        sa.PrimaryKeyConstraint("appointment_id", name=op.f("pk_displacement")),
    )
    op.create_table(
        "attended",
        sa.Column("appointment_id", sa.String(length=22), nullable=False),
        sa.Column("station_id", sa.String(length=22), nullable=False),
        sa.Column("staff_id", sa.String(length=22), nullable=False),
        sa.Column("attended_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["appointment.id"], name=op.f("fk_attended_appointment_id_appointment")
        ),
        sa.ForeignKeyConstraint(["station_id"], ["station.id"], name=op.f("fk_attended_station_id_station")),
        sa.PrimaryKeyConstraint("appointment_id", name=op.f("pk_attended")),
    )
    op.create_index("ix_attended_attended_at", "attended", ["attended_at"], unique=False)
    op.create_table(
        "queue_day",
        sa.Column("station_id", sa.String(length=22), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["station_id"], ["station.id"], name=op.f("fk_queue_day_station_id_station")),
        sa.PrimaryKeyConstraint("station_id", "on", name=op.f("pk_queue_day")),
    )
    op.create_table(
        "ticket",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("station_id", sa.String(length=22), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("appointment_id", sa.String(length=22), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("is_booked", sa.Boolean(), nullable=False),
        sa.Column("turn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("called_by", sa.String(length=22), nullable=True),
        sa.Column("window", sa.String(length=20), nullable=False),
        sa.Column("over_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("texted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("link_index", sa.String(length=64), nullable=False),
        sa.CheckConstraint("state IN ('waiting', 'called', 'served', 'missed', 'left')", name=op.f("ck_ticket_state")),
        sa.CheckConstraint("number > 0", name=op.f("ck_ticket_number")),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["appointment.id"], name=op.f("fk_ticket_appointment_id_appointment")
        ),
        sa.ForeignKeyConstraint(["station_id"], ["station.id"], name=op.f("fk_ticket_station_id_station")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket")),
        sa.UniqueConstraint("appointment_id", name=op.f("uq_ticket_appointment_id")),
        sa.UniqueConstraint("link_index", name=op.f("uq_ticket_link_index")),
        sa.UniqueConstraint("station_id", "on", "number", name=op.f("uq_ticket_station_id_on_number")),
    )
    op.create_index("ix_ticket_station_id_on_state", "ticket", ["station_id", "on", "state"], unique=False)
    op.create_table(
        "help_call",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("link_index", sa.String(length=64), nullable=False),
        sa.Column("station_id", sa.String(length=22), nullable=False),
        sa.Column("in_danger", sa.Boolean(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("escalated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["station_id"], ["station.id"], name=op.f("fk_help_call_station_id_station")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_call")),
        sa.UniqueConstraint("link_index", name=op.f("uq_help_call_link_index")),
        sa.UniqueConstraint("reference", name=op.f("uq_help_call_reference")),
    )
    op.create_index("ix_help_call_station_id_closed_at", "help_call", ["station_id", "closed_at"], unique=False)
    op.create_table(
        "help_word",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("call_id", sa.String(length=22), nullable=False),
        sa.Column("said_by", sa.String(length=60), nullable=False),
        sa.Column("is_staff", sa.Boolean(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["help_call.id"], name=op.f("fk_help_word_call_id_help_call")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_word")),
    )
    op.create_index("ix_help_word_call_id_said_at", "help_word", ["call_id", "said_at"], unique=False)
    op.create_table(
        "circuit_watch",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("phone_index", sa.String(length=64), nullable=False),
        sa.Column("division_code", sa.String(length=12), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("link_index", sa.String(length=64), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_circuit_watch")),
        sa.UniqueConstraint("link_index", name=op.f("uq_circuit_watch_link_index")),
        sa.UniqueConstraint("phone_index", "division_code", name=op.f("uq_circuit_watch_phone_index_division_code")),
    )
    op.create_index(op.f("ix_circuit_watch_division_code"), "circuit_watch", ["division_code"], unique=False)
    op.create_table(
        "volunteer",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("phone_index", sa.String(length=64), nullable=False),
        sa.Column("division_code", sa.String(length=12), nullable=False),
        sa.Column("skills", sa.JSON(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("link_index", sa.String(length=64), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_by", sa.String(length=22), nullable=True),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(accepted_at IS NULL) = (accepted_by IS NULL)", name=op.f("ck_volunteer_accepted")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_volunteer")),
        sa.UniqueConstraint("link_index", name=op.f("uq_volunteer_link_index")),
    )
    op.create_index("ix_volunteer_division_code", "volunteer", ["division_code"], unique=False)
    op.create_index(
        "uq_volunteer_phone",
        "volunteer",
        ["phone_index"],
        unique=True,
        sqlite_where=sa.text("left_at IS NULL"),
        postgresql_where=sa.text("left_at IS NULL"),
    )
    op.create_table(
        "volunteer_hours",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("volunteer_id", sa.String(length=22), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("noted_by", sa.String(length=22), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("0 < minutes AND minutes <= 1440", name=op.f("ck_volunteer_hours_minutes")),
        sa.ForeignKeyConstraint(
            ["volunteer_id"], ["volunteer.id"], name=op.f("fk_volunteer_hours_volunteer_id_volunteer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_volunteer_hours")),
    )
    op.create_index(op.f("ix_volunteer_hours_volunteer_id"), "volunteer_hours", ["volunteer_id"], unique=False)


def downgrade() -> None:
    for table in (
        "volunteer_hours",
        "volunteer",
        "circuit_watch",
        "help_word",
        "help_call",
        "ticket",
        "queue_day",
        "attended",
        "displacement",
    ):
        op.drop_table(table)
