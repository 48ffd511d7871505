"""Captions: WebVTT, or SubRip as programs for subtitles write it, read and written anew: times and words, no marks."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from html import escape, unescape

from content.markdown.reading import tidy
from core.errors import Problem, Rejected

LONGEST = 200_000
FIELD = "captions"
TIME = r"(?:(\d{1,2}):)?(\d{2}):(\d{2})[.,](\d{3})"
SPAN = re.compile(rf"{TIME}[ \t]+-->[ \t]+{TIME}")
MARK = re.compile(r"<[^>\n]*>|\{\\[^}\n]*\}")
LATE = 5  # seconds the last words may stand on after the film
SPARSE = 4  # words for at least a quarter of the film, or it was not captioned


@dataclass(frozen=True, slots=True)
class Cue:
    """Words, from a millisecond to a millisecond."""

    start: int
    end: int
    words: str


def read(text: str, *, seconds: int) -> list[Cue]:
    """Read captions of a film of so many seconds; raise `Rejected` with what is wrong."""
    if len(text) > LONGEST:
        raise Rejected((Problem("captions_too_long", FIELD),))
    cues = [cue for block in re.split(r"\n[ \t]*\n", tidy(text.removeprefix("\ufeff"))) if (cue := _cue(block))]
    if not cues:
        raise Rejected((Problem("captions_missing", FIELD),))
    is_late = any(cue.end > (seconds + LATE) * 1000 or cue.start >= cue.end for cue in cues)
    if is_late or any(one.start > other.start for one, other in itertools.pairwise(cues)):
        raise Rejected((Problem("captions_do_not_fit", FIELD),))
    if SPARSE * sum(cue.end - cue.start for cue in cues) < seconds * 1000:
        raise Rejected((Problem("captions_sparse", FIELD),))
    return cues


def written(cues: list[Cue]) -> str:
    """Write captions as WebVTT."""
    blocks = [f"{_moment(cue.start)} --> {_moment(cue.end)}\n{escape(cue.words, quote=False)}" for cue in cues]
    return "\n\n".join(["WEBVTT", *blocks]) + "\n"


def words(vtt: str) -> str:
    """Give the words alone, a line a cue: the beginning of a transcript."""
    return "\n".join(unescape(line) for block in vtt.split("\n\n")[1:] for line in block.strip().split("\n")[1:])


def _cue(block: str) -> Cue | None:
    span = SPAN.search(block)
    said = "\n".join(line.strip() for line in MARK.sub("", block[span.end() :]).split("\n")[1:]) if span else ""
    if span is None or not said.strip():
        return None
    figures = [int(one or 0) for one in span.groups()]
    start, end = (((h * 60 + m) * 60 + s) * 1000 + ms for h, m, s, ms in (figures[:4], figures[4:]))
    return Cue(start, end, unescape(said.strip()))


def _moment(milliseconds: int) -> str:
    seconds, left = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{left:03}"
