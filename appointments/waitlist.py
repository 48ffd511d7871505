"""Waiting for a time: put on the list, taken off it, taking or leaving what is offered (FEATURES B17)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from appointments import approvals, conventions, guards, offering, orders, policy, queries, rota
from appointments.guards import Proof
from appointments.models import Appointment
from appointments.models.waiting import Waiting, WaitingOffer
from appointments.needs import AccessNeed
from appointments.offers import Offer, ServiceKind, menu
from appointments.orders import LONGEST_NAME, Order, Reach
from appointments.rota import Slot
from core import audit, outbox
from core.calendar import china_day
from core.crypto import blind_index
from core.db import fresh_id, session
from core.errors import Checklist, Conflict, NotFound, Problem, checklist
from core.identity import Actor, ActorKind, Audience, Permission, open_to
from locator import policy as kept
from locator import queries as places

LINK_LIVES = timedelta(days=7)  # after the last day that is waited for
MOST = 100


@dataclass(frozen=True, slots=True)
class Entry:
    """What somebody waits for: a time at a station within some days."""

    station: str
    service: ServiceKind
    first_on: date
    last_on: date
    name: str
    needs: tuple[AccessNeed, ...] = ()
    reach: Reach = Reach.TEXT


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody who waits, as it is shown to them: where, for what, and what they are offered."""

    row: Waiting
    station: Any
    offer: Offer
    offered: WaitingOffer | None


@open_to(Audience.ANYONE)
def join(actor: Actor, entry: Entry, proof: Proof, *, now: datetime) -> Waiting | Problem:
    """Go on the list. A wrong code is returned, not raised, for the try must be counted."""
    station = places.station(code=entry.station)
    offer = queries.offered(station, entry.service)
    with checklist() as check:
        _judge(entry, offer, check, now)
    number = guards.number_of(actor, proof, now=now)
    if isinstance(number, Problem):
        return number
    _require_room(station.id, entry.service, policy.index_of(number))
    link = secrets.token_urlsafe(16)
    made = Waiting(
        id=fresh_id(),
        person_id=actor.id if actor.kind is ActorKind.CITIZEN else None,
        phone=number,
        phone_index=policy.index_of(number),
        name=entry.name.strip(),
        needs=[one.value for one in entry.needs],
        station_id=station.id,
        service=entry.service.value,
        first_on=entry.first_on,
        last_on=entry.last_on,
        rank=_rank(entry.needs),
        reach=entry.reach.value,
        state="waiting",
        link=link,
        link_index=_index_of(link),
        created_at=now,
        changed_at=now,
    )
    session().add(made)
    session().flush()
    audit.record(actor, "waiting.joined", f"waiting:{made.id}", now=now)
    outbox.put("waiting.told", due_at=now, key=f"waiting.told:{made.id}:waiting", waiting=made.id)
    outbox.put("waiting.list", due_at=now, station=station.id, service=entry.service.value)  # something may be free
    return made


@open_to(Audience.ANYONE)
def leave(actor: Actor, link: str, *, now: datetime) -> Waiting:
    """Go off the list; what was offered goes to the next. Doing so twice changes nothing."""
    found = _locked(link, now)
    if found.state == "waiting":
        _end_offer(found, "declined", now)
        found.state, found.changed_at = "left", now
        audit.record(actor, "waiting.left", f"waiting:{found.id}", now=now)
    return found


@open_to(Audience.ANYONE)
def decline(actor: Actor, link: str, *, now: datetime) -> Waiting:
    """Leave what is offered to the next, and go on waiting."""
    found = _locked(link, now)
    if _end_offer(found, "declined", now):
        audit.record(actor, "waiting.declined", f"waiting:{found.id}", now=now)
    return found


@open_to(Audience.ANYONE)
def accept(actor: Actor, link: str, *, now: datetime) -> Appointment:
    """Take what is offered: the place was held, and becomes an appointment."""
    return _accepted(actor, _locked(link, now), now)


@open_to(Permission.APPOINTMENTS_ATTEND)
def answer_for(actor: Actor, waiting_id: str, *, accepts: bool, now: datetime) -> Appointment | None:
    """Take or leave what is offered for somebody one has on the telephone, at a station of one's region."""
    which = (Waiting.id == waiting_id, Waiting.station_id.in_(_stations_of(actor)))
    found = session().scalar(select(Waiting).where(*which).with_for_update())
    if found is None:
        raise NotFound("waiting_unknown")
    if accepts:
        return _accepted(actor, found, now)
    if _end_offer(found, "declined", now):
        audit.record(actor, "waiting.declined", f"waiting:{found.id}", now=now)
    return None


