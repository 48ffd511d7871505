"""What is looked at before readers may see a page: errors stop it, hints advise. Pure; the rules are data."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from content.guards import access, anonymity, plain, whole
from content.guards.finding import WEIGHTS, Finding, Weight
from content.kinds import Kind, definitions
from content.said import Said

__all__ = ["WEIGHTS", "Finding", "Weight", "examine", "stops"]


def examine(kind: Kind, said: Said, *, cites: bool, known: Collection[str] = ()) -> list[Finding]:
    """Look at a page with every guard: what stops it first, then by place. `known` is what the library has of it."""
    found = [
        *whole.examine(kind, said, cites=cites, known=known),
        *_people(kind, said),
        *access.examine("body", said.body),
    ]
    for field, text in (("title", said.title), ("summary", said.summary), ("body", said.body)):
        found += [*plain.examine(field, text), *plain.jargon(field, text)]
    order = {"title": 0, "summary": 1, "body": 2}
    return sorted(found, key=lambda one: (one.weight is not Weight.STOPS, order.get(one.field, 3), one.line))


def stops(found: list[Finding]) -> bool:
    """Say whether a page may not be published as it is."""
    return any(one.weight is Weight.STOPS for one in found)


def _people(kind: Kind, said: Said) -> Iterator[Finding]:
    strict = definitions()[kind].strict_names
    texts = {"title": said.title, "summary": said.summary, "body": said.body}
    texts |= {name: value for name, value in said.fields.items() if isinstance(value, str)}
    for field, text in texts.items():
        yield from anonymity.numbers(field, text)
        yield from anonymity.names(field, text, strict=strict)
        yield from anonymity.traces(field, text, strict=strict)
