"""How somebody found it: one tap, by the link in a text, without signing in (FEATURES B31, F15).

Staff are never shown who gave which score. A low one opens a task that says what was said and not by whom, unless
the person asks to be rung; the answer reaches them by the same link.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from appointments import queries, tasks
from appointments.aftercare.rules import end_of_working_day, rules
from appointments.models import Appointment
from appointments.models.aftercare import Rating
from appointments.models.task import Task
from appointments.offers import ServiceKind, menu
from appointments.tasks import Ask, TaskReason
from core.db import session
from core.errors import Conflict, Malformed, NotFound, checklist
from core.identity import Actor, Audience, Permission, open_to
from locator import policy as places
from locator import shown

SCORES: Mapping[int, str] = {5: "非常满意", 4: "满意", 3: "基本满意", 2: "不满意", 1: "非常不满意"}
LONGEST_WORDS = 300
NOTE = "{service}，{score}。{words}"
NO_NAME = "（没有留名：回复后对方会收到短信）"


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody says of it."""

    score: int
    words: str = ""
    wants_call: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A rating together with the appointment it is of, at a moment."""

    rating: Rating
    appointment: Appointment
    now: datetime

    @property
    def can_rate(self) -> bool:
        """Say whether it can be given, or still changed."""
        first = self.rating.rated_at
        return first is None or self.now <= first + timedelta(hours=rules().rating["change_hours"])

    @property
    def is_low(self) -> bool:
        """Say whether it is so low that somebody answers."""
        return (self.rating.score or 5) <= rules().rating["low"]


@open_to(Audience.ANYONE)
def asked(actor: Actor, link: str, *, now: datetime) -> Asked:  # noqa: ARG001  # whoever has the link
    """Give what a link asks about; nothing once it is too long ago."""
    index = queries.link_index(link)
    rows = select(Rating, Appointment).join(Appointment, Rating.appointment_id == Appointment.id)
    found = session().execute(rows.where(Appointment.link_index == index)).one_or_none()
    if found is None or found.Rating.asked_at + timedelta(days=rules().rating["days"]) < now:
        raise NotFound("rating_link_unknown")
    return Asked(found.Rating, found.Appointment, now)


@open_to(Audience.ANYONE)
def rate(actor: Actor, link: str, given: Given, *, now: datetime) -> Asked:
    """Take a score; for a while it may be changed. A low one has a person answer by a set time."""
    found = asked(actor, link, now=now)
    if given.score not in SCORES:
        raise Malformed
    with checklist() as check:
        check.require(len(given.words) <= LONGEST_WORDS, "rating_words_long", "words", limit=LONGEST_WORDS)
    session().refresh(found.rating, with_for_update=True)
    if not found.can_rate:
        raise Conflict("rating_settled")
    rating = found.rating
    rating.score, rating.words, rating.wants_call = given.score, given.words.strip(), given.wants_call
    rating.rated_at = rating.rated_at or now
    if found.is_low:
        _have_it_answered(found, now)
    else:
        tasks.drop(_key(rating), now=now)
    return found


def _have_it_answered(found: Asked, now: datetime) -> None:
    rating, appointment = found.rating, found.appointment
    due_at = end_of_working_day(shown.working_days(), rules().rating["answer_working_days"], now=now)
    task = tasks.open(
        Ask(appointment.station_id, TaskReason.LOW_RATING, "rating", _key(rating), due_at),
        now=now,
    )
    said = {"service": menu()[ServiceKind(appointment.service)].label, "score": SCORES[rating.score or 1]}
    task.name = appointment.name if rating.wants_call else NO_NAME
    task.phone = appointment.phone if rating.wants_call else ""
    task.note = NOTE.format(**said, words=rating.words)


def _key(rating: Rating) -> str:
    return f"low_rating:{rating.appointment_id}"


def answer(task: Task, *, now: datetime) -> Appointment:
    """Keep what staff answered with the rating it answers, and say whom to tell."""
    rating = session().get_one(Rating, task.key.partition(":")[2])
    rating.answer, rating.answered_at = task.answer, now
    return session().get_one(Appointment, rating.appointment_id)


@dataclass(frozen=True, slots=True)
class Figures:
    """How people of a region found it: how many were asked and answered, and how many gave each score.

    `scores` is empty where so few answered that one might guess who did.
    """

    asked: int
    answered: int
    scores: Mapping[int, int]


@open_to(Permission.APPOINTMENTS_ATTEND, Permission.STATISTICS_READ)
def figures(actor: Actor, *, now: datetime, days: int = 90) -> Figures:
    """Count ratings of one's region; how many never answered is part of it (F15)."""
    here = Permission.APPOINTMENTS_ATTEND if actor.may(Permission.APPOINTMENTS_ATTEND) else Permission.STATISTICS_READ
    within = (Rating.station_id.in_(places.ids_kept_by(actor, here)), Rating.asked_at >= now - timedelta(days=days))
    counted = select(Rating.score, func.count().label("number")).where(*within).group_by(Rating.score)
    by_score: dict[int | None, int] = {row.score: row.number for row in session().execute(counted)}
    answered = sum(number for score, number in by_score.items() if score is not None)
    is_enough = answered >= rules().rating["least_shown"]
    scores = {score: by_score.get(score, 0) for score in SCORES} if is_enough else {}
    return Figures(sum(by_score.values()), answered, scores)
