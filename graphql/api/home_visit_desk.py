"""Visits at home for the staff of a region: which team is out, its day in order, requests to answer (B06, B10)."""

from __future__ import annotations

from typing import Any

import graphene

from api.errors import problem_data
from api.home_visit_types import VisitWindow, VisitWindowDay
from api.mutation import Action, recorded
from api.round_types import VisitOuting, VisitSheet
from api.scalars import Date, DateTime, enum_of
from api.viewer import Viewer
from appointments import states
from appointments.doorstep import codes
from appointments.states import AppointmentState
from appointments.visits import day, form, kit, requests, times, wishes
from appointments.visits.ordering import Gone
from appointments.visits.requests import REPLIES, Reply
from appointments.visits.wishes import Reason
from core.calendar import china_day
from locator import queries as places
from locator.hours.span import clock

ReplyType = enum_of(
    Reply,
    "What is offered where nobody can come in good time.",
    {one: f"{label}." for one, label in REPLIES.items()},
    name="VisitReply",
)


class WaitingVisitRequest(graphene.ObjectType):
    """A request that waits for an answer. The address is not shown: who goes there sees it the day before."""

    id = graphene.ID(required=True, description="Its id.")
    reference = graphene.String(required=True, description="The number people quote.")
    asked_at = graphene.Field(DateTime, required=True, description="When it was asked for.")
    due_at = graphene.Field(DateTime, required=True, description="By when it is to be answered.")
    is_late = graphene.Boolean(required=True, description="Whether that is past.")
    name = graphene.String(required=True, description="What to call whoever asked.")
    phone = graphene.String(required=True, description="Their number, to ring them.")
    place = graphene.String(required=True, description="The division to come to.")
    reasons = graphene.List(graphene.NonNull(graphene.String), required=True, description="Why, in words.")
    needs = graphene.List(graphene.NonNull(graphene.String), required=True, description="What is needed, in words.")
    note = graphene.String(required=True, description="What they said; may be empty.")


def _hours(span: Any) -> str:
    return f"{clock(span.opens)}–{clock(span.closes)}" if span else ""


def _stop(one: day.Seen) -> dict[str, Any]:
    row, visit, stop = one.appointment, one.visit, one.stop
    hidden = ("address", "access_notes", "safety_notes")
    whom = {name: getattr(visit, name) if one.is_shown else "" for name in hidden}
    whom |= {"name": visit.visitee_name, "phone": visit.visitee_phone} if one.is_shown else {"name": "", "phone": ""}
    is_other = one.is_shown and visit.relation != wishes.Relation.SELF
    begin, end = one.window
    return whom | {
        "number": stop.number,
        "appointment": row.id,
        "reference": row.reference,
        "state_text": states.LABELS[AppointmentState(row.state)],
        "arrives_at": one.arrives_at,
        "leaves_at": one.leaves_at,
        "window_from": begin,
        "window_until": end,
        "way_minutes": stop.way,
        "pause_minutes": stop.pause,
        "is_shown": one.is_shown,
        "note": row.note if one.is_shown else "",
        "ordered_by": f"{row.name} {row.phone}" if is_other else "",
        "needs": one.needs,
        "kit": one.kit,
        "code": codes.code_of(row.id, visit.on) if one.is_shown else "",
        "arrived_at": visit.arrived_at,
        "finished_at": visit.finished_at,
    }


def _sheet(found: day.Sheet) -> dict[str, Any]:
    return {
        "team": found.team.id,
        "name": found.team.name,
        "on": found.on,
        "hours_text": _hours(found.hours),
        "workers": found.crew,
        "stops": [_stop(one) for one in found.stops],
        "back_at": found.back_at,
        "pace_text": f"路上用时按估算的 {found.pace:.2f} 倍算（根据以往 {found.legs} 段路的签到时间）。",
    }


def _request(found: Any, now: Any) -> dict[str, Any]:
    asked = form.read(found.asked)
    return {
        "id": found.id,
        "reference": found.reference,
        "asked_at": found.asked_at,
        "due_at": found.due_at,
        "is_late": found.due_at < now,
        "name": asked.name,
        "phone": found.phone,
        "place": places.division(asked.where.home.division).full_name,
        "reasons": [wishes.REASONS[Reason(one)] for one in asked.reasons],
        "needs": kit.said(asked.wishes),
        "note": asked.note,
    }


