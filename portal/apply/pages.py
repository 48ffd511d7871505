"""What all pages of applying share. Nothing of them is kept by a browser (TRUST P2)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

pages = Blueprint("apply", __name__, url_prefix="/apply")

Page = str | tuple[str, int] | AnyResponse
STATES = {"DONE": "done", "CURRENT": "current", "TODO": "todo"}
KEY_LENGTH = 48


@pages.after_request
def keep_nothing(response: Response) -> Response:
    """Let nothing of these pages be kept: others may use this device."""
    response.headers["Cache-Control"] = "no-store"
    return response


def key(*said: object) -> str:
    """Make the key of an act from that of the form and from what is sent.

    The same tap twice is one act; the page taken from the browser's memory and filled in anew is another.
    """
    form_key = request.form.get("idempotency_key", "")
    told = json.dumps([form_key, *said], sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(told.encode()).hexdigest()[:KEY_LENGTH]


def way(draft: Mapping[str, Any], current: str) -> list[dict[str, Any]]:
    """Lay out the list of progress."""
    return [
        {
            "label": one["title"],
            "state": "current" if one["name"] == current else STATES[str(one["state"])],
            "href": to_step(draft["id"], one["firstStep"]),
        }
        for one in draft["sections"]
    ]


def to_step(draft_id: str, step: str) -> str:
    """Give the address of a step: some have pages of their own."""
    if step in ("evidence", "pledge", "check"):
        return url_for(f"apply.{step}", draft_id=draft_id)
    return url_for("apply.show", draft_id=draft_id, step=step)


def back_to(draft: Mapping[str, Any]) -> str:
    """Give the address of the step before."""
    before = draft["step"]["previous"]
    return to_step(draft["id"], before) if before else url_for("apply.start")


def go_on(draft: Mapping[str, Any]) -> AnyResponse:
    """Go to the step that is open next."""
    return redirect(to_step(draft["id"], draft["nextStep"]), 303)


def handed_in() -> AnyResponse:
    """Go and see how it stands: this draft has become an application."""
    return redirect(url_for("progress.mine"), 303)
