"""Where files lie: a folder, or a bucket of any S3-compatible service. Never under the web root (TRUST U3).

Whoever has been told that a file is kept will find it again, also after a `kill -9`: a file is written aside,
flushed to the disk, then renamed into place.
"""

from __future__ import annotations

import functools
import os
import re
import secrets
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any, Protocol, TypeVar
from urllib.parse import unquote, urlsplit

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store as Bucket

from core import settings
from core.errors import NotFound, Unavailable

T = TypeVar("T")

KEY = re.compile(r"(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*")
LONGEST_KEY = 200
CHUNK = 1 << 18
UNFINISHED = ".partial"  # what a crash in the middle of writing leaves; swept like any file without a row
COME_BACK = 30  # seconds


@dataclass(frozen=True, slots=True)
class Stored:
    """A file that lies in the storage."""

    key: str
    size: int
    written_at: datetime


class Storage(Protocol):
    """Keeps files by key. Keys are our own, never a person's words."""

    def put(self, key: str, data: bytes, content_type: str) -> None:
        """Keep a file; when this returns it is on the disk."""

    def get(self, key: str) -> bytes:
        """Give a whole file, or raise `NotFound`."""

    def open(self, key: str) -> Iterator[bytes]:
        """Give a file in pieces, or raise `NotFound` before the first."""

    def part(self, key: str, start: int, end: int) -> Iterator[bytes]:
        """Give the bytes of a file from a place to before a place, in pieces, or raise `NotFound` before the first."""

    def delete(self, key: str) -> None:
        """Forget a file; nothing happens where there is none."""

    def stored(self, prefix: str = "") -> Iterator[Stored]:
        """List the files whose keys start with a prefix, unfinished ones too."""


def checked(key: str) -> str:
    """Give the key back, or stop: a key that leaves its folder is a fault of ours."""
    if len(key) > LONGEST_KEY or not KEY.fullmatch(key):
        raise ValueError("not a key of ours")
    return key


class LocalStore:
    """A folder on this machine."""

    def __init__(self, root: Path) -> None:
        """Keep files below `root`, which is made when the first file comes."""
        self.root = root

    def put(self, key: str, data: bytes, content_type: str) -> None:  # noqa: ARG002  # the row knows the type
        """Write aside, flush, rename, flush the folder."""
        target = self.root / checked(key)
        aside = target.with_name(f"{target.name}.{secrets.token_hex(6)}{UNFINISHED}")
        try:
            _make_folder(target.parent)
            _write(aside, data)
            aside.replace(target)
            _flush_folder(target.parent)
        except OSError as fault:  # the disk is full, or gone (TRUST R8)
            with suppress(OSError):
                aside.unlink()
            raise Unavailable("storage_unavailable", retry_after=COME_BACK) from fault

    def get(self, key: str) -> bytes:
        """Read the whole file."""
        return _local((self.root / checked(key)).read_bytes)

    def open(self, key: str) -> Iterator[bytes]:
        """Read the file piece by piece."""
        return self.part(key, 0, sys.maxsize)

    def part(self, key: str, start: int, end: int) -> Iterator[bytes]:
        """Read a part of the file piece by piece."""
        file = _local(lambda: (self.root / checked(key)).open("rb"))

        def pieces() -> Iterator[bytes]:
            with file:
                file.seek(start)
                while piece := file.read(min(CHUNK, end - file.tell())):
                    yield piece

        return pieces()

    def delete(self, key: str) -> None:
        """Take the file away."""
        with suppress(NotFound):
            _local((self.root / checked(key)).unlink)

    def stored(self, prefix: str = "") -> Iterator[Stored]:
        """Walk the folder."""
        for folder, _folders, names in os.walk(self.root):
            for name in names:
                path = Path(folder, name)
                key = path.relative_to(self.root).as_posix()
                if key.startswith(prefix):
                    with suppress(FileNotFoundError):  # somebody was quicker
                        told = path.stat()
                        yield Stored(key, told.st_size, datetime.fromtimestamp(told.st_mtime, UTC))


class S3Store:
    """A bucket, by `s3://bucket/prefix` and the options of the service (endpoint, region, keys)."""

    def __init__(self, url: str, options: Mapping[str, str]) -> None:
        """Open the bucket; nothing is sent until the first use."""
        named: Any = dict(options)
        plain = named.get("aws_endpoint", "").startswith("http://")
        self.bucket = Bucket.from_url(
            url,
            config=named,
            client_options={"timeout": "20s", "connect_timeout": "3s", "allow_http": plain},
            retry_config={"max_retries": 2},
        )

    def put(self, key: str, data: bytes, content_type: str) -> None:
        """Send the file; the service answers when it is kept."""
        _remote(lambda: obstore.put(self.bucket, checked(key), data, attributes={"Content-Type": content_type}))

    def get(self, key: str) -> bytes:
        """Fetch the whole file."""
        return _remote(lambda: bytes(obstore.get(self.bucket, checked(key)).bytes()))

    def open(self, key: str) -> Iterator[bytes]:
        """Fetch the file piece by piece."""
        answer = _remote(lambda: obstore.get(self.bucket, checked(key)))
        return (bytes(piece) for piece in answer.stream(min_chunk_size=CHUNK))

    def part(self, key: str, start: int, end: int) -> Iterator[bytes]:
        """Fetch a part of the file piece by piece; the first before anything is given."""

        def piece(at: int) -> bytes:
            return _remote(
                lambda: bytes(obstore.get_range(self.bucket, checked(key), start=at, end=min(at + CHUNK, end)))
            )

        first = piece(start)
        return chain((first,), (piece(at) for at in range(start + CHUNK, end, CHUNK)))

    def delete(self, key: str) -> None:
        """Take the file away."""
        with suppress(NotFound):
            _remote(lambda: obstore.delete(self.bucket, checked(key)))

    def stored(self, prefix: str = "") -> Iterator[Stored]:
        """List the bucket below our prefix."""
        for page in _remote(lambda: list(obstore.list(self.bucket))):
            for one in page:
                if one["path"].startswith(prefix):
                    yield Stored(one["path"], one["size"], one["last_modified"])


def _make_folder(folder: Path) -> None:
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    _flush_folder(folder.parent)


def _write(path: Path, data: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _local(work: Callable[[], T]) -> T:
    try:
        return work()
    except FileNotFoundError as gone:
        raise NotFound from gone
    except OSError as fault:
        raise Unavailable("storage_unavailable", retry_after=COME_BACK) from fault


def _remote(work: Callable[[], T]) -> T:
    try:
        return work()
    except FileNotFoundError as gone:
        raise NotFound from gone
    except (BaseError, OSError) as fault:
        raise Unavailable("storage_unavailable", retry_after=COME_BACK) from fault


_storage: Storage | None = None


def make(url: str, options: Mapping[str, str] | None = None) -> Storage:
    """Open a storage by its address: `file:///folder` or `s3://bucket/prefix`."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        return LocalStore(Path(unquote(parts.path)))
    if parts.scheme == "s3":
        return S3Store(url, options or {})
    raise ValueError("RUFA_STORAGE_URL: file:///folder or s3://bucket/prefix")


def use(storage: Storage | None) -> None:
    """Keep files here; `None` goes by the settings again."""
    global _storage  # noqa: PLW0603  # tests keep files where they look
    _storage = storage


def current() -> Storage:
    """Give the storage of the process."""
    now = settings.current()
    return _storage or _opened(now.storage_url, tuple(sorted(now.storage_options.items())))


@functools.cache
def _opened(url: str, options: tuple[tuple[str, str], ...]) -> Storage:
    return make(url, dict(options))
