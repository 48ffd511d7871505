"""GraphiQL for developers, offline: the scripts come from `node_modules`, nothing from elsewhere."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response, abort, send_file

pages = Blueprint("workbench", __name__)
MODULES = Path(__file__).parents[2] / "node_modules"
HERE = Path(__file__).parent / "workbench"
FILES = {
    "graphiql.css": MODULES / "graphiql" / "graphiql.min.css",
    "graphiql.js": MODULES / "graphiql" / "graphiql.min.js",
    "react-dom.js": MODULES / "react-dom" / "umd" / "react-dom.production.min.js",
    "react.js": MODULES / "react" / "umd" / "react.production.min.js",
    "start.css": HERE / "start.css",
    "start.js": HERE / "start.js",
}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


@pages.get("/graphiql")
def show() -> Response:
    """Show the workbench, or say what is missing."""
    name = "page.html" if all(path.is_file() for path in FILES.values()) else "missing.html"
    response = Response((HERE / name).read_text(encoding="utf-8"), mimetype="text/html")
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.get("/graphiql/<name>")
def file(name: str) -> Response:
    """Serve one of its files."""
    if name not in FILES or not FILES[name].is_file():
        abort(404)
    return send_file(FILES[name])
