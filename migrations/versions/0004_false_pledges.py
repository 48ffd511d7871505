"""A pledge that was found to be untrue, confirmed by a second person.

Revision 0004, after 0003.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pledge_finding",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("application_id", sa.String(length=22), nullable=False),
        sa.Column("person_id", sa.String(length=22), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("found_by", sa.String(length=22), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("explain_until", sa.Date(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=True),
        sa.Column("explained_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by", sa.String(length=22), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("lifted_by", sa.String(length=22), nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_because", sa.Text(), nullable=True),
        sa.CheckConstraint("confirmed_by <> found_by", name=op.f("ck_pledge_finding_four_eyes")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_pledge_finding_application_id_application")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_pledge_finding_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pledge_finding")),
        sa.UniqueConstraint("application_id", name=op.f("uq_pledge_finding_application_id")),
    )
    with op.batch_alter_table("pledge_finding", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pledge_finding_person_id"), ["person_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("pledge_finding", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pledge_finding_person_id"))
    op.drop_table("pledge_finding")
