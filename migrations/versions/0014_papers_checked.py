"""A paper is found by the hash that is printed on it.

Revision 0014, after 0013.
"""

from __future__ import annotations

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_letter_sha256", "letter", ["sha256"])


def downgrade() -> None:
    op.drop_index("ix_letter_sha256", "letter")
