"""A freed place goes to whoever waits for it: priority groups first, then by time, one at a time (FEATURES B17).

What is offered is held: it is never free in between, so nobody snatches it and no two are promised it. Whoever does not
answer in time makes room for the next; where nobody waits, the place is free.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import exists, literal, select, tuple_

from appointments import conventions, holds, queries, seats, tasks
from appointments.models import Appointment
from appointments.models.hold import Hold
from appointments.models.waiting import Waiting, WaitingOffer
from appointments.offers import ServiceKind, menu
from appointments.orders import Reach
from appointments.rota import Slot
from appointments.states import AppointmentState
from core import outbox, quiet
from core.calendar import china_day
from core.db import Instant, fresh_id, session
from core.jobs import handles, recurs
from locator import queries as places

SLACK = timedelta(minutes=10)  # an offer's place stays held so long after its time, for the worker who passes it on
LOOK_EVERY = timedelta(minutes=2)
PORTION = 20  # of a list, read at a time


@dataclass(frozen=True, slots=True)
class Place:
    """A place of a time, counted as taken until somebody has it or it is given back."""

    station_id: str
    service: ServiceKind
    starts_at: datetime
    minutes: int


def place_of(found: Appointment) -> Place:
    """Give the place an appointment has."""
    return Place(found.station_id, ServiceKind(found.service), found.starts_at, found.minutes)


def pass_on(place: Place, *, now: datetime) -> WaitingOffer | None:
    """Offer a place that is being given up to the next who waits; give it back where nobody does."""
    chosen = next(_locked_in_order(place, now), None)
    if chosen is None:
        seats.give_back(place.station_id, place.service.value, place.starts_at)
        return None
    return _offered(place, chosen, now)


def open_offer(waiting: Waiting) -> WaitingOffer | None:
    """Give what somebody who waits is offered at present, locked until the transaction ends."""
    which = (WaitingOffer.waiting_id == waiting.id, WaitingOffer.state == "open")
    return session().scalar(select(WaitingOffer).where(*which).with_for_update())


def close(offer: WaitingOffer, state: str, *, now: datetime) -> bool:
    """End an offer. Say whether its place was still held: then it is the caller's to give to somebody."""
    held = offer.hold_id is not None and holds.turn_in(offer.hold_id)
    offer.state, offer.hold_id, offer.answered_at = state, None, now
    session().flush()
    tasks.drop(f"offer:{offer.id}", now=now)  # nobody need ring about it any more
    return held


def place_offered(offer: WaitingOffer, waiting: Waiting) -> Place:
    """Give the place an offer is about."""
    return Place(waiting.station_id, ServiceKind(waiting.service), offer.starts_at, offer.minutes)


@handles("waiting.unanswered")
def pass_over(payload: dict[str, Any], *, now: datetime) -> None:
    """Pass an offer nobody answered on to the next; whoever lets too many pass is taken off the list."""
    offer = session().get_one(WaitingOffer, payload["offer"])
    waiting = session().get_one(Waiting, offer.waiting_id, with_for_update=True)
    session().refresh(offer)
    if offer.state != "open":
        return
    place = place_offered(offer, waiting)
    held = close(offer, "unanswered", now=now)
    waiting.unanswered += 1
    if waiting.state == "waiting" and waiting.unanswered >= conventions.agreed().waiting.most_unanswered:
        waiting.state, waiting.changed_at = "over", now
        outbox.put("waiting.told", due_at=now, key=f"waiting.told:{waiting.id}:over", waiting=waiting.id)
    session().flush()
    if held:
        pass_on(place, now=now)


