"""The version of what readers see: whoever keeps a copy asks for this, and reads again when it has moved on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import bindparam, func, select

from content.models import ContentMoment, ContentVersion
from core.db import Instant, session
from core.rows import Rows

_LAST = select(func.max(ContentMoment.at)).where(ContentMoment.at <= bindparam("now", type_=Instant()))
CURRENT = Rows(select(ContentVersion.version, _LAST.scalar_subquery().label("moved_at")))


def current(now: datetime) -> str:
    """Give the version: it moves on when somebody changes something, and when a set moment has passed."""
    row = CURRENT.first(now=now)
    if row is None:
        return "0"
    return f"{row.version}.{int(row.moved_at.timestamp() * 1_000_000)}" if row.moved_at else str(row.version)


def advance(*, now: datetime, moments: Iterable[datetime] = ()) -> int:
    """Move on to the next version, in the transaction that changes what readers see. Writers wait here.

    `moments` are those at which something will begin or end by itself.
    """
    row = session().get(ContentVersion, 1, with_for_update=True, populate_existing=True)
    if row is None:
        row = ContentVersion(id=1, version=0, changed_at=now)
        session().add(row)
    row.version += 1
    row.changed_at = now
    for moment in set(moments):
        if moment > now and session().get(ContentMoment, moment) is None:
            session().add(ContentMoment(at=moment))
    session().flush()
    return row.version
