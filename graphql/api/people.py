"""Members of staff and their roles, as an administrator sees them (FEATURES F11)."""

from __future__ import annotations

from typing import Any

import graphene

from accounts import queries, roles, staff
from api import paging
from api.mutation import Action
from api.scalars import DateTime
from api.viewer import Viewer
from core.errors import Malformed


class HeldRole(graphene.ObjectType):
    """A role somebody was put down for."""

    code = graphene.String(required=True, description="Its stable name.")
    title = graphene.String(required=True, description="Its name in Chinese.")
    asked_at = graphene.Field(DateTime, required=True, description="When they were put down for it.")
    confirmed_at = graphene.Field(DateTime, description="Since when it counts; empty while nobody has confirmed it.")

    def resolve_code(held, _info: Any) -> str:
        """Give the name."""
        return str(held.role_code)

    def resolve_title(held, _info: Any) -> str:
        """Give the Chinese name."""
        known = roles.matrix().get(held.role_code)
        return known.title if known else str(held.role_code)


class StaffMember(graphene.ObjectType):
    """Somebody who works here."""

    id = graphene.ID(required=True, description="Their id.")
    username = graphene.String(required=True, description="What they sign in as.")
    name = graphene.String(required=True, description="Their name.")
    work_number = graphene.String(required=True, description="Their work number.")
    region = graphene.String(required=True, description="The division whose cases they may see.")
    is_myself = graphene.Boolean(required=True, description="Whether this is whoever asks.")
    disabled_at = graphene.Field(DateTime, description="Since when they are shut out.")
    roles = graphene.List(graphene.NonNull(HeldRole), required=True, description="What they were put down for.")

    def resolve_is_myself(member, info: Any) -> bool:
        """Say whether it is whoever asks."""
        return bool(member.id == info.context.actor.id)


StaffMemberConnection = paging.connection(StaffMember, "Members of staff.")


class Queries(graphene.ObjectType):
    """What an administrator can ask."""

    staff_members = paging.paged(StaffMemberConnection, "The staff of your region, by user name.")

    def resolve_staff_members(_root, info: Any, first: int, after: str | None = None) -> Any:
        """Give one page of staff."""
        place = paging.place(after)
        if place is not None and (len(place) != 1 or not isinstance(place[0], str)):
            raise Malformed("cursor_unknown")
        rows = queries.staff_page(info.context.actor, limit=paging.judged(first) + 1, after=place[0] if place else None)
        return paging.page_of(rows, first, lambda member: (member.username,))


class ConfirmRoleInput(graphene.InputObjectType):
    """Whose role to confirm."""

    staff = graphene.ID(required=True, description="The member of staff.")
    role = graphene.String(required=True, description="The role they were put down for.")


class RevokeRoleInput(graphene.InputObjectType):
    """Whose role to take away."""

    staff = graphene.ID(required=True, description="The member of staff.")
    role = graphene.String(required=True, description="The role.")
    reason = graphene.String(required=True, description="Why; it is recorded.")


class SetStaffDisabledInput(graphene.InputObjectType):
    """Whom to shut out, or let in again."""

    staff = graphene.ID(required=True, description="The member of staff.")
    disabled = graphene.Boolean(required=True, description="Shut out, or let in.")
    reason = graphene.String(required=True, description="Why; it is recorded.")


class ConfirmRole(Action):
    """Confirm a role somebody was put down for. Nobody confirms their own."""

    class Arguments:
        input = ConfirmRoleInput(required=True)

    staff_member = graphene.Field(StaffMember, description="The member of staff as they are now.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Confirm it."""
        return cls(staff_member=roles.confirm(viewer.actor, input.staff, input.role, now=viewer.now))


class RevokeRole(Action):
    """Take a role away from somebody else, from this moment on."""

    class Arguments:
        input = RevokeRoleInput(required=True)

    staff_member = graphene.Field(StaffMember, description="The member of staff as they are now.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Take it away."""
        member = roles.revoke(viewer.actor, input.staff, input.role, reason=input.reason, now=viewer.now)
        return cls(staff_member=member)


class SetStaffDisabled(Action):
    """Shut a member of staff out at once on every device, or let them in again."""

    class Arguments:
        input = SetStaffDisabledInput(required=True)

    staff_member = graphene.Field(StaffMember, description="The member of staff as they are now.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Shut them out or let them in."""
        member = staff.set_disabled(
            viewer.actor, input.staff, disabled=input.disabled, reason=input.reason, now=viewer.now
        )
        return cls(staff_member=member)


class Mutations(graphene.ObjectType):
    """What an administrator can do."""

    confirm_role = ConfirmRole.Field()
    revoke_role = RevokeRole.Field()
    set_staff_disabled = SetStaffDisabled.Field()
