"""What is held about oneself: consents, and closing the account (FEATURES G08)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import graphene

from accounts import closing, consents
from accounts.consents import Purpose
from api.mutation import Action
from api.scalars import DateTime, enum_of
from api.viewer import Viewer
from applications import leaving
from appointments.visits import profile
from core.identity import Actor

ConsentPurpose = enum_of(
    Purpose, "What there is to agree to.", {Purpose.ACCESS_NEEDS: "Keeping what one needs on every visit."}
)


def _forget_needs(actor: Actor, now: datetime) -> None:
    profile.forget(actor, now=now)


ENDS: dict[Purpose, Callable[[Actor, datetime], None]] = {Purpose.ACCESS_NEEDS: _forget_needs}


class Consent(graphene.ObjectType):
    """Something one agreed to."""

    purpose = graphene.Field(ConsentPurpose, required=True, description="To what.")
    words = graphene.String(required=True, description="The words that were shown.")
    edition = graphene.String(required=True, description="Their edition.")
    given_at = graphene.Field(DateTime, required=True, description="When one agreed.")
    withdrawn_at = graphene.Field(DateTime, description="When it was taken back, or agreed to in other words.")


class MyData(graphene.ObjectType):
    """What can be done with what is held about oneself."""

    consents = graphene.List(graphene.NonNull(Consent), required=True, description="The latest first.")
    closing_at = graphene.Field(DateTime, description="When the account is closed, if one asked for that.")
    has_open_case = graphene.Boolean(required=True, description="Whether a case under way needs the account.")


class Queries(graphene.ObjectType):
    """What can be asked."""

    my_data = graphene.Field(MyData, required=True, description="What is held about oneself. For citizens.")

    def resolve_my_data(_root, info: Any) -> MyData:
        """Look."""
        actor = info.context.actor
        agreed = consents.mine(actor)
        return MyData(
            consents=agreed, closing_at=closing.closing_at(actor), has_open_case=leaving.is_busy(str(actor.id))
        )


class WithdrawConsentInput(graphene.InputObjectType):
    """Which."""

    purpose = graphene.Field(ConsentPurpose, required=True, description="To what one does not agree any more.")


class WithdrawConsent(Action):
    """Take a consent back. What was kept because of it is forgotten at once."""

    class Arguments:
        """What it takes."""

        input = WithdrawConsentInput(required=True, description="Which.")

    is_withdrawn = graphene.Boolean(description="Always true: it counts no more.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> WithdrawConsent:
        """Take it back."""
        purpose = Purpose(input["purpose"])
        ENDS[purpose](viewer.actor, viewer.now)
        consents.withdraw(viewer.actor, purpose, now=viewer.now)
        return cls(is_withdrawn=True)


class CloseAccount(Action):
    """Have one's account closed in a week. What the law has us keep of cases is kept, for nothing else."""

    closing_at = graphene.Field(DateTime, description="When.")

    @classmethod
    def act(cls, viewer: Viewer) -> CloseAccount:
        """Ask for it."""
        return cls(closing_at=leaving.leave(viewer.actor, now=viewer.now))


class KeepAccount(Action):
    """Keep one's account after all."""

    is_kept = graphene.Boolean(description="Always true: it stays.")

    @classmethod
    def act(cls, viewer: Viewer) -> KeepAccount:
        """Keep it."""
        closing.keep(viewer.actor, now=viewer.now)
        return cls(is_kept=True)


class Mutations(graphene.ObjectType):
    """What can be done."""

    withdraw_consent = WithdrawConsent.Field(required=True, description="Take a consent back.")
    close_account = CloseAccount.Field(required=True, description="Have one's account closed in a week.")
    keep_account = KeepAccount.Field(required=True, description="Keep one's account after all.")
