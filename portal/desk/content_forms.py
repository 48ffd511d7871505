"""What the forms of the content desk hold, read and written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from portal.filters import CHINA
from portal.forms import Reading, problem

LONGEST = {"title": 120, "summary": 400, "body": 40_000}
LONGEST_FIELD = 20_000
LONG_FIELDS = ("transcript",)
FIELD = "f_"
MOMENTS = ("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S")
LONGEST_MOMENT = 25


def said_in(reading: Reading) -> dict[str, Any]:
    """Read what a page says, as documents take it."""
    fields = sorted(name for name in reading.form if name.startswith(FIELD))
    given = {name: reading.text(name, limit=LONGEST_FIELD) for name in fields}
    return {
        "title": reading.line("title", limit=LONGEST["title"]),
        "summary": reading.text("summary", limit=LONGEST["summary"]),
        "body": reading.text("body", limit=LONGEST["body"]),
        "fields": [{"code": name.removeprefix(FIELD), "value": value} for name, value in given.items()],
        "groups": reading.form.getlist("groups"),
        "topics": reading.form.getlist("topics"),
    }


def shown(said: Mapping[str, Any], named: list[dict[str, Any]]) -> dict[str, Any]:
    """Lay what was handed in out as the form shows it; `named` are the fields of the kind, with their labels."""
    values = {one["code"]: one["value"] for one in said["fields"]}
    return {**said, "fields": [{**one, "value": values.get(one["code"], one["value"])} for one in named]}


def moment(reading: Reading, name: str) -> datetime | None:
    """Read a moment in China as a browser or a person writes it: 2026-11-24T09:00, 2026-11-24 09:00:30."""
    typed = reading.line(name, limit=LONGEST_MOMENT)
    if not typed:
        return None
    for written in MOMENTS:
        try:
            return datetime.strptime(typed, written).replace(tzinfo=CHINA)
        except ValueError:
            continue
    reading.problems.append(problem("not_a_moment", name))
    return None


def tied(problems: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Tie problems of the contract to the fields of the form."""
    names = {"due_at": "due", "starts_at": "starts", "expires_at": "expires", "ends_at": "ends"}
    return [{**one, "field": names.get(one["field"] or "", one["field"])} for one in problems]
