"""FACE: server-rendered, accessible pages that work without JavaScript."""

from __future__ import annotations

import importlib
from pathlib import Path

from flask import Flask

from portal import assets, csrf, environment, failures, security_headers, session

FOLDER = Path(__file__).parent

# One module a journey, each with `pages`, a blueprint. `session` puts the viewer on `flask.g` before any of them.
JOURNEYS = (
    "home",
    "preferences",
    "offline",
    "scenes",
    "styleguide",
    "precheck",
    "account",
    "stations",
    "visits",
    "visits_instead",
    "queue",
    "silent",
    "circuit",
    "volunteers",
    "ordering",
    "waiting",
    "my_visits",
    "home_visits",
    "home_visit_links",
    "messages",
    "my_data",
    "my_needs",
    "aftercare",
    "doorstep",
    "corrections",
    "page_corrections",
    "expert",
    "hotlines",
    "verifying",
    "learn",
    "events",
    "blanks",
    "quizzes",
    "regions",
    "apply",
    "progress",
    "desk.sign_in",
    "desk.people",
    "desk.queue",
    "desk.case",
    "desk.assistance",
    "desk.directory",
    "desk.changes",
    "desk.photos",
    "desk.reports",
    "desk.places",
    "desk.services",
    "desk.pictures",
    "desk.films",
    "desk.roster",
    "desk.rota",
    "desk.teams",
    "desk.team_changes",
    "desk.calling",
    "desk.help",
    "desk.forecast",
    "desk.circuit",
    "desk.volunteers",
    "desk.affected",
    "desk.coverage",
    "desk.visits",
    "desk.writing",
    "desk.content_page",
    "desk.content_calendar",
    "desk.laws",
    "desk.bulletins",
    "desk.content_reports",
    "desk.reach",
    "desk.rounds",
    "desk.waiting",
    "desk.approvals",
    "desk.outcomes",
    "desk.tasks",
    "desk.doorstep",
)


def install(app: Flask) -> None:
    """Put the pages on the application."""
    app.template_folder = str(FOLDER / "templates")
    app.jinja_environment = environment.PortalEnvironment
    security_headers.install(app)
    session.install(app)
    csrf.install(app)
    assets.install(app)
    environment.install(app)
    failures.install(app)
    for name in JOURNEYS:
        journey = importlib.import_module(f"{__name__}.{name}")
        if not getattr(journey, "hidden", bool)():
            app.register_blueprint(journey.pages)
