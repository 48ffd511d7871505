"""What is written for readers: articles, revisions, reviews, publications, laws cited, notices, reports.

Revision 0008, after 0007.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

OPEN = sa.text("state = 'waiting'")
TABLES = (
    "article",
    "bulletin",
    "content_moment",
    "content_version",
    "law",
    "content_report",
    "law_check",
    "law_edition",
    "revision",
    "working_copy",
    "citation",
    "publication",
    "review",
    "revision_tag",
    "invitation",
    "content_comment",
)


def upgrade() -> None:
    op.create_table(
        "article",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("region", sa.String(length=12), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("original_id", sa.String(length=22), nullable=True),
        sa.Column("revisions", sa.Integer(), nullable=False),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.Column("made_by", sa.String(length=22), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["original_id"], ["article.id"], name=op.f("fk_article_original_id_article")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article")),
        sa.UniqueConstraint("slug", name=op.f("uq_article_slug")),
    )
    op.create_index(op.f("ix_article_kind"), "article", ["kind"])
    op.create_index(op.f("ix_article_original_id"), "article", ["original_id"])
    op.create_index(op.f("ix_article_region"), "article", ["region"])
    op.create_table(
        "bulletin",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("region", sa.String(length=12), nullable=False),
        sa.Column("on_portal", sa.Boolean(), nullable=False),
        sa.Column("on_miniprogram", sa.Boolean(), nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=22), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("starts_at <= ends_at", name=op.f("ck_bulletin_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulletin")),
    )
    op.create_index("ix_bulletin_ends_at_starts_at", "bulletin", ["ends_at", "starts_at"])
    op.create_table(
        "content_moment",
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("at", name=op.f("pk_content_moment")),
    )
    op.create_table(
        "content_version",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_content_version_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_content_version")),
    )
    op.create_table(
        "law",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("issuer", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_law")),
        sa.UniqueConstraint("title", name=op.f("uq_law_title")),
    )
    op.create_table(
        "content_report",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("article_id", sa.String(length=22), nullable=False),
        sa.Column("subject", sa.String(length=24), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(length=300), nullable=False),
        sa.Column("answered_by", sa.String(length=22), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_content_report_article_id_article")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_content_report")),
        sa.UniqueConstraint("code", name=op.f("uq_content_report_code")),
    )
    op.create_index(op.f("ix_content_report_article_id"), "content_report", ["article_id"])
    op.create_index(op.f("ix_content_report_state"), "content_report", ["state"])
    op.create_table(
        "law_check",
        sa.Column("article_id", sa.String(length=22), nullable=False),
        sa.Column("law_code", sa.String(length=40), nullable=False),
        sa.Column("adopted_on", sa.Date(), nullable=False),
        sa.Column("checked_by", sa.String(length=22), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_law_check_article_id_article")),
        sa.ForeignKeyConstraint(["law_code"], ["law.code"], name=op.f("fk_law_check_law_code_law")),
        sa.PrimaryKeyConstraint("article_id", "law_code", "adopted_on", name=op.f("pk_law_check")),
    )
    op.create_table(
        "law_edition",
        sa.Column("law_code", sa.String(length=40), nullable=False),
        sa.Column("adopted_on", sa.Date(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("repealed", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("noted_by", sa.String(length=22), nullable=True),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["law_code"], ["law.code"], name=op.f("fk_law_edition_law_code_law")),
        sa.PrimaryKeyConstraint("law_code", "adopted_on", name=op.f("pk_law_edition")),
    )
    op.create_table(
        "revision",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("article_id", sa.String(length=22), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("parent", sa.Integer(), nullable=True),
        sa.Column("merged", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("summary", sa.String(length=400), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("translates_id", sa.String(length=22), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("made_by", sa.String(length=22), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_revision_article_id_article")),
        sa.ForeignKeyConstraint(["translates_id"], ["revision.id"], name=op.f("fk_revision_translates_id_revision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
        sa.UniqueConstraint("article_id", "number", name=op.f("uq_revision_article_id_number")),
    )
    op.create_table(
        "working_copy",
        sa.Column("article_id", sa.String(length=22), nullable=False),
        sa.Column("staff_id", sa.String(length=22), nullable=False),
        sa.Column("parent", sa.Integer(), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_working_copy_article_id_article")),
        sa.PrimaryKeyConstraint("article_id", "staff_id", name=op.f("pk_working_copy")),
    )
    op.create_table(
        "citation",
        sa.Column("revision_id", sa.String(length=22), nullable=False),
        sa.Column("law_code", sa.String(length=40), nullable=False),
        sa.Column("article", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["law_code"], ["law.code"], name=op.f("fk_citation_law_code_law")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_citation_revision_id_revision")),
        sa.PrimaryKeyConstraint("revision_id", "law_code", "article", name=op.f("pk_citation")),
    )
    op.create_index("ix_citation_law_code", "citation", ["law_code", "article"])
    op.create_table(
        "publication",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("article_id", sa.String(length=22), nullable=False),
        sa.Column("revision_id", sa.String(length=22), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_by", sa.String(length=22), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("starts_at <= ends_at", name=op.f("ck_publication_order")),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_publication_article_id_article")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_publication_revision_id_revision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
    )
    op.create_index("ix_publication_article_id_starts_at", "publication", ["article_id", "starts_at"])
    op.create_index("ix_publication_ends_at_starts_at", "publication", ["ends_at", "starts_at"])
    op.create_index(op.f("ix_publication_revision_id"), "publication", ["revision_id"])
    op.create_table(
        "review",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("article_id", sa.String(length=22), nullable=False),
        sa.Column("revision_id", sa.String(length=22), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("asked_by", sa.String(length=22), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claimed_by", sa.String(length=22), nullable=True),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.String(length=22), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.CheckConstraint("state IN ('waiting', 'published', 'returned', 'withdrawn')", name=op.f("ck_review_state")),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_review_article_id_article")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_review_revision_id_revision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
    )
    op.create_index("ix_review_article_id_asked_at", "review", ["article_id", "asked_at"])
    op.create_index(op.f("ix_review_due_at"), "review", ["due_at"])
    op.create_index("uq_review_open", "review", ["article_id"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_table(
        "revision_tag",
        sa.Column("revision_id", sa.String(length=22), nullable=False),
        sa.Column("tag", sa.String(length=48), nullable=False),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_revision_tag_revision_id_revision")),
        sa.PrimaryKeyConstraint("revision_id", "tag", name=op.f("pk_revision_tag")),
    )
    op.create_index("ix_revision_tag_tag", "revision_tag", ["tag", "revision_id"])
    op.create_table(
        "invitation",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("review_id", sa.String(length=22), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("employer", sa.String(length=80), nullable=False),
        sa.Column("link_index", sa.String(length=64), nullable=False),
        sa.Column("publishes", sa.Boolean(), nullable=False),
        sa.Column("made_by", sa.String(length=22), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approves", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name=op.f("fk_invitation_review_id_review")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("link_index", name=op.f("uq_invitation_link_index")),
    )
    op.create_index(op.f("ix_invitation_review_id"), "invitation", ["review_id"])
    op.create_table(
        "content_comment",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("article_id", sa.String(length=22), nullable=False),
        sa.Column("revision_id", sa.String(length=22), nullable=False),
        sa.Column("staff_id", sa.String(length=22), nullable=True),
        sa.Column("invitation_id", sa.String(length=22), nullable=True),
        sa.Column("quote", sa.String(length=200), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_content_comment_article_id_article")),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name=op.f("fk_content_comment_invitation_id_invitation")
        ),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_content_comment_revision_id_revision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_content_comment")),
    )
    op.create_index(op.f("ix_content_comment_article_id"), "content_comment", ["article_id"])


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
