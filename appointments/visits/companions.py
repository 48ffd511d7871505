"""Volunteers who come along to a visit: found by what is needed there, asked, and answering for themselves (B08).

A volunteer learns when, which team they go with and where it sets out from. Never whose door it is, or why.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update

from appointments import attendance, conventions, tasks, volunteers
from appointments.jobs import said
from appointments.models import Appointment
from appointments.models.home_visit import HomeVisit
from appointments.models.volunteer import Volunteer, VolunteerMatch
from appointments.needs import AccessNeed
from appointments.states import AppointmentState
from appointments.tasks import Ask, TaskReason
from appointments.visits.wishes import Language, Wishes
from appointments.volunteers import SKILLS, Skill
from core import audit, outbox, quiet, settings, sms
from core.db import session
from core.errors import Conflict, NotFound
from core.identity import Actor, Audience, Permission, open_to
from core.jobs import handles
from locator import queries as places

FOR = {  # a need, and which skill helps
    AccessNeed.SIGN_LANGUAGE: Skill.SIGN_LANGUAGE,
    AccessNeed.DIALECT: Skill.DIALECT,
    AccessNeed.READ_ALOUD: Skill.WRITING,
    AccessNeed.EASY_READ: Skill.WRITING,
    AccessNeed.WRITING: Skill.WRITING,
    AccessNeed.WHEELCHAIR: Skill.ESCORT,
}
MOST = 20
FIND_WITHIN = timedelta(hours=4)
ASKED = "想请您一起去一次上门：{when}，{where}，{skill}。愿不愿意，请点：{address}"
OVER = "{when} 的那次上门取消或改期了，不用去了，谢谢您。{address}"
WANTED = "{reference} 需要{skills}，小组里没有人会。请到这次上门的“志愿者”里找。"
GONE = "{reference}：答应一起去的志愿者来不了了，请另找人。"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A volunteer who could come along: for what, and what they said if they were asked."""

    row: Volunteer
    skill: Skill
    state: str


@dataclass(frozen=True, slots=True)
class Companions:
    """What a visit needs, and who could help."""

    reference: str
    starts_at: datetime
    skills: Sequence[Skill]
    found: Sequence[Candidate]


@dataclass(frozen=True, slots=True)
class Asked:
    """A visit a volunteer is asked along to, as they see it."""

    match: VolunteerMatch
    starts_at: datetime
    ends_at: datetime
    station: Any
    region: str


def wanted(wishes: Wishes) -> list[Skill]:
    """Say which skills help at a visit."""
    found = {FOR[need] for need in wishes.needs if need in FOR}
    if wishes.language is not Language.MANDARIN:
        found.add(Skill.DIALECT)
    return [one for one in Skill if one in found]


@open_to(Permission.APPOINTMENTS_ATTEND)
def of_visit(actor: Actor, appointment_id: str, *, now: datetime) -> Companions:
    """Give who could come along to a visit of one's region, who was asked least first. Looking is put on record."""
    found, visit = _visit(actor, appointment_id)
    skills = wanted(Wishes.read(visit.wishes))
    states = _states(appointment_id)
    rows = [one for one in _near(visit) if set(one.skills) & set(skills) or one.id in states]
    those = [Candidate(one, _skill(one, skills), states.get(one.id, "")) for one in rows[:MOST]]
    audit.record(actor, "visit.companions_seen", f"appointment:{found.id}", now=now, seen=len(those))
    return Companions(found.reference, found.starts_at, skills, those)


