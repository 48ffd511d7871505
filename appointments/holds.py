"""A chosen time is kept while the form is filled in: for some minutes, longer on request, not while away (B04).

Keeping is a courtesy: whoever is not given a hold can order all the same. So no address is locked out, and nobody
keeps a whole day from others.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, func, select, true

from accounts import throttle
from appointments import conventions, guards, policy, queries, seats
from appointments.guards import Taken
from appointments.models.hold import Hold
from appointments.offers import Offer, ServiceKind, menu
from appointments.rota import Slot
from core.crypto import blind_index
from core.db import fresh_id, session
from core.errors import NotFound, TooMany
from core.identity import Actor, ActorKind, Audience, open_to
from core.jobs import recurs
from locator import queries as places

EVERY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Wish:
    """Which time is to be kept, and the secret of the one that was kept before, if any."""

    station: str
    service: ServiceKind
    starts_at: datetime
    instead_of: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """A time that is kept. Whoever has the secret may order it."""

    secret: str
    row: Hold
    station: Any
    offer: Offer

    @property
    def is_extendable(self) -> bool:
        """Say whether one may still ask for as long again."""
        return self.row.extensions < conventions.agreed().hold.extensions


@dataclass(frozen=True, slots=True)
class Free:
    """A time that is free and not kept: too many are kept from here already."""

    slot: Slot


@open_to(Audience.ANYONE)
def hold(actor: Actor, wish: Wish, *, address: str, now: datetime) -> Kept | Taken | Free:
    """Keep a time for somebody; the one they kept before is given back."""
    station = places.station(code=wish.station)
    offer = queries.offered(station, wish.service)
    slot = guards.slot_at(station, offer, wish.starts_at, now=now)
    if slot is None:
        return guards.taken(station, offer, wish.starts_at, now=now)
    number = guards.own_number(actor)
    if number:
        guards.require_no_other(station, offer, slot, policy.index_of(number))
    is_often = not _counted(actor, address, now)
    before = _before(actor, wish, now)
    if before is not None and (before.station_id, before.service, before.starts_at) == (
        station.id,
        offer.code.value,
        slot.starts_at,
    ):
        return _again(before, station, offer)
    if is_often or not _may_keep(actor, before, address, now):
        return Free(slot)
    if not seats.take(station.id, offer.code, slot, now=now):
        return guards.taken(station, offer, slot.starts_at, now=now)
    if before is not None:
        seats.drop(before.id)
    return _made(actor, (station, offer, slot), address, now)


@open_to(Audience.ANYONE)
def extend(actor: Actor, secret: str, *, now: datetime) -> Kept:  # noqa: ARG001  # whoever has the secret
    """Keep it as long again (WCAG 2.2.1). Raises `NotFound` where it is kept no more, or was often enough."""
    row = _live(secret, now)
    found = _shown(secret, row) if row is not None else None
    if found is None or not found.is_extendable:
        raise NotFound("hold_over")
    found.row.until = found.row.expires_at = now + timedelta(minutes=conventions.agreed().hold.minutes)
    found.row.extensions += 1
    return found


@open_to(Audience.ANYONE)
def leave(actor: Actor, secret: str, *, now: datetime) -> None:  # noqa: ARG001  # whoever has the secret
    """Note that the page was left: a little while later the time is anybody's. Loading it again undoes this."""
    row = _live(secret, now)
    if row is not None:
        row.expires_at = min(row.expires_at, now + timedelta(seconds=conventions.agreed().hold.left_seconds))


@open_to(Audience.ANYONE)
def come_back(actor: Actor, secret: str, *, now: datetime) -> None:  # noqa: ARG001  # whoever has the secret
    """Note that the page is looked at again."""
    row = _live(secret, now)
    if row is not None:
        row.expires_at = row.until


def find(secret: str, *, now: datetime) -> Kept | None:
    """Give what is kept under a secret, if anything is."""
    row = session().scalar(_standing(secret, now))
    return _shown(secret, row) if row is not None else None


