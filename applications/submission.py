"""Handing an application in: once, whole, with everything that is missing said at once (RULEBOOK 1.8, P-3, P-6)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from applications import (
    agencies,
    cases,
    checklist,
    clock,
    drafts,
    journey,
    letter_texts,
    letters,
    queries,
    signing,
    uploads,
)
from applications.journey import Situation
from applications.judgement import to_json
from applications.letter_texts import Paper
from applications.models.application import ORDINARY_LANE, PRIORITY_LANE, URGENT_LANE, Application
from applications.models.draft import Draft
from applications.models.evidence import Evidence
from applications.models.pledge import Pledge
from applications.states import EventKind, State
from core import outbox, references
from core.calendar import china_day
from core.crypto import blind_index
from core.db import session
from core.errors import Checklist, Conflict
from core.errors import checklist as gathered
from core.identity import Actor, Audience, open_to

NOT_VERIFIED = "NONE"
ID_NUMBER = "person.id_number"  # the purpose of the blind index
LEGAL_BASIS = "LAL 43"


@open_to(Audience.CITIZEN)
def submit(actor: Actor, draft_id: str, *, channel: str, now: datetime) -> Application:
    """Hand a draft in. A draft that was handed in already answers with the application it became.

    Raises `Rejected` with everything that is missing, step by step.
    """
    draft = queries.draft(actor, draft_id, to_change=True)
    if draft.submitted_at is not None:
        return _handed_in(draft)
    here = drafts.situation(draft, now=now)
    papers = uploads.of_draft(draft.id)
    pledge = signing.current(draft.id, here) if journey.chose_pledge(here) else None
    with gathered() as check:
        _check_steps(check, here)
        _check_papers(check, here, {paper.item for paper in papers})
        check.require(pledge or not journey.chose_pledge(here), "pledge_unsigned", "pledge")
    application = _application(actor, draft, here, channel, now)
    session().add(application)
    session().flush()
    _hand_over(draft, application, pledge, now)
    cases.happen(application, EventKind.SUBMITTED, actor, now=now, legal_basis=LEGAL_BASIS)
    _acknowledge(application, papers, pledge, here, now=now)
    return application


def _handed_in(draft: Draft) -> Application:
    found = queries.submitted_from(draft.id)
    if found is None:
        raise Conflict("draft_handed_in")
    return found


def _check_steps(check: Checklist, here: Situation) -> None:
    for step in journey.steps_for(here):
        check.require(not journey.missing(step, here), "step_unfinished", step.name, title=step.title)


def _check_papers(check: Checklist, here: Situation, handed_in: Collection[str]) -> None:
    for item in checklist.missing(here, handed_in):
        check.require(False, "evidence_missing", "evidence", title=item.title)


def _application(actor: Actor, draft: Draft, here: Situation, channel: str, now: datetime) -> Application:
    given = {name: draft.answers[name] for name in _asked(here) if name in draft.answers}
    number = given.get("id_number")
    urgent_until = _urgent_until(here)
    groups = list(given.get("priority_groups") or ())
    return Application(
        reference=references.fresh("FY"),
        draft_id=draft.id,
        applicant_id=actor.id,
        region=given["agency"],
        agency_name=agencies.name_of(given["agency"]),
        state=State.SUBMITTED.value,
        matter=here.judgement.matter or given["matter"],
        groups=groups,
        verification=given.get("verification", NOT_VERIFIED),
        urgent_until=urgent_until,
        lane=_lane(urgent_until, groups),
        answers={**given, "discreet": here.discreet},
        applicant_name=given["name"],
        id_number_index=blind_index(number, ID_NUMBER) if number else None,
        judgement=to_json(here.judgement),
        rule_version=here.judgement.rules_version,
        channel=channel,
        received_at=now,
    )


def _asked(here: Situation) -> list[str]:
    """Name the questions this person was asked: answers to others, given before something changed, stay behind."""
    return [name for step in journey.steps_for(here) for name in step.names]


def _urgent_until(here: Situation) -> date | None:
    """Say until when aid cannot wait; today where something must be preserved at once (TL-URG)."""
    if not here.judgement.urgent:
        return None
    named = here.answers.get("deadline_on")
    if here.answers.get("preservation_needed") or not named:
        return here.on
    return date.fromisoformat(named)


def _lane(urgent_until: date | None, groups: Collection[str]) -> int:
    if urgent_until is not None:
        return URGENT_LANE
    return PRIORITY_LANE if groups else ORDINARY_LANE


def _hand_over(draft: Draft, application: Application, pledge: Pledge | None, now: datetime) -> None:
    """Let papers and pledge be the application's, and keep the answers in one place only (PIPL 6)."""
    uploads.hand_over(draft.id, application.id)
    if pledge is not None:
        pledge.application_id = application.id
    draft.submitted_at, draft.answers, draft.changed_in = now, {}, {}


def _acknowledge(
    application: Application, papers: Collection[Evidence], pledge: Pledge | None, here: Situation, *, now: datetime
) -> None:
    """Give the receipt (form 005) and a copy of the pledge, and have the number sent."""
    decide_by = clock.decided_by(china_day(now)).target
    named = {item.code: item.title for item in checklist.items_for(here)}
    listed = [Paper(named.get(one.item, one.item), one.upload.name, one.upload.sha256) for one in papers]
    blocks = letter_texts.receipt(application.reference, listed, decide_by=decide_by, has_pledge=pledge is not None)
    letters.issue(application, letters.LetterKind.RECEIPT, blocks, now=now)
    if pledge is not None:
        letters.issue(
            application, letters.LetterKind.PLEDGE, letter_texts.pledge(pledge.signed, pledge.sha256), now=now
        )
    outbox.put(
        "application.submitted",
        due_at=now,
        key=f"application.submitted:{application.id}",
        application_id=application.id,
    )
