"""Choosing where one is: by steps without JavaScript, by typing with it (FEATURES A35).

A form that asks for a region shows `region_picker` with `picker(code)`, and reads it back with `chosen` and `moves`:

    if regions.moves(request.form, "region"):            # 下一步, or back to a wider region: show the form again
        region = regions.picker(regions.chosen(request.form, "region"))
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, jsonify, request

from portal.asking import ask

pages = Blueprint("regions", __name__)

HOME = "43"  # where the service is: what is shown first
MOST = 10
AN_HOUR = "public, max-age=3600"
LONGEST_CODE = 12


@pages.get("/regions.json")
def find() -> Response:
    """Suggest divisions while somebody types. Public, no personal data, nothing of where they are."""
    found = ask("FindDivisions", text=request.args.get("text", ""), first=MOST)["divisionSearch"]
    answer = jsonify(results=found)
    answer.headers["Cache-Control"] = AN_HOUR
    return answer


def picker(code: str | None) -> dict[str, Any]:
    """Give `value`, `path` and `children` for the macro; nothing chosen yet: the provinces."""
    if not code:
        return {"value": "", "path": [], "children": ask("Provinces")["divisions"]["nodes"]}
    children: list[dict[str, Any]] = []
    after: str | None = None
    while True:
        answer = ask("Region", code=code, after=after)
        children += answer["divisions"]["nodes"]
        page = answer["divisions"]["pageInfo"]
        if not page["hasNextPage"]:
            return {"value": code, "path": answer["division"]["path"], "children": children}
        after = page["endCursor"]


def chosen(form: Mapping[str, str], name: str) -> str:
    """Read the code a form says: one step further, or as far as somebody had come, or back."""
    further = form.get(name) or form.get(f"{name}_from", "")
    code = form.get(f"{name}_back", further)  # "none": back to the provinces
    return code if code.isascii() and code.isdigit() and len(code) <= LONGEST_CODE else ""


def moves(form: Mapping[str, str], name: str) -> bool:
    """Say whether somebody only went one step further or back, and is not done yet."""
    return f"{name}_next" in form or f"{name}_back" in form
