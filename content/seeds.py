"""The pages that come with the house, kept as files: a head of `name: value`, then Markdown (FEATURES D01)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from content import kinds, seeding
from content.seeding import Seed
from core.identity import SYSTEM

FOLDER = Path(__file__).parent / "seed"
RULER = "---\n"
HEAD = ("title", "kind", "groups", "topics", "summary")


def read() -> Iterator[Seed]:
    """Read every file, in the order of their names. A file that does not fit is a mistake of ours."""
    for path in sorted(FOLDER.glob("*.md")):
        yield parsed(path.stem, path.read_text(encoding="utf-8"))


def parsed(slug: str, text: str) -> Seed:
    """Read one file. What the head holds besides the common names are the fields of its kind."""
    _, head, body = text.split(RULER, 2)
    said = dict(line.split(": ", 1) for line in head.splitlines())
    groups, topics = (said[name].split(", ") for name in ("groups", "topics"))
    unknown = (set(groups) - set(kinds.GROUPS)) | (set(topics) - set(kinds.TOPICS))
    if unknown:
        raise ValueError(f"{slug}: {', '.join(sorted(unknown))}?")
    fields = {name: value for name, value in said.items() if name not in HEAD}
    return Seed(
        slug=slug,
        kind=kinds.Kind(said["kind"]).value,
        title=said["title"],
        summary=said["summary"],
        body=body.strip(),
        groups=groups,
        topics=topics,
        fields=fields,
    )


def load(*, now: datetime) -> int:
    """Put the pages on the shelf that are not there yet; give how many there are."""
    return len([seeding.put(SYSTEM, seed, now=now) for seed in read()])