@open_to(Permission.APPOINTMENTS_ATTEND)
def ask(actor: Actor, appointment_id: str, volunteer_id: str, *, now: datetime) -> VolunteerMatch:
    """Ask a volunteer along; whoever was asked already is not asked again."""
    found, visit = _visit(actor, appointment_id)
    skills = wanted(Wishes.read(visit.wishes))
    row = next((one for one in _near(visit) if one.id == volunteer_id), None)
    if row is None or not set(row.skills) & set(skills):
        raise NotFound("volunteer_unknown")
    if found.state != AppointmentState.BOOKED or now >= found.starts_at:
        raise Conflict("appointment_not_open")
    same = (VolunteerMatch.appointment_id == found.id, VolunteerMatch.volunteer_id == row.id)
    made = session().scalar(select(VolunteerMatch).where(*same))
    if made is not None and made.state != "over":
        return made
    made = made or VolunteerMatch(appointment_id=found.id, volunteer_id=row.id)
    made.skill, made.state, made.asked_by = _skill(row, skills).value, "asked", actor.id or ""
    made.asked_at, made.answered_at = now, None
    session().add(made)
    session().flush()
    audit.record(actor, "visit.companion_asked", f"appointment:{found.id}", now=now)
    due_at = quiet.waking(now, conventions.agreed().quiet)
    key = f"visit.companion_asked:{made.id}:{found.sequence}"
    outbox.put("visit.companion_asked", due_at=due_at, key=key, match=made.id)
    return made


@open_to(Audience.ANYONE)
def asked_of(actor: Actor, link: str, *, now: datetime) -> list[Asked]:
    """Give the visits a volunteer is asked along to and that lie ahead, to whoever has their link."""
    row = volunteers.mine(actor, link, now=now)
    asked = select(VolunteerMatch, HomeVisit, Appointment)
    asked = asked.join(HomeVisit, HomeVisit.appointment_id == VolunteerMatch.appointment_id)
    asked = asked.join(Appointment, Appointment.id == HomeVisit.appointment_id)
    ahead = (VolunteerMatch.volunteer_id == row.id, VolunteerMatch.state != "over", Appointment.starts_at > now)
    rows = session().execute(asked.where(*ahead).order_by(Appointment.starts_at)).all()
    if not rows:
        return []
    stations = {one.id: one for one in places.stations_by_id({one.Appointment.station_id for one in rows})}
    regions = places.regions({_township(one.HomeVisit) for one in rows})
    return [
        Asked(
            one.VolunteerMatch,
            one.Appointment.starts_at,
            one.Appointment.starts_at + _width(one.HomeVisit),
            stations[one.Appointment.station_id],
            regions[_township(one.HomeVisit)].full_name,
        )
        for one in rows
    ]


@open_to(Audience.ANYONE)
def answer(actor: Actor, link: str, match_id: str, *, accepts: bool, now: datetime) -> VolunteerMatch:
    """Say whether one comes along; whoever takes it back leaves a task, so that somebody else is found."""
    row = volunteers.mine(actor, link, now=now)
    asked = select(VolunteerMatch).where(VolunteerMatch.id == match_id, VolunteerMatch.volunteer_id == row.id)
    made = session().scalar(asked.with_for_update())
    if made is None or made.state == "over":
        raise NotFound("companion_over")
    found = session().get_one(Appointment, made.appointment_id)
    if now >= found.starts_at:
        raise NotFound("companion_over")
    takes_back = made.state == "accepted" and not accepts
    made.state, made.answered_at = "accepted" if accepts else "declined", now
    audit.record(actor, f"visit.companion_{made.state}", f"appointment:{found.id}", now=now)
    if takes_back:
        _task(found, f"companion_gone:{made.id}:{now:%d%H%M}", GONE.format(reference=found.reference), now)
    return made


def release(appointment_id: str, *, now: datetime) -> None:
    """Let everybody go who was asked along to a visit that is not at that time any more, and tell who said yes."""
    mine = (VolunteerMatch.appointment_id == appointment_id, VolunteerMatch.state.in_(("asked", "accepted")))
    found = session().get_one(Appointment, appointment_id)
    when = said(found.starts_at)
    for one in session().scalars(select(VolunteerMatch).where(*mine)).all():
        if one.state == "accepted":
            key = f"visit.companion_over:{one.id}:{found.sequence}"
            due_at = quiet.waking(now, conventions.agreed().quiet)
            outbox.put("visit.companion_over", due_at=due_at, key=key, volunteer=one.volunteer_id, when=when)
        one.state, one.answered_at = "over", now


