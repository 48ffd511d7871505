"""Whose hands a case is in.

Revision 0019, after 0018.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

ID = sa.String(length=22)


def upgrade() -> None:
    op.add_column("application", sa.Column("held_by", ID, nullable=True))
    op.add_column("application", sa.Column("held_name", sa.String(length=40), nullable=False, server_default=""))
    op.add_column("application", sa.Column("held_until", sa.DateTime(timezone=True), nullable=True))
    op.add_column("application", sa.Column("put_back_by", ID, nullable=True))


def downgrade() -> None:
    for name in ("put_back_by", "held_until", "held_name", "held_by"):
        op.drop_column("application", name)
