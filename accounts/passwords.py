"""Passwords and second factors of staff (TRUST N7). Pure but for the memory hard work of argon2."""

from __future__ import annotations

import functools
import hmac
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from core.errors import Unavailable

SHORTEST = 12
LONGEST = 200
STEP_SECONDS = 30
AT_ONCE = 2  # each takes 19 MiB and a core: a burst waits its turn
LONGEST_WAIT = 2.0

# RFC 9106 leaves the figures to the place; these are the OWASP minimum, about 30 ms here.
_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_turns = threading.BoundedSemaphore(AT_ONCE)


@contextmanager
def _turn() -> Iterator[None]:
    if not _turns.acquire(timeout=LONGEST_WAIT):
        raise Unavailable("busy", retry_after=5)
    try:
        yield
    finally:
        _turns.release()


def hashed(password: str) -> str:
    """Hash a password for keeping."""
    with _turn():
        return _hasher.hash(password)


@functools.cache
def nobodys() -> str:
    """Give a hash nobody's password fits: what an unknown name is judged by, in the same time (N4)."""
    return hashed(pyotp.random_base32())


def fits(kept: str, password: str) -> bool:
    """Say whether a password fits a hash."""
    with _turn():
        try:
            return _hasher.verify(kept, password[: LONGEST + 1])
        except (VerifyMismatchError, InvalidHashError):
            return False


def fresh_secret() -> str:
    """Make the secret of an authenticator app."""
    return pyotp.random_base32()


def step_of(secret: str, code: str, *, now: datetime) -> int | None:
    """Give the time step a code belongs to: this one, or its neighbours for clocks a little off."""
    present = int(now.timestamp()) // STEP_SECONDS
    generator = pyotp.TOTP(secret)
    fitting = None
    for step in (present - 1, present, present + 1):
        if hmac.compare_digest(generator.generate_otp(step).encode(), code.encode()):
            fitting = step
    return fitting


def code_at(secret: str, *, now: datetime) -> str:
    """Give the code an authenticator app would show."""
    return pyotp.TOTP(secret).generate_otp(int(now.timestamp()) // STEP_SECONDS)


def address_for_app(secret: str, username: str) -> str:
    """Give what an authenticator app reads from a picture."""
    return pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name="如法")
