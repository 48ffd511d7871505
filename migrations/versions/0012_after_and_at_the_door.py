"""What comes after an appointment, and the day of a visit: outcomes, ratings, acts at the door.

Revision 0012, after 0011.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

ID = sa.String(length=22)
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "outcome",
        sa.Column("appointment_id", ID, nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("next_step", sa.Text(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("recorded_by", ID, nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        _key("outcome", "appointment_id", "appointment.id"),
        sa.PrimaryKeyConstraint("appointment_id", name=op.f("pk_outcome")),
    )
    op.create_table(
        "rating",
        sa.Column("appointment_id", ID, nullable=False),
        sa.Column("station_id", ID, nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("wants_call", sa.Boolean(), nullable=False),
        sa.Column("rated_at", MOMENT, nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.CheckConstraint("score BETWEEN 1 AND 5", name=op.f("ck_rating_score")),
        sa.CheckConstraint("(score IS NULL) = (rated_at IS NULL)", name=op.f("ck_rating_rated")),
        _key("rating", "appointment_id", "appointment.id"),
        _key("rating", "station_id", "station.id"),
        sa.PrimaryKeyConstraint("appointment_id", name=op.f("pk_rating")),
    )
    op.create_index("ix_rating_station_id", "rating", ["station_id"])
    op.create_table(
        "missed",
        sa.Column("appointment_id", ID, nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("why", sa.String(length=16), nullable=False),
        sa.Column("wants_call", sa.Boolean(), nullable=False),
        sa.Column("answered_at", MOMENT, nullable=True),
        _key("missed", "appointment_id", "appointment.id"),
        sa.PrimaryKeyConstraint("appointment_id", name=op.f("pk_missed")),
    )
    op.create_table(
        "visit_act",
        sa.Column("id", ID, nullable=False),
        sa.Column("appointment_id", ID, nullable=False),
        sa.Column("client_key", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("was_near", sa.Boolean(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("staff_id", ID, nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        _key("visit_act", "appointment_id", "home_visit.appointment_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_act")),
        sa.UniqueConstraint("client_key", name=op.f("uq_visit_act_client_key")),
    )
    op.create_index("ix_visit_act_appointment_id_at", "visit_act", ["appointment_id", "at"])
    op.create_table(
        "visit_watch",
        sa.Column("appointment_id", ID, nullable=False),
        sa.Column("told_at", MOMENT, nullable=True),
        sa.Column("escalated_at", MOMENT, nullable=True),
        _key("visit_watch", "appointment_id", "home_visit.appointment_id"),
        sa.PrimaryKeyConstraint("appointment_id", name=op.f("pk_visit_watch")),
    )
    op.create_table(
        "team_contact",
        sa.Column("team_id", ID, nullable=False),
        sa.Column("team_phone", sa.Text(), nullable=False),
        sa.Column("supervisor_phone", sa.Text(), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        _key("team_contact", "team_id", "visit_team.id"),
        sa.PrimaryKeyConstraint("team_id", name=op.f("pk_team_contact")),
    )
    op.create_table(
        "worker_photo",
        sa.Column("worker_id", ID, nullable=False),
        sa.Column("picture", sa.Text(), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        _key("worker_photo", "worker_id", "visit_worker.id"),
        sa.PrimaryKeyConstraint("worker_id", name=op.f("pk_worker_photo")),
    )
    op.create_table(
        "witness_code",
        sa.Column("code_index", sa.String(length=64), nullable=False),
        sa.Column("staff_id", ID, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        _key("witness_code", "staff_id", "staff_member.id"),
        sa.PrimaryKeyConstraint("code_index", name=op.f("pk_witness_code")),
    )
    op.create_index("ix_witness_code_expires_at", "witness_code", ["expires_at"])


def downgrade() -> None:
    for table in (
        "witness_code",
        "worker_photo",
        "team_contact",
        "visit_watch",
        "visit_act",
        "missed",
        "rating",
        "outcome",
    ):
        op.drop_table(table)


def _key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    other = target.split(".", maxsplit=1)[0]
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}_{other}"))
