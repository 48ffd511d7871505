"""Cases that never were, for trying the desk and the progress page out. Never outside demo and development.

They are made the way real ones are: written, signed, handed in, asked about, decided. Nobody is texted about them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import delete, select

from accounts import demo as people
from accounts.id_number import check_character
from applications import checklist, decisions, desk, drafts, journey, signing, submission, supplements, uploads
from applications.judgement import Route
from applications.models.application import Application
from applications.models.draft import Draft
from applications.pledge import SignatureMethod
from applications.signing import Wish
from applications.steps import StepKind
from applications.supplements import Missing
from core import settings
from core.calendar import china_day, china_midnight
from core.db import keep, reading, session
from core.identity import Actor
from core.outbox import Errand

FORMS = Path(__file__).parent / "forms"
OPENING = timedelta(hours=9, minutes=30)
NEVER_GIVEN = "000"  # the running number that no real identity number has


@dataclass(frozen=True, slots=True)
class Told:
    """A made-up case: whose it is, when it came, what was answered, and what staff did about it."""

    of: int
    received_ago: int
    answers: Mapping[str, str | list[str]]
    papers: Sequence[str]
    birth: str = ""
    deadline_in: int | None = None
    acts: Sequence[Mapping[str, Any]] = ()


def load(*, now: datetime) -> int:
    """Put the made-up cases in where there are no cases yet, each in a transaction; say how many.

    Doing it twice changes nothing.
    """
    if not settings.current().is_demo:
        raise RuntimeError("made-up cases are not for production")
    with reading():
        if session().scalar(select(Application.id).limit(1)) is not None:
            return 0
    cases = [Told(**one) for one in tomllib.loads((FORMS / "demo.toml").read_text(encoding="utf-8"))["case"]]
    for told in cases:
        _load(told, now)
    return len(cases)


def _load(told: Told, now: datetime) -> None:
    """Make one case. Files are made anew outside the unit of work: that takes its time."""
    picture = (FORMS / "demo.png").read_bytes()  # plainly no document
    with reading():
        owner = people.citizen(people.PHONES[told.of])
    files = {item: uploads.prepare(owner, uploads.Purpose.EVIDENCE, picture) for item in told.papers}
    keep(lambda: make(owner, told, files, now=now))


def make(owner: Actor, told: Told, files: Mapping[str, uploads.Prepared], *, now: datetime) -> Application:
    """Write a case, hand it in, and let staff do what they did."""
    came = _morning(told.received_ago, now)
    draft = drafts.start(owner, drafts.Start(), now=came)
    _fill(owner, draft, _answers(told, came), now=came)
    titles = {one.code: one.title for one in checklist.items_for(drafts.situation(draft, now=came))}
    for item, file in files.items():
        uploads.record(owner, file, f"{titles[item]}（演示）.png", now=came)
        session().flush()
        drafts.attach(owner, draft.id, file.token, item=item, now=came)
    if told.answers.get("verification") == Route.PLEDGE:
        _sign(owner, draft, str(told.answers["name"]), now=came)
    session().flush()
    application = submission.submit(owner, draft.id, channel="portal", now=came)
    for act in told.acts:
        ACTS[act["act"]](people.member(act["by"]), application.reference, act, _morning(act["ago"], now))
    session().flush()
    session().execute(delete(Errand).where(Errand.kind.startswith("application."), Errand.done_at.is_(None)))
    return application


def _morning(days_ago: int, now: datetime) -> datetime:
    return (china_midnight(china_day(now) - timedelta(days=days_ago)) + OPENING).astimezone(UTC)


def _answers(told: Told, came: datetime) -> dict[str, list[str]]:
    said = {name: [value] if isinstance(value, str) else value for name, value in told.answers.items()}
    if told.birth:
        digits = told.birth + NEVER_GIVEN
        said["id_number"] = [digits + check_character(digits)]
    if told.deadline_in is not None:
        said["deadline_on"] = [(china_day(came) + timedelta(days=told.deadline_in)).isoformat()]
    return said


def _fill(owner: Actor, draft: Draft, said: Mapping[str, Sequence[str]], *, now: datetime) -> None:
    """Answer page by page, as the pages come."""
    done: set[str] = set()
    while pages := [one for one in journey.steps_for(drafts.situation(draft, now=now)) if one.name not in done]:
        page = pages[0]
        done.add(page.name)
        if page.kind is not StepKind.QUESTIONS:
            continue
        asked = journey.questions_of(page, drafts.situation(draft, now=now))
        given = {question.name: said.get(question.name, []) for question in asked}
        saved = drafts.save_step(owner, draft.id, page.name, given, base_version=draft.version, now=now)
        if saved.problems:
            raise RuntimeError(f"a made-up case does not fit the form: {page.name} {saved.problems}")


def _sign(owner: Actor, draft: Draft, name: str, *, now: datetime) -> None:
    shown = signing.edition_of(drafts.situation(draft, now=now))
    signing.sign(owner, draft.id, Wish(shown.version, shown.codes, SignatureMethod.TYPED, name), now=now)


def _open(actor: Actor, reference: str, _act: Mapping[str, Any], at: datetime) -> None:
    desk.opened(actor, reference, now=at)


def _ask(actor: Actor, reference: str, act: Mapping[str, Any], at: datetime) -> None:
    missing = [Missing(code, note) for code, note in act["items"].items()]
    supplements.ask(actor, reference, missing, now=at)


def _grant(actor: Actor, reference: str, act: Mapping[str, Any], at: datetime) -> None:
    decisions.grant(actor, reference, act["reasons"], act["words"], now=at)


def _refuse(actor: Actor, reference: str, act: Mapping[str, Any], at: datetime) -> None:
    decisions.refuse(actor, reference, act["reasons"], act["words"], now=at)


ACTS: dict[str, Callable[[Actor, str, Mapping[str, Any], datetime], None]] = {
    "open": _open,
    "supplement": _ask,
    "grant": _grant,
    "refuse": _refuse,
}
