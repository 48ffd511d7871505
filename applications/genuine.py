"""Is this paper ours? Anybody who holds one may ask; the answer is yes with its kind and day, or no (A16, A18, A28).

The hash on the paper is the key: whatever was changed in what we keep, by whomever, no longer fits what was printed.
Only tries that fail are counted, so that a court that checks papers all day from one address is never turned away.
Nothing is written: this goes on while the database refuses writes.
"""

from __future__ import annotations

import hmac
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from accounts.tries import Tries
from applications import letters, signing
from applications.letters import LetterKind
from applications.models.letter import Letter
from applications.models.pledge import Pledge
from core.calendar import china_day
from core.crypto import UNREADABLE
from core.db import session
from core.identity import Actor, Audience, open_to
from core.references import SHA256_DIGITS, hash_of_code

tries = Tries()


@dataclass(frozen=True, slots=True)
class Genuine:
    """A paper we gave out: what it is called, when, and whether it is one of the demonstration."""

    title: str
    issued_on: date
    is_demo: bool


@open_to(Audience.ANYONE)
def check(actor: Actor, code: str, *, name: str = "", address: str, now: datetime) -> Genuine | None:  # noqa: ARG001  # whoever holds the paper
    """Say what the paper with this hash or code is; nothing where it is none of ours, or was changed.

    With a `name`, the paper must be addressed to it as well. What does not fit is never told apart.
    """
    found = _found(hash_of_code(code))
    if found is None or not _is_whole(found) or not _is_to(found, name, now):
        tries.count("paper_miss", address, now=now)
        return None
    return Genuine(found.content["title"], china_day(found.issued_at), found.content["demo"])


def _found(begins: str) -> Letter | None:
    """Find the paper whose hash begins so; 80 bits are enough to be one alone."""
    if not begins:
        return None
    first, last = begins.ljust(SHA256_DIGITS, "0"), begins.ljust(SHA256_DIGITS, "f")
    try:
        return session().scalars(select(Letter).where(Letter.sha256.between(first, last))).first()
    except UNREADABLE:
        return None


def _is_whole(letter: Letter) -> bool:
    """Say whether nothing of it was changed; a copy of a pledge is as good as the pledge itself."""
    if not letters.is_whole(letter):
        return False
    return letter.kind != LetterKind.PLEDGE or _is_of_a_sound_pledge(letter)


def _is_of_a_sound_pledge(letter: Letter) -> bool:
    wanted = select(Pledge.id, Pledge.sha256).where(Pledge.application_id == letter.application_id)
    row = session().execute(wanted).one_or_none()
    if row is None or {"kind": "hash", "text": letters.spaced(row.sha256)} not in letter.content["blocks"]:
        return False
    return not signing.what_is_wrong(row.id)


def _is_to(letter: Letter, name: str, now: datetime) -> bool:
    """Compare the name somebody reads on the paper. So often a paper and no more: a name is not to be guessed."""
    said = _plain(name)
    if not said:
        return True
    tries.count("paper_name", letter.sha256, now=now)
    return hmac.compare_digest(said.encode(), _plain(letter.content["addressee"]).encode())


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split())
