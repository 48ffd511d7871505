"""Numbers people read aloud: no look-alikes, a check character, nothing to count up (TRUST A3)."""

from __future__ import annotations

import secrets
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
CONFUSED = str.maketrans({"I": "1", "L": "1", "O": "0"})
RANDOM_CHARACTERS = 13  # 65 bits
GROUP = 5
SHORT_CHARACTERS = 8


def fresh(prefix: str) -> str:
    """Make a reference like `FY-7K3MQ-9Q2PX-4TB6R`: 13 random characters, the last one checks them."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_CHARACTERS))
    return _grouped(prefix, drawn + _check(drawn))


def short_code() -> str:
    """Make a code of 8 characters to carry from one device to another (FEATURES A01, A10)."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(SHORT_CHARACTERS))
    return f"{drawn[:4]}-{drawn[4:]}"


def tidy(text: str) -> str:
    """Read a reference or code as people type it: any width and case, spaces, look-alikes."""
    letters = [c for c in unicodedata.normalize("NFKC", text).upper() if c.isascii() and c.isalnum()]
    plain = "".join(letters)
    if len(plain) == SHORT_CHARACTERS:
        plain = plain.translate(CONFUSED)
        return f"{plain[:4]}-{plain[4:]}"
    prefix, body = plain[:2], plain[2:].translate(CONFUSED)
    return _grouped(prefix, body)


def is_sound(reference: str) -> bool:
    """Say whether the check character fits: a slip of the pen is found before anything is looked up."""
    body = tidy(reference)[2:].replace("-", "")
    return len(body) == RANDOM_CHARACTERS + 1 and _check(body[:-1]) == body[-1]


def _grouped(prefix: str, body: str) -> str:
    return "-".join([prefix, *(body[i : i + GROUP] for i in range(0, len(body), GROUP))])


def _check(drawn: str) -> str:
    total = 0
    for place, character in enumerate(drawn, start=1):
        if character in ALPHABET:
            total += (2 * place + 1) * ALPHABET.index(character)
    return ALPHABET[total % len(ALPHABET)]
