"""Personal data at rest: encrypted per field, found again by a keyed hash (TRUST P4, P5; RULEBOOK 6.3).

A sealed value is `key id . base64url(nonce + ciphertext + tag)`; the purpose (table and column) is
authenticated with it, so that a value moved to another column does not open.
"""

from __future__ import annotations

import base64
import binascii
import functools
import hashlib
import hmac
import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Text
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.types import TypeDecorator

from core import settings

NONCE_BYTES = 12
TAG_BYTES = 16
SIGNED_BYTES = 32
URLSAFE = bytes.maketrans(b"-_", b"+/")
UNREADABLE = (InvalidTag, LookupError, ValueError)  # what opening a value that was changed raises


Opener = Callable[[bytes, bytes, bytes], bytes]  # nonce, what is sealed, its context


class CipherSuite(Protocol):
    """An authenticated cipher: what is sealed cannot be read, changed or moved."""

    def seal(self, key: bytes, nonce: bytes, clear: bytes, context: bytes) -> bytes:
        """Encrypt and authenticate."""

    def opener(self, key: bytes) -> Opener:
        """Give what decrypts with a key, or raises `InvalidTag`."""


@functools.lru_cache(maxsize=32)
def _aes(key: bytes) -> AESGCM:
    """Expand a key once."""
    return AESGCM(key)


class Aes256Gcm:
    """AES-256-GCM."""

    def seal(self, key: bytes, nonce: bytes, clear: bytes, context: bytes) -> bytes:
        """Encrypt and authenticate."""
        return _aes(key).encrypt(nonce, clear, context)

    def opener(self, key: bytes) -> Opener:
        """Give what decrypts with a key, or raises `InvalidTag`."""
        return _aes(key).decrypt


class Sm4Gcm:
    """SM4-GCM, for places under the commercial-cryptography rules (RULEBOOK 6.2). The key is its first half."""

    def seal(self, key: bytes, nonce: bytes, clear: bytes, context: bytes) -> bytes:
        """Encrypt and authenticate."""
        work = Cipher(algorithms.SM4(key[:16]), modes.GCM(nonce)).encryptor()
        work.authenticate_additional_data(context)
        return work.update(clear) + work.finalize() + work.tag

    def opener(self, key: bytes) -> Opener:
        """Give what decrypts with a key, or raises `InvalidTag`."""
        return functools.partial(self._open, key)

    def _open(self, key: bytes, nonce: bytes, sealed: bytes, context: bytes) -> bytes:
        body, tag = sealed[:-TAG_BYTES], sealed[-TAG_BYTES:]
        work = Cipher(algorithms.SM4(key[:16]), modes.GCM(nonce, tag)).decryptor()
        work.authenticate_additional_data(context)
        return work.update(body) + work.finalize()


SUITES: dict[str, CipherSuite] = {"AES-256-GCM": Aes256Gcm(), "SM4-GCM": Sm4Gcm()}
MARKS = {"AES-256-GCM": "a", "SM4-GCM": "s"}
BY_MARK = {letter: SUITES[name] for name, letter in MARKS.items()}


