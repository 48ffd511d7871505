"""Signing in by WeChat: whose it is, what was signed in by it, and the token our processes share.

Revision 0018, after 0017.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

ID = sa.String(length=22)
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "wechat_account",
        sa.Column("person_id", ID, nullable=False),
        sa.Column("openid", sa.Text(), nullable=False),
        sa.Column("openid_index", sa.String(length=64), nullable=False),
        sa.Column("unionid", sa.Text(), nullable=True),
        sa.Column("bound_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_wechat_account_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_wechat_account")),
        sa.UniqueConstraint("openid_index", name=op.f("uq_wechat_account_openid_index")),
    )
    op.create_table(
        "wechat_token",
        sa.Column("app_id", sa.String(length=32), nullable=False),
        sa.Column("token", sa.Text(), nullable=True),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("claimed_until", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("app_id", name=op.f("pk_wechat_token")),
    )
    op.add_column("sign_in", sa.Column("via", sa.String(length=10), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("sign_in", "via")
    op.drop_table("wechat_token")
    op.drop_table("wechat_account")
