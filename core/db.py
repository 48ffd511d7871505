"""The one way to the database, and the one place that commits."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import partial
from typing import TypeVar

from sqlalchemy import DateTime, Engine, MetaData, String
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolExhausted
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.types import TypeDecorator

from core import deadline, readonly
from core.engines import SharedWriter, open_engine, root_of
from core.errors import Unavailable
from core.turns import Turns, Undone
from core.unit import Unit
from core.wire import Wire

T = TypeVar("T")

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
DEADLOCK_OR_SERIALIZATION = {"40P01", "40001"}
GONE = (OperationalError, InterfaceError, PoolExhausted)


class Instant(TypeDecorator[datetime]):
    """A moment with a zone: UTC in the database on both engines."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Refuse a moment without a zone; store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Give UTC back; SQLite forgets the zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Model(DeclarativeBase):
    """What every table starts from."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {datetime: Instant()}  # noqa: RUF012  # SQLAlchemy reads it once


Id = String(22)


def fresh_id() -> str:
    """Make an id nobody can guess: 128 random bits, 22 characters (TRUST A3)."""
    return secrets.token_urlsafe(16)


_engine: Engine | None = None
_readers: sessionmaker[Session] | None = None
_writers: sessionmaker[Session] | None = None
_current: ContextVar[Unit | None] = ContextVar("unit", default=None)


def connect(url: str, *, pool_size: int = 10) -> Engine:
    """Open the database for the whole process. Nothing is sent until the first use."""
    global _engine  # noqa: PLW0603  # one database a process, set at start
    _engine = engine = open_engine(url, pool_size)
    reads, writes = (engine.execution_options(rufa_access=access) for access in ("read", "write"))
    if engine.dialect.name == "sqlite":
        writes = writes.execution_options(rufa_turns=Turns(partial(SharedWriter, writes)))
    use(sessionmaker(reads, expire_on_commit=False), sessionmaker(writes, expire_on_commit=False))
    return engine


def use(readers: sessionmaker[Session], writers: sessionmaker[Session]) -> None:
    """Take sessions from these makers; tests bind them to a connection they roll back."""
    global _readers, _writers
    _readers, _writers = readers, writers


def engine() -> Engine:
    """Give the engine that `connect` opened."""
    if _engine is None:
        raise RuntimeError("core.db.connect() comes first")
    return _engine


def _under_way() -> Unit:
    unit = _current.get()
    if unit is None:
        raise RuntimeError("no unit of work is under way: open transaction() or reading() at the edge")
    return unit


def session() -> Session:
    """Give the session of the unit of work under way."""
    return _under_way().session()


def wire() -> Wire:
    """Give the driver's connection of the unit of work under way; what waits to be written is written first."""
    return _under_way().wire()


def once(key: Hashable, read: Callable[[], T]) -> T:
    """Read something once in a unit of work that only looks; one that writes reads it anew, to see what it wrote."""
    kept = _under_way().kept
    if kept is None:
        return read()
    if key not in kept:
        kept[key] = read()
    found: T = kept[key]
    return found


def begin_anew() -> None:
    """Go on reading after something failed: one part of an answer takes no other along."""
    _under_way().begin_anew()


def before_commit(work: Callable[[], None]) -> None:
    """Do this last, just before the commit, once a transaction however often it is asked for."""
    pending = session().info.setdefault("before_commit", [])
    if work not in pending:
        pending.append(work)


@contextmanager
def transaction() -> Iterator[Session]:
    """One unit of work that writes: kept whole, or not at all. Edges only (see `keep`)."""
    readonly.judge()
    with _writing() as unit:
        current = unit.session()
        try:
            yield current
            for work in current.info.pop("before_commit", []):
                work()
            current.commit()
        except BaseException:
            unit.roll_back()
            raise


@contextmanager
def reading() -> Iterator[Session]:
    """One unit of work that only reads."""
    with looking():
        yield session()


def looking() -> AbstractContextManager[object]:
    """One unit of work that only reads, and mostly rows: the session comes with the first who asks."""
    return _UnderWay(_readers, looks=True)


class _UnderWay(AbstractContextManager[Unit]):
    """A unit of work from its begin to its end; a generator round it would cost as much as all of it."""

    def __init__(self, maker: sessionmaker[Session] | None, *, looks: bool = False) -> None:
        if maker is None:
            raise RuntimeError("core.db.connect() comes first")
        self._unit, self._looks = Unit(maker, looks=looks), looks

    def __enter__(self) -> Unit:
        if _current.get() is not None:
            raise RuntimeError("units of work do not nest: only edges open them")
        self._before = _current.set(self._unit)
        self._clock = deadline.start()
        return self._unit

    def __exit__(self, _kind: object, fault: BaseException | None, _trace: object) -> None:
        try:
            self._unit.close()
        except GONE as worse:
            raise _unavailable() from worse
        finally:
            deadline.stop(self._clock)
            _current.reset(self._before)
        self._judge(fault)

    def _judge(self, fault: BaseException | None) -> None:
        if not self._looks and readonly.noted(fault):
            raise readonly.refusal() from fault
        if isinstance(fault, GONE) and not _may_be_retried(fault):
            raise _unavailable() from fault


class _InTurn(_UnderWay):
    """A unit of work that writes when its turn comes, and is over once what it did is committed (`core.turns`)."""

    def __init__(self, maker: sessionmaker[Session], turns: Turns[SharedWriter]) -> None:
        super().__init__(maker)
        self._turns = turns

    def __enter__(self) -> Unit:
        unit = super().__enter__()
        left = deadline.left()
        self._alone = left > deadline.allowed()  # an errand may take minutes: nobody shares a commit with it
        if not self._turns.take(left, alone=self._alone):
            super().__exit__(None, None, None)
            raise _unavailable()
        unit.share(lambda: self._turns.shared().connection)
        return unit

    def __exit__(self, kind: object, fault: BaseException | None, trace: object) -> None:
        left = deadline.left()
        try:
            super().__exit__(kind, root_of(fault), trace)
        except BaseException:
            with suppress(Exception):  # its own fault is the nearer one
                self._turns.leave(left, alone=self._alone)
            raise
        try:
            self._turns.leave(left, alone=self._alone)
        except DBAPIError as worse:
            self._judge(worse)
            raise


def _writing() -> _UnderWay:
    turns = _writers and _writers.kw["bind"].get_execution_options().get("rufa_turns")
    return _InTurn(_writers, turns) if _writers and turns else _UnderWay(_writers)


def _unavailable() -> Unavailable:
    return Unavailable("database_unavailable", retry_after=5)


def _may_be_retried(fault: BaseException) -> bool:
    state = getattr(getattr(fault, "orig", None), "sqlstate", None)
    return state in DEADLOCK_OR_SERIALIZATION


def keep(work: Callable[[], T]) -> T:
    """Do the work in a transaction. Where somebody was quicker, look again and do it over."""
    try:
        with transaction():
            return work()
    except (IntegrityError, OperationalError, StaleDataError, Undone):
        return _once_more(work)


def _once_more(work: Callable[[], T]) -> T:
    try:
        with transaction():
            return work()
    except OperationalError as fault:
        raise Unavailable("database_unavailable", retry_after=1) from fault


def monotonic() -> float:
    """Give seconds that only go forward, for measuring how long something took (TRUST R11)."""
    return time.monotonic()
