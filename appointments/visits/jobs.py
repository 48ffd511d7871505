"""Errands of visits: texts, the pace of the roads, and forgetting where people live."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select, update

from appointments import circuit
from appointments.models import Appointment
from appointments.models.home_visit import HomeVisit, VisitRequest
from appointments.models.team import VisitAbsence
from appointments.visits import handing, learning, requests, telling
from appointments.visits.roster import COUNTY_DIGITS
from appointments.visits.rules import agreed
from core.calendar import china_day
from core.db import session
from core.jobs import handles, recurs

ABSENCE_KEPT = timedelta(days=180)  # of who was away when: the term of logs (RULEBOOK 6.3)
NOWHERE = {"lat": None, "lon": None, "exact": False}
NOTHING = {"needs": [], "language": "mandarin", "woman": False, "specialty": None, "half_day": None}


@handles("visit.visitee_told")
def tell_visitee(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001  # the shape of a handler
    """Tell whoever is visited that somebody ordered it for them, unless it was changed once more meanwhile."""
    which = payload["appointment"]
    found = session().get_one(Appointment, which)
    if found.sequence == payload.get("sequence", found.sequence):
        telling.visitee(found, session().get_one(HomeVisit, which))


@handles("visit.moved")
def tell_moved(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001
    """Tell the new time within what was promised."""
    which = payload["appointment"]
    telling.moved(session().get_one(Appointment, which), session().get_one(HomeVisit, which), payload["arrives"])


@handles("visit.handed_over")
def tell_handed_over(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001
    """Tell that others come; not where it was changed or given back meanwhile."""
    if told := _as_it_was(payload):
        telling.handed_over(*told)


@handles("visit.taken_back")
def tell_taken_back(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001
    """Tell whoever is visited that nobody comes; not where another time was chosen meanwhile."""
    if told := _as_it_was(payload):
        telling.taken_back(*told)


@handles("visit.request_told")
def tell_request(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001
    """Tell how a request stands."""
    telling.request(session().get_one(VisitRequest, payload["request"]))


@recurs("visit.days_looked", every=timedelta(days=1))
def look_ahead(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001
    """Look for days nobody can keep any more: a new holiday, an order that came while somebody fell ill."""
    handing.look(now=now)


@recurs("visit.learned", every=timedelta(days=1))
def learn(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001
    """Take the pace of the roads from the days that are over."""
    learning.learn(now=now)


@recurs("visit.swept", every=timedelta(days=1))
def forget(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001
    """Forget where people live and why they were visited; of the division its county stays, for figures (P6).

    While stops are still suggested by it, its township does.
    """
    privacy = agreed().privacy
    nobody = {"visitee_name": "", "visitee_phone": "", "visitee_link": "", "visitee_link_index": None}
    nothing = {"address": "", "access_notes": "", "safety_notes": "", "reasons": [], "wishes": NOTHING}
    unsaid = update(HomeVisit).where(HomeVisit.on < china_day(now - privacy.address))
    township = func.substr(HomeVisit.division_code, 1, circuit.TOWNSHIP)
    session().execute(unsaid.values(**nobody, **nothing, position=NOWHERE, division_code=township))
    counted_no_more = HomeVisit.on < china_day(now - max(privacy.address, circuit.LOOK_BACK))
    county = func.substr(HomeVisit.division_code, 1, COUNTY_DIGITS)
    session().execute(update(HomeVisit).where(counted_no_more).values(division_code=county))
    session().execute(delete(VisitAbsence).where(VisitAbsence.last_on < china_day(now - ABSENCE_KEPT)))
    old = (VisitRequest.asked_at < now - privacy.request, VisitRequest.phone_index != "")
    unknown: dict[str, Any] = {"asked": {}, "phone": "", "phone_index": "", "person_id": None}
    session().execute(update(VisitRequest).where(*old, VisitRequest.state != "asked").values(**unknown, words=""))
    for one in session().scalars(select(VisitRequest).where(*old)).all():
        requests.lapse(one, now=now)
        session().execute(update(VisitRequest).where(VisitRequest.id == one.id).values(**unknown))


def _as_it_was(payload: dict[str, Any]) -> tuple[Appointment, HomeVisit] | None:
    """Give a visit an errand is about; nothing where it was changed since."""
    found = session().get_one(Appointment, payload["appointment"])
    visit = session().get(HomeVisit, found.id)
    return (found, visit) if visit and found.sequence == payload["sequence"] else None
