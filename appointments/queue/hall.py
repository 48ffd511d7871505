"""What shows that somebody is in the hall: a code on the display that changes, or the word of the day (FEATURES B27).

A sign that was photographed must not give numbers to whoever is still at home. The code on the display is good for some
minutes; the printed sign stays, and asks for four figures that are on the wall today and tomorrow are others.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from appointments.queue import expected
from core import crypto, references
from core.calendar import china_day
from core.errors import NotFound, Problem, Rejected
from locator import queries as directory

PRINTED, SHOWN, DISPLAY, WORD = "queue", "queue.shown", "queue.display", "queue.word"
LETTERS = 12  # of a signature: enough that nobody guesses it, short enough to be typed
FIGURES = 4


@dataclass(frozen=True, slots=True)
class Read:
    """What somebody read in the hall: a sign, and the word of the day where it is asked for."""

    sign: str
    word: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A station whose sign was read, and whether whoever read it has yet to say the word of the day."""

    station: Any
    asks_word: bool

    def require(self, said: str, code: str, *, now: datetime) -> None:
        """Refuse a number to whoever does not know the word of the day, where it is asked for."""
        figures = "".join(one for one in said if one.isascii() and one.isdecimal())
        if self.asks_word and not hmac.compare_digest(word(code, now), figures):
            raise Rejected((Problem("queue_word_wrong", "word"),))


def printed(code: str) -> str:
    """Give what the sign on paper carries. It stays, and is not enough by itself."""
    return _signed(code, PRINTED)


def shown(code: str, now: datetime) -> str:
    """Give what the display carries at a moment: another one every few minutes."""
    return _signed(f"{references.tidy(code)} {_turn(now)}", SHOWN)


def display(code: str) -> str:
    """Give what opens the large display; staff alone are told."""
    return _signed(code, DISPLAY)


def word(code: str, now: datetime) -> str:
    """Give the word of the day: four figures, kept nowhere."""
    drawn = crypto.blind_index(f"{references.tidy(code)} {china_day(now).isoformat()}", WORD)
    return f"{int(drawn, 16) % 10**FIGURES:0{FIGURES}}"


def entered(code: str, sign: str, *, now: datetime) -> Entry:
    """Give the station whose sign was read; one that was on the display too long ago is none any more."""
    minutes = timedelta(minutes=expected.rules().sign_minutes)
    if any(_is_same(shown(code, at), sign) for at in (now, now - minutes)):
        return Entry(_standing(code), asks_word=False)
    if _is_same(printed(code), sign):
        return Entry(_standing(code), asks_word=True)
    raise NotFound("queue_sign_unknown")


def displayed(code: str, key: str) -> Any:
    """Give the station whose display was opened."""
    if not _is_same(display(code), key):
        raise NotFound("queue_sign_unknown")
    return _standing(code)


def _standing(code: str) -> Any:
    station = directory.station(code=code)
    if station.retired_on is not None:
        raise NotFound("queue_sign_unknown")
    return station


def _turn(now: datetime) -> int:
    return int(now.timestamp()) // (60 * expected.rules().sign_minutes)


def _signed(code: str, purpose: str) -> str:
    return crypto.sign(references.tidy(code).encode(), purpose)[:LETTERS]


def _is_same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())
