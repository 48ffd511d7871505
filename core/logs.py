"""Logs for machines, without personal data: only what is on the list below is written (TRUST P3, O8).

A log line is an event (`area.verb`), a level, a moment, and figures or codes under known names. Whatever
else somebody hands over is left out, and the line says so by name.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import Mapping, MutableMapping
from contextlib import suppress
from types import TracebackType
from typing import Any, TextIO, cast

import structlog

ALLOWED = frozenset(
    {
        "address_kind",  # proxy | direct, never the address
        "attempts",
        "code",  # of a refusal
        "count",
        "document",  # the name of a trusted document
        "engine",
        "errand",  # the kind of an errand
        "event",
        "fault",  # the class of an exception and where it was raised
        "host",  # our own, at start
        "left_out",
        "level",
        "area",
        "method",
        "mode",
        "ms",
        "port",
        "request",  # the request's number
        "revision",
        "route",  # the pattern, never the path
        "seconds",
        "statements",
        "status",
        "threads",
        "at",
    }
)
EVENT = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)*")
LONGEST = 300
FRAMES = 6
Fault = BaseException | tuple[type[BaseException], BaseException, TracebackType | None]


def only_what_is_known(_logger: object, _method: str, line: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """Let pass what is on the list; name the rest without saying it."""
    line = describe_fault(line)
    kept = {name: _short(value) for name, value in line.items() if name in ALLOWED and _is_plain(value)}
    left_out = sorted(name for name in line if name not in kept)
    if left_out:
        kept["left_out"] = ",".join(left_out)
    if not EVENT.fullmatch(str(kept.get("event", ""))):
        kept["event"] = "unnamed"
    return kept


def describe_fault(line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Put where a fault was raised in the place of what it says: messages quote what people typed."""
    given = line.pop("exc_info", None)
    if given is True:
        given = sys.exc_info()
    fault = given[1] if isinstance(given, tuple) else given
    if isinstance(fault, BaseException):
        line["fault"] = where(fault)
    return line


def where(fault: BaseException) -> str:
    """Say the class of a fault and the last places it came through, not its message."""
    frames = traceback.extract_tb(fault.__traceback__)[-FRAMES:]
    places = " < ".join(f"{_tail(frame.filename)}:{frame.lineno}" for frame in reversed(frames))
    cause = f" from {type(fault.__cause__).__name__}" if fault.__cause__ else ""
    return f"{type(fault).__name__}{cause} at {places or 'nowhere'}"


def _tail(path: str) -> str:
    return "/".join(path.split("/")[-2:])


def _is_plain(value: object) -> bool:
    return value is None or isinstance(value, (str, int, float))


def _short(value: object) -> object:
    return value[:LONGEST] if isinstance(value, str) else value


class Library(logging.Handler):
    """Logs of libraries: who spoke and how loudly. What they say may quote anybody, so it is not kept."""

    def emit(self, record: logging.LogRecord) -> None:
        """Pass on that a library spoke."""
        spoken = structlog.get_logger().bind(area=record.name)
        spoken.log(record.levelno, "library.spoke", exc_info=record.exc_info)


class Patient:
    """A stream that loses a line rather than the request it tells of: the disk may be full (TRUST R8)."""

    def __init__(self, stream: TextIO | None) -> None:
        """Write to this stream, or to whatever standard error is by then."""
        self.stream = stream

    def write(self, text: str) -> int:
        """Write, if it can be written."""
        with suppress(OSError):
            (self.stream or sys.stderr).write(text)
        return len(text)

    def flush(self) -> None:
        """Hand over what was written, if anybody takes it."""
        with suppress(OSError):
            (self.stream or sys.stderr).flush()


def configure(stream: TextIO | None = None, *, level: int = logging.INFO) -> None:
    """Write JSON lines, to standard error unless told otherwise, and take over the logs of libraries."""
    patient = Patient(stream)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            only_what_is_known,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=lambda *_: structlog.PrintLogger(cast("TextIO", patient)),
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    for handler in [one for one in root.handlers if isinstance(one, Library)]:
        root.removeHandler(handler)
    root.addHandler(Library(logging.WARNING))
    root.setLevel(logging.WARNING)
    logging.getLogger("sqlalchemy.engine").setLevel(logging.WARNING)
    logging.getLogger("waitress").propagate = True


def get(area: str) -> Any:
    """Give a logger; `area` stands before its events by habit, not by machine."""
    return structlog.get_logger(area=area)
