"""The token all our processes share: kept in a row, asked for anew by one of them at a time (RULEBOOK WX-2)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from core.crypto import Sealed
from core.db import Model, keep, reading, session
from core.errors import Unavailable

MARGIN = timedelta(minutes=1)  # one that ends sooner is not used; WeChat gives five minutes at least
CLAIMED_FOR = timedelta(seconds=12)  # longer than asking may take
LOOKS, PAUSE = 160, 0.05  # of those who wait for another one's answer
Fetch = Callable[[], tuple[str, int]]


class WechatToken(Model):
    """The access token of one account, and until when somebody is asking for the next."""

    __tablename__ = "wechat_token"

    app_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    token: Mapped[str | None] = mapped_column(Sealed("wechat_token.token"))
    expires_at: Mapped[datetime]
    claimed_until: Mapped[datetime | None]


def get(app_id: str, fetch: Fetch, *, now: datetime, stale: str | None = None) -> str:
    """Give a token that is good now, and is not the one that proved `stale`.

    Opens units of work of its own: the network is never waited for inside one.
    """
    known = _known(app_id, now, stale)
    if known is not None:
        return known
    if keep(lambda: _claimed(app_id, now, stale)):
        return _fetched(app_id, fetch, now)
    return _awaited(app_id, now, stale)


def _known(app_id: str, now: datetime, stale: str | None) -> str | None:
    with reading() as current:
        row = current.get(WechatToken, app_id)
        return _good(row, now, stale)


def _good(row: WechatToken | None, now: datetime, stale: str | None) -> str | None:
    if row is None or row.token is None or row.token == stale or row.expires_at <= now + MARGIN:
        return None
    return row.token


def _claimed(app_id: str, now: datetime, stale: str | None) -> bool:
    """Say whether it is for us to ask; a row somebody else adds meanwhile makes `keep` look again."""
    row = session().get(WechatToken, app_id, with_for_update=True, populate_existing=True)
    if row is None:
        session().add(WechatToken(app_id=app_id, token=None, expires_at=now, claimed_until=now + CLAIMED_FOR))
        return True
    if (row.claimed_until is not None and row.claimed_until > now) or _good(row, now, stale):
        return False
    row.claimed_until = now + CLAIMED_FOR
    return True


def _fetched(app_id: str, fetch: Fetch, now: datetime) -> str:
    try:
        token, seconds = fetch()
    except Exception:
        keep(lambda: _noted(app_id, None, now))
        raise
    keep(lambda: _noted(app_id, token, now + timedelta(seconds=seconds)))
    return token


def _noted(app_id: str, token: str | None, expires_at: datetime) -> None:
    row = session().get_one(WechatToken, app_id, with_for_update=True)
    row.token, row.expires_at, row.claimed_until = token, expires_at, None


def _awaited(app_id: str, now: datetime, stale: str | None) -> str:
    for _ in range(LOOKS):
        threading.Event().wait(PAUSE)
        known = _known(app_id, now, stale)
        if known is not None:
            return known
    raise Unavailable("wechat_unavailable", retry_after=5)
