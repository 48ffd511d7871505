"""Identity numbers: our own validator (RULEBOOK 6.4, ID-1 to ID-6).

Pure. What is returned or raised never carries the number itself into a message (ID-6).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS = "10X98765432"
FORM = re.compile(r"[0-9]{17}[0-9X]")
OTHER_FORM = re.compile(r"[0-9A-Z\u4e00-\u9fff()/-]{4,32}")
GAPS = re.compile(r"[\s\u200b\u200c\u200d\u2060\ufeff]+")
OLDEST_YEARS = 150
SHORTEST_MASKED = 10

# The first two digits: provinces (GB/T 2260), then the residence permits of Hong Kong, Macao and Taiwan (ID-3).
PROVINCES = frozenset(
    str(code)
    for block in (range(11, 16), range(21, 24), range(31, 38), range(41, 47), range(50, 55), range(61, 66), (71,))
    for code in block
)
RESIDENCE_PERMITS = frozenset({"81", "82", "83"})
FOREIGN_RESIDENT = "9"  # ID-4: the newer permanent-resident card


class IdDocumentType(StrEnum):
    """The document a person proves who they are with. Only `RESIDENT_ID` has a checksum to judge (ID-5)."""

    RESIDENT_ID = "resident_id"
    PASSPORT = "passport"
    MILITARY_ID = "military_id"
    HOUSEHOLD_REGISTER = "household_register"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found out about a number: as it is stored, what is wrong, what is only odd."""

    number: str
    problem: str | None = None
    warning: str | None = None


def normalise(text: str) -> str:
    """Write a number as it is stored: half-width, upper case, no spaces (ID-6)."""
    return GAPS.sub("", unicodedata.normalize("NFKC", text)).upper()


def judge(text: str, kind: IdDocumentType = IdDocumentType.RESIDENT_ID, *, today: date) -> Finding:
    """Judge a number as typed. A problem must be put right; a warning never stops anybody."""
    number = normalise(text)
    if not number:
        return Finding(number, "id_number_missing")
    if kind is not IdDocumentType.RESIDENT_ID:
        return Finding(number, None if OTHER_FORM.fullmatch(number) else "id_number_form")
    if not FORM.fullmatch(number):
        return Finding(number, "id_number_form")
    if not _was_born(number, today):
        return Finding(number, "id_number_birth_date")
    if check_character(number[:17]) != number[17]:
        return Finding(number, "id_number_check")
    return Finding(number, warning=None if _is_known_area(number) else "id_number_area_unknown")


def check_character(digits: str) -> str:
    """Work out the 18th character from the first 17 (ISO 7064 MOD 11-2)."""
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, digits, strict=True))
    return CHECK_CHARACTERS[total % 11]


def born_on(number: str) -> date | None:
    """Read the birth date out of an 18-character number; none where there is no such day."""
    if not FORM.fullmatch(number):
        return None
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def mask(number: str) -> str:
    """Show as much as helps to recognise a number, and no birth date: `4301**********1234` (TRUST A6)."""
    if len(number) < SHORTEST_MASKED:
        return "*" * len(number)
    return f"{number[:4]}{'*' * (len(number) - 8)}{number[-4:]}"


def _was_born(number: str, today: date) -> bool:
    born = born_on(number)
    return born is not None and born <= today and today.year - born.year <= OLDEST_YEARS


def _is_known_area(number: str) -> bool:
    return number[:2] in PROVINCES | RESIDENCE_PERMITS or number.startswith(FOREIGN_RESIDENT)
