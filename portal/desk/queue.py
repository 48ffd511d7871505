"""The staff queue: what to do next, the most urgent first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from core.errors import Malformed
from core.identity import Permission
from portal import case_view
from portal.asking import ask, viewer
from portal.environment import is_staff, workplaces

pages = Blueprint("desk_queue", __name__, url_prefix="/desk")

A_PAGE = 25
WORKING = (Permission.APPLICATIONS_SUPPLEMENT, Permission.APPLICATIONS_DECIDE)
Page = str | AnyResponse | tuple[str, int]
PILES = {"to_review": "等我们办", "waiting": "等当事人补交", "decided": "已办"}


@pages.after_request
def keep_nothing(response: Response) -> Response:
    """Let nothing of these pages be kept."""
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.get("")
def show() -> Page:
    """Show a pile of the queue; staff who have no cases are led to where they begin."""
    if is_staff() and not viewer().actor.may(Permission.APPLICATIONS_REVIEW):
        return redirect(next((href for href, *_ in workplaces()), url_for("account.show")), 303)
    return _pile()


def _pile(problems: list[dict[str, Any]] | None = None) -> str:
    pile = request.args.get("pile", "to_review")
    if pile not in PILES:
        raise Malformed("pile_unknown")
    after = request.args.get("after")
    found = ask("DeskQueue", pile=pile.upper(), first=A_PAGE, after=after)["deskQueue"]
    works = any(viewer().actor.may(one) for one in WORKING) and pile == "to_review" and after is None
    rows = [_row(one) for one in found["nodes"]]
    return render_template(
        "desk/queue.html",
        found=found,
        rows=rows,
        pile=pile,
        piles=PILES,
        is_first=after is None,
        mine=ask("CasesInHand")["casesInHand"] if works else [],
        works=works,
        waited=_waited() if works else [],
        calls=[_call(one) for one in ask("UrgentCalls")["urgentCalls"]] if works else [],
        problems=problems or [],
        nothing="nothing" in request.args,
    )


@pages.post("/next")
def take_next() -> Page:
    """Take the case that presses most, and open it."""
    answer = ask("TakeNextCase", idempotencyKey=request.form.get("idempotency_key", ""))["takeNextCase"]
    if answer["problems"]:
        return _pile(answer["problems"]), 422
    if answer["caseReference"] is None:
        return redirect(url_for(".show", nothing=""), 303)
    return redirect(url_for("desk_case.show", reference=answer["caseReference"]), 303)


def _waited() -> list[dict[str, Any]]:
    today = case_view.today(viewer().now)
    found = ask("AssistanceWaitedFor")["assistanceWaitedFor"]
    return [{**one, "due": case_view.clock(one["dueOn"], today)} for one in found]


def _call(one: Mapping[str, Any]) -> dict[str, Any]:
    minutes = round((one["callBy"] - viewer().now).total_seconds() / 60)
    return {**one, "left": f"还剩 {minutes} 分钟" if minutes > 0 else "已过一小时", "is_late": minutes <= 0}


def _row(one: Mapping[str, Any]) -> dict[str, Any]:
    until = one["urgentUntil"]
    today = case_view.today(viewer().now)
    left = case_view.clock(until, today)
    urgent = f"{one['whyHere']}：{until.month}月{until.day}日到期" if left else ""
    return {**one, "urgent": urgent, "left": left and left["left"], "due": case_view.clock(one["dueOn"], today)}
