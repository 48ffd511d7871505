"""Telephone numbers as people write them (RULEBOOK 6.4, PH-1 and PH-2). Pure."""

from __future__ import annotations

import re
import unicodedata

MOBILE = re.compile(r"1[3-9][0-9]{9}")
LANDLINE = re.compile(r"0[1-9][0-9]{1,2}[1-9][0-9]{6,7}")
COUNTRY = re.compile(r"(\+|00)86")
CLUTTER = re.compile(r"[\s\u200b\u200c\u200d\u2060\ufeff().\-\u2010-\u2015]+")
SHORTEST_MASKED = 8


def normalise(text: str) -> str:
    """Write a number as it is stored: half-width digits, no spaces, hyphens or country code."""
    plain = CLUTTER.sub("", unicodedata.normalize("NFKC", text))
    return COUNTRY.sub("", plain, count=1) if COUNTRY.match(plain) else plain


def is_mobile(number: str) -> bool:
    """Say whether a normalised number is a mainland mobile, which can take a code by SMS."""
    return bool(MOBILE.fullmatch(number))


def is_landline(number: str) -> bool:
    """Say whether a normalised number is a landline with its area code (PH-2)."""
    return bool(LANDLINE.fullmatch(number))


def can_be_called(number: str) -> bool:
    """Say whether somebody can be reached at a normalised number."""
    return is_mobile(number) or is_landline(number)


def mask(number: str) -> str:
    """Show the first three and the last four: `138****1234`."""
    if len(number) < SHORTEST_MASKED:
        return "*" * len(number)
    return f"{number[:3]}{'*' * (len(number) - 7)}{number[-4:]}"
