"""Starting, resuming, and throwing away."""

from __future__ import annotations

from flask import redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response as AnyResponse

from portal.apply.pages import Page, go_on, handed_in, key, pages, to_step, way
from portal.asking import ask
from portal.environment import is_signed_in, is_staff
from portal.failures import RETURN_TO

CARRIED = "__Secure-carried"  # the code of a pre-check, over the sign-in and no longer
HALF_AN_HOUR = 1800
LONGEST_CODE = 40


@pages.get("")
def start() -> Page:
    """Say what is needed and how long it takes; list what lies open."""
    if is_staff():
        return render_template("desk/elsewhere.html", what="提出申请")
    drafts = ask("MyDrafts")["myDrafts"] if is_signed_in() else []
    return render_template("apply/start.html", drafts=drafts, code="", problems=[])


@pages.post("/start")
def begin() -> Page:
    """Start, with what a pre-check knows. Whoever is not signed in does that first; the code waits for them."""
    code = request.form.get("code", "").strip()[:LONGEST_CODE]
    if not is_signed_in():
        return _sign_in_first(code)
    answer = ask("StartDraft", input={"code": code or None}, idempotencyKey=key(code))["startDraft"]
    if answer["problems"]:
        drafts = ask("MyDrafts")["myDrafts"]
        page = render_template("apply/start.html", drafts=drafts, code=code, problems=answer["problems"])
        return page, 422
    response = go_on(answer["draft"])
    response.delete_cookie(CARRIED, path="/apply", secure=True, httponly=True, samesite="Lax")
    return response


@pages.get("/continue")
def carry_on() -> Page:
    """Go on after signing in, with the code that waited."""
    if not is_signed_in():
        return redirect(url_for(".start"), 303)
    return render_template("apply/continue.html", code=request.cookies.get(CARRIED, "")[:LONGEST_CODE])


@pages.get("/<draft_id>")
def resume(draft_id: str) -> Page:
    """Show somebody who comes back how far they were, and lead on from there."""
    draft = ask("DraftOverview", id=draft_id)["draft"]
    if draft["isHandedIn"]:
        return handed_in()
    on = to_step(draft_id, draft["nextStep"])
    return render_template("apply/overview.html", draft=draft, parts=way(draft, ""), on=on)


@pages.get("/<draft_id>/discard")
def leave(draft_id: str) -> Page:
    """Ask once more before throwing away."""
    draft = ask("DraftOverview", id=draft_id)["draft"]
    return handed_in() if draft["isHandedIn"] else render_template("apply/discard.html", draft=draft)


@pages.post("/<draft_id>/discard")
def discard(draft_id: str) -> Page:
    """Throw away."""
    ask("DiscardDraft", input={"draftId": draft_id}, idempotencyKey=key())
    return redirect(url_for(".start"), 303)


def _sign_in_first(code: str) -> AnyResponse:
    session[RETURN_TO] = url_for(".carry_on")
    response = redirect(url_for("account.sign_in"), 303)
    if code:
        response.set_cookie(
            CARRIED, code, max_age=HALF_AN_HOUR, path="/apply", secure=True, httponly=True, samesite="Lax"
        )
    return response
