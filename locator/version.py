"""The version of the directory: whoever keeps a copy asks for this, and reads again when it has moved on."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from core.db import session
from core.rows import Rows
from locator.models import DirectoryVersion

CURRENT = Rows(select(DirectoryVersion.version))


def current() -> int:
    """Give the version; 0 before anything was brought in."""
    row = CURRENT.first()
    return row.version if row else 0


def advance(*, now: datetime) -> int:
    """Move on to the next version, in the transaction that changes the directory. Writers wait for each other here."""
    row = session().get(DirectoryVersion, 1, with_for_update=True, populate_existing=True)
    if row is None:
        row = DirectoryVersion(id=1, version=0, changed_at=now)
        session().add(row)
    row.version += 1
    row.changed_at = now
    session().flush()
    return row.version
