"""How the service and the child speak: a JSON head and blobs, each with its length before it. Never pickles."""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from typing import IO, Any

LENGTH = struct.Struct(">I")
LONGEST = 64 << 20
MOST_BLOBS = 12


def send(pipe: IO[bytes], head: dict[str, Any], blobs: Sequence[bytes]) -> None:
    """Write one message."""
    for part in (json.dumps({**head, "blobs": len(blobs)}).encode(), *blobs):
        pipe.write(LENGTH.pack(len(part)))
        pipe.write(part)
    pipe.flush()


def receive(pipe: IO[bytes]) -> tuple[dict[str, Any], list[bytes]]:
    """Read one message, or raise `EOFError` where the other side is gone or talks nonsense."""
    head = json.loads(_part(pipe))
    if not isinstance(head, dict) or not 0 <= head.get("blobs", 0) <= MOST_BLOBS:
        raise EOFError
    return head, [_part(pipe) for _ in range(head["blobs"])]


def _part(pipe: IO[bytes]) -> bytes:
    length = LENGTH.unpack(_exactly(pipe, LENGTH.size))[0]
    if length > LONGEST:
        raise EOFError
    return _exactly(pipe, length)


def _exactly(pipe: IO[bytes], count: int) -> bytes:
    data = pipe.read(count)
    if len(data) != count:
        raise EOFError
    return data
