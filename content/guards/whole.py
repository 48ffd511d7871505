"""What a page of its kind must have (FEATURES D01, D11)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from content import markdown
from content.guards.finding import Finding, Weight
from content.kinds import FIELDS, Kind, definitions
from content.said import Said

STEPS = re.compile(r"^\s*\d+[.)]\s", re.MULTILINE)


def examine(kind: Kind, said: Said, *, cites: bool) -> Iterator[Finding]:
    """Find what is missing."""
    yield from _missing(kind, said)
    for code in markdown.faults(said.body):
        yield Finding(f"guard_{code}", Weight.STOPS, "body")
    needs = definitions()[kind]
    if needs.citation and not cites:
        yield Finding("guard_citation_missing", Weight.STOPS, "body")
    if needs.question and not said.title.rstrip().endswith(("？", "?", "吗", "呢")):
        yield Finding("guard_no_question", Weight.ADVISES, "title", passage=said.title)
    if needs.steps and not STEPS.search(said.body):
        yield Finding("guard_no_steps", Weight.ADVISES, "body")


def _missing(kind: Kind, said: Said) -> Iterator[Finding]:
    for field, value in (("title", said.title), ("summary", said.summary), ("body", said.body)):
        if not value.strip():
            yield Finding(f"guard_{field}_missing", Weight.STOPS, field)
    for field in definitions()[kind].required:
        if not said.fields.get(field):
            yield Finding("guard_field_missing", Weight.STOPS, field, passage=FIELDS[kind][field])
    if not said.groups:
        yield Finding("guard_group_missing", Weight.STOPS, "groups")
