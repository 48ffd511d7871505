"""Asking for a visit where no time can be offered: staff answer with a date, or with reasons and another way (B06)."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, false, func, select

from appointments import guards, policy, queries, tasks
from appointments.guards import Proof
from appointments.models import Appointment
from appointments.models.home_visit import VisitRequest
from appointments.tasks import Ask, TaskReason
from appointments.visits import form, ordering, roster, times
from appointments.visits.form import VisitOrder
from appointments.visits.ordering import Gone
from appointments.visits.rules import agreed
from appointments.visits.times import Asked, Day, Notice
from core import audit, outbox
from core.calendar import china_day
from core.db import fresh_id, session
from core.errors import Conflict, NotFound, Problem, Rejected, checklist
from core.identity import SYSTEM, Actor, ActorKind, Audience, Permission, open_to
from core.references import fresh
from locator import policy as stations
from locator import queries as places
from locator import shown
from locator.kinds import StationKind

MOST_OPEN, MOST_LISTED, LONGEST_WORDS = 3, 100, 200
CLOSE_OF_BUSINESS = 17 * 60 + 30
NOT_ANSWERED = "我们一直没能答复您，登记已到期删除。还需要上门，请重新登记，或打 12348。"


class Reply(StrEnum):
    """What staff offer where nobody can come in good time."""

    PHONE = "phone"
    VIDEO = "video"
    STATION = "station"
    VILLAGE = "village"
    LATER = "later"


REPLIES = {
    Reply.PHONE: "先打电话给您，能在电话里办的先办",
    Reply.VIDEO: "就近到有视频间的服务点，由人帮着接通律师",
    Reply.STATION: "帮您安排好轮椅通道和专人，请您到服务点来",
    Reply.VILLAGE: "请村（居）委会或司法所的人就近到您家",
    Reply.LATER: "这段时间排不出来，有空了马上和您约",
}


@open_to(Audience.ANYONE)
def ask(actor: Actor, asked: VisitOrder, proof: Proof, *, now: datetime) -> VisitRequest | Problem:
    """Ask for a visit, whatever is free; a wrong code is returned, not raised, for the try must be counted."""
    with checklist() as check:
        form.judge(asked, check)
    number = guards.number_of(actor, proof, now=now)
    if isinstance(number, Problem):
        return number
    index = policy.index_of(number)
    open_ones = select(func.count()).where(VisitRequest.phone_index == index, VisitRequest.state == "asked")
    if (session().scalar(open_ones) or 0) >= MOST_OPEN:
        raise Rejected((Problem("appointments_too_many", None, {"limit": MOST_OPEN}),))
    made = _made(actor, asked, (_responsible(asked.where.home.division), number), now=now)
    session().add(made)
    session().flush()
    audit.record(actor, "visit.asked", f"visit_request:{made.id}", now=now)
    outbox.put("visit.request_told", due_at=now, key=f"visit.request_told:{made.id}:asked", request=made.id)
    subject = f"visit_request:{made.id}"
    left = Ask(made.station_id, TaskReason.VISIT_REQUEST, subject, subject, made.due_at, name=asked.name.strip())
    tasks.open(replace(left, phone=number, note=made.reference), now=now)
    return made


@open_to(Permission.APPOINTMENTS_ATTEND)
def answer_with_time(actor: Actor, request_id: str, starts_at: datetime, *, now: datetime) -> VisitRequest | Gone:
    """Answer with a window: the visit is planned, and whoever asked is told and may change it by their link."""
    found = _to_answer(actor, request_id)
    asked = form.read(found.asked, starts_at)
    looked_for = Asked(asked.where.home, asked.wishes, notice=Notice.NONE)
    arrivals, setting = times.in_turn(looked_for, starts_at, now=now)
    arrival = next((one for one in arrivals if ordering.is_free(one, asked.where.home, setting)), None)
    if arrival is None:
        return ordering.gone(looked_for, starts_at, now=now)
    made = ordering.put_down(actor, asked, arrival, setting, found.phone, now=now)
    _hand_over(found, made)
    _answered(actor, found, "planned", now=now)
    return found


@open_to(Permission.APPOINTMENTS_ATTEND)
def answer_with_words(actor: Actor, request_id: str, reply: Reply, words: str, *, now: datetime) -> VisitRequest:
    """Answer with another way and the reason for it."""
    with checklist() as check:
        check.require(words.strip(), "visit_answer_unreasoned", "words")
        check.require(len(words) <= LONGEST_WORDS, "appointment_note_long", "words", limit=LONGEST_WORDS)
    found = _to_answer(actor, request_id)
    found.reply, found.words = reply.value, words.strip()
    _answered(actor, found, "alternative", now=now)
    outbox.put("visit.request_told", due_at=now, key=f"visit.request_told:{found.id}:answered", request=found.id)
    return found


@open_to(Audience.ANYONE)
def withdraw(actor: Actor, link: str, *, now: datetime) -> VisitRequest:
    """Take a request back, for whoever has its link; doing so twice changes nothing."""
    found = by_link(link)
    session().refresh(found, with_for_update=True)
    if found.state == "withdrawn":
        return found
    if found.state == "planned":
        raise Conflict("visit_request_answered")
    _answered(actor, found, "withdrawn", now=now)
    return found


def by_link(link: str) -> VisitRequest:
    """Give the request a link is for."""
    found = session().scalar(select(VisitRequest).where(VisitRequest.link_index == queries.link_index(link)))
    if found is None:
        raise NotFound("appointment_link_unknown")
    return found


@open_to(Permission.APPOINTMENTS_ATTEND)
def waiting(actor: Actor, *, now: datetime) -> Sequence[VisitRequest]:
    """Give the requests of one's region that wait for an answer, the most urgent first. Looking is put on record."""
    asked = select(VisitRequest).where(visible_to(actor), VisitRequest.state == "asked")
    found = session().scalars(asked.order_by(VisitRequest.due_at, VisitRequest.id).limit(MOST_LISTED)).all()
    audit.record(actor, "visit.requests_seen", f"region:{actor.region}", now=now, seen=len(found))
    return found


