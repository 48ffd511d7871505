"""The anonymous pre-check: walk through the questions, keep the result under a short code (FEATURES A01)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select

from accounts import throttle
from applications import eligibility
from applications.eligibility import Walk
from applications.judgement import Judgement, from_json, to_json
from applications.models.precheck import PreCheck
from applications.rulebook import rulebook
from core.calendar import china_day
from core.crypto import blind_index
from core.db import session
from core.errors import Problem, Rejected
from core.identity import Actor, Audience, open_to
from core.jobs import recurs
from core.references import short_code, tidy

Answers = Mapping[str, Sequence[str]]
PURPOSE = "precheck.code"
DISPLAYED_CHARACTERS = 9  # 8 and a hyphen


@dataclass(frozen=True, slots=True)
class Saved:
    """A pre-check that was kept."""

    code: str
    answers: dict[str, tuple[str, ...]]
    judgement: Judgement
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Check:
    """Where somebody stands: how far their answers lead, and what came of them."""

    walk: Walk
    judgement: Judgement


@open_to(Audience.ANYONE)
def check(actor: Actor, answers: Answers, *, now: datetime, region: str | None = None) -> Check:  # noqa: ARG001  # anyone's
    """Go through the answers: the next question, or the outcome. Nothing is kept."""
    rules, day = rulebook(), china_day(now)
    walk = eligibility.walk(answers, rules, day, region=region)
    return Check(walk, eligibility.judge(walk.facts, rules, day))


@open_to(Audience.ANYONE)
def save(actor: Actor, answers: Answers, *, now: datetime, region: str | None = None) -> Saved:
    """Keep a finished pre-check for 30 days under a fresh code."""
    done = check(actor, answers, now=now, region=region)
    if done.walk.problems:
        raise Rejected(done.walk.problems)
    if done.walk.next is not None:
        raise Rejected((Problem("precheck_unfinished", done.walk.next.name),))
    code = short_code()
    kept = {question.name: list(values) for question, values in done.walk.asked}
    row = PreCheck(
        code_index=_index(code),
        answers={"region": [done.judgement.region], **kept},
        judgement=to_json(done.judgement),
        rules_version=done.judgement.rules_version,
        created_at=now,
        expires_at=now + timedelta(days=rulebook().limit("KEEP-PRECHECK").days),
    )
    session().add(row)
    session().flush()
    return _saved(code, row)


@open_to(Audience.ANYONE)
def find(actor: Actor, code: str, *, address: str, now: datetime) -> Saved | None:  # noqa: ARG001  # who has the code
    """Give a kept pre-check to whoever has its code; nothing where there is none (any more).

    Every try of an address is counted first, found or not: call it in a transaction that is kept.
    """
    throttle.count_address("precheck_code", address, now=now)
    row = _row(code, now)
    return _saved(tidy(code), row) if row else None


@open_to(Audience.ANYONE)
def forget(actor: Actor, code: str, *, address: str, now: datetime) -> bool:  # noqa: ARG001  # who has the code
    """Delete a kept pre-check at once. Say whether there was one."""
    throttle.count_address("precheck_code", address, now=now)
    row = _row(code, now)
    if row is None:
        return False
    session().delete(row)
    return True


def replay(saved: Saved) -> Walk:
    """Go through kept answers again, by the rules of the day they were judged on."""
    return eligibility.walk(saved.answers, rulebook(), saved.judgement.judged_on)


@recurs("precheck.expired", every=timedelta(days=1))
def forget_expired(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001  # the shape of a handler
    """Delete what nobody may open any more."""
    session().execute(delete(PreCheck).where(PreCheck.expires_at <= now))


def _row(code: str, now: datetime) -> PreCheck | None:
    plain = tidy(code)
    if len(plain) != DISPLAYED_CHARACTERS:
        return None
    found = select(PreCheck).where(PreCheck.code_index == _index(plain), PreCheck.expires_at > now)
    return session().scalars(found).one_or_none()


def _index(code: str) -> str:
    return blind_index(code, PURPOSE)


def _saved(code: str, row: PreCheck) -> Saved:
    answers = {name: tuple(values) for name, values in row.answers.items()}
    return Saved(code, answers, from_json(row.judgement), row.created_at, row.expires_at)
