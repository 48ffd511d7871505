"""Handing in papers: photographs and PDF, several at a time, without JavaScript too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import redirect, render_template, request, url_for

from api.errors import problem_data
from api.messages import message
from core.errors import Conflict, Refusal, Rejected, TooMany
from mobile_api.uploads import bind, receive
from portal.apply.pages import Page, back_to, go_on, handed_in, key, pages, way
from portal.asking import ask, viewer

MOST_AT_ONCE = 10


@pages.get("/<draft_id>/evidence")
def evidence(draft_id: str) -> Page:
    """Show the list of papers with what was handed in."""
    return _page(draft_id)


@pages.post("/<draft_id>/evidence")
def hand_in(draft_id: str) -> Page:
    """Take the files that were chosen, whichever button was pressed; take one away; or go on."""
    draft = ask("DraftEvidence", id=draft_id)["draft"]
    if token := request.form.get("remove", ""):
        ask("RemoveEvidence", input={"draftId": draft_id, "token": token[:40]}, idempotencyKey=key(token))
        return redirect(url_for(".evidence", draft_id=draft_id), 303)
    if moved := request.form.get("move", ""):
        return _move(draft_id, moved)
    problems = [one for item in draft["evidence"] for one in _take(draft_id, item["code"])]
    if (item := request.form.get("bind", "")) and not problems:
        problems = _bind(draft_id, item[:40])
    if problems:
        return _page(draft_id, problems)
    if request.form.get("go") != "on":
        return redirect(url_for(".evidence", draft_id=draft_id), 303)
    wanted = {"draftId": draft_id, "step": "evidence", "baseVersion": draft["version"], "answers": []}
    return go_on(ask("SaveStep", input=wanted, idempotencyKey=key("on"), step="evidence")["saveStep"]["draft"])


def _move(draft_id: str, moved: str) -> Page:
    """Change the reading order."""
    where, _, token = moved[:60].partition(":")
    wanted = {"draftId": draft_id, "token": token, "earlier": where == "earlier"}
    ask("MoveEvidence", input=wanted, idempotencyKey=key("move", where, token))
    return redirect(url_for(".evidence", draft_id=draft_id), 303)


def _bind(draft_id: str, item: str) -> list[dict[str, Any]]:
    """Make one PDF of the photographs of a paper; say what is in the way."""
    try:
        bind(viewer(), draft_id, item)
    except Rejected as rejected:
        return [{**problem_data(one), "field": f"file-{item}"} for one in rejected.problems]
    except (Conflict, TooMany) as refused:
        return [{**_said(refused), "field": f"file-{item}"}]
    return []


def _take(draft_id: str, item: str) -> list[dict[str, Any]]:
    """Take the files of one paper in; give what is wrong with any of them."""
    field = f"file-{item}"
    files = [file for file in request.files.getlist(field) if file.filename]
    problems: list[dict[str, Any]] = []
    for number, file in enumerate(files[:MOST_AT_ONCE]):
        try:
            kept = receive(viewer(), file, key=key("file", item, number))
        except Rejected as rejected:
            problems += [{**problem_data(one), "field": field} for one in rejected.problems]
            continue
        except TooMany as full:
            return [*problems, {**_said(full), "field": field}]
        problems += _attach(draft_id, item, kept["token"], field)
    return problems


def _attach(draft_id: str, item: str, token: str, field: str) -> list[dict[str, Any]]:
    wanted = {"draftId": draft_id, "item": item, "token": token}
    answer = ask("AttachEvidence", input=wanted, idempotencyKey=key("attach", token))["attachEvidence"]
    return [{**one, "field": field} for one in answer["problems"]]


def _said(full: Refusal) -> dict[str, Any]:
    said = message(full.code, full.params)
    return {"code": full.code, "message": said.text, "remedy": said.remedy}


def _page(draft_id: str, problems: list[dict[str, Any]] | None = None) -> Page:
    draft: Mapping[str, Any] = ask("DraftEvidence", id=draft_id)["draft"]
    if draft["isHandedIn"]:
        return handed_in()
    page = render_template(
        "apply/evidence.html",
        draft=draft,
        step=draft["step"],
        items=draft["evidence"],
        problems=problems or [],
        way=way(draft, draft["step"]["section"]),
        back=back_to(draft),
    )
    return (page, 422) if problems else page
