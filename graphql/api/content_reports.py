"""我要纠错 of pages through the door: report an error, find the answer by its code, answer it (FEATURES D20)."""

from __future__ import annotations

from typing import Any

import graphene

from api import correcting, paging
from api.content_kinds import ContentChoice, choices
from api.mutation import Action, recorded
from api.scalars import enum_of
from api.viewer import Viewer
from content import reports
from core.corrections import LONGEST_WORDS, Reply

SLUG = "The page's name in addresses."
SubjectType = enum_of(
    reports.ContentReportSubject,
    "What is wrong with a page.",
    {one: f"{label}." for one, label in reports.SUBJECTS.items()},
)
StateType = correcting.state_type("ContentReportState", "How far a report on a page has come.")


class ContentReportForm(graphene.ObjectType):
    """What a page needs to take in a report."""

    slug = graphene.String(required=True, description=SLUG)
    title = graphene.String(required=True, description="The page's title.")
    subjects = graphene.List(graphene.NonNull(ContentChoice), required=True, description="What may be wrong.")
    longest = graphene.Int(required=True, description="How many characters the words may have.")


class ContentCorrection(correcting.Answered, graphene.ObjectType):
    """What whoever has the code may know: nothing of the words, which may hold what is nobody else's business."""

    slug = graphene.String(required=True, description=SLUG)
    title = graphene.String(required=True, description="The page's title.")
    state = graphene.Field(StateType, required=True, description="How far it has come.")

    def resolve_subject_text(report, _info: Any) -> str:
        """Name the subject."""
        return reports.SUBJECTS[reports.ContentReportSubject(report.subject)]


class ContentReport(correcting.Waiting, ContentCorrection):
    """A report as editors of the region see it. The reporter's number is for the text alone and never shown."""

    article_id = graphene.ID(required=True, description="The page.")


ContentReportConnection = paging.connection(ContentReport, "Reports of errors in pages.", total=True)


class Queries(graphene.ObjectType):
    """What can be asked of reports."""

    content_report_form = graphene.Field(
        ContentReportForm,
        required=True,
        description="What is needed to take in a report on a page readers see.",
        slug=graphene.String(required=True, description=SLUG),
    )
    content_correction = graphene.Field(
        ContentCorrection,
        description="A report by its code; empty where there is none. Every try is counted.",
        code=graphene.String(required=True, description="The code, as people type it."),
    )
    content_reports = paging.paged(
        ContentReportConnection,
        "The reports on the pages of one's region.",
        open=graphene.Boolean(required=True, description="Those to be answered, or the answered ones."),
    )

    def resolve_content_report_form(_root, info: Any, slug: str) -> ContentReportForm:
        """Give the form."""
        page = reports.page_named(slug, now=info.context.now)
        subjects = choices({one.name: label for one, label in reports.SUBJECTS.items()})
        return ContentReportForm(slug=slug, title=page.Revision.title, subjects=subjects, longest=LONGEST_WORDS)

    @recorded
    def resolve_content_correction(_root, info: Any, code: str) -> Any:
        """Find the answer."""
        return correcting.by_code(info.context, code, reports.by_code)

    def resolve_content_reports(_root, info: Any, open: bool, first: int, after: str | None = None) -> paging.Page:
        """Give a page of reports."""
        return correcting.page_of(reports, info.context.actor, is_open=open, first=first, after=after)


class ReportContentInput(graphene.InputObjectType):
    """What is wrong."""

    slug = graphene.String(required=True, description=SLUG)
    subject = graphene.Field(SubjectType, description="What it is about.")
    words = graphene.String(required=True, description=f"What it should be; {LONGEST_WORDS} characters.")
    phone = graphene.String(description="A mobile number for one text when there is an answer; forgotten afterwards.")


class ReportContent(Action):
    """Say what is wrong with a page. Nobody needs to sign in."""

    class Arguments:
        input = ReportContentInput(required=True)

    code = graphene.String(description="Finds the answer. Nothing else does.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Take it in."""
        made = correcting.take_in(
            viewer, input, lambda told: reports.report(viewer.actor, input.slug, told, now=viewer.now)
        )
        return cls(code=made.code)


class AnswerContentReportInput(graphene.InputObjectType):
    """What is answered."""

    report = graphene.ID(required=True, description="The report.")
    accepted = graphene.Boolean(required=True, description="Whether the page was corrected.")
    answer = graphene.String(required=True, description="What the reporter reads; may be empty where corrected.")


class AnswerContentReport(Action):
    """Answer a report of one's region."""

    class Arguments:
        input = AnswerContentReportInput(required=True)

    code = graphene.String(description="The code of the report that was answered.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Answer it."""
        reply = Reply(input.accepted, input.answer)
        return cls(code=reports.answer(viewer.actor, input.report, reply, now=viewer.now).code)


class Mutations(graphene.ObjectType):
    """What can be done about errors in pages."""

    report_content = ReportContent.Field()
    answer_content_report = AnswerContentReport.Field()