@handles("volunteer.left")
def forget(payload: dict[str, Any], *, now: datetime) -> None:
    """End what a volunteer was asked, who has left; a visit they had said yes to needs somebody else."""
    volunteer_id = payload["volunteer"]
    mine = (VolunteerMatch.volunteer_id == volunteer_id, VolunteerMatch.state == "accepted")
    ahead = select(Appointment, VolunteerMatch.id).join(VolunteerMatch, VolunteerMatch.appointment_id == Appointment.id)
    for found, match_id in session().execute(ahead.where(*mine, Appointment.starts_at > now)).all():
        _task(found, f"companion_gone:{match_id}", GONE.format(reference=found.reference), now)
    over = {"state": "over", "answered_at": now}
    session().execute(update(VolunteerMatch).where(VolunteerMatch.volunteer_id == volunteer_id).values(**over))


@handles("visit.interpreter_wanted")
def propose(payload: dict[str, Any], *, now: datetime) -> None:
    """Have somebody be found for a visit whose team cannot do what is needed; not where it was changed since."""
    found = session().get_one(Appointment, payload["appointment"])
    visit = session().get(HomeVisit, found.id)
    if visit is None or found.sequence != payload["sequence"] or found.state != AppointmentState.BOOKED:
        return
    skills = "、".join(SKILLS[one] for one in wanted(Wishes.read(visit.wishes)))
    key = f"companion:{found.id}:{found.sequence}"
    _task(found, key, WANTED.format(reference=found.reference, skills=skills), now)


@handles("visit.companion_asked")
def tell_asked(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001  # the shape of a handler
    """Tell a volunteer that they are asked: when and where about, never to whom."""
    made = session().get_one(VolunteerMatch, payload["match"])
    row = session().get_one(Volunteer, made.volunteer_id)
    if made.state != "asked" or row.left_at is not None:
        return
    found, visit = (
        session().get_one(Appointment, made.appointment_id),
        session().get_one(HomeVisit, made.appointment_id),
    )
    where = places.division(_township(visit)).name
    told = {"when": said(found.starts_at), "where": where, "skill": SKILLS[Skill(made.skill)]}
    sms.send(row.phone, ASKED.format(**told, address=_address(row)))


@handles("visit.companion_over")
def tell_over(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001  # the shape of a handler
    """Tell a volunteer who had said yes that they need not come."""
    row = session().get_one(Volunteer, payload["volunteer"])
    if row.left_at is None:
        sms.send(row.phone, OVER.format(when=payload["when"], address=_address(row)))


def _visit(actor: Actor, appointment_id: str) -> tuple[Appointment, HomeVisit]:
    found = attendance.find(actor, appointment_id)
    visit = session().get(HomeVisit, found.id)
    if visit is None:
        raise NotFound("appointment_unknown")
    return found, visit


def _near(visit: HomeVisit) -> Sequence[Volunteer]:
    """Give the volunteers who were accepted and help where a visit is, whoever was asked least first."""
    steps = places.division(visit.division_code).steps
    times = select(func.count()).where(VolunteerMatch.volunteer_id == Volunteer.id).correlate(Volunteer)
    stands = (Volunteer.accepted_at.is_not(None), Volunteer.left_at.is_(None))
    here = select(Volunteer).where(*stands, Volunteer.division_code.in_(steps))
    return session().scalars(here.order_by(times.scalar_subquery(), Volunteer.accepted_at, Volunteer.id)).all()


def _states(appointment_id: str) -> Mapping[str, str]:
    asked = select(VolunteerMatch.volunteer_id, VolunteerMatch.state)
    mine = (VolunteerMatch.appointment_id == appointment_id, VolunteerMatch.state != "over")
    return {row.volunteer_id: row.state for row in session().execute(asked.where(*mine))}


def _skill(row: Volunteer, skills: Sequence[Skill]) -> Skill:
    """Name what somebody is asked for: the first of what is needed that they can do."""
    return next((one for one in skills if one.value in row.skills), Skill(row.skills[0]))


def _township(visit: HomeVisit) -> str:
    return visit.division_code[:9]


def _width(visit: HomeVisit) -> timedelta:
    return timedelta(minutes=visit.window_until - visit.window_from)


def _task(found: Appointment, key: str, note: str, now: datetime) -> None:
    due_at = max(now, min(now + FIND_WITHIN, found.starts_at))
    tasks.open(Ask(found.station_id, TaskReason.COMPANION, key, key, due_at, note=note), now=now)


def _address(row: Volunteer) -> str:
    return f"{settings.current().public_url}/volunteer/of/{row.link}"