@dataclass(frozen=True)
class Keyring:
    """The keys in use: one seals, all of them open."""

    keys: Mapping[str, bytes]
    current: str
    cipher: str
    index_key: bytes
    known: dict[tuple[str, str], tuple[Opener, bytes]] = field(default_factory=dict, repr=False)

    def seal(self, clear: str, purpose: str) -> str:
        """Encrypt a value for a purpose (`table.column`)."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        mark = MARKS[self.cipher]
        context = f"{mark}:{self.current}:{purpose}".encode()
        sealed = SUITES[self.cipher].seal(self.keys[self.current], nonce, clear.encode(), context)
        return f"{mark}:{self.current}.{base64.urlsafe_b64encode(nonce + sealed).decode()}"

    def open(self, sealed: str, purpose: str) -> str:
        """Decrypt a value that was sealed for this purpose, by whichever key and cipher its header names."""
        header, _, body = sealed.partition(".")
        opener, context = self.known.get((header, purpose)) or self._know(header, purpose)
        raw = binascii.a2b_base64(body.encode().translate(URLSAFE))
        return opener(raw[:NONCE_BYTES], raw[NONCE_BYTES:], context).decode()

    def _know(self, header: str, purpose: str) -> tuple[Opener, bytes]:
        """Work out once how what begins like this is opened: pages open many small values."""
        mark, _, key_id = header.partition(":")
        found = self.known[header, purpose] = BY_MARK[mark].opener(self.keys[key_id]), f"{header}:{purpose}".encode()
        return found

    def is_current(self, sealed: str) -> bool:
        """Say whether a sealed value needs no rotation."""
        return sealed.startswith(f"{MARKS[self.cipher]}:{self.current}.")

    def index(self, clear: str, purpose: str) -> str:
        """Hash a normalised value for look-ups by equality (blind index)."""
        return hmac.new(self.index_key, f"{purpose}\0{clear}".encode(), hashlib.sha256).hexdigest()


_keyring: Keyring | None = None


def keyring() -> Keyring:
    """Give the keys of the process, from its settings."""
    global _keyring  # noqa: PLW0603  # built once from the settings
    if _keyring is None:
        now = settings.current()
        _keyring = Keyring(
            keys={name: base64.b64decode(value) for name, value in now.field_keys.items()},
            current=now.field_key_current,
            cipher=now.field_cipher,
            index_key=now.index_key.encode(),
        )
    return _keyring


def use(ring: Keyring | None) -> None:
    """Take these keys; `None` reads the settings again."""
    global _keyring  # noqa: PLW0603
    _keyring = ring


class Sealed(TypeDecorator[Any]):
    """A column that is encrypted at rest. Values are text, or JSON with `as_json=True`.

    `purpose` is `table.column`; it never changes once data is stored.
    """

    impl = Text
    cache_ok = True

    def __init__(self, purpose: str, *, as_json: bool = False) -> None:
        """Seal for this purpose."""
        super().__init__()
        self.purpose = purpose
        self.as_json = as_json

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Encrypt on the way in."""
        if value is None:
            return None
        clear = json.dumps(value, ensure_ascii=False, sort_keys=True) if self.as_json else value
        return keyring().seal(clear, self.purpose)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[str | None], Any]:  # noqa: ARG002
        """Decrypt on the way out."""
        purpose, read = self.purpose, json.loads if self.as_json else None

        def opened(value: str | None) -> Any:
            if value is None:
                return None
            clear = keyring().open(value, purpose)
            return read(clear) if read else clear

        return opened


def blind_index(clear: str, purpose: str) -> str:
    """Hash a normalised value for equality look-ups without showing it."""
    return keyring().index(clear, purpose)


def fingerprint(data: bytes) -> str:
    """Give the SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def canonical(value: object) -> bytes:
    """Write a value in the one way that is hashed and signed: JSON, sorted keys, no spaces, UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def sign(data: bytes, purpose: str) -> str:
    """Sign something short-lived of our own (a link) with the process's secret."""
    return signer(purpose)(data)


def signer(purpose: str) -> Callable[[bytes], str]:
    """Give what signs many things for one purpose: the secret is taken in once."""
    return _signer(settings.current().secret_key, purpose)


@functools.lru_cache(maxsize=16)
def _signer(key: str, purpose: str) -> Callable[[bytes], str]:
    begun = hashlib.blake2b(
        purpose.encode() + b"\0", key=hashlib.sha256(key.encode()).digest(), digest_size=SIGNED_BYTES
    )

    def sign(data: bytes) -> str:
        signing = begun.copy()
        signing.update(data)
        return signing.hexdigest()

    return sign


def is_signed(data: bytes, purpose: str, signature: str) -> bool:
    """Say whether this is our signature, in constant time."""
    return hmac.compare_digest(sign(data, purpose), signature)
