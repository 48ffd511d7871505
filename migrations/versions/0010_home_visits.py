"""Visits at home: teams, rounds, visits and their stops, requests, and what somebody always needs.

Revision 0010, after 0009.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "travel_pace",
        sa.Column("county_code", sa.String(length=12), nullable=False),
        sa.Column("legs", sa.Integer(), nullable=False),
        sa.Column("ratios", sa.Double(), nullable=False),
        sa.Column("factor", sa.Double(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("legs >= 0 AND factor > 0", name=op.f("ck_travel_pace_sound")),
        sa.PrimaryKeyConstraint("county_code", name=op.f("pk_travel_pace")),
    )
    op.create_table(
        "access_profile",
        sa.Column("person_id", sa.String(length=22), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("agreed_edition", sa.String(length=20), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_access_profile_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_access_profile")),
    )
    op.create_table(
        "visit_team",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("station_id", sa.String(length=22), nullable=False),
        sa.Column("area_code", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["station_id"], ["station.id"], name=op.f("fk_visit_team_station_id_station")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_team")),
    )
    op.create_index(op.f("ix_visit_team_area_code"), "visit_team", ["area_code"])
    op.create_index(op.f("ix_visit_team_station_id"), "visit_team", ["station_id"])
    op.create_table(
        "home_visit",
        sa.Column("appointment_id", sa.String(length=22), nullable=False),
        sa.Column("team_id", sa.String(length=22), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("window_from", sa.Integer(), nullable=False),
        sa.Column("window_until", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("division_code", sa.String(length=12), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("access_notes", sa.Text(), nullable=False),
        sa.Column("position", sa.Text(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("wishes", sa.Text(), nullable=False),
        sa.Column("visitee_name", sa.Text(), nullable=False),
        sa.Column("visitee_phone", sa.Text(), nullable=False),
        sa.Column("relation", sa.String(length=16), nullable=False),
        sa.Column("visitee_link", sa.Text(), nullable=False),
        sa.Column("visitee_link_index", sa.String(length=64), nullable=True),
        sa.Column("safety_notes", sa.Text(), nullable=False),
        sa.Column("told_arrival", sa.Integer(), nullable=False),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("was_near", sa.Boolean(), nullable=True),
        sa.Column("learned_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "0 <= window_from AND window_from <= window_until AND window_until < 1440",
            name=op.f("ck_home_visit_window"),
        ),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_home_visit_minutes")),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["appointment.id"], name=op.f("fk_home_visit_appointment_id_appointment")
        ),
        sa.ForeignKeyConstraint(["team_id"], ["visit_team.id"], name=op.f("fk_home_visit_team_id_visit_team")),
        sa.PrimaryKeyConstraint("appointment_id", name=op.f("pk_home_visit")),
        sa.UniqueConstraint("visitee_link_index", name=op.f("uq_home_visit_visitee_link_index")),
    )
    op.create_index("ix_home_visit_team_id_on", "home_visit", ["team_id", "on"])
    op.create_table(
        "visit_request",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.String(length=22), nullable=True),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("phone_index", sa.String(length=64), nullable=False),
        sa.Column("station_id", sa.String(length=22), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("link_index", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reply", sa.String(length=24), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("appointment_id", sa.String(length=22), nullable=True),
        sa.CheckConstraint("(state = 'asked') = (answered_at IS NULL)", name=op.f("ck_visit_request_answered")),
        sa.CheckConstraint(
            "state IN ('asked', 'planned', 'alternative', 'withdrawn')", name=op.f("ck_visit_request_state")
        ),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["appointment.id"], name=op.f("fk_visit_request_appointment_id_appointment")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_visit_request_person_id_person")),
        sa.ForeignKeyConstraint(["station_id"], ["station.id"], name=op.f("fk_visit_request_station_id_station")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_request")),
        sa.UniqueConstraint("appointment_id", name=op.f("uq_visit_request_appointment_id")),
        sa.UniqueConstraint("link_index", name=op.f("uq_visit_request_link_index")),
        sa.UniqueConstraint("reference", name=op.f("uq_visit_request_reference")),
    )
    op.create_index(op.f("ix_visit_request_person_id"), "visit_request", ["person_id"])
    op.create_index(op.f("ix_visit_request_phone_index"), "visit_request", ["phone_index"])
    op.create_index("ix_visit_request_station_id_state_due_at", "visit_request", ["station_id", "state", "due_at"])
    op.create_table(
        "visit_round",
        sa.Column("team_id", sa.String(length=22), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("opens", sa.Integer(), nullable=False),
        sa.Column("closes", sa.Integer(), nullable=False),
        sa.Column("pace", sa.Double(), nullable=False),
        sa.Column("back_at", sa.Integer(), nullable=False),
        sa.CheckConstraint("0 <= opens AND opens < closes AND closes <= 1440", name=op.f("ck_visit_round_span")),
        sa.CheckConstraint("back_at <= closes", name=op.f("ck_visit_round_back_in_time")),
        sa.ForeignKeyConstraint(["team_id"], ["visit_team.id"], name=op.f("fk_visit_round_team_id_visit_team")),
        sa.PrimaryKeyConstraint("team_id", "on", name=op.f("pk_visit_round")),
    )
    op.create_table(
        "visit_shift",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("team_id", sa.String(length=22), nullable=False),
        sa.Column("weekdays", sa.String(length=7), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.Column("opens", sa.Integer(), nullable=False),
        sa.Column("closes", sa.Integer(), nullable=False),
        sa.CheckConstraint("0 <= opens AND opens < closes AND closes <= 1440", name=op.f("ck_visit_shift_span")),
        sa.CheckConstraint("last_on IS NULL OR first_on <= last_on", name=op.f("ck_visit_shift_order")),
        sa.ForeignKeyConstraint(["team_id"], ["visit_team.id"], name=op.f("fk_visit_shift_team_id_visit_team")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_shift")),
    )
    op.create_index(op.f("ix_visit_shift_team_id"), "visit_shift", ["team_id"])
    op.create_table(
        "visit_worker",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("team_id", sa.String(length=22), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("work_number", sa.String(length=24), nullable=False),
        sa.Column("is_woman", sa.Boolean(), nullable=False),
        sa.Column("signs", sa.Boolean(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("specialties", sa.JSON(), nullable=False),
        sa.Column("away_from", sa.Date(), nullable=True),
        sa.Column("away_until", sa.Date(), nullable=True),
        sa.CheckConstraint("(away_from IS NULL) = (away_until IS NULL)", name=op.f("ck_visit_worker_away")),
        sa.ForeignKeyConstraint(["team_id"], ["visit_team.id"], name=op.f("fk_visit_worker_team_id_visit_team")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_worker")),
    )
    op.create_index(op.f("ix_visit_worker_team_id"), "visit_worker", ["team_id"])
    op.create_table(
        "visit_stop",
        sa.Column("team_id", sa.String(length=22), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("previous", sa.Integer(), nullable=True),
        sa.Column("appointment_id", sa.String(length=22), nullable=False),
        sa.Column("window_from", sa.Integer(), nullable=False),
        sa.Column("window_until", sa.Integer(), nullable=False),
        sa.Column("free_at", sa.Integer(), nullable=False),
        sa.Column("way", sa.Integer(), nullable=False),
        sa.Column("pause", sa.Integer(), nullable=False),
        sa.Column("arrives", sa.Integer(), nullable=False),
        sa.Column("leaves", sa.Integer(), nullable=False),
        sa.CheckConstraint("number > 0 AND coalesce(previous, 0) = number - 1", name=op.f("ck_visit_stop_chain")),
        sa.CheckConstraint(
            "way >= 0 AND pause >= 0 AND free_at + way + pause <= arrives", name=op.f("ck_visit_stop_leaves_time")
        ),
        sa.CheckConstraint(
            "window_from <= arrives AND arrives <= window_until AND arrives < leaves", name=op.f("ck_visit_stop_kept")
        ),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["home_visit.appointment_id"], name=op.f("fk_visit_stop_appointment_id_home_visit")
        ),
        sa.ForeignKeyConstraint(
            ["team_id", "on", "previous", "free_at"],
            ["visit_stop.team_id", "visit_stop.on", "visit_stop.number", "visit_stop.leaves"],
            name="fk_visit_stop_previous",
        ),
        sa.ForeignKeyConstraint(
            ["team_id", "on"],
            ["visit_round.team_id", "visit_round.on"],
            name=op.f("fk_visit_stop_team_id_on_visit_round"),
        ),
        sa.PrimaryKeyConstraint("team_id", "on", "number", name=op.f("pk_visit_stop")),
        sa.UniqueConstraint("appointment_id", name=op.f("uq_visit_stop_appointment_id")),
        sa.UniqueConstraint("team_id", "on", "number", "leaves", name=op.f("uq_visit_stop_team_id_on_number_leaves")),
    )


def downgrade() -> None:
    for table in (
        "visit_stop",
        "home_visit",
        "visit_round",
        "visit_request",
        "visit_worker",
        "visit_shift",
        "visit_team",
        "travel_pace",
        "access_profile",
    ):
        op.drop_table(table)
