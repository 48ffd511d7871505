"""A case on the desk: read it, ask for what is missing, decide."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from portal import case_view
from portal.asking import ask, viewer
from portal.forms import Reading

pages = Blueprint("desk_case", __name__, url_prefix="/desk/cases")

LONGEST_NOTE = 300
LONGEST_EXPLANATION = 1000
Page = str | AnyResponse | tuple[str, int]


@pages.after_request
def keep_nothing(response: Response) -> Response:
    """Let nothing of these pages be kept."""
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.get("/<reference>")
def show(reference: str) -> Page:
    """Open a case. That it was opened is recorded."""
    return _case(reference)


@pages.post("/<reference>/supplement")
def ask_supplement(reference: str) -> Page:
    """Ask once for everything that is missing."""
    form = Reading(request.form)
    items = [
        {"code": code, "note": form.text(f"note-{code}", limit=LONGEST_NOTE)} for code in request.form.getlist("items")
    ]
    return _done(reference, form, "AskSupplement", {"items": items})


@pages.post("/<reference>/grant")
def grant(reference: str) -> Page:
    """Grant legal aid."""
    return _decide(reference, "GrantAid", "grant")


@pages.post("/<reference>/refuse")
def refuse(reference: str) -> Page:
    """Refuse legal aid."""
    return _decide(reference, "RefuseAid", "refuse")


@pages.post("/<reference>/deem-withdrawn")
def deem_withdrawn(reference: str) -> Page:
    """Confirm that nothing came in time."""
    form = Reading(request.form)
    return _done(reference, form, "DeemWithdrawn", {"delivered": form.line("delivered", limit=20)})


@pages.post("/<reference>/called")
def note_call(reference: str) -> Page:
    """Write down that one rang."""
    reached = request.form.get("reached") == "yes"
    return _done(reference, Reading(request.form), "NoteUrgentCall", {"reached": reached})


@pages.post("/<reference>/aid-first")
def provide_first(reference: str) -> Page:
    """Give aid before the papers."""
    form = Reading(request.form)
    given = {
        "ground": form.line("aid_first_ground", limit=40),
        "explanation": form.text("aid_first_explanation", limit=LONGEST_EXPLANATION),
    }
    return _done(reference, form, "ProvideAidFirst", given, "aid_first")


@pages.post("/<reference>/put-back")
def put_back(reference: str) -> Page:
    """Let a colleague have it."""
    ask("PutBackCase", input={"reference": reference}, idempotencyKey=_key())
    return redirect(url_for("desk_queue.show"), 303)


@pages.post("/<reference>/doubt-pledge")
def doubt_pledge(reference: str) -> Page:
    """Write down that the pledge was not true."""
    return _on_pledge(reference, "DoubtPledge", "doubt")


@pages.post("/<reference>/confirm-false-pledge")
def confirm_false_pledge(reference: str) -> Page:
    """Let a colleague's finding count."""
    return _done(reference, Reading(request.form), "ConfirmFalsePledge", {})


@pages.post("/<reference>/lift-pledge-finding")
def lift_pledge_finding(reference: str) -> Page:
    """Take a finding back."""
    return _on_pledge(reference, "LiftPledgeFinding", "lift")


@pages.post("/<reference>/reveal")
def reveal(reference: str) -> Page:
    """Show one masked value in full, for a reason that is recorded."""
    form = Reading(request.form)
    given = {"reference": reference, "field": form.line("field"), "reason": form.line("reason", limit=LONGEST_NOTE)}
    answer = ask("RevealValue", input=given, idempotencyKey=_key())["revealValue"]
    if answer["problems"]:
        return _case(reference, answer["problems"]), 422
    return _case(reference, revealed={given["field"]: answer["value"]})


def _decide(reference: str, document: str, prefix: str) -> Page:
    form = Reading(request.form)
    given = {
        "reasons": request.form.getlist(f"{prefix}_reasons"),
        "explanation": form.text(f"{prefix}_explanation", limit=LONGEST_EXPLANATION),
    }
    return _done(reference, form, document, given, prefix)


def _on_pledge(reference: str, document: str, prefix: str) -> Page:
    form = Reading(request.form)
    return _done(reference, form, document, {"words": form.text(f"{prefix}_words")}, prefix)


def _done(reference: str, form: Reading, document: str, given: Mapping[str, Any], prefix: str = "") -> Page:
    if form.problems:
        return _case(reference, form.problems), 422
    answer = ask(document, input={"reference": reference, **given}, idempotencyKey=_key())
    (payload,) = answer.values()
    if payload["problems"]:
        return _case(reference, [_named(one, prefix) for one in payload["problems"]]), 422
    return redirect(url_for(".show", reference=reference), 303)


def _named(problem: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    """Tie a problem of a decision to the form it was made in: there are two on the page."""
    field = problem["field"]
    return {**problem, "field": f"{prefix}_{field}" if prefix and field else field}


def _case(
    reference: str, problems: list[dict[str, Any]] | None = None, revealed: Mapping[str, str] | None = None
) -> str:
    answer = ask("DeskCase", reference=reference)
    case = answer["deskCase"]
    today, waiting = case_view.today(viewer().now), case["openNotice"]
    return render_template(
        "desk/case.html",
        case=case,
        reasons=answer["reviewReasons"] | {"aidFirst": answer["aidFirstGrounds"]},
        may=frozenset(answer["me"]["permissions"]),
        problems=problems or [],
        typed=request.form,
        choices=_choices,
        revealed=revealed or {},
        dates=case_view.dates(case),
        entries=case_view.entries(case),
        papers=case_view.papers,
        opened=_act(),
        due=case_view.clock(_due_on(case), today),
        is_overdue=waiting is not None and waiting["dueOn"] < today,
    )


def _act() -> str:
    """Name the form that was sent and is shown again, to stay unfolded."""
    return {"ask_supplement": "supplement", "provide_first": "aid_first"}.get(
        said := (request.endpoint or "").rpartition(".")[2], said
    )


def _due_on(case: Mapping[str, Any]) -> date | None:
    """Give the last lawful day of what the agency owes now."""
    if case["turn"] != "agency":
        return None
    found: date = (case["lawyerDue"] or case["decisionDue"])["legal"]
    return found


def _choices(reasons: list[dict[str, str]]) -> list[dict[str, str]]:
    return [{"value": one["code"], "label": one["title"], "hint": one["text"]} for one in reasons]


def _key() -> str:
    return request.form.get("idempotency_key", "")
