"""The stations of one's region: how true their entries are, putting them right, confirming, closures (C14)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from core.errors import Malformed
from portal.asking import ask, viewer
from portal.forms import Reading, problem

pages = Blueprint("desk_directory", __name__, url_prefix="/desk/directory")

A_PAGE = 25
LONGEST = 300
PILES = {"all": "全部", "please_confirm": "请核实"}
DATUMS = {"WGS-84": "WGS-84（卫星定位）", "GCJ-02": "GCJ-02（高德、腾讯、微信）", "BD-09": "BD-09（百度）"}
THERE = {"yes": "", "no": "没有"}
Page = str | tuple[str, int] | AnyResponse


@pages.after_request
def keep_nothing(response: Response) -> Response:
    """Let nothing of these pages be kept."""
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.get("")
def show() -> Page:
    """List the stations, those confirmed longest ago first. Whoever only approves is led to what waits."""
    if "directory:edit" not in _may() and "directory:approve" in _may():
        return redirect(url_for("desk_changes.show"), 303)
    pile, text = request.args.get("pile", "all"), request.args.get("text", "").strip()[:40]
    if pile not in PILES:
        raise Malformed("pile_unknown")
    asked = {"pile": pile.upper(), "text": text, "first": A_PAGE, "after": request.args.get("after")}
    found = ask("DirectoryStations", **asked)["directoryStations"]
    return render_template("desk/directory.html", found=found, pile=pile, piles=PILES, text=text, may=_may())


@pages.get("/<station>")
def one(station: str) -> Page:
    """Show one entry: what is missing, when it was confirmed, what is announced."""
    return _one(station, [])


@pages.post("/<station>/confirm")
def confirm(station: str) -> Page:
    """Say that all of it is still so."""
    ask("ConfirmStation", input={"station": station}, idempotencyKey=_key())
    return redirect(url_for(".one", station=station, done="confirmed"), 303)


@pages.post("/<station>/closures")
def announce(station: str) -> Page:
    """Announce a closure or other hours, once it was seen whom that affects; it counts at once."""
    form = Reading(request.form)
    days = {"firstOn": form.day("first_on"), "lastOn": form.day("last_on")}
    given = {"spans": form.line("spans", limit=LONGEST), "reason": form.line("reason", limit=LONGEST)}
    days["lastOn"] = days["lastOn"] or days["firstOn"]
    problems = form.problems or ([] if days["firstOn"] else [problem("deviation_day_missing", "first_on")])
    if not problems and (seen := _would_affect(station, days, given["spans"])):
        return _one(station, [], seen)
    if not problems:
        answer = ask("AddDeviation", input={"station": station, **days, **given}, idempotencyKey=_key())
        problems = answer["addDeviation"]["problems"]
    if problems:
        return _one(station, problems), 422
    return redirect(url_for(".one", station=station, done="announced"), 303)


@pages.post("/<station>/closures/remove")
def take_back(station: str) -> Page:
    """Take an announcement back."""
    ask("RemoveDeviation", input={"id": request.form.get("deviation", "")[:40]}, idempotencyKey=_key())
    return redirect(url_for(".one", station=station, done="removed"), 303)


@pages.get("/<station>/edit")
def edit(station: str) -> Page:
    """Show the entry as a form."""
    found = ask("DirectoryStation", station=station)["directoryStation"]
    return _edit(found, {cell["column"]: cell["value"] for cell in found["cells"]}, [])


@pages.post("/<station>/edit")
def propose(station: str) -> Page:
    """Propose what was typed; show it again with all there is to put right."""
    found = ask("DirectoryStation", station=station)["directoryStation"]
    form = Reading(request.form)
    cells = {cell["column"]: form.line(cell["column"].lower(), limit=LONGEST) for cell in found["cells"]}
    cells |= _ticked(found, form) | {"DATUM": form.choice("datum", DATUMS) or ""}
    given = {
        "station": station,
        "cells": [{"column": column, "value": value} for column, value in cells.items()],
        "isCorrection": form.yes("is_correction"),
    }
    problems = form.problems
    if not problems:
        answer = ask("ProposeStationEdit", input=given, idempotencyKey=_key())["proposeStationEdit"]
        if not answer["problems"]:
            return redirect(url_for("desk_changes.one", set_id=answer["changeSet"]["id"], done="yes"), 303)
        problems = answer["problems"]
    return _edit(found, cells, problems), 422


def _ticked(found: Mapping[str, Any], form: Reading) -> dict[str, str]:
    """Write what was ticked as cells say it: 轮椅坡道、没有电梯."""
    services = form.choices("services", {option["label"] for option in found["services"]})
    facts = []
    for number, option in enumerate(found["facts"]):
        said = form.choice(f"fact-{number}", THERE)
        facts += [f"{THERE[said]}{option['label']}"] if said else []
    return {"SERVICES": "、".join(services), "FACTS": "、".join(facts)}


def _would_affect(station: str, days: Mapping[str, Any], spans: str) -> Mapping[str, Any] | None:
    """Look whose orders a closure would leave without anybody, unless just that was shown already."""
    asked = {"station": station, **days, "spans": spans}
    looked_at = f"{days['firstOn']} {days['lastOn']} {spans}"
    if request.form.get("seen") == looked_at:
        return None
    found = ask("PreviewClosure", **asked)["closurePreview"]["affected"]
    return {"affected": found, "seen": looked_at} if found else None


def _one(station: str, problems: list[dict[str, Any]], ahead: Mapping[str, Any] | None = None) -> str:
    found = ask("DirectoryStation", station=station)["directoryStation"]
    return render_template(
        "desk/entry.html",
        station=found,
        problems=problems,
        ahead=ahead,
        typed=request.form,
        days={name: Reading(request.form).typed_day(name) for name in ("first_on", "last_on")},
        may=_may(),
        done=request.args.get("done", ""),
    )


def _edit(found: Mapping[str, Any], cells: Mapping[str, str], problems: list[dict[str, Any]]) -> str:
    said = cells.get("FACTS", "").split("、")
    facts = [
        {
            "name": f"fact-{number}",
            "label": option["label"],
            "value": "yes" if option["label"] in said else "no" if f"没有{option['label']}" in said else "",
        }
        for number, option in enumerate(found["facts"])
    ]
    labels = [option["label"] for option in found["services"]]
    return render_template(
        "desk/entry_form.html",
        station=found,
        cells=cells,
        services=[{"value": label, "label": label} for label in labels],
        ticked=cells.get("SERVICES", "").split("、"),
        facts=facts,
        datums=[{"value": code, "label": label} for code, label in DATUMS.items()],
        problems=problems,
        may=_may(),
    )


def _may() -> frozenset[str]:
    return frozenset(permission.value for permission in viewer().actor.permissions)


def _key() -> str:
    return request.form.get("idempotency_key", "")
