"""Cases whose time is over: who it was and what it was about go, a row for figures stays (TRUST P6, RULEBOOK 6.3).

What was granted is kept as the law of archives says; a place that knows its term puts `KEEP-GRANTED` into its rules.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select, update

from applications.clock import add_months
from applications.models.application import Application
from applications.models.assistance import AssistanceRequest
from applications.models.decision import Decision
from applications.models.event import CaseEvent
from applications.models.evidence import Evidence, Upload
from applications.models.finding import PledgeFinding
from applications.models.letter import Letter
from applications.models.pledge import Pledge
from applications.models.supplement import SupplementItem, SupplementNotice
from applications.rulebook import rulebook
from applications.states import State
from core import audit, outbox
from core.calendar import china_day, china_midnight
from core.db import session
from core.identity import SYSTEM
from core.jobs import recurs

AT_ONCE = 100  # in one unit of work; what is left over is an errand of its own
TERMS = {
    "KEEP-SETTLED": (State.REFUSED, State.WITHDRAWN, State.DEEMED_WITHDRAWN, State.REDIRECTED, State.UPHELD),
    "KEEP-GRANTED": (State.CLOSED, State.FOLLOWED_UP, State.TERMINATED),
}


@recurs("application.retention", every=timedelta(days=1))
def look(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001  # the shape of a handler
    """Forget the cases whose term is over, batch by batch."""
    limits = rulebook().limits
    for term, states in TERMS.items():
        if term in limits:
            before = china_midnight(add_months(china_day(now), -limits[term].days))
            if len(_forget(_over(states, before), now=now)) == AT_ONCE:
                outbox.put("application.retention", due_at=now)


def _over(states: Iterable[State], before: datetime) -> list[Application]:
    last = (
        select(CaseEvent.application_id)
        .group_by(CaseEvent.application_id)
        .having(func.max(CaseEvent.at) < before)
        .scalar_subquery()
    )
    wanted = select(Application).where(
        Application.state.in_([state.value for state in states]),
        Application.forgotten_at.is_(None),
        Application.received_at < before,
        Application.id.in_(last),
    )
    return list(session().scalars(wanted.order_by(Application.received_at).limit(AT_ONCE)))


def _forget(over: list[Application], *, now: datetime) -> list[Application]:
    ids = [one.id for one in over]
    _forget_papers(ids)
    _forget_words(ids)
    for one in over:
        one.answers, one.judgement, one.applicant_name, one.id_number_index = {}, {}, "", None
        one.forgotten_at = now
        audit.record(SYSTEM, "application.forgotten", f"application:{one.id}", now=now)
    return over


def _forget_papers(ids: list[str]) -> None:
    """Let files hang loose for the sweep; take letters and pledges away. Their hashes stay in the audit record."""
    files = select(Evidence.upload_id).where(Evidence.application_id.in_(ids))
    drawings = select(Pledge.signature_upload_id).where(Pledge.application_id.in_(ids))
    loose = update(Upload).where(Upload.id.in_(files) | Upload.id.in_(drawings)).values(attached_at=None)
    session().execute(loose, execution_options={"synchronize_session": False})
    for table in (Evidence, Letter, Pledge):
        session().execute(delete(table).where(table.application_id.in_(ids)))


def _forget_words(ids: list[str]) -> None:
    notices = select(SupplementNotice.id).where(SupplementNotice.application_id.in_(ids))
    for wanted in (
        update(SupplementItem).where(SupplementItem.notice_id.in_(notices)).values(note="", explanation=None),
        update(AssistanceRequest).where(AssistanceRequest.application_id.in_(ids)).values(about="", words=""),
        update(Decision).where(Decision.application_id.in_(ids)).values(explanation=""),
        update(PledgeFinding)
        .where(PledgeFinding.application_id.in_(ids))
        .values(reason="", explanation=None, lifted_because=None),
    ):
        session().execute(wanted, execution_options={"synchronize_session": False})
