"""What we hold about somebody in this slice, for them to take away: words, papers and files (FEATURES G08, PIPL 45)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from applications import looks, policy
from applications.models.application import Application
from applications.models.draft import Draft
from applications.models.evidence import Evidence
from applications.models.letter import Letter
from applications.models.supplement import SupplementNotice
from core.db import session
from core.identity import Actor, Audience, open_to

WHOLE = (
    selectinload(Application.events),
    selectinload(Application.pledge),
    selectinload(Application.notices).selectinload(SupplementNotice.items),
    selectinload(Application.decision),
    selectinload(Application.letters),
)
CASE = ("reference", "state", "matter", "agency_name", "channel", "received_at", "answers", "judgement", "rule_version")
EVENT = ("kind", "state", "at", "actor_name", "legal_basis")
ITEM = ("code", "note", "explanation", "supplied_at")
DECISION = ("kind", "reasons", "explanation", "decided_at", "decider_name")
LETTER = ("number", "title", "issued_at", "sha256")
LOOK = ("act", "field", "reason", "at", "times", "office", "titles")
DRAFT = ("answers", "created_at", "saved_at", "expires_at")


class File(NamedTuple):
    """A file as it is stored, under the name it is given."""

    name: str
    key: str


class Taken(NamedTuple):
    """All of it: what is written, letters to be set, files to be read."""

    said: dict[str, Any]
    letters: Sequence[Letter]
    files: Sequence[File]


@open_to(Audience.CITIZEN)
def mine(actor: Actor) -> Taken:
    """Give all of it, as it is kept: one's own cases and drafts, and nobody else's."""
    cases = list(session().scalars(select(Application).where(policy.visible_to(actor)).options(*WHOLE)))
    drafts = session().scalars(select(Draft).where(policy.drafts_of(actor), Draft.submitted_at.is_(None)))
    said = {"applications": [_case(actor, one) for one in cases], "drafts": [_of(one, DRAFT) for one in drafts]}
    return Taken(said, [letter for one in cases for letter in one.letters], _files(actor))


def _case(actor: Actor, one: Application) -> dict[str, Any]:
    return {
        **_of(one, CASE),
        "events": [_of(event, EVENT) for event in one.events],
        "asked_for": [_of(item, ITEM) for notice in one.notices for item in notice.items],
        "decision": _of(one.decision, DECISION) if one.decision else None,
        "pledge": {"sha256": one.pledge.sha256, "signed": one.pledge.signed} if one.pledge else None,
        "letters": [_of(letter, LETTER) for letter in one.letters],
        "looked_at_by": [_of(look, LOOK) for look in looks.at(actor, one)],
    }


def _files(actor: Actor) -> list[File]:
    cases = select(Application.id).where(policy.visible_to(actor))
    drafts = select(Draft.id).where(policy.drafts_of(actor))
    theirs = Evidence.application_id.in_(cases) | Evidence.draft_id.in_(drafts)
    rows = session().scalars(
        select(Evidence).where(theirs).options(joinedload(Evidence.upload)).order_by(Evidence.created_at, Evidence.id)
    )
    return [
        File(
            f"{number:03}-{row.item[:40].replace(':', '-')}{ENDINGS.get(row.upload.media_type, '')}",
            row.upload.master_key,
        )
        for number, row in enumerate(rows, start=1)
    ]


def _of(row: Any, fields: tuple[str, ...]) -> dict[str, Any]:
    return {field: getattr(row, field) for field in fields}


ENDINGS = {"image/jpeg": ".jpg", "image/png": ".png", "application/pdf": ".pdf"}
