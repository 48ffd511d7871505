"""A page on the desk: where it stands, who said what, and what whoever looks may do (FEATURES D02, D03, D05)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from core import settings
from core.errors import Conflict, NotFound
from portal.asking import ask, viewer
from portal.desk.content_forms import moment, tied
from portal.forms import Reading, problem

pages = Blueprint("desk_content", __name__, url_prefix="/desk/content")

LANGUAGES = ("SIMPLIFIED", "TRADITIONAL", "ENGLISH")
LONGEST_WORDS, LONGEST_QUOTE, LONGEST_NAME = 1000, 200, 80
DONE = {
    "saved": "已保存",
    "merged": "已保存，和同事的修改合到了一起",
    "ask": "已送审",
    "take-back": "已撤回，可以继续写",
    "claim": "已登记",
    "comment": "意见已留下",
    "return": "已退回",
    "publish": "已发布",
    "withdraw": "已下线",
    "roll-back": "已恢复以前的一版",
    "recheck": "已登记：今天按现行法律核对过",
    "restore": "已恢复成最新的一版",
    "report": "活动情况已登记",
    "follow": "已登记：译文和原文现在的样子一致，请送审",
}
Page = str | tuple[str, int] | AnyResponse
Given = Callable[[Reading, str], dict[str, Any]]


@pages.after_request
def keep_nothing(response: Response) -> Response:
    """Let nothing of these pages be kept."""
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.get("/<page>")
def show(page: str) -> Page:
    """Show where it stands."""
    return _show(page, [])


@pages.get("/<page>/compare")
def compare(page: str) -> Page:
    """Show what changed between two revisions."""
    after = request.args.get("after", type=int) or 1
    before = request.args.get("before", default=after - 1, type=int)
    answer = ask("ContentDifference", id=page, before=max(before, 0), after=after)
    return render_template(
        "desk/content/compare.html",
        opened=answer["contentOpened"],
        passages=answer["contentDifference"],
        before=max(before, 0),
        after=after,
    )


@pages.post("/<page>/invite")
def invite(page: str) -> Page:
    """Make a link for an expert, and show it: it is told once."""
    reading = Reading(request.form)
    given = {
        "review": request.form.get("review", ""),
        "name": reading.line("name", limit=LONGEST_NAME),
        "employer": reading.line("employer", limit=LONGEST_NAME),
        "publishes": reading.yes("publishes"),
    }
    if reading.problems:
        return _show(page, reading.problems), 422
    made = ask("InviteExpert", input=given, idempotencyKey=_key())["inviteExpert"]
    if made["problems"]:
        return _show(page, made["problems"]), 422
    link = settings.current().public_url + url_for("expert.show", link=made["link"])
    return _show(page, [], link=link, link_ends=made["expiresAt"])


@pages.post("/<page>/translate")
def translate(page: str) -> Page:
    """Begin it in another language, and go on to the editor."""
    language = request.form.get("language", "")
    given = {"id": page, "language": language if language in LANGUAGES else LANGUAGES[0]}
    try:
        made = ask("TranslateContent", input=given, idempotencyKey=_key())["translateContent"]
    except Conflict as lost:
        return _show(page, [problem(lost.code)]), 409
    if made["problems"]:
        return _show(page, made["problems"]), 422
    return redirect(url_for("desk_writing.edit", page=made["id"]), 303)


@pages.post("/<page>/<act>")
def do(page: str, act: str) -> Page:
    """Do what the button says, and come back."""
    if act not in ACTS:
        raise NotFound
    document, read = ACTS[act]
    reading = Reading(request.form)
    given = read(reading, page)
    if reading.problems:
        return _show(page, reading.problems), 422
    try:
        (payload,) = ask(document, input=given, idempotencyKey=_key()).values()
    except Conflict as lost:
        return _show(page, [problem(lost.code, None, **lost.params)]), 409
    if payload["problems"]:
        return _show(page, tied(payload["problems"])), 422
    return redirect(url_for(".show", page=page, done=act), 303)


def _asked(reading: Reading, page: str) -> dict[str, Any]:
    return {
        "id": page,
        "number": reading.figure("number") or 0,
        "dueAt": moment(reading, "due"),
        "startsAt": moment(reading, "starts"),
        "expiresAt": moment(reading, "expires"),
    }


def _review(_reading: Reading, _page: str) -> dict[str, Any]:
    return {"review": request.form.get("review", "")}


def _reason(reading: Reading, page: str) -> dict[str, Any]:
    return {"id": page, "reason": reading.text("withdraw_reason", limit=LONGEST_WORDS)}


def _said(reading: Reading, page: str) -> dict[str, Any]:
    words, quote = reading.text("words", limit=LONGEST_WORDS), reading.text("quote", limit=LONGEST_QUOTE)
    return {"id": page, "words": words, "quote": quote}


def _reported(reading: Reading, page: str) -> dict[str, Any]:
    """Read what came of an event; photographs are ids of the library, one a line or one after the other."""
    figures = {name: reading.figure(name) for name in ("came", "asked", "copies")}
    shown = reading.text("pictures", limit=LONGEST_WORDS).replace("picture:", " ")
    return {"id": page, **figures, "words": reading.text("words", limit=LONGEST_WORDS), "pictures": shown.split()}


ACTS: Mapping[str, tuple[str, Given]] = {
    "ask": ("AskReview", _asked),
    "take-back": ("TakeBackReview", _review),
    "claim": ("ClaimReview", lambda reading, page: {**_review(reading, page), "claimed": reading.yes("claimed")}),
    "comment": ("CommentContent", _said),
    "return": (
        "ReturnContent",
        lambda reading, page: {**_review(reading, page), "reason": reading.text("reason", limit=LONGEST_WORDS)},
    ),
    "publish": ("PublishContent", _review),
    "withdraw": ("WithdrawContent", _reason),
    "roll-back": (
        "RollBackContent",
        lambda _reading, page: {"id": page, "publication": request.form.get("publication", "")},
    ),
    "recheck": ("RecheckContent", lambda _reading, page: {"id": page}),
    "report": ("ReportEvent", _reported),
    "follow": ("FollowOriginal", lambda _reading, page: {"id": page}),
    "restore": ("RestoreContent", lambda reading, page: {"id": page, "number": reading.figure("number") or 0}),
}


def _show(page: str, problems: list[dict[str, Any]], **told: Any) -> str:
    opened = ask("ContentOpened", id=page)["contentOpened"]
    said = ask("ContentRevision", id=page, number=_looked_at(opened))["contentRevision"]
    plain = {**said, "fields": [{"code": one["code"], "value": one["value"]} for one in said["fields"]]}
    return render_template(
        "desk/content/page.html",
        opened=opened,
        item=opened["item"],
        review=next((one for one in opened["reviews"] if one["state"] == "waiting"), None),
        last=next(iter(opened["reviews"]), None),
        said=said,
        live_number=next((one["number"] for one in opened["publications"] if one["isLive"]), 0),
        seen=ask("ContentPreview", kind=opened["item"]["kind"], said=plain)["contentPreview"],
        problems=problems,
        typed=request.form,
        done="" if problems else DONE.get(request.args.get("done", ""), ""),
        now=viewer().now,
        translations=ask("ContentTranslations", id=page)["contentTranslations"],
        tally=ask("EventTally", id=page)["eventTally"] if opened["item"]["kind"] == "EVENT" else None,
        link=told.get("link"),
        link_ends=told.get("link_ends"),
    )


def _looked_at(opened: Mapping[str, Any]) -> int:
    """Give the revision to look at: the one under review, else the newest."""
    waiting = next((one for one in opened["reviews"] if one["state"] == "waiting"), None)
    return int(waiting["number"] if waiting else opened["item"]["newest"])


def _key() -> str:
    return request.form.get("idempotency_key", "")
