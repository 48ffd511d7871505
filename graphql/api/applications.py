"""Handing an application in, and the list of one's own."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import graphene

from api import case_words, paging
from api.cases import matter_title
from api.mutation import Action
from api.scalars import DateTime
from api.viewer import Viewer
from applications import queries, submission
from core.calendar import instant
from core.errors import Malformed


class Application(graphene.ObjectType):
    """An application that was handed in, in short; `caseFile` tells all of it."""

    reference = graphene.String(required=True, description="The number people quote.")
    state = graphene.String(required=True, description="Where it stands, as a code.")
    state_text = graphene.String(required=True, description="Where it stands, in plain words.")
    matter_title = graphene.String(required=True, description="What it is about.")
    agency_name = graphene.String(required=True, description="The agency that has it.")
    received_at = graphene.Field(DateTime, required=True, description="When it was received.")

    def resolve_state_text(row, _info: Any) -> str:
        """Say where it stands."""
        return case_words.STATES[row.state]

    def resolve_matter_title(row, _info: Any) -> str:
        """Name the matter."""
        return matter_title(row)


ApplicationConnection = paging.connection(Application, "Applications, the newest first.")


class Queries(graphene.ObjectType):
    """What can be asked about applications of one's own."""

    my_applications = paging.paged(ApplicationConnection, "One's own applications, the newest first.")

    def resolve_my_applications(_root, info: Any, first: int, after: str | None = None) -> paging.Page:
        """List them."""
        rows = queries.mine(info.context.actor, first=paging.judged(first), after=_place(after))
        return paging.page_of(rows, first, lambda row: (row.received_at.isoformat(), row.id))


class SubmitApplicationInput(graphene.InputObjectType):
    """Which draft."""

    draft_id = graphene.ID(required=True, description="The draft to hand in.")


class SubmitApplication(Action):
    """Hand a draft in. A second try answers with the application that is already there."""

    class Arguments:
        """What it takes."""

        input = SubmitApplicationInput(required=True, description="Which draft.")

    application = graphene.Field(Application, description="The application, with its number.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> SubmitApplication:
        """Hand it in."""
        made = submission.submit(viewer.actor, input["draft_id"], channel=viewer.channel, now=viewer.now)
        return cls(application=made)


class Mutations(graphene.ObjectType):
    """What can be done with applications of one's own."""

    submit_application = SubmitApplication.Field(required=True, description="Hand a draft in.")


def _place(after: str | None) -> tuple[datetime, str] | None:
    key = paging.place(after)
    if key is None:
        return None
    try:
        received_at, row_id = key
        moment = instant(received_at)
    except (TypeError, ValueError) as wrong:
        raise Malformed("cursor_unknown") from wrong
    if not isinstance(row_id, str):
        raise Malformed("cursor_unknown")
    return moment, row_id
