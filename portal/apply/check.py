"""Checking all answers, and handing in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import redirect, render_template, url_for

from portal.apply.pages import Page, back_to, handed_in, key, pages, to_step, way
from portal.asking import ask


@pages.get("/<draft_id>/check")
def check(draft_id: str) -> Page:
    """Show all answers with a link to change each."""
    return _page(draft_id)


@pages.post("/<draft_id>/submit")
def submit(draft_id: str) -> Page:
    """Hand in; or show everything that is missing."""
    answer = ask("SubmitApplication", input={"draftId": draft_id}, idempotencyKey=key())["submitApplication"]
    if answer["problems"]:
        return _page(draft_id, answer["problems"])
    return redirect(url_for("progress.show", reference=answer["application"]["reference"]), 303)


def _page(draft_id: str, problems: list[dict[str, Any]] | None = None) -> Page:
    draft = ask("DraftSummary", id=draft_id)["draft"]
    if draft["isHandedIn"]:
        return handed_in()
    page = render_template(
        "apply/check.html",
        draft=draft,
        step=draft["step"],
        parts=[_part(draft, part) for part in draft["summary"]],
        problems=problems or [],
        way=way(draft, draft["step"]["section"]),
        back=back_to(draft),
    )
    return (page, 422) if problems else page


def _part(draft: Mapping[str, Any], part: Mapping[str, Any]) -> dict[str, Any]:
    steps = [{**step, "href": to_step(draft["id"], step["name"])} for step in part["steps"]]
    return {"title": part["title"], "steps": steps}
