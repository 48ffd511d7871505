"""Files that arrive chunk by chunk.

Revision 0016, after 0015.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "transfer",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("owner_id", sa.String(length=22), nullable=False),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("chunk_size", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.String(length=22), nullable=True),
        sa.Column("item", sa.String(length=40), nullable=True),
        sa.Column("upload_id", sa.String(length=22), nullable=True),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_transfer_draft_id_draft")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer")),
        sa.UniqueConstraint("owner_id", "place", name=op.f("uq_transfer_owner_id_place")),
    )
    op.create_index(op.f("ix_transfer_draft_id"), "transfer", ["draft_id"])
    op.create_index(op.f("ix_transfer_expires_at"), "transfer", ["expires_at"])
    op.create_table(
        "transfer_chunk",
        sa.Column("transfer_id", sa.String(length=22), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["transfer_id"], ["transfer.id"], name=op.f("fk_transfer_chunk_transfer_id_transfer")),
        sa.PrimaryKeyConstraint("transfer_id", "number", name=op.f("pk_transfer_chunk")),
    )


def downgrade() -> None:
    op.drop_table("transfer_chunk")
    op.drop_index(op.f("ix_transfer_expires_at"), "transfer")
    op.drop_index(op.f("ix_transfer_draft_id"), "transfer")
    op.drop_table("transfer")
