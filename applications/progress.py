"""Progress of a case, computed from the record of events, so that it cannot disagree with it. Pure.

FEATURES A27 and F03, RULEBOOK 1.6.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple, Protocol

from applications.clock import Deadline, LegalClock, Span
from applications.states import NOT_FINAL, TRANSITIONS, WITH_THE_AGENCY, EventKind, State


class Happened(Protocol):
    """What progress needs to know of an event."""

    kind: str
    state: str
    at: datetime
    actor_name: str


class Turn(StrEnum):
    """Whose turn it is."""

    AGENCY = "agency"
    APPLICANT = "applicant"
    LAWYER = "lawyer"
    NOBODY = "nobody"


class Entry(NamedTuple):
    """One line of the timeline: what happened, or what comes next (`at` is empty then, `due` the last day)."""

    kind: str
    at: datetime | None = None
    by: str = ""
    due: date | None = None
    is_current: bool = False


class Progress(NamedTuple):
    """How a case stands: dates, whose turn it is, what happened and what comes next."""

    state: State
    received_at: datetime
    decision: Deadline
    lawyer: Deadline | None
    turn: Turn
    entries: tuple[Entry, ...]

    @property
    def due_on(self) -> date | None:
        """Give the last lawful day of what the agency owes now."""
        if self.turn is not Turn.AGENCY:
            return None
        return self.lawyer.legal if self.lawyer else self.decision.legal


TURNS = {
    State.SUBMITTED: Turn.AGENCY,
    State.UNDER_REVIEW: Turn.AGENCY,
    State.PROVISIONAL_AID: Turn.AGENCY,
    State.SUPPLEMENT_REQUIRED: Turn.APPLICANT,
    State.GRANTED: Turn.AGENCY,
    State.OBJECTION_FILED: Turn.AGENCY,
    State.ASSIGNED: Turn.LAWYER,
    State.AGREEMENT_SIGNED: Turn.LAWYER,
    State.IN_PROGRESS: Turn.LAWYER,
}
WAITING = frozenset({State.SUPPLEMENT_REQUIRED})
SHOWN = frozenset(EventKind) - {EventKind.OPENED}


def of(events: Sequence[Happened], clock: LegalClock, *, now: datetime) -> Progress:
    """Work out how a case stands from its events, the first of which is its submission."""
    state = State(events[-1].state)
    received_at = events[0].at
    stopped = stops(events)
    decided = _moment(events, EventKind.GRANTED, EventKind.REFUSED)
    decision = clock.decision(received_at, now=decided or now, stopped=stopped)
    granted = _moment(events, EventKind.GRANTED)
    lawyer = clock.due("TL-ASG", granted, now=now) if granted else None
    return Progress(
        state=state,
        received_at=received_at,
        decision=decision,
        lawyer=lawyer,
        turn=TURNS.get(state, Turn.NOBODY),
        entries=(*_past(events), *_ahead(state, decision, lawyer)),
    )


def stops(events: Sequence[Happened]) -> tuple[Span, ...]:
    """Find when the review clock stood still (TL-STOP): while papers, or an office elsewhere, are waited for."""
    waits = ((EventKind.SUPPLEMENT_ASKED, _moves), (EventKind.VERIFICATION_ASKED, _ends_verification))
    return tuple(span for begins, ends in waits for span in _spans(events, begins, ends))


def _spans(events: Sequence[Happened], begins: EventKind, ends: Callable[[Happened], bool]) -> list[Span]:
    spans: list[Span] = []
    for event in events:
        if event.kind == begins:
            spans.append(Span(event.at))
        elif spans and spans[-1].end is None and ends(event):
            spans[-1] = Span(spans[-1].start, event.at)
    return spans


def _moves(event: Happened) -> bool:
    return event.kind in TRANSITIONS and event.kind != EventKind.DEEMED_WITHDRAWN  # what is missing may still come


def _ends_verification(event: Happened) -> bool:
    return event.kind == EventKind.VERIFICATION_ANSWERED or State(event.state) not in WITH_THE_AGENCY | WAITING


def _past(events: Sequence[Happened]) -> list[Entry]:
    return [Entry(event.kind, at=event.at, by=event.actor_name) for event in events if event.kind in SHOWN]


def _ahead(state: State, decision: Deadline, lawyer: Deadline | None) -> list[Entry]:
    if state not in NOT_FINAL:
        return []
    if state is State.SUPPLEMENT_REQUIRED:
        return [Entry("to_supply", is_current=True), Entry("to_decide", due=decision.target)]
    if state is State.GRANTED and lawyer:
        return [Entry("to_assign", due=lawyer.target, is_current=True)]
    if TURNS.get(state) is Turn.AGENCY:
        return [Entry("to_decide", due=decision.target, is_current=True), Entry("to_assign")]
    return []


def _moment(events: Sequence[Happened], *kinds: EventKind) -> datetime | None:
    for event in reversed(events):
        if event.kind in kinds:
            return event.at
    return None
