"""Who may see and change whom."""

from __future__ import annotations

from sqlalchemy import ColumnElement, false

from accounts.models import SignIn, StaffMember
from core.identity import Actor, ActorKind, Permission


def staff_visible_to(actor: Actor) -> ColumnElement[bool]:
    """Say which members of staff an actor may see: an administrator, those of their own region (A7)."""
    if not actor.may(Permission.PEOPLE_CONFIRM):
        return false()
    return StaffMember.region.startswith(actor.region, autoescape=True)


def sign_ins_of(actor: Actor) -> ColumnElement[bool]:
    """Say which sign-ins are an actor's own."""
    if actor.id is None:
        return false()
    if actor.kind is ActorKind.STAFF:
        return SignIn.staff_id == actor.id
    return SignIn.person_id == actor.id


def may_change(actor: Actor, member: StaffMember) -> bool:
    """Nobody confirms, revokes or disables themselves: the two-person rule (F11, A8)."""
    return actor.id != member.id
