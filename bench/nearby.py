"""What the nearest ten of 50,000 places cost through the door: p95 of the server's time (FEATURES C20).

The demo places of Hunan, each set down 23 times within some kilometres. The question goes over HTTP, in process, with
the rate limit out of the way: position, "open now" and a ramp, ten cards with opening hours and facets. The limit is
the same server handing out the provinces, which it has at hand.
"""

from __future__ import annotations

import dataclasses
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select

import core.db
import core.settings
import wsgi
from api import documents
from core import deadline, references
from locator import commands, version
from locator.models import Station, Venue
from migrations.tables import every_table

RESULTS = Path("var") / "bench" / "nearby.json"
PLACES, QUESTIONS = 50_000, 300
GOAL = 20.0  # ms
SCATTER = 0.04  # degrees
CHANCE = random.Random(12348)  # noqa: S311  # places, not secrets


def fill() -> None:
    """Set the demo places down again and again, until there are enough."""
    session = core.db.session()
    venues = [dict(row) for row in session.execute(select(Venue.__table__)).mappings()]
    stations = {row["venue_id"]: dict(row) for row in session.execute(select(Station.__table__)).mappings()}
    for copy in range(PLACES // len(venues)):
        here = [venue | {"id": f"{copy}-{venue['id']}", **scattered(venue)} for venue in venues]
        session.execute(insert(Venue), here)
        told = ((f"{copy}-{one['id']}", stations[one["id"]]) for one in venues)
        rows = [row | {"id": new, "venue_id": new, "code": references.short_code_of(new)} for new, row in told]
        session.execute(insert(Station), rows)
    version.advance(now=datetime.now(UTC))


def scattered(venue: dict[str, Any]) -> dict[str, float]:
    """Move a place a little."""
    return {name: venue[name] + CHANCE.gauss(0, SCATTER) for name in ("lat", "lon")}


def timed(ask: Callable[[], object]) -> float:
    """Give the milliseconds one question takes."""
    begun = time.perf_counter()
    ask()
    return (time.perf_counter() - begun) * 1000


def questions(client: Any) -> dict[str, Callable[[], object]]:
    """Say what is asked, and what it is held against."""

    def post(name: str, **variables: Any) -> None:
        answer = client.post("/graphql", json={"documentId": documents.named(name).id, "variables": variables})
        assert "errors" not in answer.get_json()

    def near() -> None:
        here = {"lat": CHANCE.uniform(25, 29.5), "lon": CHANCE.uniform(109.5, 113.5), "datum": "WGS84"}
        post("Nearby", position=here, needs=["OPEN_NOW", "WHEELCHAIR_RAMP"], first=10)

    return {"nearest ten": near, "limit: no search": lambda: post("Provinces")}


def main() -> None:
    """Measure, print, keep as JSON."""
    with tempfile.TemporaryDirectory() as folder:
        settings = core.settings.load({"RUFA_DATA_DIR": folder})
        app = wsgi.create_app(dataclasses.replace(settings, graphql_requests=10**7))
        every_table().create_all(core.db.engine())
        commands.load(now=datetime.now(UTC))
        with deadline.running(300):
            core.db.keep(fill)
        asked = questions(app.test_client())
        first = timed(asked["nearest ten"])
        rounds = [{name: timed(ask) for name, ask in asked.items()} for _ in range(QUESTIONS)]
        core.db.engine().dispose()
    found = {name: sorted(one[name] for one in rounds) for name in asked}
    told = {name: {"p50": statistics.median(ms), "p95": ms[int(len(ms) * 0.95)]} for name, ms in found.items()}
    print(f"The nearest ten of {PLACES:,} places through the door; the first question, with the build: {first:.0f} ms")
    for name, figures in told.items():
        print(f"{name:20} p50 {figures['p50']:6.1f} ms  p95 {figures['p95']:6.1f} ms")
    ratio = told["nearest ten"]["p95"] / told["limit: no search"]["p95"]
    print(f"p95 ÷ limit {ratio:.2f}; goal for p95: {GOAL:.0f} ms on two cores with nothing else to do")
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps(told | {"first": first, "ratio": ratio}, indent=1), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