def of_slot(secret: str, station_id: str, service: ServiceKind, starts_at: datetime, *, now: datetime) -> Hold | None:
    """Give the hold of a time, if it is this secret's and not over."""
    row = _live(secret, now) if secret else None
    if row is None or (row.station_id, row.service, row.starts_at) != (station_id, service.value, starts_at):
        return None
    return row


def turn_in(hold_id: str) -> bool:
    """End a hold and keep its place: it belongs to an appointment from now on."""
    gone = delete(Hold).where(Hold.id == hold_id).returning(Hold.id)
    return session().scalar(gone, execution_options={"synchronize_session": False}) is not None


@recurs("hold.swept", every=EVERY)
def sweep(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001  # the shape of a handler
    """Clear away holds that are long over; they count no more in any case."""
    seats.clear(true(), now=now - EVERY)


def index_of(secret: str) -> str:
    """Hash the secret of a hold as it is found by."""
    return blind_index(secret, "hold.secret")


def _standing(secret: str, now: datetime) -> Select[Hold]:
    return select(Hold).where(Hold.secret_index == index_of(secret), Hold.expires_at > now)


def _live(secret: str, now: datetime) -> Hold | None:
    """Give what is kept under a secret, locked until the transaction ends."""
    return session().scalar(_standing(secret, now).with_for_update())


def _shown(secret: str, row: Hold) -> Kept:
    return Kept(secret, row, places.station(which=row.station_id), menu()[ServiceKind(row.service)])


def _before(actor: Actor, wish: Wish, now: datetime) -> Hold | None:
    """Give what somebody keeps already: by their account, else by the secret they bring."""
    owner = _owner(actor)
    row = session().scalar(select(Hold).where(Hold.owner_index == owner).with_for_update()) if owner else None
    if row is not None and row.expires_at <= now:
        seats.drop(row.id)
        session().expunge(row)
        row = None
    return row or (_live(wish.instead_of, now) if wish.instead_of else None)


def _again(row: Hold, station: Any, offer: Offer) -> Kept:
    """Give what is kept already under a fresh secret; it is kept no longer for that."""
    secret = secrets.token_urlsafe(16)
    row.secret_index, row.expires_at = index_of(secret), row.until
    session().flush()
    return Kept(secret, row, station, offer)


def _counted(actor: Actor, address: str, now: datetime) -> bool:
    """Count one that is asked for, and say whether that is not too often; the counter's row lets one in at a time."""
    try:
        throttle.count_address("hold_address", _owner(actor) or address, now=now)
    except TooMany:
        return False
    return True


def _may_keep(actor: Actor, before: Hold | None, address: str, now: datetime) -> bool:
    """Say whether one more may be kept from here."""
    if _owner(actor) or before is not None:  # one is given back for it
        return True
    said = conventions.agreed().hold
    most = said.most_of_shared_address if throttle.is_trusted_site(address) else said.most_of_address
    return _kept_from(Hold.address_index == _index_of_address(address), now) < most


def _kept_from(where: ColumnElement[bool], now: datetime) -> int:
    return session().scalar(select(func.count()).select_from(Hold).where(where, Hold.expires_at > now)) or 0


def _made(actor: Actor, what: tuple[Any, Offer, Slot], address: str, now: datetime) -> Kept:
    station, offer, slot = what
    secret = secrets.token_urlsafe(16)
    until = now + timedelta(minutes=conventions.agreed().hold.minutes)
    owner = _owner(actor)
    row = Hold(
        id=fresh_id(),
        secret_index=index_of(secret),
        station_id=station.id,
        service=offer.code.value,
        starts_at=slot.starts_at,
        minutes=slot.minutes,
        owner_index=owner,
        address_index=None if owner else _index_of_address(address),
        made_at=now,
        until=until,
        expires_at=until,
    )
    session().add(row)
    session().flush()
    return Kept(secret, row, station, offer)


def _owner(actor: Actor) -> str | None:
    known = actor.kind is ActorKind.CITIZEN and actor.id
    return blind_index(str(actor.id), "hold.owner") if known else None


def _index_of_address(address: str) -> str:
    return blind_index(address, "hold.address")
