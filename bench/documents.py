"""Documents as straight-line Python against graphql-core: the same answers, and how much sooner (PERFORMANCE A3).

The answers of documents written by the dice are compared one by one; a page of rows is timed both ways, without a
database, graphql-core's document parsed and validated beforehand.
"""

from __future__ import annotations

import json
import operator
import sys
from pathlib import Path
from typing import Any

import graphql
from door import bursts, compared

from api.documents import understood
from api.prepared import prepare
from tests.api import dice

RESULTS = Path("var") / "bench" / "documents.json"
DOCUMENTS = 10_000
ROWS, GOAL = 25, 25
TEXT = """query Page($first: Int!) {
  things(first: $first) { id text needed number count part flag at on mood said(word: "x") one { id text } }
}"""
VALUES = {"id": "1", "text": "一", "needed": "x", "number": 3, "count": 0, "part": 1.0, "flag": True}
VALUES |= {"at": dice.NOON, "on": dice.NOON.date(), "mood": dice.Mood.GOOD, "one": None}


def page() -> dict[str, Any]:
    """Time a page of rows both ways."""
    things = [dice.SimpleNamespace(**VALUES) for _ in range(ROWS)]
    ast, variables = graphql.parse(TEXT), {"first": ROWS}
    document = prepare(dice.SCHEMA, understood(ast, TEXT))
    assert document is not None
    ways = {
        "document": lambda: document.answer(things, variables),
        "graphql-core": lambda: graphql.execute(dice.SCHEMA, ast, context_value=things, variable_values=variables),
    }
    took = bursts(ways)
    return {"took, µs": took, "×": compared(took["graphql-core"], took["document"], operator.truediv)}


def main() -> None:
    """Measure, compare, print, keep as JSON. A difference stops it."""
    found = page()
    median, best = found["×"]
    print(f"A page of {ROWS} rows: graphql-core ÷ document {median:.1f} ({best:.1f}) ≥ {GOAL}")
    found["answered"] = sum(dice.compared(seed) for seed in range(DOCUMENTS))
    print(
        f"{DOCUMENTS} documents by the dice: no difference; {found['answered']} answered, the rest are graphql-core's"
    )
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
