"""Malware: a look at every file before it is kept, and no answer means no (TRUST U6)."""

from __future__ import annotations

import socket
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from core import settings
from core.errors import Problem, Rejected, Unavailable

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
PIECE = 1 << 16
LONGEST_ANSWER = 4096
SECONDS = 5.0
COME_BACK = 60


class Scanner(Protocol):
    """Looks for malware in a file."""

    def find(self, data: bytes) -> str | None:
        """Name what was found, or nothing. Raises `Unavailable` where it cannot tell."""


class Signatures:
    """What is known by its bytes, without any service: the test file every scanner knows."""

    def find(self, data: bytes) -> str | None:
        """Look for known bytes."""
        return "Eicar-Test-Signature" if EICAR in data else None


@dataclass(frozen=True, slots=True)
class Clamd:
    """A clamd, asked by INSTREAM over TCP: length and piece, length and piece, a zero, then its answer."""

    host: str
    port: int
    seconds: float = SECONDS

    def find(self, data: bytes) -> str | None:
        """Send the file and read the verdict; anything but a clear OK or FOUND is no verdict."""
        try:
            answer = self._ask(data).decode("utf-8", "replace").strip("\0\n ")
        except OSError as fault:
            raise Unavailable("scanner_unavailable", retry_after=COME_BACK) from fault
        if answer == "stream: OK":
            return None
        if answer.endswith(" FOUND"):
            return answer.removeprefix("stream: ").removesuffix(" FOUND")
        raise Unavailable("scanner_unavailable", retry_after=COME_BACK)

    def _ask(self, data: bytes) -> bytes:
        with socket.create_connection((self.host, self.port), self.seconds) as line:
            line.sendall(b"zINSTREAM\0")
            for at in range(0, len(data), PIECE):
                piece = data[at : at + PIECE]
                line.sendall(struct.pack(">I", len(piece)) + piece)
            line.sendall(struct.pack(">I", 0))
            answer = b""
            while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
                more = line.recv(LONGEST_ANSWER)
                if not more:
                    break
                answer += more
        return answer


def scanners() -> Sequence[Scanner]:
    """Give the scanners of the process: our own signatures, then clamd where one is set."""
    address = settings.current().scanner_address
    if not address:
        return (Signatures(),)
    host, _, port = address.rpartition(":")
    return (Signatures(), Clamd(host.strip("[]"), int(port)))


def refuse_infected(data: bytes, field: str) -> None:
    """Let a clean file pass. Raises `Rejected` for an infected one, `Unavailable` where nobody can tell."""
    for scanner in scanners():
        if scanner.find(data):
            raise Rejected((Problem("file_infected", field),))
