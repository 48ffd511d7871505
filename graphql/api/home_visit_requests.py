"""Asking for a visit where no window suits, and what staff answer (FEATURES B06)."""

from __future__ import annotations

from typing import Any

import graphene

from api.errors import problem_data
from api.home_visit_types import AskHomeVisitInput, HomeVisitRequest
from api.home_visits import LINK, order_of
from api.mutation import Action
from api.private import private
from api.viewer import Viewer
from appointments.visits import requests
from appointments.visits.requests import REPLIES, Reply
from core.errors import Problem


def request_data(found: Any) -> dict[str, Any]:
    """Say of a request what whoever has its link may see."""
    names = ("reference", "state", "asked_at", "due_at", "answered_at", "words", "link")
    reply = REPLIES[Reply(found.reply)] if found.reply else ""
    return {name: getattr(found, name) for name in names} | {"reply_text": reply}


class Queries(graphene.ObjectType):
    """What can be asked."""

    visit_request_by_link = graphene.Field(
        HomeVisitRequest,
        required=True,
        description="The request a personal link is for.",
        link=graphene.String(required=True, description=LINK),
    )

    @private
    def resolve_visit_request_by_link(_root, _info: Any, link: str) -> Any:
        """Find it."""
        return request_data(requests.by_link(link))


class AskHomeVisit(Action):
    """Ask for a visit where no window suits: staff answer within a working day."""

    class Arguments:
        input = AskHomeVisitInput(required=True)

    request = graphene.Field(HomeVisitRequest, description="The request.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Ask for it."""
        asked, proof = order_of(input)
        made = requests.ask(viewer.actor, asked, proof, now=viewer.now)
        if isinstance(made, Problem):
            return cls(problems=[problem_data(made)])
        return cls(request=request_data(made))


class WithdrawVisitRequestInput(graphene.InputObjectType):
    """Which to take back."""

    link = graphene.String(required=True, description=LINK)


class WithdrawVisitRequest(Action):
    """Take a request back, with its personal link."""

    class Arguments:
        input = WithdrawVisitRequestInput(required=True)

    request = graphene.Field(HomeVisitRequest, description="The request.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Take it back."""
        return cls(request=request_data(requests.withdraw(viewer.actor, input.link, now=viewer.now)))


class Mutations(graphene.ObjectType):
    """What can be done."""

    ask_home_visit = AskHomeVisit.Field()
    withdraw_visit_request = WithdrawVisitRequest.Field()
