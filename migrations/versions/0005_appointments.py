"""Appointments: shifts, places taken, orders.

Revision 0005, after 0004.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

STANDS = sa.text("state <> 'cancelled'")


def upgrade() -> None:
    op.create_table(
        "rota",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("station_id", sa.String(length=22), nullable=False),
        sa.Column("service", sa.String(length=24), nullable=False),
        sa.Column("weekdays", sa.String(length=7), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.Column("opens", sa.Integer(), nullable=False),
        sa.Column("closes", sa.Integer(), nullable=False),
        sa.Column("slot_minutes", sa.Integer(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.CheckConstraint("0 <= opens AND opens < closes AND closes <= 1440", name=op.f("ck_rota_span")),
        sa.CheckConstraint("slot_minutes > 0 AND capacity > 0", name=op.f("ck_rota_pace")),
        sa.CheckConstraint("last_on IS NULL OR first_on <= last_on", name=op.f("ck_rota_order")),
        sa.ForeignKeyConstraint(["station_id"], ["station.id"], name=op.f("fk_rota_station_id_station")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rota")),
    )
    op.create_index("ix_rota_station_id_service", "rota", ["station_id", "service"])
    op.create_table(
        "slot_use",
        sa.Column("station_id", sa.String(length=22), nullable=False),
        sa.Column("service", sa.String(length=24), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.CheckConstraint("0 <= taken AND taken <= capacity", name=op.f("ck_slot_use_places")),
        sa.ForeignKeyConstraint(["station_id"], ["station.id"], name=op.f("fk_slot_use_station_id_station")),
        sa.PrimaryKeyConstraint("station_id", "service", "starts_at", name=op.f("pk_slot_use")),
    )
    op.create_table(
        "appointment",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.String(length=22), nullable=True),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("phone_index", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("needs", sa.Text(), nullable=False),
        sa.Column("station_id", sa.String(length=22), nullable=False),
        sa.Column("service", sa.String(length=24), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("link_index", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('booked', 'arrived', 'done', 'no_show', 'cancelled')", name=op.f("ck_appointment_state")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_appointment_person_id_person")),
        sa.ForeignKeyConstraint(["station_id"], ["station.id"], name=op.f("fk_appointment_station_id_station")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
        sa.UniqueConstraint("link_index", name=op.f("uq_appointment_link_index")),
        sa.UniqueConstraint("reference", name=op.f("uq_appointment_reference")),
    )
    op.create_index("ix_appointment_person_id", "appointment", ["person_id"])
    op.create_index("ix_appointment_phone_index", "appointment", ["phone_index"])
    op.create_index("ix_appointment_station_id_starts_at", "appointment", ["station_id", "starts_at"])
    op.create_index(
        "uq_appointment_slot_number",
        "appointment",
        ["station_id", "service", "starts_at", "phone_index"],
        unique=True,
        sqlite_where=STANDS,
        postgresql_where=STANDS,
    )


def downgrade() -> None:
    for table in ("appointment", "slot_use", "rota"):
        op.drop_table(table)
