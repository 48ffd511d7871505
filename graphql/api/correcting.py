"""What all reports of errors have in common at the door (我要纠错): the code, how far each is, the way in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import graphene

from accounts import phone as phones
from accounts import throttle
from api import paging
from api.scalars import DateTime, enum_of
from api.viewer import Viewer
from core.corrections import STATES, State, Told
from core.errors import Problem, Rejected
from core.identity import Actor


def state_type(name: str, description: str) -> Any:
    """Make the enum of how far a report has come, under the contract's name for it."""
    return enum_of(State, description, {one: f"{label}." for one, label in STATES.items()}, name=name)


class Answered:
    """The fields whoever has the code may know: nothing of the words, which may hold what is nobody else's business."""

    code = graphene.String(required=True, description="The code.")
    subject_text = graphene.String(required=True, description="What was said to be wrong.")
    state_text = graphene.String(required=True, description="The same in words.")
    reported_at = graphene.Field(DateTime, required=True, description="When it was reported.")
    answer = graphene.String(required=True, description="What was answered; empty until then.")
    answered_at = graphene.Field(DateTime, description="When it was answered.")

    def resolve_state_text(report: Any, _info: Any) -> str:
        """Name the state."""
        return STATES[State(report.state)]


class Waiting:
    """The fields keepers see besides. The reporter's number is for the text alone and never shown."""

    id = graphene.ID(required=True, description="Its id.")
    words = graphene.String(required=True, description="What was said.")
    wants_text = graphene.Boolean(required=True, description="Whether a text tells the reporter of the answer.")


def take_in(viewer: Viewer, input: Any, report: Callable[[Told], Any]) -> Any:
    """Count the address, and report; a number that takes no text is said together with everything else."""
    throttle.count_address("report_address", viewer.address, now=viewer.now)
    number = phones.normalise(input.get("phone") or "")
    told = Told(str(input.get("subject") or ""), input.words, number)
    unfit = () if not number or phones.is_mobile(number) else (Problem("report_phone_unfit", "phone"),)
    try:
        made = report(told)
    except Rejected as rejected:
        raise Rejected((*rejected.problems, *unfit)) from None
    if unfit:
        raise Rejected(unfit)
    return made


def by_code(viewer: Viewer, code: str, find: Callable[[str], Any]) -> Any:
    """Find a report by its code; every try is counted."""
    throttle.count_address("report_code", viewer.address, now=viewer.now)
    return find(code)


def page_of(reports: Any, actor: Actor, *, is_open: bool, first: int, after: str | None) -> paging.Page:
    """Give a page of a slice's `reports`: those its keepers have to answer, or the answered ones."""
    rows = reports.page(actor, is_open=is_open, first=paging.judged(first), after=paging.place(after))
    return paging.page_of(
        rows, first, lambda one: (one.reported_at.isoformat(), one.id), lambda: reports.count(actor, is_open=is_open)
    )
