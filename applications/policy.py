"""Who may see and do what with drafts and applications. Every read of this slice starts here (TRUST A1, A4)."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, false

from applications.models.application import Application
from applications.models.draft import Draft
from applications.states import NOT_FINAL, State
from core.identity import Actor, ActorKind, Permission


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Say which applications an actor may see: their own, or those of their agency's region.

    A station sees only what it forwarded (RULEBOOK 1.8): receiving alone shows nothing here. Staff without a
    region see nothing, rather than everything.
    """
    if actor.may(Permission.APPLICATIONS_REVIEW):
        if not actor.region:
            return false()
        return Application.region.startswith(actor.region, autoescape=True) & Application.forgotten_at.is_(None)
    if actor.kind is not ActorKind.CITIZEN or actor.id is None:
        return false()
    return and_(Application.applicant_id == actor.id, Application.forgotten_at.is_(None))


def drafts_of(actor: Actor) -> ColumnElement[bool]:
    """Say which drafts an actor may see: their own, and nobody else's, staff included."""
    if actor.kind is not ActorKind.CITIZEN or actor.id is None:
        return false()
    return and_(Draft.owner_id == actor.id, Draft.discarded_at.is_(None))


def may_change(actor: Actor, draft: Draft) -> bool:
    """Say whether an actor may go on writing a draft: its owner, until it is handed in or thrown away."""
    return draft.owner_id == actor.id and draft.submitted_at is None and draft.discarded_at is None


def may_withdraw(actor: Actor, application: Application) -> bool:
    """Say whether an actor may take an application back: the applicant, while it is not settled (LAL 48)."""
    return application.applicant_id == actor.id and State(application.state) in NOT_FINAL


def may_supply(actor: Actor, application: Application) -> bool:
    """Say whether an actor may hand in what is missing: the applicant, while something is; late too, for some days."""
    awaited = (State.SUPPLEMENT_REQUIRED, State.DEEMED_WITHDRAWN)
    return application.applicant_id == actor.id and application.state in awaited
