"""我要纠错 through the door: report an error of the directory, find the answer by its code, answer it (C15)."""

from __future__ import annotations

from typing import Any

import graphene

from accounts import phone as phones
from accounts import throttle
from api import paging
from api.mutation import Action, recorded
from api.scalars import Date, DateTime, enum_of
from api.station_brief import STATION, StationBrief
from api.viewer import Viewer
from core.errors import Problem, Rejected
from locator import keeping, reports

SubjectType = enum_of(
    reports.StationReportSubject,
    "What is wrong with a station.",
    {one: f"{label}." for one, label in reports.SUBJECTS.items()},
)
StateType = enum_of(
    reports.StationReportState,
    "How far a report has come.",
    {one: f"{label}." for one, label in reports.STATES.items()},
)


class ReportSubject(graphene.ObjectType):
    """One thing that may be wrong."""

    code = graphene.Field(SubjectType, required=True, description="Its name in the contract.")
    label = graphene.String(required=True, description="The same in Chinese.")


class ReportForm(graphene.ObjectType):
    """What a page needs to take in a report."""

    station = graphene.Field(StationBrief, required=True, description="The station.")
    subjects = graphene.List(graphene.NonNull(ReportSubject), required=True, description="What may be wrong.")
    longest = graphene.Int(required=True, description="How many characters the words may have.")


class CorrectionAnswer(graphene.ObjectType):
    """What whoever has the code may know: nothing of the words, which may hold what is nobody else's business."""

    code = graphene.String(required=True, description="The code.")
    station_code = graphene.String(required=True, description="The station's code.")
    station_name = graphene.String(required=True, description="The station's name.")
    subject_text = graphene.String(required=True, description="What was said to be wrong.")
    state = graphene.Field(StateType, required=True, description="How far it has come.")
    state_text = graphene.String(required=True, description="The same in words.")
    reported_at = graphene.Field(DateTime, required=True, description="When it was reported.")
    answer = graphene.String(required=True, description="What was answered; empty until then.")
    answered_at = graphene.Field(DateTime, description="When it was answered.")
    corrected_on = graphene.Field(Date, description="When the station was last corrected.")

    def resolve_subject_text(report, _info: Any) -> str:
        """Name the subject."""
        return reports.SUBJECTS[reports.StationReportSubject(report.subject)]

    def resolve_state_text(report, _info: Any) -> str:
        """Name the state."""
        return reports.STATES[reports.StationReportState(report.state)]


class StationReport(CorrectionAnswer):
    """A report as staff of the region see it. The reporter's number is for the text alone and never shown."""

    id = graphene.ID(required=True, description="Its id.")
    words = graphene.String(required=True, description="What was said.")
    wants_text = graphene.Boolean(required=True, description="Whether a text tells the reporter of the answer.")


StationReportConnection = paging.connection(StationReport, "Reports of errors.", total=True)


class Queries(graphene.ObjectType):
    """What can be asked of reports."""

    report_form = graphene.Field(
        ReportForm,
        required=True,
        description="What a page needs to take in a report on a station.",
        station=graphene.String(required=True, description=STATION),
    )
    correction = graphene.Field(
        CorrectionAnswer,
        description="A report by its code; empty where there is none. Every try is counted.",
        code=graphene.String(required=True, description="The code, as people type it."),
    )
    station_reports = paging.paged(
        StationReportConnection,
        "The reports on the stations of one's region.",
        open=graphene.Boolean(required=True, description="Those to be answered, or the answered ones."),
    )

    def resolve_report_form(_root, _info: Any, station: str) -> ReportForm:
        """Give the form."""
        subjects = [ReportSubject(code=one, label=label) for one, label in reports.SUBJECTS.items()]
        return ReportForm(station=keeping.standing(station), subjects=subjects, longest=reports.LONGEST_WORDS)

    @recorded
    def resolve_correction(_root, info: Any, code: str) -> Any:
        """Find the answer."""
        viewer: Viewer = info.context
        throttle.count_address("report_code", viewer.address, now=viewer.now)
        return reports.by_code(code)

    def resolve_station_reports(_root, info: Any, open: bool, first: int, after: str | None = None) -> paging.Page:
        """Give a page of reports."""
        actor = info.context.actor
        rows = reports.page(actor, is_open=open, first=paging.judged(first), after=paging.place(after))
        return paging.page_of(
            rows, first, lambda one: (one.reported_at.isoformat(), one.id), lambda: reports.count(actor, is_open=open)
        )


class ReportStationInput(graphene.InputObjectType):
    """What is wrong."""

    station = graphene.String(required=True, description=STATION)
    subject = graphene.Field(SubjectType, description="What it is about.")
    words = graphene.String(required=True, description=f"What it should be; {reports.LONGEST_WORDS} characters.")
    phone = graphene.String(description="A mobile number for one text when there is an answer; forgotten afterwards.")


class ReportStation(Action):
    """Say what is wrong with a station. Nobody needs to sign in."""

    class Arguments:
        input = ReportStationInput(required=True)

    code = graphene.String(description="Finds the answer. Nothing else does.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Take it in."""
        throttle.count_address("report_address", viewer.address, now=viewer.now)
        number = phones.normalise(input.get("phone") or "")
        said = reports.Said(str(input.get("subject") or ""), input.words, number)
        fits = not number or phones.is_mobile(number)
        made = _reported(viewer, input.station, said, fits=fits)
        return cls(code=made.code)


class AnswerReportInput(graphene.InputObjectType):
    """What is answered."""

    report = graphene.ID(required=True, description="The report.")
    accepted = graphene.Boolean(required=True, description="Whether the entry was corrected.")
    answer = graphene.String(
        required=True, description="What the reporter reads; may be empty where the entry was corrected."
    )


class AnswerReport(Action):
    """Answer a report of one's region."""

    class Arguments:
        input = AnswerReportInput(required=True)

    code = graphene.String(description="The code of the report that was answered.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Answer it."""
        reply = reports.Reply(input.accepted, input.answer)
        return cls(code=reports.answer(viewer.actor, input.report, reply, now=viewer.now).code)


class Mutations(graphene.ObjectType):
    """What can be done about errors."""

    report_station = ReportStation.Field()
    answer_report = AnswerReport.Field()


def _reported(viewer: Viewer, station: str, said: reports.Said, *, fits: bool) -> Any:
    """Report it; a number that takes no text is said together with everything else."""
    unfit = () if fits else (Problem("report_phone_unfit", "phone"),)
    try:
        made = reports.report(viewer.actor, station, said, now=viewer.now)
    except Rejected as rejected:
        raise Rejected((*rejected.problems, *unfit)) from None
    if unfit:
        raise Rejected(unfit)
    return made
