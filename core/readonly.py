"""Read-only: by a switch, or because the database refuses to write; what can be read goes on (FEATURES G12).

The switch is a setting, or a file called `read-only` in the data folder, looked for at each write: no restart, and it
holds for every process. Where the database itself refuses (a full disk, a standby) each write still tries, so that
nothing needs to be switched back; for a minute after the last refusal the pages say so beforehand.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from core import logs
from core.errors import Unavailable

CODE = "read_only"
FLAG = "read-only"
SAID_SECONDS = 60.0  # how long the pages say so after the last refusal
RETRY_SECONDS = 60
NO_ROOM_OR_STANDBY = {"53100", "25006"}  # SQLSTATE disk_full, read_only_sql_transaction
STANDBY = "during recovery"  # what PostgreSQL says of a transaction that is to write on a standby, as 0A000
SQLITE_FULL, SQLITE_READONLY = 13, 8
SQLITE_NO_ROOM = {778, 1034, 1546, 4874}  # IOERR of WRITE, FSYNC, TRUNCATE, SHMSIZE


@dataclass(slots=True)
class _State:
    switched: bool = False
    flag: Path | None = None
    refused_at: float | None = None


_state = _State()


def watch(flag: Path | None, *, switched: bool) -> None:
    """Go by a setting, and by a file that may come and go."""
    _state.switched, _state.flag, _state.refused_at = switched, flag, None


def is_set() -> bool:
    """Say whether somebody switched writing off."""
    return _state.switched or (_state.flag is not None and _state.flag.exists())


def is_on() -> bool:
    """Say whether what is sent now would most likely not be kept."""
    return is_set() or (_state.refused_at is not None and time.monotonic() - _state.refused_at < SAID_SECONDS)


def judge() -> None:
    """Let nothing be written while the switch is set. Raises `Unavailable`."""
    if is_set():
        raise refusal()


def noted(fault: BaseException | None) -> bool:
    """Say whether the database refused to write, and remember that it did."""
    if not isinstance(fault, DBAPIError) or not _refuses(fault):
        return False
    if not is_on():
        logs.get("database").error("database.refuses_writes")
    _state.refused_at = time.monotonic()
    return True


def refusal() -> Unavailable:
    """Make the "no" that says what to do instead."""
    return Unavailable(CODE, retry_after=RETRY_SECONDS)


def _refuses(fault: DBAPIError) -> bool:
    cause = fault.orig
    number = getattr(cause, "sqlite_errorcode", None)
    if number is not None:
        return number & 0xFF in (SQLITE_FULL, SQLITE_READONLY) or number in SQLITE_NO_ROOM
    return getattr(cause, "sqlstate", None) in NO_ROOM_OR_STANDBY or STANDBY in str(cause)
