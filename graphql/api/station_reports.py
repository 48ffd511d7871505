"""我要纠错 through the door: report an error of the directory, find the answer by its code, answer it (C15)."""

from __future__ import annotations

from typing import Any

import graphene

from api import correcting, paging
from api.mutation import Action, recorded
from api.scalars import Date, enum_of
from api.station_brief import STATION, StationBrief
from api.viewer import Viewer
from core.corrections import LONGEST_WORDS, Reply
from locator import keeping, reports

SubjectType = enum_of(
    reports.StationReportSubject,
    "What is wrong with a station.",
    {one: f"{label}." for one, label in reports.SUBJECTS.items()},
)
StateType = correcting.state_type("StationReportState", "How far a report has come.")


class ReportSubject(graphene.ObjectType):
    """One thing that may be wrong."""

    code = graphene.Field(SubjectType, required=True, description="Its name in the contract.")
    label = graphene.String(required=True, description="The same in Chinese.")


class ReportForm(graphene.ObjectType):
    """What a page needs to take in a report."""

    station = graphene.Field(StationBrief, required=True, description="The station.")
    subjects = graphene.List(graphene.NonNull(ReportSubject), required=True, description="What may be wrong.")
    longest = graphene.Int(required=True, description="How many characters the words may have.")


class CorrectionAnswer(correcting.Answered, graphene.ObjectType):
    """What whoever has the code may know: nothing of the words, which may hold what is nobody else's business."""

    station_code = graphene.String(required=True, description="The station's code.")
    station_name = graphene.String(required=True, description="The station's name.")
    state = graphene.Field(StateType, required=True, description="How far it has come.")
    corrected_on = graphene.Field(Date, description="When the station was last corrected.")

    def resolve_subject_text(report, _info: Any) -> str:
        """Name the subject."""
        return reports.SUBJECTS[reports.StationReportSubject(report.subject)]


class StationReport(correcting.Waiting, CorrectionAnswer):
    """A report as staff of the region see it. The reporter's number is for the text alone and never shown."""


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
        return ReportForm(station=keeping.standing(station), subjects=subjects, longest=LONGEST_WORDS)

    @recorded
    def resolve_correction(_root, info: Any, code: str) -> Any:
        """Find the answer."""
        return correcting.by_code(info.context, code, reports.by_code)

    def resolve_station_reports(_root, info: Any, open: bool, first: int, after: str | None = None) -> paging.Page:
        """Give a page of reports."""
        return correcting.page_of(reports, info.context.actor, is_open=open, first=first, after=after)


class ReportStationInput(graphene.InputObjectType):
    """What is wrong."""

    station = graphene.String(required=True, description=STATION)
    subject = graphene.Field(SubjectType, description="What it is about.")
    words = graphene.String(required=True, description=f"What it should be; {LONGEST_WORDS} characters.")
    phone = graphene.String(description="A mobile number for one text when there is an answer; forgotten afterwards.")


class ReportStation(Action):
    """Say what is wrong with a station. Nobody needs to sign in."""

    class Arguments:
        input = ReportStationInput(required=True)

    code = graphene.String(description="Finds the answer. Nothing else does.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Take it in."""
        made = correcting.take_in(
            viewer, input, lambda told: reports.report(viewer.actor, input.station, told, now=viewer.now)
        )
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
        reply = Reply(input.accepted, input.answer)
        return cls(code=reports.answer(viewer.actor, input.report, reply, now=viewer.now).code)


class Mutations(graphene.ObjectType):
    """What can be done about errors."""

    report_station = ReportStation.Field()
    answer_report = AnswerReport.Field()
