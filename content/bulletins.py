"""Notices on top of every page: an emergency, or work on the system; by region and channel, from - until (D25)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import select

from content import policy, version
from content.models import Bulletin
from core import audit
from core.db import session
from core.errors import Conflict, NotFound, checklist
from core.identity import Actor, Permission, open_to
from locator import queries as places

LONGEST_TITLE, LONGEST_WORDS = 60, 300
LONGEST_TERM = timedelta(days=60)
MOST = 5
SHOWN_ON_DESK = 50


class BulletinKind(StrEnum):
    """Why there is a notice."""

    EMERGENCY = "emergency"
    MAINTENANCE = "maintenance"
    SERVICE = "service"


KINDS = {
    BulletinKind.EMERGENCY: "突发事件",
    BulletinKind.MAINTENANCE: "系统维护",
    BulletinKind.SERVICE: "服务调整",
}


class Channel(StrEnum):
    """Where a notice is shown."""

    PORTAL = "portal"
    MINIPROGRAM = "miniprogram"


CHANNELS = {Channel.PORTAL: "网站", Channel.MINIPROGRAM: "小程序"}


@dataclass(frozen=True, slots=True)
class Words:
    """What a notice says, where, and from when until when."""

    kind: str
    region: str
    channels: Sequence[str]
    title: str
    words: str
    starts_at: datetime | None
    ends_at: datetime | None


@open_to(Permission.CONTENT_PUBLISH)
def put_up(actor: Actor, said: Words, *, now: datetime) -> Bulletin:
    """Put a notice up. It cannot wait for a second pair of eyes, so it ends, and it stands in the record."""
    starts_at = max(said.starts_at or now, now)
    with checklist() as check:
        check.require(said.kind in set(BulletinKind), "bulletin_kind_missing", "kind")
        within = policy.is_within(actor, places.regions([said.region]).get(said.region))
        check.require(within, "region_not_yours", "region")
        check.require(set(said.channels) & set(Channel), "channel_missing", "channels")
        for field, limit in (("title", LONGEST_TITLE), ("words", LONGEST_WORDS)):
            given = getattr(said, field)
            check.require(given.strip(), f"bulletin_{field}_missing", field)
            check.require(len(given) <= limit, "content_too_long", field, limit=limit)
        if check.require(said.ends_at, "bulletin_end_missing", "ends_at") and said.ends_at:
            fits = starts_at < said.ends_at <= starts_at + LONGEST_TERM
            check.require(fits, "bulletin_term_unfit", "ends_at", days=LONGEST_TERM.days)
    row = Bulletin(
        kind=said.kind,
        region=said.region,
        on_portal=Channel.PORTAL in said.channels,
        on_miniprogram=Channel.MINIPROGRAM in said.channels,
        title=said.title.strip(),
        words=said.words.strip(),
        starts_at=starts_at,
        ends_at=said.ends_at,
        made_by=actor.id or "",
        made_at=now,
    )
    session().add(row)
    session().flush()
    version.advance(now=now, moments=[row.starts_at, row.ends_at])
    audit.record(actor, "content.bulletin_put_up", f"bulletin:{row.id}", now=now, kind=row.kind)
    return row


@open_to(Permission.CONTENT_PUBLISH)
def take_down(actor: Actor, bulletin_id: str, *, now: datetime) -> Bulletin:
    """End a notice before its time."""
    mine = select(Bulletin).where(Bulletin.id == bulletin_id, policy.bulletins_kept_by(actor))
    row = session().scalars(mine.with_for_update()).one_or_none()
    if row is None:
        raise NotFound("bulletin_unknown")
    if row.ends_at <= now:
        raise Conflict("bulletin_over")
    row.ends_at = max(now, row.starts_at)
    if row.starts_at > now:
        row.starts_at = row.ends_at = now
    session().flush()
    version.advance(now=now)
    audit.record(actor, "content.bulletin_taken_down", f"bulletin:{row.id}", now=now)
    return row


@open_to(Permission.CONTENT_WRITE, Permission.CONTENT_PUBLISH)
def kept(actor: Actor) -> Sequence[Bulletin]:
    """List the notices of one's region, the newest first."""
    mine = select(Bulletin).where(policy.bulletins_kept_by(actor))
    return session().scalars(mine.order_by(Bulletin.ends_at.desc(), Bulletin.id).limit(SHOWN_ON_DESK)).all()


def standing(region: str, channel: Channel, *, now: datetime) -> Sequence[Bulletin]:
    """Give the notices that stand now for somebody in a region: those of it and of what it lies in, the gravest first.

    Who has not said where they are is shown those of the whole province.
    """
    known = places.regions([region]).get(region)
    wide = known.steps if known else [region]
    on = Bulletin.on_portal if channel is Channel.PORTAL else Bulletin.on_miniprogram
    now_there = (Bulletin.starts_at <= now) & (now < Bulletin.ends_at)
    asked = select(Bulletin).where(now_there, Bulletin.region.in_(wide), on.is_(True))
    found = session().scalars(asked.order_by(Bulletin.starts_at.desc(), Bulletin.id).limit(MOST)).all()
    gravity = list(BulletinKind)
    return sorted(found, key=lambda one: gravity.index(BulletinKind(one.kind)))
