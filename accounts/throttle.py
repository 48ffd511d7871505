"""How often is too often: counters in the database, raised before anything is looked at (TRUST N5, N6; G10)."""

from __future__ import annotations

import functools
import ipaddress
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import case
from sqlalchemy.dialects import postgresql, sqlite

from accounts.models import Throttle
from core import settings
from core.crypto import blind_index
from core.db import session
from core.errors import TooMany

FILE = Path(__file__).parent / "limits.toml"
WHOLE_SITE = "*"


@dataclass(frozen=True, slots=True)
class Limit:
    """So many hits within so many seconds; `shared` for an address that many people share."""

    hits: int
    seconds: int
    shared: int | None = None

    def allowed(self, *, is_shared: bool) -> int:
        """Say how many hits are allowed."""
        return self.shared if is_shared and self.shared is not None else self.hits


@functools.cache
def limits(rules_dir: str = "") -> Mapping[str, Limit]:
    """Read the limits, and what a place says otherwise."""
    files = [FILE, Path(rules_dir) / FILE.name] if rules_dir else [FILE]
    said: dict[str, Limit] = {}
    for file in files:
        if file.exists():
            said |= {name: Limit(**figures) for name, figures in tomllib.loads(file.read_text("utf-8")).items()}
    return said


def count(name: str, subject: str, *, now: datetime, is_shared: bool = False) -> None:
    """Count one hit of `subject` against a limit. Raises `TooMany` with the seconds to wait.

    The window starts with its first hit. A refused hit is rolled back with its transaction, so that trying
    again too early does not prolong the wait.
    """
    limit = limits(settings.current().rules_dir)[name]
    hits, ends_at = _hit(f"{name}:{blind_index(subject, 'throttle.key')}", limit, now)
    if hits > limit.allowed(is_shared=is_shared):
        wait = max(1, round((ends_at - now).total_seconds()))
        raise TooMany(f"too_often_{name}", retry_after=wait, seconds=wait, minutes=-(-wait // 60))


def count_address(name: str, address: str, *, now: datetime) -> None:
    """Count one hit of an address; those known to be shared have a larger allowance."""
    count(name, address, now=now, is_shared=is_trusted_site(address))


def is_trusted_site(address: str) -> bool:
    """Say whether this is the address of a kiosk or a village network the settings name."""
    try:
        at = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(at in ipaddress.ip_network(site, strict=False) for site in settings.current().trusted_sites)


def _hit(key: str, limit: Limit, now: datetime) -> tuple[int, datetime]:
    make = postgresql.insert if session().get_bind().dialect.name == "postgresql" else sqlite.insert
    fresh = make(Throttle).values(key=key, hits=1, ends_at=now + timedelta(seconds=limit.seconds))
    is_over = Throttle.ends_at <= now
    counted = fresh.on_conflict_do_update(
        index_elements=["key"],
        set_={
            "hits": case((is_over, 1), else_=Throttle.hits + 1),
            "ends_at": case((is_over, fresh.excluded.ends_at), else_=Throttle.ends_at),
        },
    ).returning(Throttle.hits, Throttle.ends_at)
    row = session().execute(counted, execution_options={"populate_existing": True}).one()
    return row.hits, row.ends_at
