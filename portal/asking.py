"""Pages ask documents, as whoever looks at the page."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import g, request

from api import execution
from api.viewer import Viewer
from core.identity import ANYONE


def viewer() -> Viewer:
    """Give whoever looks at the page; a stranger where nobody signed in."""
    if "viewer" not in g:
        g.viewer = Viewer(actor=ANYONE, now=datetime.now(UTC), address=request.remote_addr or "", channel="portal")
    known: Viewer = g.viewer
    return known


def ask(name: str, /, **variables: Any) -> dict[str, Any]:
    """Run a trusted document. A refusal comes out as it was raised."""
    answer: dict[str, Any] = execution.run(viewer(), name, **variables)
    return answer
