"""Experts outside, by a link: what they see, and what they say (FEATURES D05)."""

from __future__ import annotations

from typing import Any

import graphene

from api.content_desk_types import ContentSaid, said_by
from api.content_input import REVIEW
from api.content_kinds import KindType
from api.mutation import Action, recorded
from api.scalars import DateTime
from api.viewer import Viewer
from content import experts, markdown, reviewing
from content.kinds import Kind, definitions

LINK = "The secret of the link."


class ExpertPage(graphene.ObjectType):
    """What an expert sees: the page as readers would, and nothing of who wrote it."""

    name = graphene.String(required=True, description="The expert's name, as it was given.")
    kind = graphene.Field(KindType, required=True, description="What sort of page it is.")
    kind_text = graphene.String(required=True, description="The same in Chinese.")
    said = graphene.Field(ContentSaid, required=True, description="What it says.")
    html = graphene.String(required=True, description="Its text as harmless HTML.")
    starts_at = graphene.Field(DateTime, description="When readers should see it; at once where empty.")
    publishes = graphene.Boolean(required=True, description="Whether a yes is enough for readers to see it.")
    expires_at = graphene.Field(DateTime, required=True, description="When the link ends.")
    decided_at = graphene.Field(DateTime, description="When the expert decided; the link is used up then.")
    approves = graphene.Boolean(description="What they said.")
    is_open = graphene.Boolean(required=True, description="Whether their opinion still counts.")


class Queries(graphene.ObjectType):
    """What an expert can ask."""

    expert_page = graphene.Field(
        ExpertPage,
        required=True,
        description="The page a link is for; 256 random bits, nothing to be tried through.",
        link=graphene.String(required=True, description=LINK),
    )

    @recorded
    def resolve_expert_page(_root, info: Any, link: str) -> ExpertPage:
        """Open it; that it was opened is written down."""
        viewer: Viewer = info.context
        return _shown(experts.opened(viewer.actor, link, now=viewer.now))


class InviteExpertInput(graphene.InputObjectType):
    """Whom to ask."""

    review = graphene.ID(required=True, description=REVIEW)
    name = graphene.String(required=True, description="Their name.")
    employer = graphene.String(required=True, description="Where they work.")
    publishes = graphene.Boolean(required=True, description="Whether their yes is enough for readers to see it.")


class InviteExpert(Action):
    """Make a link for an expert outside. It is told once."""

    remembered = False

    class Arguments:
        input = InviteExpertInput(required=True)

    link = graphene.String(description=LINK)
    expires_at = graphene.Field(DateTime, description="When it ends.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Make it."""
        guest = experts.Guest(input.name, input.employer, input.publishes)
        made, link = experts.invite(viewer.actor, input.review, guest, now=viewer.now)
        return cls(link=link, expires_at=made.expires_at)


class DecideAsExpertInput(graphene.InputObjectType):
    """What an expert says."""

    link = graphene.String(required=True, description=LINK)
    approves = graphene.Boolean(required=True, description="Whether the page is right.")
    words = graphene.String(required=True, description="Why not, or what else; may be empty with a yes.")


class DecideAsExpert(Action):
    """Give one's opinion, once."""

    class Arguments:
        input = DecideAsExpertInput(required=True)

    approves = graphene.Boolean(description="What was said.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Take it in."""
        opinion = experts.Opinion(input.approves, input.words)
        return cls(approves=experts.decide(viewer.actor, input.link, opinion, now=viewer.now).invitation.approves)


class Mutations(graphene.ObjectType):
    """What reviewers and experts can do."""

    invite_expert = InviteExpert.Field()
    decide_as_expert = DecideAsExpert.Field()


def _shown(opened: experts.Opened) -> ExpertPage:
    kind = Kind(opened.article.kind)
    return ExpertPage(
        name=opened.invitation.name,
        kind=kind,
        kind_text=definitions()[kind].title,
        said=said_by(opened.article.kind, opened.said),
        html=markdown.render(opened.said.body).html,
        starts_at=opened.review.starts_at,
        publishes=opened.invitation.publishes,
        expires_at=opened.invitation.expires_at,
        decided_at=opened.invitation.decided_at,
        approves=opened.invitation.approves,
        is_open=opened.invitation.decided_at is None and opened.review.state == reviewing.WAITING,
    )
