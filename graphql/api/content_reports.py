"""我要纠错 of pages through the door: report an error, find the answer by its code, answer it (FEATURES D20)."""

from __future__ import annotations

from typing import Any

import graphene

from accounts import phone as phones
from accounts import throttle
from api import paging
from api.content_kinds import ContentChoice, choices
from api.mutation import Action, recorded
from api.scalars import DateTime, enum_of
from api.viewer import Viewer
from content import reports
from core.errors import Problem, Rejected

SLUG = "The page's name in addresses."
SubjectType = enum_of(
    reports.ContentReportSubject,
    "What is wrong with a page.",
    {one: f"{label}." for one, label in reports.SUBJECTS.items()},
)
StateType = enum_of(
    reports.ContentReportState,
    "How far a report on a page has come.",
    {one: f"{label}." for one, label in reports.STATES.items()},
)


class ContentReportForm(graphene.ObjectType):
    """What a page needs to take in a report."""

    slug = graphene.String(required=True, description=SLUG)
    title = graphene.String(required=True, description="The page's title.")
    subjects = graphene.List(graphene.NonNull(ContentChoice), required=True, description="What may be wrong.")
    longest = graphene.Int(required=True, description="How many characters the words may have.")


class ContentCorrection(graphene.ObjectType):
    """What whoever has the code may know: nothing of the words, which may hold what is nobody else's business."""

    code = graphene.String(required=True, description="The code.")
    slug = graphene.String(required=True, description=SLUG)
    title = graphene.String(required=True, description="The page's title.")
    subject_text = graphene.String(required=True, description="What was said to be wrong.")
    state = graphene.Field(StateType, required=True, description="How far it has come.")
    state_text = graphene.String(required=True, description="The same in words.")
    reported_at = graphene.Field(DateTime, required=True, description="When it was reported.")
    answer = graphene.String(required=True, description="What was answered; empty until then.")
    answered_at = graphene.Field(DateTime, description="When it was answered.")

    def resolve_subject_text(report, _info: Any) -> str:
        """Name the subject."""
        return reports.SUBJECTS[reports.ContentReportSubject(report.subject)]

    def resolve_state_text(report, _info: Any) -> str:
        """Name the state."""
        return reports.STATES[reports.ContentReportState(report.state)]


class ContentReport(ContentCorrection):
    """A report as editors of the region see it. The reporter's number is for the text alone and never shown."""

    id = graphene.ID(required=True, description="Its id.")
    article_id = graphene.ID(required=True, description="The page.")
    words = graphene.String(required=True, description="What was said.")
    wants_text = graphene.Boolean(required=True, description="Whether a text tells the reporter of the answer.")


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
        return ContentReportForm(slug=slug, title=page.Revision.title, subjects=subjects, longest=reports.LONGEST_WORDS)

    @recorded
    def resolve_content_correction(_root, info: Any, code: str) -> Any:
        """Find the answer."""
        viewer: Viewer = info.context
        throttle.count_address("report_code", viewer.address, now=viewer.now)
        return reports.by_code(code)

    def resolve_content_reports(_root, info: Any, open: bool, first: int, after: str | None = None) -> paging.Page:
        """Give a page of reports."""
        actor = info.context.actor
        rows = reports.page(actor, is_open=open, first=paging.judged(first), after=paging.place(after))
        return paging.page_of(
            rows, first, lambda one: (one.reported_at.isoformat(), one.id), lambda: reports.count(actor, is_open=open)
        )


class ReportContentInput(graphene.InputObjectType):
    """What is wrong."""

    slug = graphene.String(required=True, description=SLUG)
    subject = graphene.Field(SubjectType, description="What it is about.")
    words = graphene.String(required=True, description=f"What it should be; {reports.LONGEST_WORDS} characters.")
    phone = graphene.String(description="A mobile number for one text when there is an answer; forgotten afterwards.")


class ReportContent(Action):
    """Say what is wrong with a page. Nobody needs to sign in."""

    class Arguments:
        input = ReportContentInput(required=True)

    code = graphene.String(description="Finds the answer. Nothing else does.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Take it in."""
        throttle.count_address("report_address", viewer.address, now=viewer.now)
        number = phones.normalise(input.get("phone") or "")
        told = reports.Told(str(input.get("subject") or ""), input.words, number)
        fits = not number or phones.is_mobile(number)
        return cls(code=_reported(viewer, input.slug, told, fits=fits).code)


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
        reply = reports.Reply(input.accepted, input.answer)
        return cls(code=reports.answer(viewer.actor, input.report, reply, now=viewer.now).code)


class Mutations(graphene.ObjectType):
    """What can be done about errors in pages."""

    report_content = ReportContent.Field()
    answer_content_report = AnswerContentReport.Field()


def _reported(viewer: Viewer, slug: str, told: reports.Told, *, fits: bool) -> Any:
    """Report it; a number that takes no text is said together with everything else."""
    unfit = () if fits else (Problem("report_phone_unfit", "phone"),)
    try:
        made = reports.report(viewer.actor, slug, told, now=viewer.now)
    except Rejected as rejected:
        raise Rejected((*rejected.problems, *unfit)) from None
    if unfit:
        raise Rejected(unfit)
    return made
