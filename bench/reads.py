"""What signed-in reads cost: a case, a page of the queue, the list of one's own (PERFORMANCE A4, A5).

Four ways side by side in one process, in short bursts taken in turn: the trusted document as pages run it,
graphql-core parsing, validating and executing the same text, the slice called directly, and the bare statements.
"""

from __future__ import annotations

import json
import operator
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import graphql
from door import bursts, compared, prepare, raw, statements_of, within

import core.db
from api import cases, documents, execution, files, paging
from api.schema import SCHEMA
from api.viewer import Viewer
from applications import casefiles, caseview, desk, findings, letters, looks, queries, supplements
from applications.models.evidence import Evidence, Upload
from applications.models.pledge import Pledge
from applications.supplements import Missing
from core.identity import Actor
from tests import make, postgresql

RESULTS = Path("var") / "bench" / "reads.json"
PAGE = 25
REGION = "430211"
NAME = "rufa_bench"
FEW, MANY = 2, 60  # cases; what a document sends must not depend on it
MOST_STATEMENTS, MOST_TIMES_DRIVER, MOST_OVER_DIRECT = 8, 3.0, 60.0
NOW = make.MORNING
LATER = NOW + timedelta(days=1)
HASH = "a" * 64


@dataclass(frozen=True)
class Subject:
    """A kind of read: the document, and the same work done without it."""

    document: str
    viewer: Viewer
    variables: dict[str, Any]
    direct: Callable[[], object]


def reference(number: int) -> str:
    """Give the number of a case."""
    return f"FY-{number:05}-AAAAA-AAAA"


def fill(owner: Actor, clerk: Actor, first: int, last: int) -> None:
    """Hand cases in; the first of them has everything a case can have, several times."""
    for number in range(first, last):
        case = make.application(owner, reference=reference(number), now=NOW + timedelta(minutes=number))
        for title in range(2 if number else 3):
            letters.issue(case, list(letters.LetterKind)[title], [letters.paragraph("…")], now=NOW)
        for paper in range(2 if number else 8):
            attach(owner, case, paper)
        sign(owner, case, number)
    if first == 0:
        supplements.ask(
            clerk, reference(0), [Missing("authority", "请补"), Missing("hardship_statement", "")], now=LATER
        )


def attach(owner: Actor, case: Any, paper: int) -> None:
    """Let a file be part of a case."""
    told = {"purpose": "evidence", "media_type": "image/jpeg", "size": 1, "sha256": HASH, "warnings": []}
    key = f"uploads/{case.id}-{paper}.jpg"
    upload = Upload(owner_id=owner.id, name="照片", master_key=key, thumbnail_key=f"{key}.s", created_at=NOW, **told)
    core.db.session().add(upload)
    at = {"position": paper, "created_at": NOW, "draft_id": case.draft_id}
    core.db.session().add(Evidence(upload=upload, application_id=case.id, item="identity_document", **at))


def sign(owner: Actor, case: Any, number: int) -> None:
    """Let a pledge be part of a case."""
    told = {"template": "pledge-hunan", "template_version": "2026-11", "acknowledged": [], "method": "typed"}
    told |= {"signed": {"statement": ["…"] * 40}, "signed_at": NOW, "sha256": f"{number:064}"}
    core.db.session().add(Pledge(draft_id=case.draft_id, application_id=case.id, person_id=owner.id, **told))


def subjects(owner: Actor, clerk: Actor) -> list[Subject]:
    """Say what is measured."""
    citizen, staff = Viewer(owner, LATER), Viewer(clerk, LATER)

    def case_file() -> object:
        shown = cases.view(caseview.look(owner, reference(0)), citizen)
        links = [files.letter_link(citizen, letter.id) for letter in shown.letters]
        papers = casefiles.papers(shown.application)
        known = looks.at(owner, shown.application), findings.of_application(shown.application.id)
        return shown, known, links, [files.upload_link(citizen, one.id, "master") for one in papers for _ in range(2)]

    def queue() -> object:
        rows = desk.queue(clerk, desk.Pile.TO_REVIEW, first=PAGE)
        desk.count(clerk, desk.Pile.TO_REVIEW)
        return paging.page_of(rows, PAGE, lambda row: (row.id,)), [cases.matter_title(row) for row in rows[:PAGE]]

    def mine() -> object:
        rows = queries.mine(owner, first=PAGE)
        drafts = queries.drafts_listed(owner, now=LATER)
        return paging.page_of(rows, PAGE, lambda row: (row.id,)), drafts, [cases.matter_title(one) for one in rows]

    return [
        Subject("CaseFile", citizen, {"reference": reference(0)}, case_file),
        Subject("DeskQueue", staff, {"pile": "TO_REVIEW", "first": PAGE}, queue),
        Subject("MyApplications", citizen, {"first": PAGE}, mine),
    ]


