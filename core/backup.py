"""Take the whole place along, encrypted, and bring it back into an empty one (TRUST O3).

A backup is a sealed tar: the database as it was at one moment, then the files (so that every file a row names is
there), then a manifest with the count of rows of every table, which is compared when it is brought back.
"""

from __future__ import annotations

import base64
import io
import json
import os
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, Any

from sqlalchemy import URL, Connection, create_engine, inspect, make_url, text

from core import db, settings, storage
from core.sealing import Broken, Reader, Writer

DATABASE, MANIFEST, FILES = "database", "manifest.json", "files/"
Counts = dict[str, int]


class Impossible(Exception):
    """The backup cannot be made or brought back here; the words say why."""


def make(target: Path) -> Counts:
    """Write everything into `target`. Give the rows of every table."""
    key = _key()
    made = target.with_suffix(target.suffix + ".part")
    with made.open("wb") as file, tempfile.TemporaryDirectory(dir=target.parent) as folder:
        writer: Any = Writer(file, key)  # all of a file that tarfile asks for
        with tarfile.open(fileobj=writer, mode="w|gz") as tar:
            counts = _dump(Path(folder) / DATABASE)
            tar.add(Path(folder) / DATABASE, DATABASE)
            for stored in storage.current().stored():
                if stored.key.endswith(storage.UNFINISHED):
                    continue
                _add(tar, FILES + stored.key, storage.current().get(stored.key))
            _add(tar, MANIFEST, json.dumps(counts, sort_keys=True).encode())
        writer.close()
        file.flush()
        os.fsync(file.fileno())
    made.replace(target)
    return counts


def restore(source: Path) -> Counts:
    """Bring a backup back into an empty place, count the rows, and give the counts.

    Raises `Impossible` where something is there already, or the counts differ.
    """
    key = _key()
    _demand_emptiness()
    manifest: Counts = {}
    with source.open("rb") as file, tempfile.TemporaryDirectory(dir=source.parent) as folder:
        try:
            reader: Any = Reader(file, key)
            with tarfile.open(fileobj=reader, mode="r|gz") as tar:
                for member, data in _members(tar):
                    if member == DATABASE:
                        _load(Path(folder) / DATABASE, data)
                    elif member == MANIFEST:
                        manifest = json.load(data)
                    else:
                        storage.current().put(member.removeprefix(FILES), data.read(), "application/octet-stream")
        except (Broken, tarfile.TarError) as fault:
            raise Impossible(str(fault)) from fault
    found = count()
    if found != manifest:
        raise Impossible("the rows that came back are not those that were taken along")
    return found


def count() -> Counts:
    """Count the rows of every table."""
    with db.engine().connect() as connection:
        return _counts(connection)


def _counts(connection: Connection) -> Counts:
    quote = connection.dialect.identifier_preparer.quote
    names = sorted(inspect(connection).get_table_names())
    return {name: connection.scalar(text(f"SELECT count(*) FROM {quote(name)}")) or 0 for name in names}  # noqa: S608  # names come from the database itself


def _key() -> bytes:
    given = settings.current().backup_key
    if not given:
        raise Impossible("RUFA_BACKUP_KEY is not set: make one with `make secret`, and keep it elsewhere")
    return base64.b64decode(given)


def _add(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = len(data)
    tar.addfile(entry, io.BytesIO(data))


def _members(tar: tarfile.TarFile) -> Iterator[tuple[str, IO[bytes]]]:
    for member in tar:
        data = tar.extractfile(member)
        if data is None:
            raise Impossible(f"unexpected in a backup: {member.name}")
        yield member.name, data


def _url() -> URL:
    return make_url(settings.current().database_url)


def _dump(target: Path) -> Counts:
    url = _url()
    if url.get_backend_name() == "sqlite":
        with closing(sqlite3.connect(url.database or "")) as live, closing(sqlite3.connect(target)) as copy:
            live.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
        with _opened(f"sqlite:///{target}") as connection:
            return _counts(connection)
    with db.engine().connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        moment = connection.scalar(text("SELECT pg_export_snapshot()"))
        _postgresql("pg_dump", url, "--format=custom", "--no-owner", f"--snapshot={moment}", f"--file={target}")
        return _counts(connection)


@contextmanager
def _opened(url: str) -> Iterator[Connection]:
    engine = create_engine(url)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def _demand_emptiness() -> None:
    if _url().get_backend_name() == "sqlite":
        file = Path(_url().database or "")
        if file.exists():
            raise Impossible(f"there is a database already: move {file} away first")
        file.parent.mkdir(parents=True, exist_ok=True)
    elif count():
        raise Impossible("there are tables in the database already: name an empty one in DATABASE_URL")
    if next(iter(storage.current().stored()), None):
        raise Impossible("there are files already: name an empty place in RUFA_STORAGE_URL")


def _load(dump: Path, data: IO[bytes]) -> None:
    with dump.open("wb") as file:
        while piece := data.read(1024 * 1024):
            file.write(piece)
    if _url().get_backend_name() == "sqlite":
        with closing(sqlite3.connect(dump)) as copy, closing(sqlite3.connect(_url().database or "")) as live:
            copy.backup(live)
    else:
        _postgresql("pg_restore", _url(), "--no-owner", "--exit-on-error", "--single-transaction", last=str(dump))


def _postgresql(program: str, url: URL, *words: str, last: str | None = None) -> None:
    where = [f"--host={url.host or 'localhost'}", f"--port={url.port or 5432}", f"--dbname={url.database}"]
    who = [f"--username={url.username}"] if url.username else []
    environment = os.environ | ({"PGPASSWORD": str(url.password)} if url.password else {})
    command = [program, *where, *who, "--no-password", *words, *([last] if last else [])]
    try:
        subprocess.run(command, check=True, env=environment, capture_output=True)  # noqa: S603  # words of our own
    except FileNotFoundError:
        raise Impossible(f"{program} is missing: apt-get install postgresql-client") from None
    except subprocess.CalledProcessError as fault:
        raise Impossible(f"{program}: {fault.stderr.decode(errors='replace').strip()[-300:]}") from fault
