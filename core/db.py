"""The one way to the database, and the one place that commits."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, TypeVar

from psycopg.pq import TransactionStatus
from sqlalchemy import DateTime, Engine, MetaData, String, create_engine, event
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.exc import IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolExhausted
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.types import TypeDecorator

from core import deadline, readonly
from core.errors import Unavailable
from core.turns import Turns
from core.unit import Unit
from core.wire import Wire, begin_reading

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
    engine = _sqlite(url) if url.startswith("sqlite") else _postgresql(url, pool_size)
    _engine = engine
    turns = Turns() if engine.dialect.name == "sqlite" else None
    use(
        sessionmaker(engine.execution_options(rufa_access="read"), expire_on_commit=False),
        sessionmaker(engine.execution_options(rufa_access="write", rufa_turns=turns), expire_on_commit=False),
    )
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


def _sqlite(url: str) -> Engine:
    patience = deadline.allowed()
    made = create_engine(url, connect_args={"timeout": patience, "check_same_thread": False}, hide_parameters=True)

    @event.listens_for(made, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        for pragma in (
            f"busy_timeout={int(patience * 1000)}",
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
        ):
            connection.execute(f"PRAGMA {pragma}")
        connection.set_progress_handler(deadline.passed, 10_000)

    @event.listens_for(made, "begin")
    def begin(connection: Any) -> None:
        if connection.get_execution_options().get("rufa_access", "write") == "write":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            begin_reading(connection.connection.driver_connection)

    return made


class _Connection(deadline.BoundedConnection):
    """A connection that keeps its prepared statements: psycopg forgets them at ROLLBACK."""

    def rollback(self) -> None:
        """End what only read by COMMIT: there is nothing to undo."""
        if self.read_only and self.info.transaction_status is TransactionStatus.INTRANS:
            self.commit()
        else:
            super().rollback()


def _postgresql(url: str, pool_size: int) -> Engine:
    url = url.replace("postgresql://", "postgresql+psycopg://", 1)
    made = create_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=3,
        pool_pre_ping=False,
        hide_parameters=True,  # an error quotes no values: it may be logged (TRUST P3)
        connect_args={"connect_timeout": 3, "application_name": "rufa", "options": "-c timezone=UTC"},
    )

    @event.listens_for(made, "do_connect")
    def bounded(_dialect: object, _record: object, args: Any, kwargs: Any) -> Any:
        return _Connection.connect(*args, **kwargs)

    @event.listens_for(made, "begin")
    def begin(connection: Any) -> None:
        driver = connection.connection.driver_connection
        if connection.get_execution_options().get("rufa_access") == "read":
            begin_reading(driver)
        else:
            driver.read_only = False

    return made


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
    with _UnderWay(_writers) as unit:
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
        self._turns: Turns | None = maker.kw["bind"].get_execution_options().get("rufa_turns")

    def __enter__(self) -> Unit:
        if _current.get() is not None:
            raise RuntimeError("units of work do not nest: only edges open them")
        self._before = _current.set(self._unit)
        self._clock = deadline.start()
        if self._turns and not self._turns.take(deadline.left()):
            self._turns = None
            self.__exit__(None, None, None)
            raise _unavailable()
        return self._unit

    def __exit__(self, _kind: object, fault: BaseException | None, _trace: object) -> None:
        try:
            self._unit.close()
        except GONE as worse:
            raise _unavailable() from worse
        finally:
            if self._turns:
                self._turns.leave()
            deadline.stop(self._clock)
            _current.reset(self._before)
        if not self._looks and readonly.noted(fault):
            raise readonly.refusal() from fault
        if isinstance(fault, GONE) and not _may_be_retried(fault):
            raise _unavailable() from fault


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
    except (IntegrityError, OperationalError, StaleDataError):
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
