"""Ordering a visit at home: one thing a page, without JavaScript; nothing typed is lost, nothing is kept on the way.

What was said travels in the bodies of the forms alone (FEATURES B06, C19).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from portal import pin, regions, visit_windows, visits
from portal.asking import ask
from portal.forms import Reading, problem
from portal.visits import Page

pages = Blueprint("home_visits", __name__, url_prefix="/home-visits")
pages.after_request(visits.keep_nothing)

STEPS = ("where", "whom", "needs", "when", "number", "code")
MOST_STEPS = 4  # that everybody goes through
TOWNSHIP_DIGITS = 9
LINES = {
    "address": 120,
    "access_notes": 200,
    "name": 40,
    "visitee_name": 40,
    "visitee_phone": 40,
    "note": 200,
    "phone": 40,
    "code_request": 40,
    "code": 12,
    "starts_at": 40,
    "relation": 16,
    "language": 16,
    "specialty": 16,
    "half_day": 16,
    "ask": 4,
}
LISTS, BOXES = ("reasons", "needs"), ("agreed", "woman", "remember")
STEP_OF = {
    "region": "where",
    "address": "where",
    "access_notes": "where",
    "pin_lat": "where",
    "name": "whom",
    "visitee_name": "whom",
    "visitee_phone": "whom",
    "agreed": "whom",
    "reasons": "whom",
    "needs": "needs",
    "starts_at": "when",
    "note": "when",
    "phone": "number",
    "code": "code",
}
OPTIONAL = ("specialty", "half_day")
NAMES = {"specialty": "specialty", "half_day": "halfDay"}
Typed = dict[str, Any]
Problems = list[dict[str, Any]]


@pages.get("")
def start() -> Page:
    """Say what it is, whom it is for, and that it is free."""
    return render_template("home_visits/start.html")


@pages.get("/order")
def begin() -> Page:
    """Show the first page, filled in with what somebody said once for all."""
    choices = _choices()
    kept = choices["myAccessProfile"] or {} if visits.is_known() else {}
    typed = _read(Reading(request.form)) | {
        name: kept[name] for name in ("needs", "language", "address") if name in kept
    }
    return _page("where", typed | {"access_notes": kept.get("accessNotes", "")}, [], choices)


@pages.post("/order")
def go_on() -> Page:
    """Take what a page said, and show the next; at the end, order."""
    form = Reading(request.form)
    typed = _read(form)
    shown = form.choice("shown", STEPS) or STEPS[0]
    if "back" in request.form:
        return _page(STEPS[max(STEPS.index(shown) - 1, 0)], typed, [])
    if pin.moves(request.form):
        typed |= pin.nudged(typed, request.form["pin"], pin.middle_of(typed["region"]))
    if pin.moves(request.form) or regions.moves(request.form, "region") or "from" in request.form:
        return _page(shown, typed, [])
    problems = form.problems + _missing(shown, typed)
    if shown == "where":
        problems += pin.problems(typed, pin.middle_of(typed["region"]))
    if problems:
        return _page(shown, typed, problems), 422
    if shown in STEPS[: STEPS.index("when")]:
        return _page(STEPS[STEPS.index(shown) + 1], typed, [])
    if visits.is_known() or shown == "code":
        return _ordered(typed)
    return _page("number", typed, []) if shown == "when" else _code_sent(typed)


def _missing(shown: str, typed: Typed) -> Problems:
    """Say what a page still needs, as the use case would say it at the end."""
    for_other = typed["relation"] not in {"", "SELF"}
    needed = {
        "where": [
            ("region", len(typed["region"]) >= TOWNSHIP_DIGITS, "visit_region_missing"),
            ("address", typed["address"], "visit_address_missing"),
        ],
        "whom": [
            ("name", typed["name"], "appointment_name_missing"),
            ("visitee_name", typed["visitee_name"] or not for_other, "visit_visitee_missing"),
            ("visitee_phone", typed["visitee_phone"] or not for_other, "visit_phone_unfit"),
            ("agreed", typed["agreed"] or not for_other, "visit_not_agreed"),
            ("reasons", typed["reasons"], "visit_reason_missing"),
        ],
        "when": [("starts_at", typed["starts_at"] or typed["ask"], "slot_missing")],
    }
    return [problem(code, field) for field, is_there, code in needed.get(shown, []) if not is_there]


def _ordered(typed: Typed) -> Page:
    """Order it, or ask staff for a time; remember needs where that was wished for."""
    if typed["ask"]:
        answer = ask("AskHomeVisit", input=_said(typed), idempotencyKey=visits.key())["askHomeVisit"]
        made, where = answer["request"], "home_visit_links.asked"
    else:
        given = _said(typed) | {"startsAt": visits.moment(typed["starts_at"])}
        answer = ask("OrderHomeVisit", input=given, idempotencyKey=visits.key())["orderHomeVisit"]
        made, where = answer["appointment"], "home_visit_links.show"
    if answer["problems"]:
        return _put_right(typed, answer)
    if typed["remember"] and visits.is_known():
        _remember(typed)
    return redirect(url_for(where, link=made["link"], ordered="yes"), 303)


def _put_right(typed: Typed, answer: Mapping[str, Any]) -> Page:
    """Show the page the first problem belongs to, with all that belong there."""
    problems: Problems = answer["problems"]
    step = STEP_OF.get(problems[0]["field"] or "", "when" if visits.is_known() else "code")
    here = [one for one in problems if STEP_OF.get(one["field"] or "", step) == step]
    if step == "when":
        typed = typed | {"starts_at": "", "ask": ""}
    return _page(step, typed, here, instead=answer.get("alternatives")), 422


def _code_sent(typed: Typed) -> Page:
    """Text a code to the number, and ask for it."""
    answer = ask("SendCode", input={"phone": typed["phone"]}, idempotencyKey=visits.key())["sendCode"]
    if answer["problems"]:
        return _page("number", typed, answer["problems"]), 422
    return _page("code", typed | {"code_request": answer["codeRequest"]["request"]}, [])


def _page(step: str, typed: Typed, problems: Problems, choices: Any = None, *, instead: Any = None) -> str:
    more: dict[str, Any] = {}
    if step == "where":
        more["place"] = regions.picker(typed["region"] or regions.HOME)
        middle = pin.middle_of(typed["region"]) if len(typed["region"]) >= TOWNSHIP_DIGITS else None
        more |= {"middle": middle, "pinned": pin.shown(typed, middle)}
    if step == "when":
        more = _windows(typed)
    return render_template(
        f"home_visits/{step}.html",
        typed=typed,
        step=step,
        number=min(STEPS.index(step) + 1, MOST_STEPS),
        problems=problems,
        is_known=visits.is_known(),
        choices=choices or _choices(),
        instead=instead or [],
        **more,
    )


def _windows(typed: Typed) -> dict[str, Any]:
    """Look for what can be promised, from the day somebody turned to."""
    given = {"place": _place(typed), "wishes": _wishes(typed), "days": visit_windows.AHEAD}
    first = visit_windows.first(request.form.get("from", ""))
    found = ask("HomeVisitWindows", **given, **{"from": first})["visitWindows"]
    return visit_windows.shown(found["days"], first)


def _said(typed: Typed) -> dict[str, Any]:
    whom = {"relation": typed["relation"] or "SELF", "agreed": typed["agreed"]}
    return {
        "name": typed["name"],
        "place": _place(typed),
        "address": typed["address"],
        "accessNotes": typed["access_notes"],
        "wishes": _wishes(typed),
        "reasons": typed["reasons"],
        "visitee": whom | {"name": typed["visitee_name"], "phone": typed["visitee_phone"]},
        "note": typed["note"],
        "codeRequest": typed["code_request"],
        "code": typed["code"],
    }


def _place(typed: Typed) -> dict[str, Any]:
    at = pin.point(typed)
    if at is None:
        return {"division": typed["region"], "isApproximate": True}
    position = {"lat": at[0], "lon": at[1], "datum": "WGS84"}
    return {"division": typed["region"], "position": position, "isApproximate": False}


def _wishes(typed: Typed) -> dict[str, Any]:
    wished = {NAMES[name]: typed[name] for name in OPTIONAL if typed[name]}
    return {"needs": typed["needs"], "language": typed["language"] or "MANDARIN", "woman": typed["woman"], **wished}


def _remember(typed: Typed) -> None:
    kept = {"needs": typed["needs"], "language": typed["language"] or "MANDARIN", "address": typed["address"]}
    edition = _choices()["profileConsent"]["edition"]
    given = {**kept, "accessNotes": typed["access_notes"][:120], "agreedEdition": edition}
    ask("SaveAccessNeeds", input=given, idempotencyKey=f"{visits.key()}-needs")


def _choices() -> dict[str, Any]:
    found: dict[str, Any] = ask("HomeVisitForm", signedIn=visits.is_known())
    return {**found["visitChoices"], **found, "myAccessProfile": found.get("myAccessProfile")}


def _read(form: Reading) -> Typed:
    """Read all that was said so far; codes that are none of the contract's are left to it."""
    typed: Typed = {name: form.line(name, limit=limit) for name, limit in LINES.items()}
    typed |= {name: request.form.getlist(name) for name in LISTS}
    typed |= {name: form.yes(name) for name in BOXES}
    return typed | pin.read(form) | {"region": regions.chosen(request.form, "region")}
