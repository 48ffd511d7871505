"""The child that opens what strangers send. It may not write files, grow large or think long; it knows no secret."""

from __future__ import annotations

import importlib
import os
import resource
import warnings
from collections.abc import Callable, Sequence
from typing import IO, Any

from core.imaging import limits, photo, wire
from core.imaging.refusing import Refused

Answer = tuple[dict[str, Any], list[bytes]]


MAKERS: dict[str, Callable[..., Answer]] = {"photo": photo.make}  # most files; the others come when asked for
RARE = ("booklet", "cover", "document", "library", "place", "signature")


def main() -> None:  # pragma: no cover  # runs in a process of its own, with limits a test run could not bear
    """Bind the process, then serve."""
    incoming, outgoing = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # a library that prints must not garble the answers
    warnings.simplefilter("ignore")
    _bind()
    wire.send(outgoing, {"ready": True}, [])
    serve(incoming, outgoing, before_each=_allow_time)


def serve(incoming: IO[bytes], outgoing: IO[bytes], *, before_each: Callable[[], None]) -> None:
    """Serve files until the service hangs up."""
    while True:
        try:
            head, blobs = wire.receive(incoming)
        except EOFError:
            return
        before_each()
        wire.send(outgoing, *answer(head, blobs))


def _maker(name: str) -> Callable[..., Answer]:
    if name in RARE and name not in MAKERS:
        MAKERS[name] = importlib.import_module(f"core.imaging.{name}").make
    return MAKERS[name]


def answer(head: dict[str, Any], blobs: Sequence[bytes]) -> Answer:
    """Make what is asked for, or say why not."""
    make = _maker(head["make"])
    try:
        return make(blobs[0], **head.get("options", {}))
    except Refused as no:
        return {"refused": no.code, "params": no.params}, []
    except (MemoryError, RecursionError):
        return {"refused": "file_too_heavy", "params": {}}, []
    except Exception:  # noqa: BLE001  # decoders raise whatever they like at a damaged file
        return {"refused": "file_damaged", "params": {}}, []


def _bind() -> None:  # pragma: no cover  # as above
    for what, most in (
        (resource.RLIMIT_AS, limits.CHILD_BYTES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        resource.setrlimit(what, (most, most))


def _allow_time() -> None:  # pragma: no cover  # as above
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + limits.CHILD_CPU_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (until, resource.getrlimit(resource.RLIMIT_CPU)[1]))
