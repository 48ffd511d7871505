"""Trying many files: each comes out as a rendition or a clear refusal, and the memory of whoever decodes is watched."""

from __future__ import annotations

import base64
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from core.errors import Refusal, Rejected
from core.imaging import making, pool

PEAK, NOW = "VmHWM:", "VmRSS:"
KILOBYTE = 1024
DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of a file: bytes of renditions, or the code it was refused with; seconds; memory of the child."""

    path: Path
    made: int
    refused: str
    seconds: float
    peak: int


def tried(paths: Iterable[Path]) -> Iterator[Tried]:
    """Take one file after the other through what pictures of pages go through. Anything but a refusal is a fault."""
    for path in paths:
        begun = time.perf_counter()
        made, refused = 0, ""
        try:
            pictures = making.library_pictures(path.read_bytes())
            made = sum(map(len, pictures.files.values()))
        except Rejected as no:
            refused = no.problems[0].code
        except Refusal as no:
            refused = no.code
        yield Tried(path, made, refused, time.perf_counter() - begun, memory(PEAK))


def waiting() -> int:
    """Start a child with a picture of one dot, and read what it holds when it waits for the next."""
    making.library_pictures(base64.b64decode(DOT))
    return memory(NOW)


def memory(which: str) -> int:
    """Read how many bytes the children hold that wait for work, or held at the most. Linux says so; others say 0."""
    found = [_told(child.process.pid, which) for child in pool.current().idle]
    return max(found, default=0)


def _told(pid: int, which: str) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text("ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * KILOBYTE for line in lines if line.startswith(which)), 0)
