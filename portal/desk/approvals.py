"""Orders that wait for somebody to agree to them, the most urgent first."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from portal.asking import ask
from portal.visits import keep_nothing, key

pages = Blueprint("desk_approvals", __name__, url_prefix="/desk/approvals")
pages.after_request(keep_nothing)


@pages.get("")
def show() -> str:
    """List them."""
    return render_template("desk/approvals.html", found=ask("DeskApprovals")["approvalsWaiting"])


@pages.post("")
def answer() -> AnyResponse:
    """Agree, or do not."""
    given = {"appointment": request.form.get("appointment", ""), "agrees": request.form.get("answer") == "yes"}
    ask("AnswerApproval", input=given, idempotencyKey=key())
    return redirect(url_for(".show"), 303)
