"""Volunteers: they register with a number that is proven, count once accepted, and leave when they like (F21)."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, func, select

from accounts import codes, phone
from appointments.models.volunteer import Volunteer, VolunteerHours
from core import audit, outbox
from core.calendar import china_day
from core.crypto import blind_index
from core.db import fresh_id, once, session
from core.errors import Conflict, NotFound, Problem, checklist
from core.identity import ANYONE, Actor, Audience, Permission, open_to
from locator import policy as places
from locator import queries as directory
from locator.region import Region

LONGEST = {"name": 40, "about": 200}
LONGEST_WHAT, LONGEST_DAY, MOST = 40, 24 * 60, 200


class Skill(StrEnum):
    """What a volunteer can do."""

    SIGN_LANGUAGE = "sign_language"
    DIALECT = "dialect"
    ESCORT = "escort"
    WRITING = "writing"


SKILLS = {
    Skill.SIGN_LANGUAGE: "会手语",
    Skill.DIALECT: "会本地方言或少数民族语言",
    Skill.ESCORT: "能陪同出门、陪同办事",
    Skill.WRITING: "能帮忙念、帮忙写",
}


@dataclass(frozen=True, slots=True)
class Offer:
    """What somebody offers: how to call them, where they can help, with what, and anything to know."""

    name: str
    region: str
    skills: tuple[Skill, ...]
    about: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """A volunteer as staff see them: with where they can help, and how much they gave."""

    row: Volunteer
    region: Region
    minutes: int


@open_to(Audience.ANYONE)
def register(actor: Actor, offer: Offer, request: str, code: str, *, now: datetime) -> Volunteer | Problem:
    """Offer to help, with the code that was texted; who did before is given what stands. A wrong code is returned."""
    with checklist() as check:
        check.require(offer.name.strip(), "volunteer_name_missing", "name")
        check.require(offer.skills, "volunteer_skills_missing", "skills")
        check.require(offer.region in directory.regions([offer.region]), "circuit_region_unknown", "region")
        for name, limit in LONGEST.items():
            check.require(len(getattr(offer, name)) <= limit, "cell_too_long", name, limit=limit)
    number = codes.weigh(ANYONE, request, phone.normalise(code), now=now)
    if isinstance(number, Problem):
        return number
    index = blind_index(number, "volunteer.phone")
    same = (Volunteer.phone_index == index, Volunteer.left_at.is_(None))
    found = session().scalar(select(Volunteer).where(*same))
    if found is not None:
        return found
    link = secrets.token_urlsafe(16)
    made = Volunteer(
        id=fresh_id(),
        name=offer.name.strip(),
        phone=number,
        phone_index=index,
        division_code=offer.region,
        skills=[one.value for one in offer.skills],
        about=offer.about.strip(),
        link=link,
        link_index=_index(link),
        asked_at=now,
    )
    session().add(made)
    session().flush()
    audit.record(actor, "volunteer.registered", f"volunteer:{made.id}", now=now)
    return made


@open_to(Audience.ANYONE)
def mine(actor: Actor, link: str, *, now: datetime) -> Volunteer:  # noqa: ARG001  # whoever has the link may look
    """Give what a volunteer's own link is for."""
    index = _index(link)
    asked = select(Volunteer).where(Volunteer.link_index == index, Volunteer.left_at.is_(None))
    found = once(("volunteer", index), lambda: session().scalar(asked))
    if found is None:
        raise NotFound("volunteer_unknown")
    return found


@open_to(Audience.ANYONE)
def leave(actor: Actor, link: str, *, now: datetime) -> None:
    """Leave and be forgotten; the hours stay, as nobody's."""
    found = mine(actor, link, now=now)
    _forget(found, now)
    audit.record(actor, "volunteer.left", f"volunteer:{found.id}", now=now)


