"""Signing in and out, and what somebody may know about themselves."""

from __future__ import annotations

from typing import Any

import graphene

from accounts import codes, queries, roles, sign_in, staff, wechat
from accounts.sign_in import Device as OnDevice
from api import tokens
from api.errors import problem_data
from api.mutation import Action
from api.scalars import DateTime, enum_of
from api.viewer import Viewer
from core.errors import Problem
from core.identity import ActorKind, Permission

PersonKind = enum_of(
    ActorKind,
    "What sort of somebody is signed in.",
    {
        ActorKind.ANYONE: "Nobody known.",
        ActorKind.CITIZEN: "A citizen.",
        ActorKind.STAFF: "A member of staff.",
        ActorKind.SYSTEM: "The service itself.",
    },
)


class Session(graphene.ObjectType):
    """The tokens of somebody who signed in. Portals keep them in cookies no script can read."""

    access_token = graphene.String(required=True, description="Send it as `Authorization: Bearer …`.")
    access_expires_at = graphene.Field(DateTime, required=True, description="When to refresh at the latest.")
    refresh_token = graphene.String(required=True, description="Good for one refresh; a second use ends the sign-in.")
    refresh_expires_at = graphene.Field(DateTime, required=True, description="When signing in again is needed.")
    is_remembered = graphene.Boolean(required=True, description="Whether the device was asked to remember.")


class CodeRequest(graphene.ObjectType):
    """A code is on its way."""

    request = graphene.String(required=True, description="Name it when you answer with the code.")
    masked_phone = graphene.String(required=True, description="Where it goes, the middle hidden.")
    expires_at = graphene.Field(DateTime, required=True, description="How long the code is good for.")
    send_again_at = graphene.Field(DateTime, required=True, description="When another code can be asked for.")


class RoleTitle(graphene.ObjectType):
    """A role somebody has."""

    code = graphene.String(required=True, description="Its stable name.")
    title = graphene.String(required=True, description="Its name in Chinese.")


class Device(graphene.ObjectType):
    """A device somebody is signed in on."""

    id = graphene.ID(required=True, description="Its id.")
    label = graphene.String(required=True, description="What it looks like.")
    is_current = graphene.Boolean(required=True, description="Whether it is the one in use now.")
    created_at = graphene.Field(DateTime, required=True, description="When it was signed in.")
    last_used_at = graphene.Field(
        DateTime, required=True, description="When it was last in use, to a quarter of an hour."
    )
    expires_at = graphene.Field(DateTime, required=True, description="When it is signed out by itself.")

    def resolve_label(device, _info: Any) -> str:
        """Give the label."""
        return str(device.device)

    def resolve_is_current(device, info: Any) -> bool:
        """Say whether this is the device in use."""
        return bool(device.id == info.context.sign_in)


class Me(graphene.ObjectType):
    """Whoever is signed in."""

    kind = graphene.Field(PersonKind, required=True, description="Citizen or staff.")
    name = graphene.String(required=True, description="Their name; empty where it is not known.")
    masked_phone = graphene.String(description="A citizen's number, the middle hidden.")
    region = graphene.String(description="The division whose cases a member of staff may see.")
    roles = graphene.List(graphene.NonNull(RoleTitle), required=True, description="Their confirmed roles.")
    permissions = graphene.List(graphene.NonNull(graphene.String), required=True, description="What they may do.")
    devices = graphene.List(graphene.NonNull(Device), required=True, description="Where they are signed in.")
    wechat_bound_at = graphene.Field(DateTime, description="Since when a citizen's WeChat signs them in, if it does.")

    def resolve_roles(profile, _info: Any) -> list[RoleTitle]:
        """Give the roles with their names."""
        return [RoleTitle(code=code, title=roles.matrix()[code].title) for code in profile.roles]

    def resolve_permissions(profile, _info: Any) -> list[str]:
        """Give what the roles allow."""
        return [permission.value for permission in profile.permissions if isinstance(permission, Permission)]

    def resolve_devices(_profile, info: Any) -> Any:
        """List the devices, newest first."""
        return queries.devices(info.context.actor, now=info.context.now)

    def resolve_wechat_bound_at(_profile, info: Any) -> Any:
        """Say since when their WeChat is bound."""
        return wechat.bound_at(info.context.actor)


class Queries(graphene.ObjectType):
    """What can be asked about oneself."""

    me = graphene.Field(Me, description="Whoever is signed in; empty for a stranger.")

    def resolve_me(_root, info: Any) -> Any:
        """Tell somebody about themselves."""
        return queries.profile(info.context.actor) if info.context.actor.id else None


class SendCodeInput(graphene.InputObjectType):
    """Where to send a code."""

    phone = graphene.String(required=True, description="A mainland mobile number, as people write it.")


