"""Two pairs of eyes through the door: ask, claim, return, publish, withdraw, bring back (FEATURES D02, D03)."""

from __future__ import annotations

from typing import Any

import graphene

from api.content_input import PAGE, REVIEW
from api.mutation import Action
from api.scalars import DateTime
from api.viewer import Viewer
from content import currency, publishing, reviewing
from content.reviewing import Wish


class AskReviewInput(graphene.InputObjectType):
    """What is to be looked at, by when, and when it should be shown."""

    id = graphene.ID(required=True, description=PAGE)
    number = graphene.Int(required=True, description="The revision.")
    due_at = graphene.Field(DateTime, description="By when; three days where empty.")
    starts_at = graphene.Field(DateTime, description="From when readers should see it; at once where empty.")
    expires_at = graphene.Field(DateTime, description="Until when; for ever where empty.")


class AskReview(Action):
    """Lay a revision before a reviewer."""

    class Arguments:
        input = AskReviewInput(required=True)

    review = graphene.ID(description="The review.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Ask."""
        wish = Wish(input.number, input.get("due_at"), input.get("starts_at"), input.get("expires_at"))
        return cls(review=reviewing.ask(viewer.actor, input.id, wish, now=viewer.now).id)


class ReviewInput(graphene.InputObjectType):
    """Which review."""

    review = graphene.ID(required=True, description=REVIEW)


class TakeBackReview(Action):
    """Take back what was laid before a reviewer."""

    class Arguments:
        input = ReviewInput(required=True)

    review = graphene.ID(description="The review.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Take it back."""
        return cls(review=reviewing.take_back(viewer.actor, input.review, now=viewer.now).id)


class ClaimReviewInput(graphene.InputObjectType):
    """Which review, and whether one is looking at it."""

    review = graphene.ID(required=True, description=REVIEW)
    claimed = graphene.Boolean(required=True, description="Whether one is looking at it, or no longer.")


class ClaimReview(Action):
    """Say that one is looking at it, so that nobody else begins too."""

    class Arguments:
        input = ClaimReviewInput(required=True)

    review = graphene.ID(description="The review.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Claim it."""
        return cls(review=reviewing.claim(viewer.actor, input.review, yes=input.claimed, now=viewer.now).id)


class ReturnContentInput(graphene.InputObjectType):
    """Which review, and why not."""

    review = graphene.ID(required=True, description=REVIEW)
    reason = graphene.String(required=True, description=f"Why; {reviewing.LONGEST_REASON} characters.")


class ReturnContent(Action):
    """Return a page to its writers."""

    class Arguments:
        input = ReturnContentInput(required=True)

    review = graphene.ID(description="The review.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Return it."""
        return cls(review=reviewing.send_back(viewer.actor, input.review, reason=input.reason, now=viewer.now).id)


class PublishContent(Action):
    """Show to readers what was reviewed, at once or from the moment that was set."""

    class Arguments:
        input = ReviewInput(required=True)

    starts_at = graphene.Field(DateTime, description="From when readers see it.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Publish it."""
        return cls(starts_at=reviewing.publish(viewer.actor, input.review, now=viewer.now).starts_at)


class WithdrawContentInput(graphene.InputObjectType):
    """Which page, and why."""

    id = graphene.ID(required=True, description=PAGE)
    reason = graphene.String(required=True, description="Why; it stays in the record.")


class WithdrawContent(Action):
    """Take a page away from readers at once."""

    class Arguments:
        input = WithdrawContentInput(required=True)

    id = graphene.ID(description="The page.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Withdraw it."""
        return cls(id=publishing.withdraw(viewer.actor, input.id, reason=input.reason, now=viewer.now).id)


class RollBackContentInput(graphene.InputObjectType):
    """What to show again."""

    id = graphene.ID(required=True, description=PAGE)
    publication = graphene.ID(required=True, description="The publication that is over.")


class RollBackContent(Action):
    """Show again, at once, what was shown before."""

    class Arguments:
        input = RollBackContentInput(required=True)

    id = graphene.ID(description="The page.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Bring it back."""
        return cls(id=publishing.roll_back(viewer.actor, input.id, input.publication, now=viewer.now).id)


class RecheckContentInput(graphene.InputObjectType):
    """Which page."""

    id = graphene.ID(required=True, description=PAGE)


class RecheckContent(Action):
    """Say that a live page was read against the laws as they stand, and is right."""

    class Arguments:
        input = RecheckContentInput(required=True)

    id = graphene.ID(description="The page.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Say so."""
        return cls(id=currency.recheck(viewer.actor, input.id, now=viewer.now).id)


class Mutations(graphene.ObjectType):
    """What can be decided."""

    ask_review = AskReview.Field()
    take_back_review = TakeBackReview.Field()
    claim_review = ClaimReview.Field()
    return_content = ReturnContent.Field()
    publish_content = PublishContent.Field()
    withdraw_content = WithdrawContent.Field()
    roll_back_content = RollBackContent.Field()
    recheck_content = RecheckContent.Field()