def as_document(subject: Subject) -> Callable[[], object]:
    """Run it as a page does."""
    return lambda: execution.run(replace(subject.viewer), subject.document, **subject.variables)  # another each time


def as_text(subject: Subject) -> Callable[[], object]:
    """Run it as graphql-core does: parse, validate, execute."""
    text = documents.texts()[subject.document]

    def run() -> object:
        answer = graphql.graphql_sync(SCHEMA, text, context_value=subject.viewer, variable_values=subject.variables)
        assert not answer.errors
        return answer

    return within(run)


def measure(subject: Subject) -> dict[str, Any]:
    """Measure one kind of read, the ways in turn."""
    ways = {"document": as_document(subject), "graphql-core": as_text(subject), "direct": within(subject.direct)}
    for way in ways.values():
        way()
    statements = statements_of(ways["document"])
    assert len(statements_of(ways["direct"])) == len(statements)  # or a difference would be the database's
    ways["driver"] = raw(statements)
    took = bursts(ways)
    return {
        "took, µs": took,
        "× driver": compared(took["document"], took["driver"], operator.truediv),
        "graphql-core ÷ document": compared(took["graphql-core"], took["document"], operator.truediv),
        "over direct, µs": compared(took["document"], took["direct"], operator.sub),
    }


def show(name: str, figures: dict[str, Any]) -> None:
    """Print one line: what was sent for few and many rows, then medians, the best in brackets."""
    few, many = figures["statements"]
    told = [f"{name:16} {few:2} → {many:2} statements (≤ {MOST_STATEMENTS})"]
    goals = {"× driver": MOST_TIMES_DRIVER, "graphql-core ÷ document": None, "over direct, µs": MOST_OVER_DIRECT}
    for what, goal in goals.items():
        median, best = figures[what]
        told.append(f"{what} {median:6.2f} ({best:.2f})" + (f" ≤ {goal:g}" if goal else ""))
    print("  ".join(told))


def places() -> dict[str, str]:
    """Name the databases to measure on: the embedded one, and PostgreSQL where one answers."""
    server = postgresql.find()
    found = {"SQLite": ""}
    return found | ({"PostgreSQL": postgresql.fresh_database(NAME, server)} if server else {})


def measured_on(url: str) -> dict[str, Any]:
    """Measure every read in a place of its own."""
    clerk = make.staff(REGION)
    with tempfile.TemporaryDirectory() as folder:
        prepare(folder, url)
        owner = core.db.keep(make.person)
        core.db.keep(lambda: fill(owner, clerk, 0, FEW))
        todo = subjects(owner, clerk)
        few = [len(statements_of(as_document(one))) for one in todo]
        core.db.keep(lambda: fill(owner, clerk, FEW, MANY))
        many = [len(statements_of(as_document(one))) for one in todo]
        counted = zip(few, many, strict=True)
        found = {one.document: {"statements": told} | measure(one) for one, told in zip(todo, counted, strict=True)}
        core.db.engine().dispose()
    return found


def main() -> None:
    """Measure, print, keep as JSON."""
    found = {}
    for place, url in places().items():
        found[place] = measured_on(url)
        print(f"Signed-in reads on {place}, in process (medians of many bursts; in brackets the best)")
        for name, figures in found[place].items():
            show(name, figures)
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")
    if "PostgreSQL" in found:
        postgresql.drop_database(NAME, postgresql.find())


if __name__ == "__main__":
    sys.exit(main())
