"""A stream that nobody can read, change, cut short or reorder: AES-256-GCM in frames (TRUST O3).

`magic · 8 bytes drawn at random · frames`; a frame is `last? · length · ciphertext`. The nonce is the drawn bytes
and the frame's number; whether it is the last is authenticated, so a stream that was cut does not open.
"""

from __future__ import annotations

import secrets
import struct
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC = b"RUFABK01"
DRAWN = 8
FRAME = 1024 * 1024
HEADER = struct.Struct(">BI")


class Broken(Exception):
    """What is read was not written with this key, or was changed or cut short since."""


class Writer:
    """Encrypts what is written, until it is closed."""

    def __init__(self, into: BinaryIO, key: bytes) -> None:
        """Start a stream."""
        self._into, self._cipher = into, AESGCM(key)
        self._drawn, self._number = secrets.token_bytes(DRAWN), 0
        self._waiting = bytearray()
        into.write(MAGIC + self._drawn)

    def write(self, data: bytes) -> int:
        """Take some bytes."""
        self._waiting += data
        while len(self._waiting) > FRAME:
            self._frame(bytes(self._waiting[:FRAME]), last=False)
            del self._waiting[:FRAME]
        return len(data)

    def close(self) -> None:
        """Write the rest, marked as the last."""
        self._frame(bytes(self._waiting), last=True)

    def _frame(self, clear: bytes, *, last: bool) -> None:
        sealed = self._cipher.encrypt(self._drawn + struct.pack(">I", self._number), clear, bytes([last]))
        self._into.write(HEADER.pack(last, len(sealed)) + sealed)
        self._number += 1


class Reader:
    """Decrypts a stream. Raises `Broken` where it is not what was written."""

    def __init__(self, source: BinaryIO, key: bytes) -> None:
        """Look at the beginning."""
        if source.read(len(MAGIC)) != MAGIC:
            raise Broken("this is no backup of ours")
        self._source, self._cipher = source, AESGCM(key)
        self._drawn, self._number = source.read(DRAWN), 0
        self._waiting, self._ended = bytearray(), False

    def read(self, size: int) -> bytes:
        """Give the next bytes, fewer only at the end."""
        while len(self._waiting) < size and not self._ended:
            self._waiting += self._frame()
        taken = bytes(self._waiting[:size])
        del self._waiting[:size]
        return taken

    def _frame(self) -> bytes:
        header = self._source.read(HEADER.size)
        if len(header) < HEADER.size:
            raise Broken("the backup was cut short")
        last, length = HEADER.unpack(header)
        if length > FRAME + 16:
            raise Broken("the backup was changed")
        nonce = self._drawn + struct.pack(">I", self._number)
        try:
            clear = self._cipher.decrypt(nonce, self._source.read(length), bytes([last]))
        except InvalidTag:
            raise Broken("the key is another one, or the backup was changed") from None
        self._ended = bool(last)
        self._number += 1
        return clear
