"""What of one's own cases and drafts has changed since one last asked: for who keeps a copy (FEATURES E09).

`next` is what to ask with the next time. A minute is asked for twice: what was being written while somebody asked is
not lost, and to hear of a case again does no harm.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import func, literal, or_, select, tuple_

from applications import policy, queries
from applications.models.application import Application
from applications.models.draft import Draft
from applications.models.event import CaseEvent
from core.calendar import instant
from core.db import Instant, session
from core.errors import Malformed
from core.identity import Actor, Audience, open_to

MOST = 50
AGAIN = timedelta(minutes=1)
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Changes:
    """What has changed: cases as rows with `changed_at`, open drafts, and the ids of drafts that are open no more."""

    next: str
    more: bool
    cases: Sequence[Any]
    drafts: Sequence[Any]
    gone_drafts: Sequence[str]


@open_to(Audience.CITIZEN)
def since(actor: Actor, written: str, *, now: datetime) -> Changes:
    """Give what has changed, the earliest first, at most so much at once."""
    moment, last = _place(written)
    rows = _cases(actor, moment, last)
    more, cases = len(rows) > MOST, rows[:MOST]
    following = f"{_written(cases[-1].changed_at)}~{cases[-1].id}" if more else f"{_written(now - AGAIN)}~"
    drafts = [one for one in queries.drafts_listed(actor, now=now) if one.saved_at > moment]
    return Changes(following, more, cases, drafts, _gone(actor, moment, now) if written else [])


def _cases(actor: Actor, moment: datetime, last: str) -> Sequence[Any]:
    changed = (
        select(CaseEvent.application_id, func.max(CaseEvent.at).label("changed_at"))
        .group_by(CaseEvent.application_id)
        .having(func.max(CaseEvent.at) >= moment)
        .where(CaseEvent.application_id.in_(select(Application.id).where(policy.visible_to(actor))))
        .subquery()
    )
    place = tuple_(changed.c.changed_at, Application.id)
    wanted = select(*queries.LISTED, changed.c.changed_at).join(changed, changed.c.application_id == Application.id)
    wanted = wanted.where(place > tuple_(literal(moment, Instant()), literal(last)))
    return session().execute(wanted.order_by(changed.c.changed_at, Application.id).limit(MOST + 1)).all()


def _gone(actor: Actor, moment: datetime, now: datetime) -> Sequence[str]:
    """Name drafts that were handed in, thrown away or forgotten meanwhile."""
    ends = (Draft.submitted_at, Draft.discarded_at, Draft.expires_at)
    ended = or_(*(column.between(moment, now) for column in ends))
    return session().scalars(select(Draft.id).where(Draft.owner_id == actor.id, ended).order_by(Draft.id)).all()


def _place(written: str) -> tuple[datetime, str]:
    if not written:
        return BEGINNING, ""
    moment, _, last = written.partition("~")
    try:
        return instant(moment), last
    except ValueError:
        raise Malformed("since_malformed") from None


def _written(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"
