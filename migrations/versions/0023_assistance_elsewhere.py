"""What agencies of other provinces are asked to do.

Revision 0023, after 0022.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

ID = sa.String(length=22)
MOMENT = sa.DateTime(timezone=True)
OPEN = sa.text("answered_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "assistance_request",
        sa.Column("id", ID, nullable=False),
        sa.Column("application_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("to_region", sa.String(length=12), nullable=False),
        sa.Column("to_name", sa.String(length=80), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("asked_by", ID, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.Column("answer", sa.String(length=12), nullable=False),
        sa.Column("contact", sa.String(length=120), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.CheckConstraint("(answered_at IS NULL) = (answer = \x27\x27)", name=op.f("ck_assistance_request_answered")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_assistance_request_application_id_application")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assistance_request")),
    )
    op.create_index(op.f("ix_assistance_request_application_id"), "assistance_request", ["application_id"])
    op.create_index(
        "uq_assistance_request_open",
        "assistance_request",
        ["application_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )


def downgrade() -> None:
    op.drop_table("assistance_request")