@open_to(Permission.APPOINTMENTS_ATTEND)
def to_read(actor: Actor, request_id: str, *, now: datetime) -> VisitRequest:
    """Give a request to whoever is to answer it. Looking is put on record."""
    found = _visible(actor, select(VisitRequest).where(VisitRequest.id == request_id))
    audit.record(actor, "visit.request_seen", f"visit_request:{found.id}", now=now)
    return found


def lapse(found: VisitRequest, *, now: datetime) -> None:
    """End a request nobody has answered in all the time it may be kept, and own up to it."""
    found.words = NOT_ANSWERED
    _answered(SYSTEM, found, "alternative", now=now)


def times_for(found: VisitRequest, first: date, count: int, *, now: datetime) -> list[Day]:
    """Give the windows staff may answer with: also those too near for a citizen to order by themselves."""
    asked = form.read(found.asked)
    return times.days(Asked(asked.where.home, asked.wishes, notice=Notice.NONE), first, count, now=now)


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Say which requests an actor may see: staff those of the stations of their region."""
    if actor.kind is not ActorKind.STAFF:
        return false()
    return VisitRequest.station_id.in_(stations.ids_kept_by(actor, Permission.APPOINTMENTS_ATTEND))


def _to_answer(actor: Actor, request_id: str) -> VisitRequest:
    found = _visible(actor, select(VisitRequest).where(VisitRequest.id == request_id).with_for_update())
    if found.state != "asked":
        raise Conflict("visit_request_answered")
    return found


def _visible(actor: Actor, which: Select[VisitRequest]) -> VisitRequest:
    found = session().scalar(which.where(visible_to(actor)))
    if found is None or not found.asked:  # who it was is forgotten: there is nothing to read, nobody to answer
        raise NotFound("visit_request_unknown")
    return found


def _answered(actor: Actor, found: VisitRequest, state: str, *, now: datetime) -> None:
    found.state, found.answered_at = state, now
    audit.record(actor, f"visit.request_{state}", f"visit_request:{found.id}", now=now)
    tasks.drop(f"visit_request:{found.id}", now=now)


def _hand_over(found: VisitRequest, made: Appointment) -> None:
    """Give the visit the number and the link its request was known by."""
    made.reference, made.link, made.link_index = found.reference, found.link, found.link_index
    made.person_id, found.appointment_id = found.person_id, made.id


def _made(actor: Actor, asked: VisitOrder, whose: tuple[str, str], *, now: datetime) -> VisitRequest:
    station_id, number = whose
    link = secrets.token_urlsafe(16)
    day = shown.working_days().add_working_days(china_day(now), agreed().answer_working_days)
    return VisitRequest(
        id=fresh_id(),
        reference=fresh("YY"),
        person_id=actor.id if actor.kind is ActorKind.CITIZEN else None,
        phone=number,
        phone_index=policy.index_of(number),
        station_id=station_id,
        asked=form.written(asked),
        link=link,
        link_index=queries.link_index(link),
        state="asked",
        asked_at=now,
        due_at=times.moment(day, CLOSE_OF_BUSINESS),
        reply="",
        words="",
    )


def _responsible(division: str) -> str:
    """Say which station answers: that of a team that visits there, else the nearest legal-aid centre above."""
    for team in roster.teams_for(division):
        return team.station_id
    steps = places.division(division).steps
    rows: list[Any] = [row for row in places.stations_of(steps) if row.kind == StationKind.LEGAL_AID_CENTRE]
    if not rows:
        raise NotFound("visit_nobody_near")
    return str(max(rows, key=lambda row: steps.index(row.division_code)).id)
