"""Signing in by a code, signing out, and the devices one is signed in on."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from cryptography.exceptions import InvalidTag
from flask import Blueprint, Response, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response as AnyResponse

from api.errors import problem_data
from core.crypto import keyring
from core.errors import NotSignedIn, Problem, TooMany
from core.identity import ActorKind
from portal import session as signed
from portal.asking import ask, viewer
from portal.forms import Reading

pages = Blueprint("account", __name__)

CODE = "code_request"  # in the session: the code under way, sealed
PURPOSE = "portal.code_request"
PHONE_DIGITS = 30
Page = str | AnyResponse | tuple[str, int] | tuple[str, int, dict[str, str]]


@pages.after_request
def keep_nothing(response: Response) -> Response:
    """Let nothing of these pages be kept (TRUST P2)."""
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.get("/sign-in")
def sign_in() -> Page:
    """Ask for a mobile number."""
    if viewer().actor.id is not None:
        return redirect(url_for(".show"), 303)
    return render_template("account/sign_in.html", problems=[], phone="")


@pages.post("/sign-in")
def send_code() -> Page:
    """Send a code to the number."""
    phone = Reading(request.form).line("phone", limit=PHONE_DIGITS)
    return _sent(phone, "account/sign_in.html", phone=phone)


@pages.post("/sign-in/again")
def send_again() -> Page:
    """Send another code to the same number."""
    under_way = _under_way()
    if under_way is None:
        return redirect(url_for(".sign_in"), 303)
    return _sent(under_way["phone"], "account/code.html", under_way=under_way)


def _sent(number: str, template: str, **shown: Any) -> Page:
    try:
        answer = ask("SendCode", input={"phone": number}, idempotencyKey=_key())["sendCode"]
    except TooMany as refusal:
        problem = problem_data(Problem(refusal.code, "code" if "under_way" in shown else "phone", refusal.params))
        headers = {"Retry-After": str(refusal.retry_after)}
        return render_template(template, problems=[problem], **shown), refusal.status, headers
    if answer["problems"]:
        return render_template(template, problems=answer["problems"], **shown), 422
    sent = answer["codeRequest"]
    said = {"phone": number, "masked": sent["maskedPhone"], "request": sent["request"]}
    session[CODE] = keyring().seal(json.dumps(said | {"until": sent["expiresAt"].isoformat()}), PURPOSE)
    return redirect(url_for(".code"), 303)


@pages.get("/sign-in/code")
def code() -> Page:
    """Ask for the code that was sent."""
    under_way = _under_way()
    if under_way is None:
        return redirect(url_for(".sign_in"), 303)
    return render_template("account/code.html", problems=[], under_way=under_way)


@pages.post("/sign-in/code")
def weigh_code() -> Page:
    """Sign in with the code, and go back to where the person was."""
    under_way = _under_way()
    if under_way is None:
        return redirect(url_for(".sign_in"), 303)
    form = Reading(request.form)
    given = {
        "request": under_way["request"],
        "code": form.line("code", limit=PHONE_DIGITS),
        "remember": form.yes("remember"),
    }
    answer = ask("SignIn", input=given, idempotencyKey=_key())["signIn"]
    if answer["problems"]:
        return render_template("account/code.html", problems=answer["problems"], under_way=under_way), 422
    back = signed.begin(answer["session"])
    return redirect(back or url_for(".show"), 303)


@pages.get("/account")
def show() -> Page:
    """Show who is signed in, and where."""
    me = ask("Me")["me"]
    if me is None:
        raise NotSignedIn
    is_staff = me["kind"] == ActorKind.STAFF.name
    unread = 0 if is_staff else ask("UnreadMessages")["unreadMessages"]
    wechat = None if is_staff else ask("WechatBinding")["me"]["wechatBoundAt"]
    shown = {"is_staff": is_staff, "unread": unread, "wechat_bound_at": wechat, "done": request.args}
    return render_template("account/show.html", me=me, **shown)


@pages.post("/account/devices/end")
def end_device() -> Page:
    """Sign out one device."""
    ask("EndDevice", input={"device": request.form.get("device", "")}, idempotencyKey=_key())
    return redirect(url_for(".show", ended=""), 303)


@pages.post("/account/wechat/unbind")
def unbind() -> Page:
    """Let a WeChat go, also one somebody else has bound."""
    ask("UnbindWechat", idempotencyKey=_key())
    return redirect(url_for(".show", unbound=""), 303)


@pages.get("/sign-out")
def leave() -> Page:
    """Ask once more, for a link must not sign anybody out."""
    return render_template("account/sign_out.html")


@pages.post("/sign-out")
def sign_out() -> Page:
    """Sign out here, or everywhere."""
    if viewer().actor.id is not None:
        everywhere = request.form.get("everywhere") == "yes"
        ask("SignOut", input={"everywhere": everywhere}, idempotencyKey=_key())
    signed.end()
    return redirect(url_for("home.show"), 303)


def _key() -> str:
    return request.form.get("idempotency_key", "")


def _under_way() -> dict[str, Any] | None:
    """Read which code was asked for in this browser; nothing where it is too long ago."""
    sealed = session.get(CODE)
    if not isinstance(sealed, str):
        return None
    try:
        said: dict[str, Any] = json.loads(keyring().open(sealed, PURPOSE))
    except (InvalidTag, KeyError, ValueError):
        return None
    said["is_over"] = datetime.fromisoformat(said["until"]) <= datetime.now(UTC)
    return said
