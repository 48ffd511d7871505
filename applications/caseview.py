"""A case as its applicant looks at it: a handful of statements compiled once, and nothing opened that is not shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, cached_property
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, bindparam, select

from applications import policy
from applications.models.application import Application
from applications.models.decision import Decision
from applications.models.event import CaseEvent
from applications.models.letter import Letter
from applications.models.pledge import Pledge
from applications.models.supplement import SupplementItem, SupplementNotice
from applications.queries import SOMEBODY
from core.errors import NotFound
from core.identity import Actor, ActorKind
from core.rows import Rows


class Decided(NamedTuple):
    """The decision."""

    kind: str
    reasons: Sequence[str]
    explanation: str
    decided_at: datetime
    decider_name: str


class Signed(NamedTuple):
    """The pledge, without what it says."""

    signed_at: datetime
    method: str
    template_version: str
    sha256: str


class Notice(NamedTuple):
    """What was asked for at once."""

    issued_at: datetime
    due_on: date
    answered_at: datetime | None
    items: list[Any]


@dataclass
class Case:
    """What a case consists of."""

    id: str
    reference: str
    applicant_id: str
    region: str
    agency_name: str
    state: str
    matter: str
    received_at: datetime
    answers: Mapping[str, Any]
    decision: Decided | None
    pledge: Signed | None
    events: Sequence[Any]
    notices: Sequence[Notice]
    letters: Sequence[Any]

    @cached_property
    def judgement(self) -> Any:
        """Open what the rules made of it, where it is asked for."""
        return _judgement().all(case=self.id)[0].judgement


def look(actor: Actor, reference: str) -> Any:
    """Find one's own case. Raises `NotFound` for a stranger's and for none alike (TRUST A2)."""
    if actor.kind is not ActorKind.CITIZEN or actor.id is None:
        raise NotFound  # staff open a case on the desk, where it is recorded
    row = _own().first(reference=reference, actor_id=actor.id)
    if row is None:
        raise NotFound
    decision = Decided(*row[_DECIDED]) if row.decision_kind is not None else None
    pledge = Signed(*row[_SIGNED]) if row.pledge_sha256 is not None else None
    whole = decision, pledge, _events().all(case=row.id), _notices(row.id), _letters().all(case=row.id)
    return Case(*(*row[_ITSELF], *whole))


def _notices(case: str) -> list[Notice]:
    found: dict[str, Notice] = {}
    for row in _asked().all(case=case):
        notice = found.setdefault(row.notice, Notice(row.issued_at, row.due_on, row.answered_at, []))
        notice.items.append(row)
    return list(found.values())


CASE: BindParameter[Any] = bindparam("case")
_SHOWN = ("id", "reference", "applicant_id", "region", "agency_name", "state", "matter", "received_at", "answers")
_ITSELF = slice(len(_SHOWN))
_DECIDED = slice(_ITSELF.stop, _ITSELF.stop + len(Decided._fields))
_SIGNED = slice(_DECIDED.stop, _DECIDED.stop + len(Signed._fields))


@cache
def _own() -> Rows:
    columns = [
        *(getattr(Application, name) for name in _SHOWN),
        *(getattr(Decision, name).label(f"decision_{name}") for name in Decided._fields),
        *(getattr(Pledge, name).label(f"pledge_{name}") for name in Signed._fields),
    ]
    joined = select(*columns).select_from(Application)
    joined = joined.outerjoin(Decision, Decision.application_id == Application.id)
    joined = joined.outerjoin(Pledge, Pledge.application_id == Application.id)
    return Rows(joined.where(Application.reference == bindparam("reference"), policy.visible_to(SOMEBODY)))


@cache
def _judgement() -> Rows:
    return Rows(select(Application.judgement).where(Application.id == CASE))


@cache
def _events() -> Rows:
    said = select(CaseEvent.kind, CaseEvent.state, CaseEvent.at, CaseEvent.actor_name)
    return Rows(said.where(CaseEvent.application_id == CASE).order_by(CaseEvent.position))


@cache
def _letters() -> Rows:
    said = select(Letter.id, Letter.kind, Letter.title, Letter.number, Letter.issued_at, Letter.sha256)
    return Rows(said.where(Letter.application_id == CASE).order_by(Letter.issued_at, Letter.kind.desc()))


@cache
def _asked() -> Rows:
    notice, item = SupplementNotice, SupplementItem
    said = select(
        notice.id.label("notice"),
        notice.issued_at,
        notice.due_on,
        notice.answered_at,
        *(item.id, item.code, item.note, item.explanation, item.supplied_at),
    )
    said = said.join(item, item.notice_id == notice.id).where(notice.application_id == CASE)
    return Rows(said.order_by(notice.issued_at, notice.id, item.position))