@recurs("waiting.looked", every=LOOK_EVERY)
def look_round(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001  # the shape of a handler
    """Have every list looked at for places that have come free by any way; workers share the lists."""
    lists = select(Waiting.station_id, Waiting.service).where(Waiting.state == "waiting").distinct()
    for station_id, service in session().execute(lists):
        outbox.put("waiting.list", due_at=now, station=station_id, service=service)


@handles("waiting.list")
def look(payload: dict[str, Any], *, now: datetime) -> None:
    """Offer what is free at a station to those who wait for it, in order."""
    station = places.station(which=payload["station"])
    kind = ServiceKind(payload["service"])
    offer = next((one for one in queries.offers_of(station) if one.code is kind), None)
    if offer is None:
        return
    theirs = (Waiting.station_id == station.id, Waiting.service == kind.value, Waiting.state == "waiting")
    waited_for = session().execute(select(Waiting.first_on, Waiting.last_on).where(*theirs).distinct()).all()
    days = queries.free([station], [offer], china_day(now), queries.LONGEST_LOOK, now=now)[seats.key(station.id, kind)]
    wanted = [day for day in days if any(first <= day.date <= last for first, last in waited_for)]
    for slot in (one for day in wanted for one in day.slots):
        _offer_all(Place(station.id, kind, slot.starts_at, slot.minutes), slot, now)


def _offer_all(place: Place, slot: Slot, now: datetime) -> None:
    """Offer as many places of a time as are free, to as many as wait."""
    for chosen in _locked_in_order(place, now):
        if not seats.take(place.station_id, place.service, slot, now=now):
            return
        _offered(place, chosen, now)


def _offered(place: Place, chosen: Waiting, now: datetime) -> WaitingOffer:
    until = _answer_until(chosen.reach, now)
    kept = Hold(
        id=fresh_id(),
        secret_index=holds.index_of(secrets.token_urlsafe(16)),  # nobody is told it: the offer's link is the way
        station_id=place.station_id,
        service=place.service.value,
        starts_at=place.starts_at,
        minutes=place.minutes,
        made_at=now,
        until=until + SLACK,
        expires_at=until + SLACK,
    )
    made = WaitingOffer(
        id=fresh_id(),
        waiting_id=chosen.id,
        starts_at=place.starts_at,
        minutes=place.minutes,
        hold_id=kept.id,
        until=until,
        state="open",
        made_at=now,
    )
    session().add_all([kept, made])
    session().flush()
    outbox.put("waiting.offered", due_at=_awake(now), key=f"waiting.offered:{made.id}", offer=made.id)
    outbox.put("waiting.unanswered", due_at=until, key=f"waiting.unanswered:{made.id}", offer=made.id)
    return made


def _locked_in_order(place: Place, now: datetime) -> Iterator[Waiting]:
    """Give those who wait for a place in their order, each locked, and looked at again once they are.

    Whoever another worker is busy with is waited for, not passed over: the next would get ahead of them. The list is
    read a portion at a time, as far as anybody is wanted, so that nobody is too far down it.
    """
    eligible = _eligible(place, now)
    key = (Waiting.rank, Waiting.created_at, Waiting.id)
    rest = eligible.with_only_columns(*key).order_by(*key)
    last: Any = None
    while True:
        after = rest if last is None else rest.where(tuple_(*key) > _behind(last))
        rows = session().execute(after.limit(PORTION)).all()
        for row in rows:
            found = session().get_one(Waiting, row.id, with_for_update=True, populate_existing=True)
            if session().scalar(eligible.where(Waiting.id == row.id)) is not None:
                yield found
        if len(rows) < PORTION:
            return
        last = rows[-1]


def _behind(row: Any) -> Any:
    """Give the key of somebody on the list, to go on from them."""
    return tuple_(literal(row.rank), literal(row.created_at, Instant()), literal(row.id))


def _eligible(place: Place, now: datetime) -> Any:
    """Select who waits for a place: on such a day, offered nothing now, never this time, and not there already.

    And who can still answer in good time, by the way they are asked.
    """
    latest = place.starts_at - menu()[place.service].notice
    in_time = [one.value for one in Reach if _answer_until(one, now) <= latest]
    day = china_day(place.starts_at)
    their = WaitingOffer.waiting_id == Waiting.id
    same = (
        Appointment.phone_index == Waiting.phone_index,
        Appointment.station_id == place.station_id,
        Appointment.service == place.service.value,
        Appointment.starts_at == place.starts_at,
        Appointment.state != AppointmentState.CANCELLED.value,
    )
    return (
        select(Waiting.id)
        .where(Waiting.station_id == place.station_id, Waiting.service == place.service.value)
        .where(Waiting.state == "waiting", Waiting.first_on <= day, Waiting.last_on >= day)
        .where(Waiting.reach.in_(in_time))
        .where(~exists().where(their, (WaitingOffer.state == "open") | (WaitingOffer.starts_at == place.starts_at)))
        .where(~exists().where(*same))
    )


def _answer_until(reach: str, now: datetime) -> datetime:
    said = conventions.agreed().waiting
    minutes = said.answer_minutes_by_call if reach == Reach.CALL else said.answer_minutes
    return _awake(now) + timedelta(minutes=minutes)


def _awake(now: datetime) -> datetime:
    return quiet.waking(now, conventions.agreed().quiet)