class SignInInput(graphene.InputObjectType):
    """The code that came."""

    request = graphene.String(required=True, description="From `sendCode`.")
    code = graphene.String(required=True, description="The six digits.")
    device = graphene.String(description="What the person will find in their list of devices.")
    remember = graphene.Boolean(description="Stay signed in on this device for 30 days.")


class StaffSignInInput(graphene.InputObjectType):
    """What a member of staff shows."""

    username = graphene.String(required=True, description="Their user name.")
    password = graphene.String(required=True, description="Their password.")
    totp = graphene.String(required=True, description="The six digits of their authenticator app.")
    device = graphene.String(description="What they will find in their list of devices.")


class RefreshInput(graphene.InputObjectType):
    """The newest refresh token."""

    refresh_token = graphene.String(required=True, description="Good once.")


class SignOutInput(graphene.InputObjectType):
    """Where to sign out."""

    everywhere = graphene.Boolean(description="On all devices, not only this one.")


class EndDeviceInput(graphene.InputObjectType):
    """Which device to end."""

    device = graphene.ID(required=True, description="The id of one of your devices.")


class SendCode(Action):
    """Send a one-time code by SMS. The answer is the same whether the number is known or not."""

    class Arguments:
        input = SendCodeInput(required=True)

    code_request = graphene.Field(CodeRequest, description="What to name when answering.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Send it."""
        return cls(code_request=codes.send(viewer.actor, input.phone, address=viewer.address, now=viewer.now))


class SignIn(Action):
    """Sign a citizen in by the code they were sent."""

    remembered = False
    takes_key = True

    class Arguments:
        input = SignInInput(required=True)

    session = graphene.Field(Session, description="The tokens.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any, key: str) -> Any:
        """Weigh the code. A wrong one is counted, so the problem is returned and the count kept."""
        device = _device(viewer, input.get("device"), is_remembered=bool(input.get("remember")))
        opened = sign_in.by_code(viewer.actor, input.request, input.code, device=device, key=key, now=viewer.now)
        return session_of(cls, viewer, opened)


class StaffSignIn(Action):
    """Sign a member of staff in by password and authenticator app."""

    remembered = False

    class Arguments:
        input = StaffSignInInput(required=True)

    session = graphene.Field(Session, description="The tokens.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Weigh what was shown. A wrong try is counted, so the problem is returned and the count kept."""
        shown = staff.Credentials(input.username, input.password, input.totp)
        device = _device(viewer, input.get("device"))
        opened = staff.by_password(viewer.actor, shown, device=device, address=viewer.address, now=viewer.now)
        return session_of(cls, viewer, opened)


class RefreshSession(Action):
    """Exchange a refresh token for new tokens. A token that was exchanged before ends the whole sign-in."""

    remembered = False
    takes_key = True

    class Arguments:
        input = RefreshInput(required=True)

    session = graphene.Field(Session, description="The new tokens.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any, key: str) -> Any:
        """Exchange it. That the family ended must be kept, so the problem is returned."""
        opened = tokens.rotate(input.refresh_token, key=key, now=viewer.now).sign_in
        return session_of(cls, viewer, opened or Problem("session_ended"))


class SignOut(Action):
    """Sign out here, or everywhere. Access and refresh tokens end at once."""

    class Arguments:
        input = SignOutInput(required=True)

    ended = graphene.Int(description="How many devices were signed out.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """End this device, or all of them."""
        everywhere = bool(input.get("everywhere"))
        return cls(ended=sign_in.sign_out(viewer.actor, viewer.sign_in, everywhere=everywhere, now=viewer.now))


class EndDevice(Action):
    """Sign out one of your devices, a lost phone say."""

    class Arguments:
        input = EndDeviceInput(required=True)

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """End it."""
        sign_in.end_device(viewer.actor, input.device, now=viewer.now)
        return cls()


class Mutations(graphene.ObjectType):
    """Signing in and out."""

    send_code = SendCode.Field()
    sign_in = SignIn.Field()
    staff_sign_in = StaffSignIn.Field()
    refresh_session = RefreshSession.Field()
    sign_out = SignOut.Field()
    end_device = EndDevice.Field()


def _device(viewer: Viewer, label: str | None, *, is_remembered: bool = False) -> OnDevice:
    return OnDevice(label or viewer.device, is_browser=viewer.channel == "portal", is_remembered=is_remembered)


def session_of(payload: Any, viewer: Viewer, opened: Any) -> Any:
    """Answer with the tokens of a sign-in, or with the problem there was."""
    if isinstance(opened, Problem):
        return payload(problems=[problem_data(opened)])
    return payload(session=tokens.issue(opened, now=viewer.now))
