"""Signing in by WeChat, and binding it to whoever proves a number. WeChat is asked before the unit of work begins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import graphene

from accounts import wechat as accounts
from accounts.sign_in import WECHAT
from accounts.sign_in import Device as OnDevice
from api.accounts import Session, session_of
from api.errors import problem_data
from api.mutation import Action
from api.scalars import DateTime
from api.viewer import Viewer
from core.db import keep
from core.errors import Problem
from core.wechat.client import Wechat, wechat
from core.wechat.faults import WechatFault

CODES = {40163: "wechat_code_used", 40226: "wechat_barred"}


class WechatTicket(graphene.ObjectType):
    """What a WeChat that is not bound yet comes back with, together with a proved number."""

    ticket = graphene.String(required=True, description="Hand it to `bindPhone`.")
    expires_at = graphene.Field(DateTime, required=True, description="How long it is good for.")


class SignInByWechatInput(graphene.InputObjectType):
    """What `wx.login` gave."""

    code = graphene.String(required=True, description="The code of `wx.login`; good once, for five minutes.")
    device = graphene.String(description="What the person will find in their list of devices, after 微信.")


class BindPhoneInput(graphene.InputObjectType):
    """A WeChat, and a number proved in one of two ways: `phoneCode`, or `request` and `code`."""

    ticket = graphene.String(required=True, description="From `signInByWechat`.")
    phone_code = graphene.String(description="The code of WeChat's `getPhoneNumber` button; good once.")
    request = graphene.String(description="From `sendCode`, where the number is typed instead.")
    code = graphene.String(description="The six digits that were texted.")
    device = graphene.String(description="What the person will find in their list of devices, after 微信.")


class BindWechatInput(graphene.InputObjectType):
    """What `wx.login` gave."""

    code = graphene.String(required=True, description="The code of `wx.login`; good once, for five minutes.")


class SignInByWechat(Action):
    """Sign in by WeChat. Where it is not bound to anybody yet, the answer is a ticket to bind it with."""

    remembered = False

    class Arguments:
        input = SignInByWechatInput(required=True)

    session = graphene.Field(Session, description="The tokens, where this WeChat is bound.")
    unbound = graphene.Field(WechatTicket, description="A ticket, where it is not.")

    @staticmethod
    def ahead(viewer: Viewer, input: Any) -> Any:
        """Ask WeChat who it is."""
        return _shown(viewer, input.code)

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Sign in, or give a ticket."""
        if isinstance(viewer.outside, Problem):
            return cls(problems=[problem_data(viewer.outside)])
        opened = accounts.sign_in(viewer.actor, viewer.outside, device=_device(viewer, input), now=viewer.now)
        return cls(unbound=opened) if isinstance(opened, accounts.Ticket) else session_of(cls, viewer, opened)


class BindPhone(Action):
    """Bind a WeChat to whoever has the number: an account there is, or a new one. Signs in."""

    remembered = False

    class Arguments:
        input = BindPhoneInput(required=True)

    session = graphene.Field(Session, description="The tokens.")

    @staticmethod
    def ahead(viewer: Viewer, input: Any) -> Any:
        """Ask WeChat for the number, where it is to say."""
        if not input.get("phone_code"):
            return accounts.Proof(request=input.get("request") or "", code=input.get("code") or "")
        return _asked(
            viewer,
            lambda there: accounts.Proof(number=there.phone_by(input.phone_code, now=viewer.now)),
            "phoneCode",
        )

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Bind and sign in. A wrong code is counted, so the problem is returned and the count kept."""
        proof, device = viewer.outside, _device(viewer, input)
        if isinstance(proof, Problem):
            return cls(problems=[problem_data(proof)])
        opened = accounts.bind_with_number(viewer.actor, input.ticket, proof, device=device, now=viewer.now)
        return session_of(cls, viewer, opened)


class BindWechat(Action):
    """Bind your WeChat to the account you are signed in with."""

    class Arguments:
        input = BindWechatInput(required=True)

    bound_at = graphene.Field(DateTime, description="Since when it is bound.")

    @staticmethod
    def ahead(viewer: Viewer, input: Any) -> Any:
        """Ask WeChat who it is."""
        return _shown(viewer, input.code)

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:  # noqa: ARG003  # read ahead
        """Bind it."""
        shown = viewer.outside
        bound = shown if isinstance(shown, Problem) else accounts.bind(viewer.actor, shown, now=viewer.now)
        if isinstance(bound, Problem):
            return cls(problems=[problem_data(bound)])
        return cls(bound_at=bound.bound_at)


class UnbindWechat(Action):
    """Let your WeChat go: it does not sign you in any more, and what it was signed in on is signed out."""

    ended = graphene.Int(description="How many devices were signed out.")

    @classmethod
    def act(cls, viewer: Viewer) -> Any:
        """Let it go."""
        return cls(ended=accounts.unbind(viewer.actor, now=viewer.now))


class Mutations(graphene.ObjectType):
    """Signing in by WeChat."""

    sign_in_by_wechat = SignInByWechat.Field()
    bind_phone = BindPhone.Field()
    bind_wechat = BindWechat.Field()
    unbind_wechat = UnbindWechat.Field()


def _device(viewer: Viewer, input: Any) -> OnDevice:
    return OnDevice(input.get("device") or viewer.device, via=WECHAT)


def _shown(viewer: Viewer, code: str) -> Any:
    def known(there: Wechat) -> accounts.Known:
        shown = there.shown_by(code)
        return accounts.Known(shown.openid, shown.unionid)

    return _asked(viewer, known, "code")


def _asked(viewer: Viewer, question: Callable[[Wechat], Any], field: str) -> Any:
    """Count, then ask; what only the person can put right comes back as a problem."""
    there = wechat()
    keep(lambda: accounts.ask(viewer.actor, viewer.address, now=viewer.now))
    try:
        return question(there)
    except WechatFault as fault:
        return Problem(CODES.get(fault.number, "wechat_code_wrong"), field)
