"""Roles of staff: confirmed, taken away, shut out (FEATURES F11)."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from portal.asking import ask
from portal.forms import Reading

pages = Blueprint("desk_people", __name__)

PAGE_SIZE = 50
REASON = 500
Page = str | AnyResponse | tuple[str, int]


@pages.get("/desk/people")
def show() -> Page:
    """List the staff of the region with their roles."""
    return _page([])


@pages.post("/desk/people/confirm")
def confirm() -> Page:
    """Confirm a role."""
    given = {"staff": request.form.get("staff", ""), "role": request.form.get("role", "")}
    return _done(ask("ConfirmRole", input=given, idempotencyKey=_key())["confirmRole"])


@pages.post("/desk/people/revoke")
def revoke() -> Page:
    """Take a role away."""
    reason = Reading(request.form).line("reason", limit=REASON)
    given = {"staff": request.form.get("staff", ""), "role": request.form.get("role", ""), "reason": reason}
    return _done(ask("RevokeRole", input=given, idempotencyKey=_key())["revokeRole"])


@pages.post("/desk/people/disable")
def disable() -> Page:
    """Shut somebody out, or let them in again."""
    form = Reading(request.form)
    given = {
        "staff": request.form.get("staff", ""),
        "disabled": form.yes("disabled"),
        "reason": form.line("reason", limit=REASON),
    }
    return _done(ask("SetStaffDisabled", input=given, idempotencyKey=_key())["setStaffDisabled"])


def _done(answer: dict[str, list[dict[str, str]]]) -> Page:
    if not answer["problems"]:
        return redirect(url_for(".show"), 303)
    who = request.form.get("staff", "")
    return _page([{**problem, "field": f"reason-{who}"} for problem in answer["problems"]]), 422


def _page(problems: list[dict[str, str]]) -> str:
    staff = ask("StaffMembers", first=PAGE_SIZE, after=request.args.get("after") or None)["staffMembers"]
    return render_template("desk/people.html", staff=staff, problems=problems)


def _key() -> str:
    return request.form.get("idempotency_key", "")
