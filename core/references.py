"""Numbers people read aloud: no look-alikes, a check character, nothing to count up (TRUST A3)."""

from __future__ import annotations

import functools
import hashlib
import secrets
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
CONFUSED = str.maketrans({"I": "1", "L": "1", "O": "0"})
RANDOM_CHARACTERS = 13  # 65 bits
GROUP = 5
SHORT_CHARACTERS = 8
HASH_CHARACTERS, HASH_DIGITS, SHA256_DIGITS = 16, 20, 64  # of a code for a hash: 80 bits; of a hash
FIELD = 0b100101  # x^5 + x^2 + 1, primitive over GF(2)


def fresh(prefix: str) -> str:
    """Make a reference like `FY-7K3MQ-9Q2PX-4TB6R`: 13 random characters, the last one checks them."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_CHARACTERS))
    return _grouped(prefix, drawn + _check(drawn))


def short_code() -> str:
    """Make a code of 8 characters to carry from one device to another (FEATURES A01, A10)."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(SHORT_CHARACTERS))
    return f"{drawn[:4]}-{drawn[4:]}"


def short_code_of(name: str) -> str:
    """Make the short code of something that is made anew each time and must keep it: told by its name."""
    drawn = hashlib.sha256(name.encode()).digest()
    letters = "".join(ALPHABET[byte % len(ALPHABET)] for byte in drawn[:SHORT_CHARACTERS])
    return f"{letters[:4]}-{letters[4:]}"


def code_of_hash(sha256: str) -> str:
    """Make what is typed off a paper that bears a hash: its first 80 bits, in four groups."""
    bits = int(sha256[:HASH_DIGITS], 16)
    letters = "".join(ALPHABET[bits >> 5 * place & 31] for place in reversed(range(HASH_CHARACTERS)))
    return "-".join(letters[i : i + 4] for i in range(0, HASH_CHARACTERS, 4))


def hash_of_code(text: str) -> str:
    """Read a hash as it is scanned or typed: whole, by its code, or as the address it stands in.

    Give as much of its beginning as was said; empty where it is none.
    """
    last = unicodedata.normalize("NFKC", text).strip().rstrip("/").rpartition("/")[2]
    plain = "".join(c for c in last.upper() if c.isascii() and c.isalnum())
    if len(plain) == SHA256_DIGITS:
        return "" if set(plain) - set("0123456789ABCDEF") else plain.lower()
    plain = plain.translate(CONFUSED)
    if len(plain) != HASH_CHARACTERS or set(plain) - set(ALPHABET):
        return ""
    bits = functools.reduce(lambda sum_, c: sum_ << 5 | ALPHABET.index(c), plain, 0)
    return f"{bits:0{HASH_DIGITS}x}"


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
    return len(body) == RANDOM_CHARACTERS + 1 and not set(body) - set(ALPHABET) and _check(body[:-1]) == body[-1]


def _grouped(prefix: str, body: str) -> str:
    return "-".join([prefix, *(body[i : i + GROUP] for i in range(0, len(body), GROUP))])


def _check(drawn: str) -> str:
    """Evaluate the characters as a polynomial over GF(32) at x: any one slip and any two swapped are found."""
    total = 0
    for character in drawn:
        total = _times_x(total ^ ALPHABET.index(character))
    return ALPHABET[total]


def _times_x(value: int) -> int:
    """Multiply by x in GF(2)[x] / (x^5 + x^2 + 1), where the powers of x return only after 31 steps."""
    return (value << 1) ^ (FIELD if value & 0b10000 else 0)
