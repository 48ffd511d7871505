"""One's own messages (消息), and how one wants to be told."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from portal.asking import ask
from portal.environment import is_staff
from portal.forms import Reading, prefixed

pages = Blueprint("messages", __name__, url_prefix="/messages")

A_PAGE = 20
LONGEST_ADDRESS = 200
WAYS = ("byWechat", "bySms", "byEmail")
FIELDS = dict.fromkeys(WAYS, "ways")
Page = str | AnyResponse | tuple[str, int]


@pages.after_request
def keep_nothing(response: Response) -> Response:
    """Let nothing of these pages be kept."""
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.get("")
def mine() -> Page:
    """List one's messages, the newest first."""
    if is_staff():
        return render_template("desk/elsewhere.html", what="查看自己的消息")
    found = ask("MessagesPage", first=A_PAGE, after=request.args.get("after"))
    return render_template("messages/list.html", found=found["messages"], unread=found["unreadMessages"])


@pages.post("/open")
def go() -> Page:
    """Mark a message as read, and lead to what it is about."""
    form = Reading(request.form)
    read = _read(form.line("message"))["message"]
    return redirect(read["path"] if read and read["path"] else url_for(".mine"), 303)


@pages.post("/read")
def read_all() -> Page:
    """Mark all messages as read."""
    _read(None)
    return redirect(url_for(".mine"), 303)


@pages.get("/settings")
def settings() -> Page:
    """Show how one wants to be told."""
    if is_staff():
        return render_template("desk/elsewhere.html", what="选怎么收消息")
    return _settings(saved=request.args.get("saved", ""))


@pages.post("/settings")
def choose() -> Page:
    """Choose how one wants to be told."""
    picked = Reading(request.form).choices("ways", WAYS)
    answer = ask("SetMessageSettings", input={way: way in picked for way in WAYS}, idempotencyKey=_key())
    if problems := answer["setMessageSettings"]["problems"]:
        return _settings(problems=prefixed(problems, FIELDS), picked=picked), 422
    return redirect(url_for(".settings", saved="ways"), 303)


@pages.post("/settings/mailbox")
def set_mailbox() -> Page:
    """Name a mailbox, or forget the one there is."""
    form = Reading(request.form)
    address = "" if form.yes("forget") else form.line("address", limit=LONGEST_ADDRESS)
    answer = ask("SetMailbox", input={"address": address}, idempotencyKey=_key())["setMailbox"]
    if answer["problems"]:
        return _settings(problems=answer["problems"], typed=address), 422
    return redirect(url_for(".settings", saved="mailbox" if address else "forgotten"), 303)


@pages.get("/email/<token>")
def confirming(token: str) -> Page:
    """Ask once more: what looks at links in mails must not confirm anything."""
    return render_template("messages/confirm.html", token=token, masked="")


@pages.post("/email/<token>")
def confirm(token: str) -> Page:
    """Confirm a mailbox."""
    answer = ask("ConfirmMailbox", input={"token": token}, idempotencyKey=_key())["confirmMailbox"]
    return render_template("messages/confirm.html", token=token, masked=answer["maskedEmail"])


def _read(message: str | None) -> dict[str, Any]:
    answer: dict[str, Any] = ask("ReadMessage", input={"message": message}, idempotencyKey=_key())["readMessage"]
    return answer


def _settings(*, problems: Any = (), picked: list[str] | None = None, typed: str = "", saved: str = "") -> str:
    now = ask("MessageSettings")["messageSettings"]
    chosen = [way for way in WAYS if now[way]] if picked is None else picked
    return render_template(
        "messages/settings.html", now=now, chosen=chosen, problems=list(problems), typed=typed, saved=saved
    )


def _key() -> str:
    return request.form.get("idempotency_key", "")
