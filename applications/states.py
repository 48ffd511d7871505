"""The states of a case and what leads from one to the next (RULEBOOK 1.8). Pure."""

from __future__ import annotations

from enum import StrEnum

from core.errors import Conflict


class State(StrEnum):
    """Where a case stands."""

    SUBMITTED = "submitted"
    SUPPLEMENT_REQUIRED = "supplement_required"
    DEEMED_WITHDRAWN = "deemed_withdrawn"
    REDIRECTED = "redirected"
    PROVISIONAL_AID = "provisional_aid"
    UNDER_REVIEW = "under_review"
    GRANTED = "granted"
    REFUSED = "refused"
    ASSIGNED = "assigned"
    AGREEMENT_SIGNED = "agreement_signed"
    IN_PROGRESS = "in_progress"
    CLOSED = "closed"
    FOLLOWED_UP = "followed_up"
    TERMINATED = "terminated"
    OBJECTION_FILED = "objection_filed"
    UPHELD = "upheld"
    CORRECTION_ORDERED = "correction_ordered"
    WITHDRAWN = "withdrawn"


class EventKind(StrEnum):
    """What can happen to a case."""

    SUBMITTED = "submitted"
    OPENED = "opened"
    CALLED = "called"
    CALL_MISSED = "call_missed"
    TAKE_OVER_ASKED = "take_over_asked"
    TAKE_OVER_DECLINED = "take_over_declined"
    VERIFICATION_ASKED = "verification_asked"
    VERIFICATION_ANSWERED = "verification_answered"
    REVIEW_STARTED = "review_started"
    SUPPLEMENT_ASKED = "supplement_asked"
    SUPPLEMENT_SUPPLIED = "supplement_supplied"
    DEEMED_WITHDRAWN = "deemed_withdrawn"
    REDIRECTED = "redirected"
    PROVISIONAL_AID_GIVEN = "provisional_aid_given"
    GRANTED = "granted"
    REFUSED = "refused"
    ASSIGNED = "assigned"
    AGREEMENT_SIGNED = "agreement_signed"
    WORK_STARTED = "work_started"
    CLOSED = "closed"
    FOLLOWED_UP = "followed_up"
    TERMINATED = "terminated"
    OBJECTION_FILED = "objection_filed"
    OBJECTION_UPHELD = "objection_upheld"
    CORRECTION_ORDERED = "correction_ordered"
    WITHDRAWN = "withdrawn"


WITH_THE_AGENCY = frozenset({State.SUBMITTED, State.UNDER_REVIEW, State.PROVISIONAL_AID})
GRANTED_AND_OPEN = frozenset({State.GRANTED, State.ASSIGNED, State.AGREEMENT_SIGNED, State.IN_PROGRESS})
NOT_FINAL = WITH_THE_AGENCY | GRANTED_AND_OPEN | {State.SUPPLEMENT_REQUIRED, State.OBJECTION_FILED}

TRANSITIONS: dict[EventKind, tuple[frozenset[State], State]] = {
    EventKind.REVIEW_STARTED: (frozenset({State.SUBMITTED, State.PROVISIONAL_AID}), State.UNDER_REVIEW),
    EventKind.SUPPLEMENT_ASKED: (WITH_THE_AGENCY, State.SUPPLEMENT_REQUIRED),
    EventKind.SUPPLEMENT_SUPPLIED: (
        frozenset({State.SUPPLEMENT_REQUIRED, State.DEEMED_WITHDRAWN}),  # late, but within its days (`supplements`)
        State.SUBMITTED,
    ),
    EventKind.DEEMED_WITHDRAWN: (frozenset({State.SUPPLEMENT_REQUIRED}), State.DEEMED_WITHDRAWN),
    EventKind.REDIRECTED: (WITH_THE_AGENCY, State.REDIRECTED),
    EventKind.PROVISIONAL_AID_GIVEN: (frozenset({State.SUBMITTED, State.UNDER_REVIEW}), State.PROVISIONAL_AID),
    EventKind.GRANTED: (WITH_THE_AGENCY, State.GRANTED),
    EventKind.REFUSED: (WITH_THE_AGENCY, State.REFUSED),
    EventKind.ASSIGNED: (frozenset({State.GRANTED}), State.ASSIGNED),
    EventKind.AGREEMENT_SIGNED: (frozenset({State.ASSIGNED}), State.AGREEMENT_SIGNED),
    EventKind.WORK_STARTED: (frozenset({State.AGREEMENT_SIGNED}), State.IN_PROGRESS),
    EventKind.CLOSED: (frozenset({State.IN_PROGRESS}), State.CLOSED),
    EventKind.FOLLOWED_UP: (frozenset({State.CLOSED}), State.FOLLOWED_UP),
    EventKind.TERMINATED: (GRANTED_AND_OPEN, State.TERMINATED),
    EventKind.OBJECTION_FILED: (frozenset({State.REFUSED, State.TERMINATED}), State.OBJECTION_FILED),
    EventKind.OBJECTION_UPHELD: (frozenset({State.OBJECTION_FILED}), State.UPHELD),
    EventKind.CORRECTION_ORDERED: (frozenset({State.OBJECTION_FILED}), State.CORRECTION_ORDERED),
    EventKind.WITHDRAWN: (NOT_FINAL, State.WITHDRAWN),
}


def after(state: State, event: EventKind) -> State:
    """Give the state an event leads to.

    Raises `Conflict` when it cannot happen now. Events that move nothing (somebody looked) leave the state.
    """
    if event not in TRANSITIONS:
        return state
    sources, target = TRANSITIONS[event]
    if state not in sources:
        raise Conflict("state_does_not_allow", state=state.value, event=event.value)
    return target
