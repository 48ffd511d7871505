"""The directory: venues, stations, who is there and when, and what keeps it true.

Revision 0002, after 0001.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "change_set",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("region", sa.String(length=12), nullable=False),
        sa.Column("unread", sa.JSON(), nullable=False),
        sa.Column("proposed_by", sa.String(length=22), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(length=22), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_note", sa.String(length=300), nullable=False),
        sa.Column("undoes_id", sa.String(length=22), nullable=True),
        sa.ForeignKeyConstraint(["undoes_id"], ["change_set.id"], name=op.f("fk_change_set_undoes_id_change_set")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_set")),
        sa.UniqueConstraint("undoes_id", name=op.f("uq_change_set_undoes_id")),
    )
    with op.batch_alter_table("change_set", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_change_set_state"), ["state"], unique=False)

    op.create_table(
        "directory_version",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_directory_version_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_version")),
    )
    op.create_table(
        "change",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("set_id", sa.String(length=22), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("station_id", sa.String(length=22), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(["set_id"], ["change_set.id"], name=op.f("fk_change_set_id_change_set")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
    )
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.create_index("uq_change_set_id_station_id", ["set_id", "station_id"], unique=True)

    op.create_table(
        "venue",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("division_code", sa.String(length=12), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("transport", sa.String(length=300), nullable=False),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("datum", sa.String(length=8), nullable=False),
        sa.Column("geo_quality", sa.String(length=12), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("photo", sa.String(length=120), nullable=True),
        sa.Column("photo_alt", sa.String(length=200), nullable=False),
        sa.CheckConstraint("(lat IS NULL) = (lon IS NULL)", name=op.f("ck_venue_whole_position")),
        sa.CheckConstraint("lat BETWEEN -90 AND 90 AND lon BETWEEN -180 AND 180", name=op.f("ck_venue_on_earth")),
        sa.ForeignKeyConstraint(["division_code"], ["division.code"], name=op.f("fk_venue_division_code_division")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_venue")),
    )
    with op.batch_alter_table("venue", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_venue_division_code"), ["division_code"], unique=False)

    op.create_table(
        "station",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("venue_id", sa.String(length=22), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("level", sa.String(length=24), nullable=False),
        sa.Column("division_code", sa.String(length=12), nullable=False),
        sa.Column("phone", sa.String(length=60), nullable=False),
        sa.Column("hours", sa.String(length=300), nullable=False),
        sa.Column("hours_text", sa.String(length=300), nullable=False),
        sa.Column("services", sa.JSON(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("home_visit_km", sa.Integer(), nullable=False),
        sa.Column("slots_an_hour", sa.Integer(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("source_note", sa.String(length=300), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("corrected_on", sa.Date(), nullable=True),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.CheckConstraint("home_visit_km >= 0", name=op.f("ck_station_reach")),
        sa.CheckConstraint("slots_an_hour >= 0", name=op.f("ck_station_slots")),
        sa.ForeignKeyConstraint(["division_code"], ["division.code"], name=op.f("fk_station_division_code_division")),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_station_venue_id_venue")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_station")),
        sa.UniqueConstraint("code", name=op.f("uq_station_code")),
    )
    with op.batch_alter_table("station", schema=None) as batch_op:
        batch_op.create_index("ix_station_changed_in", ["changed_in"], unique=False)
        batch_op.create_index("ix_station_division_code_kind", ["division_code", "kind"], unique=False)
        batch_op.create_index(batch_op.f("ix_station_venue_id"), ["venue_id"], unique=False)

    op.create_table(
        "contact_person",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("station_id", sa.String(length=22), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("work_number", sa.String(length=24), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("hours_text", sa.String(length=120), nullable=False),
        sa.Column("substitute_name", sa.String(length=40), nullable=False),
        sa.Column("substitute_phone", sa.String(length=40), nullable=False),
        sa.Column("away_from", sa.Date(), nullable=True),
        sa.Column("away_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["station_id"], ["station.id"], name=op.f("fk_contact_person_station_id_station")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_person")),
        sa.UniqueConstraint("station_id", name=op.f("uq_contact_person_station_id")),
    )
    op.create_table(
        "deviation",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("station_id", sa.String(length=22), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("spans", sa.String(length=60), nullable=False),
        sa.Column("reason", sa.String(length=80), nullable=False),
        sa.CheckConstraint("first_on <= last_on", name=op.f("ck_deviation_order")),
        sa.ForeignKeyConstraint(["station_id"], ["station.id"], name=op.f("fk_deviation_station_id_station")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deviation")),
    )
    with op.batch_alter_table("deviation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deviation_last_on"), ["last_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_deviation_station_id"), ["station_id"], unique=False)

    op.create_table(
        "duty_shift",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("station_id", sa.String(length=22), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("opens", sa.Integer(), nullable=False),
        sa.Column("closes", sa.Integer(), nullable=False),
        sa.Column("lawyer", sa.String(length=40), nullable=False),
        sa.Column("firm", sa.String(length=80), nullable=False),
        sa.Column("work_number", sa.String(length=24), nullable=False),
        sa.CheckConstraint("0 <= opens AND opens < closes AND closes <= 1440", name=op.f("ck_duty_shift_span")),
        sa.ForeignKeyConstraint(["station_id"], ["station.id"], name=op.f("fk_duty_shift_station_id_station")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_shift")),
    )
    with op.batch_alter_table("duty_shift", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_duty_shift_on"), ["on"], unique=False)
        batch_op.create_index("uq_duty_shift_station_id_on_opens", ["station_id", "on", "opens"], unique=True)

    op.create_table(
        "error_report",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("station_id", sa.String(length=22), nullable=False),
        sa.Column("subject", sa.String(length=24), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(length=300), nullable=False),
        sa.Column("answered_by", sa.String(length=22), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["station_id"], ["station.id"], name=op.f("fk_error_report_station_id_station")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_error_report")),
        sa.UniqueConstraint("code", name=op.f("uq_error_report_code")),
    )
    with op.batch_alter_table("error_report", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_error_report_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_error_report_station_id"), ["station_id"], unique=False)

    op.create_table(
        "scan",
        sa.Column("station_id", sa.String(length=22), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("scans", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["station_id"], ["station.id"], name=op.f("fk_scan_station_id_station")),
        sa.PrimaryKeyConstraint("station_id", "on", name=op.f("pk_scan")),
    )


def downgrade() -> None:
    op.drop_table("scan")
    with op.batch_alter_table("error_report", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_error_report_station_id"))
        batch_op.drop_index(batch_op.f("ix_error_report_state"))

    op.drop_table("error_report")
    with op.batch_alter_table("duty_shift", schema=None) as batch_op:
        batch_op.drop_index("uq_duty_shift_station_id_on_opens")
        batch_op.drop_index(batch_op.f("ix_duty_shift_on"))

    op.drop_table("duty_shift")
    with op.batch_alter_table("deviation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deviation_station_id"))
        batch_op.drop_index(batch_op.f("ix_deviation_last_on"))

    op.drop_table("deviation")
    op.drop_table("contact_person")
    with op.batch_alter_table("station", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_station_venue_id"))
        batch_op.drop_index("ix_station_division_code_kind")
        batch_op.drop_index("ix_station_changed_in")

    op.drop_table("station")
    with op.batch_alter_table("venue", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_venue_division_code"))

    op.drop_table("venue")
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.drop_index("uq_change_set_id_station_id")

    op.drop_table("change")
    op.drop_table("directory_version")
    with op.batch_alter_table("change_set", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_change_set_state"))

    op.drop_table("change_set")
