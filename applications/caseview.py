"""A case as its applicant looks at it: a handful of statements compiled once, and nothing opened that is not shown."""

from __future__ import annotations

from collections.abc import Sequence
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


@dataclass(frozen=True)
class Case:
    """What a case consists of; what its own row says is found on it too."""

    row: Any
    events: Sequence[Any]
    notices: Sequence[Notice]
    letters: Sequence[Any]

    def __getattr__(self, name: str) -> Any:
        """Give what the row of the application says."""
        return getattr(self.row, name)

    @property
    def decision(self) -> Decided | None:
        """Give the decision, once there is one."""
        return Decided(*(getattr(self.row, f"decision_{name}") for name in Decided._fields)) if self._decided else None

    @property
    def pledge(self) -> Signed | None:
        """Give the pledge, if one was signed."""
        return Signed(*(getattr(self.row, f"pledge_{name}") for name in Signed._fields)) if self._signed else None

    @cached_property
    def judgement(self) -> Any:
        """Open what the rules made of it, where it is asked for."""
        return _judgement().all(case=self.row.id)[0].judgement

    @property
    def _decided(self) -> bool:
        return self.row.decision_kind is not None

    @property
    def _signed(self) -> bool:
        return self.row.pledge_sha256 is not None


def look(actor: Actor, reference: str) -> Any:
    """Find one's own case. Raises `NotFound` for a stranger's and for none alike (TRUST A2)."""
    if actor.kind is not ActorKind.CITIZEN or actor.id is None:
        raise NotFound  # staff open a case on the desk, where it is recorded
    row = _own().first(reference=reference, actor_id=actor.id)
    if row is None:
        raise NotFound
    return Case(row, _events().all(case=row.id), _notices(row.id), _letters().all(case=row.id))


def _notices(case: str) -> list[Notice]:
    found: dict[str, Notice] = {}
    for row in _asked().all(case=case):
        notice = found.setdefault(row.notice, Notice(row.issued_at, row.due_on, row.answered_at, []))
        notice.items.append(row)
    return list(found.values())


CASE: BindParameter[Any] = bindparam("case")
_SHOWN = ("id", "reference", "applicant_id", "region", "agency_name", "state", "matter", "received_at", "answers")


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
