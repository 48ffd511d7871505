"""Photographs of places; counts of what is looked for.

Revision 0011, after 0010.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "venue_photo",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("set_id", sa.String(length=22), nullable=True),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("uploaded_by", sa.String(length=22), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("unused_since", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["set_id"], ["change_set.id"], name=op.f("fk_venue_photo_set_id_change_set")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_venue_photo")),
    )
    op.create_index(op.f("ix_venue_photo_set_id"), "venue_photo", ["set_id"])
    op.create_index(op.f("ix_venue_photo_unused_since"), "venue_photo", ["unused_since"])
    op.create_table(
        "search_count",
        sa.Column("county", sa.String(length=12), nullable=False),
        sa.Column("hour", sa.DateTime(timezone=True), nullable=False),
        sa.Column("need", sa.String(length=40), nullable=False),
        sa.Column("searches", sa.Integer(), nullable=False),
        sa.Column("unmet", sa.Integer(), nullable=False),
        sa.CheckConstraint("0 <= unmet AND unmet <= searches", name=op.f("ck_search_count_counts")),
        sa.PrimaryKeyConstraint("county", "hour", "need", name=op.f("pk_search_count")),
    )


def downgrade() -> None:
    op.drop_table("search_count")
    op.drop_index(op.f("ix_venue_photo_unused_since"), "venue_photo")
    op.drop_index(op.f("ix_venue_photo_set_id"), "venue_photo")
    op.drop_table("venue_photo")
