"""A certificate of a quiz, to be printed: with the name somebody types, which is kept nowhere (FEATURES D19)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from content import leaflets
from content.guards import anonymity
from content.quizzes.marking import FILE, Result
from content.rulebook import rules
from core import paper
from core.calendar import china_day
from core.errors import Conflict, checklist

TEMPLATE = Path(__file__).parents[1] / "papers" / "certificate.typ"


def content(result: Result, name: str, *, now: datetime) -> dict[str, Any]:
    """Say all that stands on it; refuse who has not passed."""
    if not result.has_passed:
        raise Conflict("quiz_not_passed")
    said, longest = " ".join(name.split()), rules(FILE)["longest_name"]
    with checklist() as check:
        check.require(len(said) <= longest, "text_too_long", "name", limit=longest, length=len(said))
        check.require(not anonymity.numbers("name", said), "certificate_number", "name")
    link = leaflets.page_link(result.card.slug)
    return {
        "title": result.card.title,
        "name": said,
        "right": result.right,
        "total": result.total,
        "on": f"{china_day(now):%Y年%-m月%-d日}",
        "link": link,
        "qr": leaflets.drawn(link),
    }


def as_pdf(said: Mapping[str, Any]) -> bytes:
    """Set it as PDF. Call it outside any unit of work."""
    return paper.as_pdf(TEMPLATE, "certificate", said)
