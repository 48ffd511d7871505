"""What is searched: words of revisions, how words sound, what nobody found; what offices say of themselves; pictures.

Revision 0013, after 0012.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

FTS = "CREATE VIRTUAL TABLE search_entry_fts USING fts5(grams, content='', tokenize='ascii')"


def upgrade() -> None:
    op.create_table(
        "search_entry",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.String(length=22), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("grams", sa.Text().with_variant(TSVECTOR(), "postgresql"), nullable=True),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_search_entry_revision_id_revision")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_search_entry")),
        sa.UniqueConstraint("revision_id", name=op.f("uq_search_entry_revision_id")),
        sqlite_autoincrement=True,
    )
    nowhere = sa.text("grams IS NOT NULL")  # on SQLite pairs are in a table of their own, and this index is empty
    op.create_index("ix_search_entry_grams", "search_entry", ["grams"], postgresql_using="gin", sqlite_where=nowhere)
    if op.get_bind().dialect.name == "sqlite":
        op.execute(FTS)
    op.create_table(
        "search_word",
        sa.Column("word", sa.String(length=8), nullable=False),
        sa.Column("sound", sa.String(length=40), nullable=False),
        sa.Column("initials", sa.String(length=8), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_search_word")),
    )
    op.create_index(op.f("ix_search_word_initials"), "search_word", ["initials"])
    op.create_index(op.f("ix_search_word_sound"), "search_word", ["sound"])
    op.create_table(
        "search_miss",
        sa.Column("words_index", sa.String(length=64), nullable=False),
        sa.Column("words", sa.String(length=24), nullable=True),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("words_index", name=op.f("pk_search_miss")),
    )
    op.create_index(op.f("ix_search_miss_last_on"), "search_miss", ["last_on"])
    op.create_table(
        "office_statement",
        sa.Column("station_id", sa.String(length=22), nullable=False),
        sa.Column("supervision", sa.String(length=300), nullable=False),
        sa.Column("promise", sa.String(length=300), nullable=False),
        sa.Column("made_by", sa.String(length=22), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["station_id"], ["station.id"], name=op.f("fk_office_statement_station_id_station")),
        sa.PrimaryKeyConstraint("station_id", name=op.f("pk_office_statement")),
    )
    op.create_table(
        "library_picture",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("alt", sa.String(length=100), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("uploaded_by", sa.String(length=22), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_library_picture")),
        sa.UniqueConstraint("sha256", name=op.f("uq_library_picture_sha256")),
    )
    op.create_index(op.f("ix_library_picture_uploaded_at"), "library_picture", ["uploaded_at"])


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE search_entry_fts")
    op.drop_table("library_picture")
    op.drop_table("office_statement")
    op.drop_table("search_miss")
    op.drop_table("search_word")
    op.drop_table("search_entry")