@open_to(Permission.APPOINTMENTS_ATTEND)
def of_region(actor: Actor, skill: Skill | None, *, now: datetime) -> list[Kept]:
    """Give the volunteers of one's region with a skill, those who wait for an answer first. Looking is recorded."""
    asked = select(Volunteer).where(visible_to(actor), Volunteer.left_at.is_(None))
    found = session().scalars(asked.order_by(Volunteer.accepted_at.is_not(None), Volunteer.asked_at).limit(MOST)).all()
    audit.record(actor, "volunteers.seen", f"region:{actor.region}", now=now, seen=len(found))
    those = [one for one in found if skill is None or skill.value in one.skills]
    regions, minutes = directory.regions(one.division_code for one in those), minutes_of(those)
    return [Kept(one, regions[one.division_code], minutes.get(one.id, 0)) for one in those]


@open_to(Permission.APPOINTMENTS_ATTEND)
def accept(actor: Actor, volunteer_id: str, *, now: datetime) -> Volunteer:
    """Accept one; doing so twice changes nothing."""
    found = _found(actor, volunteer_id)
    if found.accepted_at is None:
        found.accepted_at, found.accepted_by = now, actor.id
        audit.record(actor, "volunteer.accepted", f"volunteer:{found.id}", now=now)
    return found


@open_to(Permission.APPOINTMENTS_ATTEND)
def end(actor: Actor, volunteer_id: str, reason: str, *, now: datetime) -> None:
    """Decline one, or end it, with a reason on record."""
    found = _found(actor, volunteer_id)
    with checklist() as check:
        check.require(reason.strip(), "reason_missing", "reason")
    _forget(found, now)
    audit.record(actor, "volunteer.ended", f"volunteer:{found.id}", now=now, reason=reason.strip()[:200])


@open_to(Permission.APPOINTMENTS_ATTEND)
def note_hours(actor: Actor, volunteer_id: str, on: date, minutes: int, what: str, *, now: datetime) -> VolunteerHours:
    """Note the time a volunteer gave."""
    found = _found(actor, volunteer_id)
    if found.accepted_at is None:
        raise Conflict("volunteer_not_accepted")
    with checklist() as check:
        check.require(on <= china_day(now), "volunteer_day_ahead", "on")
        check.require(0 < minutes <= LONGEST_DAY, "volunteer_minutes_unfit", "minutes")
        check.require(len(what) <= LONGEST_WHAT, "cell_too_long", "what", limit=LONGEST_WHAT)
    told = {"on": on, "minutes": minutes, "what": what.strip(), "noted_by": actor.id or "", "noted_at": now}
    made = VolunteerHours(id=fresh_id(), volunteer_id=found.id, **told)
    session().add(made)
    session().flush()
    audit.record(actor, "volunteer.hours_noted", f"volunteer:{found.id}", now=now, minutes=minutes)
    return made


def minutes_of(rows: Sequence[Volunteer]) -> Mapping[str, int]:
    """Give how many minutes each gave, in one statement."""
    total = func.sum(VolunteerHours.minutes)
    ids = [one.id for one in rows]
    asked = select(VolunteerHours.volunteer_id, total).where(VolunteerHours.volunteer_id.in_(ids))
    return {row[0]: row[1] for row in session().execute(asked.group_by(VolunteerHours.volunteer_id))} if ids else {}


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Say which volunteers an actor may see: those of their region and all below it."""
    return Volunteer.division_code.in_(places.divisions_kept_by(actor, Permission.APPOINTMENTS_ATTEND))


def _found(actor: Actor, volunteer_id: str) -> Volunteer:
    which = (Volunteer.id == volunteer_id, visible_to(actor), Volunteer.left_at.is_(None))
    found = session().scalar(select(Volunteer).where(*which).with_for_update())
    if found is None:
        raise NotFound("volunteer_unknown")
    return found


def _forget(row: Volunteer, now: datetime) -> None:
    row.left_at, row.skills = now, []
    row.name = row.phone = row.phone_index = row.about = ""
    outbox.put("volunteer.left", due_at=now, volunteer=row.id)
    session().flush()


def _index(link: str) -> str:
    return blind_index(link, "volunteer.link")
