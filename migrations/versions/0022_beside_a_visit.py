"""What stands beside a visit or a talk: volunteers who come along, photographs of papers, who entered the room.

Calls are counted for the time that was ordered.

Revision 0022, after 0021.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

ID = sa.String(length=22)
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "meeting_entry",
        sa.Column("appointment_id", ID, nullable=False),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("entered_at", MOMENT, nullable=False),
        _key("meeting_entry", "appointment_id", "appointment.id"),
        sa.PrimaryKeyConstraint("appointment_id", "starts_at", name=op.f("pk_meeting_entry")),
    )
    op.create_table(
        "volunteer_match",
        sa.Column("id", ID, nullable=False),
        sa.Column("appointment_id", ID, nullable=False),
        sa.Column("volunteer_id", ID, nullable=False),
        sa.Column("skill", sa.String(length=24), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("asked_by", ID, nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.CheckConstraint("state IN ('asked', 'accepted', 'declined', 'over')", name=op.f("ck_volunteer_match_state")),
        sa.CheckConstraint("(state = 'asked') = (answered_at IS NULL)", name=op.f("ck_volunteer_match_answered")),
        _key("volunteer_match", "appointment_id", "home_visit.appointment_id"),
        _key("volunteer_match", "volunteer_id", "volunteer.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_volunteer_match")),
        sa.UniqueConstraint(
            "appointment_id", "volunteer_id", name=op.f("uq_volunteer_match_appointment_id_volunteer_id")
        ),
    )
    op.create_index(op.f("ix_volunteer_match_volunteer_id"), "volunteer_match", ["volunteer_id"])
    op.create_table(
        "visit_photo",
        sa.Column("id", ID, nullable=False),
        sa.Column("appointment_id", ID, nullable=False),
        sa.Column("client_key", sa.String(length=64), nullable=False),
        sa.Column("picture", sa.Text(), nullable=False),
        sa.Column("staff_id", ID, nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        _key("visit_photo", "appointment_id", "home_visit.appointment_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_photo")),
        sa.UniqueConstraint("client_key", name=op.f("uq_visit_photo_client_key")),
    )
    op.create_index(op.f("ix_visit_photo_appointment_id"), "visit_photo", ["appointment_id"])
    op.add_column("call_attempt", sa.Column("starts_at", MOMENT, nullable=True))
    op.execute(
        "UPDATE call_attempt SET starts_at = "
        "(SELECT starts_at FROM appointment WHERE appointment.id = call_attempt.appointment_id)"
    )
    with op.batch_alter_table("call_attempt") as calls:
        calls.alter_column("starts_at", existing_type=MOMENT, nullable=False)
        calls.drop_constraint(op.f("uq_call_attempt_appointment_id_number"), type_="unique")
        calls.create_unique_constraint(
            op.f("uq_call_attempt_appointment_id_starts_at_number"), ["appointment_id", "starts_at", "number"]
        )


def downgrade() -> None:
    # there was room for the tries of one time alone: those of the time that stands are kept
    op.execute(
        "DELETE FROM call_attempt WHERE starts_at <> "
        "(SELECT starts_at FROM appointment WHERE appointment.id = call_attempt.appointment_id)"
    )
    with op.batch_alter_table("call_attempt") as calls:
        calls.drop_constraint(op.f("uq_call_attempt_appointment_id_starts_at_number"), type_="unique")
        calls.create_unique_constraint(op.f("uq_call_attempt_appointment_id_number"), ["appointment_id", "number"])
        calls.drop_column("starts_at")
    op.drop_table("visit_photo")
    op.drop_table("volunteer_match")
    op.drop_table("meeting_entry")


def _key(table: str, column: str, refers_to: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{refers_to.split('.', maxsplit=1)[0]}")
    return sa.ForeignKeyConstraint([column], [refers_to], name=name)