class Queries(graphene.ObjectType):
    """What can be asked."""

    visit_outings = graphene.List(
        graphene.NonNull(VisitOuting),
        required=True,
        description="The teams of one's region on a day.",
        on=graphene.Argument(Date, required=True, description="The day."),
    )
    visit_sheet = graphene.Field(
        VisitSheet,
        required=True,
        description="A team's day in order. Looking is recorded.",
        team=graphene.ID(required=True, description="The team."),
        on=graphene.Argument(Date, required=True, description="The day."),
    )
    visit_requests = graphene.List(
        graphene.NonNull(WaitingVisitRequest),
        required=True,
        description=f"Requests of one's region to be answered, {requests.MOST_LISTED} at most. Looking is recorded.",
    )
    visit_request = graphene.Field(
        WaitingVisitRequest,
        required=True,
        description="A request to answer. Looking is recorded.",
        id=graphene.ID(required=True, description="Its id."),
    )
    visit_request_windows = graphene.List(
        graphene.NonNull(VisitWindowDay),
        required=True,
        description="The windows it may be answered with, also those too near to be ordered.",
        id=graphene.ID(required=True, description="Its id."),
        days=graphene.Int(required=True, description=f"How many days from today, 1 to {times.LONGEST_LOOK}."),
    )

    def resolve_visit_outings(_root, info: Any, on: Any) -> Any:
        """List the teams."""
        found = day.outings(info.context.actor, on)
        return [
            {"team": one.team.id, "name": one.team.name, "hours_text": _hours(one.hours), "visits": one.visits}
            for one in found
        ]

    @recorded
    def resolve_visit_sheet(_root, info: Any, team: str, on: Any) -> Any:
        """Give the day."""
        viewer: Viewer = info.context
        return _sheet(day.of_team(viewer.actor, team, on, now=viewer.now))

    @recorded
    def resolve_visit_requests(_root, info: Any) -> Any:
        """List them."""
        viewer: Viewer = info.context
        return [_request(one, viewer.now) for one in requests.waiting(viewer.actor, now=viewer.now)]

    @recorded
    def resolve_visit_request(_root, info: Any, id: str) -> Any:
        """Give it."""
        viewer: Viewer = info.context
        return _request(requests.to_read(viewer.actor, id, now=viewer.now), viewer.now)

    @recorded
    def resolve_visit_request_windows(_root, info: Any, id: str, days: int) -> Any:
        """Give what it may be answered with."""
        viewer: Viewer = info.context
        found = requests.to_read(viewer.actor, id, now=viewer.now)
        return requests.times_for(found, china_day(viewer.now), days, now=viewer.now)


class AnswerWithTimeInput(graphene.InputObjectType):
    """What to answer with."""

    request = graphene.ID(required=True, description="Which request.")
    starts_at = graphene.Field(DateTime, required=True, description="When the window begins.")


class AnswerVisitRequestWithTime(Action):
    """Answer a request with a window: the visit is planned, and whoever asked is told."""

    class Arguments:
        input = AnswerWithTimeInput(required=True)

    is_planned = graphene.Boolean(description="Whether it is planned.")
    alternatives = graphene.List(graphene.NonNull(VisitWindow), description="The nearest other windows.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Answer it."""
        made = requests.answer_with_time(viewer.actor, input.request, input.starts_at, now=viewer.now)
        if isinstance(made, Gone):
            return cls(problems=[problem_data(made.problem)], alternatives=made.instead)
        return cls(is_planned=True)


class AnswerWithWordsInput(graphene.InputObjectType):
    """What to answer with."""

    request = graphene.ID(required=True, description="Which request.")
    reply = graphene.Field(ReplyType, required=True, description="What is offered instead.")
    words = graphene.String(required=True, description=f"Why; {requests.LONGEST_WORDS} characters.")


class AnswerVisitRequestWithWords(Action):
    """Answer a request with another way and the reason for it."""

    class Arguments:
        input = AnswerWithWordsInput(required=True)

    is_answered = graphene.Boolean(description="Whether it is answered.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Answer it."""
        reply = Reply(input.reply)
        requests.answer_with_words(viewer.actor, input.request, reply, input.words, now=viewer.now)
        return cls(is_answered=True)


class NoteSafetyInput(graphene.InputObjectType):
    """What to be careful of."""

    appointment = graphene.ID(required=True, description="Which visit.")
    words = graphene.String(required=True, description=f"What; {day.LONGEST_NOTES} characters. Empty takes it away.")


class NoteVisitSafety(Action):
    """Write down what a team is to be careful of. Only staff see it."""

    class Arguments:
        input = NoteSafetyInput(required=True)

    is_noted = graphene.Boolean(description="Whether it is written down.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Write it down."""
        day.note_safety(viewer.actor, input.appointment, input.words, now=viewer.now)
        return cls(is_noted=True)


class Mutations(graphene.ObjectType):
    """What can be done."""

    answer_visit_request_with_time = AnswerVisitRequestWithTime.Field()
    answer_visit_request_with_words = AnswerVisitRequestWithWords.Field()
    note_visit_safety = NoteVisitSafety.Field()
