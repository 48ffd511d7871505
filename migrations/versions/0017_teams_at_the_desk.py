"""Teams are laid down at the desk: what they drive, who is in them from when to when, and days they are away.

Revision 0017, after 0016.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

ID = sa.String(length=22)


def upgrade() -> None:
    op.create_table(
        "visit_absence",
        sa.Column("id", ID, nullable=False),
        sa.Column("team_id", ID, nullable=False),
        sa.Column("worker_id", ID, nullable=True),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.CheckConstraint("first_on <= last_on", name=op.f("ck_visit_absence_order")),
        sa.ForeignKeyConstraint(["team_id"], ["visit_team.id"], name=op.f("fk_visit_absence_team_id_visit_team")),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["visit_worker.id"], name=op.f("fk_visit_absence_worker_id_visit_worker")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_absence")),
    )
    op.create_index(op.f("ix_visit_absence_team_id"), "visit_absence", ["team_id"])
    op.execute(
        "INSERT INTO visit_absence (id, team_id, worker_id, first_on, last_on) "
        "SELECT id, team_id, id, away_from, away_until FROM visit_worker "
        "WHERE away_from IS NOT NULL AND away_from <= away_until"
    )
    with op.batch_alter_table("visit_team") as team:
        team.add_column(sa.Column("vehicle", sa.String(length=40), nullable=False, server_default=""))
    with op.batch_alter_table("visit_worker") as worker:
        worker.drop_constraint(op.f("ck_visit_worker_away"), type_="check")
        worker.drop_column("away_from")
        worker.drop_column("away_until")
        worker.add_column(sa.Column("first_on", sa.Date(), nullable=True))
        worker.add_column(sa.Column("last_on", sa.Date(), nullable=True))
        worker.create_check_constraint(op.f("ck_visit_worker_order"), "first_on <= last_on")
    op.create_index(op.f("ix_visit_worker_work_number"), "visit_worker", ["work_number"])


def downgrade() -> None:
    op.drop_index(op.f("ix_visit_worker_work_number"), "visit_worker")
    with op.batch_alter_table("visit_worker") as worker:
        worker.drop_constraint(op.f("ck_visit_worker_order"), type_="check")
        worker.drop_column("last_on")
        worker.drop_column("first_on")
        worker.add_column(sa.Column("away_from", sa.Date(), nullable=True))
        worker.add_column(sa.Column("away_until", sa.Date(), nullable=True))
        worker.create_check_constraint(op.f("ck_visit_worker_away"), "(away_from IS NULL) = (away_until IS NULL)")
    with op.batch_alter_table("visit_team") as team:
        team.drop_column("vehicle")
    # one absence of each: there was room for no more
    op.execute(
        "UPDATE visit_worker SET away_from = (SELECT min(first_on) FROM visit_absence "
        "WHERE worker_id = visit_worker.id), away_until = (SELECT min(last_on) FROM visit_absence "
        "WHERE worker_id = visit_worker.id)"
    )
    op.drop_index(op.f("ix_visit_absence_team_id"), "visit_absence")
    op.drop_table("visit_absence")
