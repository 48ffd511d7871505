"""FACE: server-rendered, accessible pages that work without JavaScript."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

from flask import Flask

from portal import assets, csrf, environment, failures, security_headers

FOLDER = Path(__file__).parent

# One module a journey, each with `pages`, a blueprint. `session` puts the viewer on `flask.g` before any of them.
JOURNEYS = (
    "home",
    "preferences",
    "styleguide",
    "precheck",
    "account",
    "stations",
    "regions",
    "apply",
    "progress",
    "desk.sign_in",
    "desk.people",
    "desk.queue",
    "desk.case",
)


def install(app: Flask) -> None:
    """Put the pages on the application."""
    app.template_folder = str(FOLDER / "templates")
    app.jinja_environment = environment.PortalEnvironment
    security_headers.install(app)
    if session := _module("session"):
        session.install(app)
    csrf.install(app)
    assets.install(app)
    environment.install(app)
    failures.install(app)
    for name in JOURNEYS:
        journey = _module(name)
        if journey and not getattr(journey, "hidden", bool)():
            app.register_blueprint(journey.pages)


def _module(name: str) -> ModuleType | None:
    """Import a module of this package, where it is there."""
    whole = f"{__name__}.{name}"
    parent = whole.rpartition(".")[0]
    if importlib.util.find_spec(parent) is None or importlib.util.find_spec(whole) is None:
        return None
    return importlib.import_module(whole)