@open_to(Permission.APPOINTMENTS_ATTEND)
def listed(actor: Actor, *, now: datetime) -> list[Seen]:
    """Give who waits at the stations of one's region, in their order. Looking is put on record."""
    order = (Waiting.station_id, Waiting.service, Waiting.rank, Waiting.created_at, Waiting.id)
    asked = select(Waiting).where(Waiting.state == "waiting", Waiting.station_id.in_(_stations_of(actor)))
    rows = session().scalars(asked.order_by(*order).limit(MOST)).all()
    ids = [row.id for row in rows]
    standing = select(WaitingOffer).where(WaitingOffer.waiting_id.in_(ids), WaitingOffer.state == "open")
    offers = {one.waiting_id: one for one in session().scalars(standing)}
    at = {row.id: row for row in places.stations_by_id(sorted({row.station_id for row in rows}), retired_too=True)}
    audit.record(actor, "waiting.seen", f"region:{actor.region}", now=now, seen=len(rows))
    return [Seen(row, at[row.station_id], menu()[ServiceKind(row.service)], offers.get(row.id)) for row in rows]


def find(link: str, *, now: datetime) -> Seen:
    """Give what a personal link of the list is for."""
    row = session().scalar(select(Waiting).where(Waiting.link_index == _index_of(link)))
    if row is None or row.last_on + LINK_LIVES < china_day(now):
        raise NotFound("waiting_link_unknown")
    standing = select(WaitingOffer).where(WaitingOffer.waiting_id == row.id, WaitingOffer.state == "open")
    offered = session().scalar(standing)
    return Seen(row, places.station(which=row.station_id), menu()[ServiceKind(row.service)], offered)


def _judge(entry: Entry, offer: Offer, check: Checklist, now: datetime) -> None:
    check.require(entry.name.strip(), "appointment_name_missing", "name")
    check.require(len(entry.name) <= LONGEST_NAME, "appointment_name_long", "name", limit=LONGEST_NAME)
    is_ahead = china_day(now) <= entry.first_on <= entry.last_on <= rota.last_day(offer, now=now)
    check.require(is_ahead, "waiting_days_unfit", "last_on", limit=offer.horizon_days)


def _require_room(station_id: str, service: ServiceKind, index: str) -> None:
    """Refuse a second entry for the same, and too many lists; the unique index has the last word."""
    theirs = (Waiting.phone_index == index, Waiting.state == "waiting")
    same = (Waiting.station_id == station_id, Waiting.service == service.value)
    if session().scalar(select(Waiting.id).where(*theirs, *same)) is not None:
        guards.reject("waiting_already")
    most = conventions.agreed().waiting.most_of_number
    if (session().scalar(select(func.count()).select_from(Waiting).where(*theirs)) or 0) >= most:
        guards.reject("waiting_too_many", limit=most)


def _rank(needs: tuple[AccessNeed, ...]) -> int:
    return 0 if set(needs) & set(conventions.agreed().waiting.first) else 1


def _accepted(actor: Actor, found: Waiting, now: datetime) -> Appointment:
    offer = offering.open_offer(found)
    if offer is None or now >= offer.starts_at:  # no worker may have come by to pass it on
        raise Conflict("offer_over")
    place = offering.place_offered(offer, found)
    station, service = places.station(which=found.station_id), menu()[place.service]
    slot = Slot(offer.starts_at, offer.minutes, 1)
    guards.require_room(station, service, slot, found.phone, now=now)
    if not offering.close(offer, "accepted", now=now):
        raise Conflict("offer_over")
    needs = tuple(AccessNeed(one) for one in found.needs)
    told = Order(station.code, place.service, slot.starts_at, found.name, needs=needs, reach=Reach(found.reach))
    made = orders.put_down(actor, told, slot, (station, found.phone), now=now)
    made.person_id = found.person_id
    if service.needs_approval:
        approvals.ask(made, now=now)
    found.state, found.changed_at = "served", now
    return made


def _end_offer(found: Waiting, state: str, now: datetime) -> bool:
    """End what somebody is offered, if anything; its place goes to the next who waits."""
    offer = offering.open_offer(found)
    if offer is None:
        return False
    place = offering.place_offered(offer, found)
    if offering.close(offer, state, now=now):
        offering.pass_on(place, now=now)
    return True


def _locked(link: str, now: datetime) -> Waiting:
    row = find(link, now=now).row
    session().refresh(row, with_for_update=True)
    return row


def _stations_of(actor: Actor) -> Any:
    return kept.ids_kept_by(actor, Permission.APPOINTMENTS_ATTEND)


def _index_of(link: str) -> str:
    return blind_index(link, "waiting.link")
