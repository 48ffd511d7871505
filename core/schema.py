"""Where the database stands in its history (TRUST O1, O2)."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from core import db

FOLDER = Path(__file__).resolve().parent.parent / "migrations"


def config() -> Config:
    """Tell alembic where the history is; it takes the engine of the process."""
    made = Config()
    made.set_main_option("script_location", str(FOLDER))
    made.set_main_option("path_separator", "os")
    return made


def head() -> str | None:
    """Give the revision this code was written for."""
    return ScriptDirectory.from_config(config()).get_current_head()


def revision() -> str | None:
    """Give the revision the database is at. A unit of work must be under way."""
    return MigrationContext.configure(db.session().connection()).get_current_revision()


def upgrade(to: str = "head") -> None:
    """Bring the database up."""
    command.upgrade(config(), to)


def downgrade(to: str) -> None:
    """Take the database down."""
    command.downgrade(config(), to)
