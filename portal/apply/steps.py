"""A step with questions: shown, saved, shown again with what to put right. One renderer for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import flash, jsonify, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from portal import regions
from portal.apply.pages import Page, back_to, go_on, handed_in, key, pages, to_step, way
from portal.asking import ask
from portal.filters import clock

LONGEST = 4_000  # what a field may carry; how long an answer may be is judged behind the door
WIDEST = 3  # levels somebody must have come down: province, prefecture, county
OWN_PAGES = ("evidence", "pledge", "check")


@pages.get("/<draft_id>/<step>")
def show(draft_id: str, step: str) -> Page:
    """Show a step with what was answered before."""
    draft = ask("DraftStep", id=draft_id, step=step)["draft"]
    return handed_in() if draft["isHandedIn"] else _page(draft)


@pages.post("/<draft_id>/<step>")
def save(draft_id: str, step: str) -> Page:
    """Save a step and go on; or show it again with what to put right."""
    draft = ask("DraftStep", id=draft_id, step=step)["draft"]
    given = _given(draft)
    if (place := _place_on_the_way(draft, given)) is not None:
        return _page(draft, typed=given, region=place)
    answer = _save(draft_id, step, given)
    if answer["problems"]:
        fresh = {**draft, **{name: answer["draft"][name] for name in ("version", "savedAt")}}
        return _page(fresh, typed=given, problems=answer["problems"]), 422
    if answer["conflicts"]:
        flash("您在另一台设备上也改过这一页。现在以这里写的为准。")
    return go_on(answer["draft"])


@pages.post("/<draft_id>/<step>/autosave")
def autosave(draft_id: str, step: str) -> AnyResponse:
    """Save what is fine so far, while somebody is still writing."""
    draft = ask("DraftStep", id=draft_id, step=step)["draft"]
    given = {name: values for name, values in _given(draft).items() if any(value.strip() for value in values)}
    saved = _save(draft_id, step, given)["draft"]
    return jsonify(savedAt=clock(saved["savedAt"]), version=saved["version"])


def _save(draft_id: str, step: str, given: Mapping[str, list[str]]) -> dict[str, Any]:
    version = request.form.get("version", "")
    base = int(version) if version.isascii() and version.isdigit() and len(version) < len("1000000000") else 0
    answers = [{"field": name, "values": values} for name, values in given.items()]
    wanted = {"draftId": draft_id, "step": step, "baseVersion": base, "answers": answers}
    answer: dict[str, Any] = ask("SaveStep", input=wanted, idempotencyKey=key(wanted), step=step)["saveStep"]
    return answer


def _given(draft: Mapping[str, Any]) -> dict[str, list[str]]:
    """Read from the form what the step asks, and nothing else."""
    questions = [field["question"] for field in draft["step"]["fields"]]
    return {one["name"]: _read(one) for one in questions}


def _read(question: Mapping[str, Any]) -> list[str]:
    name, kind = question["name"], str(question["kind"])
    if kind == "REGION":
        return [found] if (found := regions.chosen(request.form, name)) else []
    if kind == "DATE":
        parts = [request.form.get(f"{name}_{part}", "").strip()[:10] for part in ("year", "month", "day")]
        return ["-".join(part.zfill(width) for part, width in zip(parts, (4, 2, 2), strict=True))] if any(parts) else []
    return [value[:LONGEST] for value in request.form.getlist(name)]


def _place_on_the_way(draft: Mapping[str, Any], given: Mapping[str, list[str]]) -> dict[str, Any] | None:
    """Give the picker where somebody is still on the way down to their place; none where they are done."""
    names = [one["question"]["name"] for one in draft["step"]["fields"] if str(one["question"]["kind"]) == "REGION"]
    if not names:
        return None
    name = names[0]
    code = given[name][0] if given[name] else ""
    moves = regions.moves(request.form, name)
    if not moves and not request.form.get(name):
        return None
    place = regions.picker(code)
    return place if moves or len(place["path"]) < WIDEST else None


def _page(
    draft: Mapping[str, Any],
    *,
    typed: Mapping[str, list[str]] | None = None,
    problems: list[dict[str, Any]] | None = None,
    region: dict[str, Any] | None = None,
) -> str:
    step = draft["step"]
    values = {one["question"]["name"]: one["values"] for one in step["fields"]} | dict(typed or {})
    return render_template(
        "apply/step.html",
        draft=draft,
        step=step,
        values=values,
        days={name: _day(name, found) for name, found in values.items()},
        region=region or _region(step, values),
        problems=_named(step, problems or []),
        way=way(draft, step["section"]),
        back=back_to(draft),
        action=to_step(draft["id"], step["name"]),
    )


def _named(step: Mapping[str, Any], problems: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Say of which question it is, where a page has several: in the summary they stand side by side."""
    titles = {one["question"]["name"]: one["question"]["title"] for one in step["fields"]}
    if len(titles) == 1:
        return problems
    return [{**one, "told": f"“{titles[one['field']]}”：{one['message']}"} for one in problems]


def _region(step: Mapping[str, Any], values: Mapping[str, list[str]]) -> dict[str, Any] | None:
    names = [one["question"]["name"] for one in step["fields"] if str(one["question"]["kind"]) == "REGION"]
    if not names:
        return None
    return regions.picker(values[names[0]][0] if values[names[0]] else regions.HOME)


def _day(name: str, values: list[str]) -> dict[str, str]:
    """Lay out a day for its three inputs: as it was typed, else as it is kept."""
    parts = ("year", "month", "day")
    if any(f"{name}_{part}" in request.form for part in parts):
        return {part: request.form.get(f"{name}_{part}", "") for part in parts}
    kept = values[0].split("-") if values else []
    return dict(zip(parts, [part.lstrip("0") for part in kept], strict=False))
