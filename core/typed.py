"""How settings are typed in the environment, and read. Raises `ValueError` with what was expected."""

from __future__ import annotations

import base64
import re

KEY_BYTES = 32


def flag(raw: str) -> bool:
    """Read yes or no."""
    if raw.lower() in ("1", "true", "yes", "on"):
        return True
    if raw.lower() in ("0", "false", "no", "off"):
        return False
    raise ValueError("yes or no")


def number(raw: str) -> int:
    """Read a whole number."""
    if not raw.isdigit():
        raise ValueError("a whole number")
    return int(raw)


def seconds(raw: str) -> float:
    """Read seconds, a minute at most."""
    value = float(raw)
    if not 0 < value <= 60:  # noqa: PLR2004
        raise ValueError("seconds, more than 0 and at most 60")
    return value


def plain(raw: str) -> str:
    """Read letters, digits and hyphens."""
    if not raw.replace("-", "").isalnum() or not raw.isascii():
        raise ValueError("letters, digits and hyphens alone")
    return raw


def origin(raw: str) -> str:
    """Read the address of a host."""
    if not re.fullmatch(r"https://[a-z0-9.-]+(:\d+)?", raw):
        raise ValueError("https://host alone")
    return raw


def origin_or_local(raw: str) -> str:
    """Read the address of a host; one of this machine may do without a seal."""
    return raw if re.fullmatch(r"http://127\.0\.0\.1:\d+", raw) else origin(raw)


def mailbox(raw: str) -> str:
    """Read an address of e-mail."""
    if not re.fullmatch(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", raw, re.ASCII):
        raise ValueError("name@host")
    return raw


def words(raw: str) -> tuple[str, ...]:
    """Read what stands between commas."""
    return tuple(part.strip() for part in raw.split(",") if part.strip())


def pairs(raw: str) -> dict[str, str]:
    """Read names and their values."""
    pairs = dict(part.split("=", 1) for part in words(raw) if "=" in part)
    if not pairs:
        raise ValueError("name=value,name=value")
    return pairs


def cipher_key(raw: str) -> str:
    """Read 32 bytes in base64."""
    if len(base64.b64decode(raw, validate=True)) != KEY_BYTES:
        raise ValueError("not 32 bytes of base64")
    return raw


def cipher_keys(raw: str) -> dict[str, str]:
    """Read such keys by their names."""
    return {name: cipher_key(value) for name, value in pairs(raw).items()}


def room(raw: str) -> str:
    """Read the address of meetings, with the place of the room's name in it."""
    if not re.fullmatch(r"https://[a-z0-9.-]+(:\d+)?/[\w./?=&#-]*\{room\}[\w./?=&#-]*", raw):
        raise ValueError("https://host/… with {room} in it")
    return raw
