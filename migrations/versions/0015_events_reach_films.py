"""Events with places; counts of pages; paper handed out; films; what matters in a picture.

Revision 0015, after 0014.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

ID, MOMENT = sa.String(length=22), sa.DateTime(timezone=True)
STANDS = sa.text("state IN ('coming', 'waiting')")


def upgrade() -> None:
    _events()
    _reach()
    op.create_table(
        "library_film",
        sa.Column("id", ID, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("captions", sa.Text(), nullable=False),
        sa.Column("uploaded_by", ID, nullable=False),
        sa.Column("uploaded_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_library_film")),
        sa.UniqueConstraint("sha256", name=op.f("uq_library_film_sha256")),
    )
    op.create_index(op.f("ix_library_film_uploaded_at"), "library_film", ["uploaded_at"])
    with op.batch_alter_table("library_picture") as table:
        table.add_column(sa.Column("focus", sa.String(length=2), nullable=True))


def _events() -> None:
    op.create_table(
        "event_places",
        sa.Column("article_id", ID, nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.CheckConstraint("0 <= taken AND taken <= capacity", name=op.f("ck_event_places_places")),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_event_places_article_id_article")),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_event_places")),
    )
    op.create_table(
        "event_signup",
        sa.Column("id", ID, nullable=False),
        sa.Column("article_id", ID, nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("phone_index", sa.String(length=64), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("signed_at", MOMENT, nullable=False),
        sa.Column("settled_at", MOMENT, nullable=False),
        sa.CheckConstraint("1 <= people", name=op.f("ck_event_signup_people")),
        sa.CheckConstraint("state IN ('coming', 'waiting', 'left', 'called_off')", name=op.f("ck_event_signup_state")),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_event_signup_article_id_article")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_signup")),
        sa.UniqueConstraint("code", name=op.f("uq_event_signup_code")),
    )
    op.create_index(
        "uq_event_signup_number",
        "event_signup",
        ["article_id", "phone_index"],
        unique=True,
        sqlite_where=STANDS,
        postgresql_where=STANDS,
    )
    op.create_index("ix_event_signup_article_id_state", "event_signup", ["article_id", "state", "signed_at"])
    op.create_index("ix_event_signup_state_held_on", "event_signup", ["state", "held_on"])
    op.create_table(
        "event_report",
        sa.Column("article_id", ID, nullable=False),
        sa.Column("came", sa.Integer(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("pictures", sa.JSON(), nullable=False),
        sa.Column("reported_by", ID, nullable=False),
        sa.Column("reported_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_event_report_article_id_article")),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_event_report")),
    )


def _reach() -> None:
    op.create_table(
        "page_count",
        sa.Column("article_id", ID, nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("what", sa.String(length=12), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_page_count_article_id_article")),
        sa.PrimaryKeyConstraint("article_id", "counted_on", "what", name=op.f("pk_page_count")),
    )
    op.create_index("ix_page_count_counted_on", "page_count", ["counted_on"])
    op.create_table(
        "handed_out",
        sa.Column("id", ID, nullable=False),
        sa.Column("region", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("handed_on", sa.Date(), nullable=False),
        sa.Column("noted_by", ID, nullable=False),
        sa.Column("noted_at", MOMENT, nullable=False),
        sa.CheckConstraint("1 <= copies", name=op.f("ck_handed_out_copies")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handed_out")),
    )
    op.create_index("ix_handed_out_region_handed_on", "handed_out", ["region", "handed_on"])


def downgrade() -> None:
    with op.batch_alter_table("library_picture") as table:
        table.drop_column("focus")
    op.drop_index(op.f("ix_library_film_uploaded_at"), "library_film")
    for name in ("library_film", "handed_out", "page_count", "event_report", "event_signup", "event_places"):
        op.drop_table(name)
