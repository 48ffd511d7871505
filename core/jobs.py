"""Carrying out errands: at least once, each by one worker at a time (TRUST R10, FEATURES G03).

An errand is claimed for a while (a lease), carried out in one transaction together with the mark that it is done,
tried again later when that fails, and given up, on record, after the last try. A claim doubles as a fence: whoever
comes back after their lease ran out finds the claim is no longer theirs and leaves everything as it is.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol, TypeVar

from sqlalchemy import CursorResult, Insert, Select, Update, delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from core import audit, deadline, idempotency, logs, sms
from core.db import fresh_id, keep, reading, session, transaction
from core.errors import Refusal
from core.identity import SYSTEM
from core.outbox import Errand, put

PAUSES = (10, 60, 300, 1800, 7200, 21600, 43200)  # seconds before the second, third … try
TRIES = len(PAUSES) + 1
HANDLER_SECONDS = 60.0
LEASE = timedelta(minutes=3)  # longer than any handler may take
POLL_SECONDS = 0.5
TROUBLE_SECONDS = 5.0
KEPT = timedelta(days=30)  # how long a done errand (and its unique key) is remembered

log = logs.get("errands")


class Handler(Protocol):
    """Whoever carries out errands of a kind. Must not mind doing it twice."""

    def __call__(self, payload: dict[str, Any], *, now: datetime) -> None:
        """Carry out one errand."""


@dataclass(frozen=True, slots=True)
class Carrier:
    """A handler and how it wants to be called."""

    handler: Handler
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """An errand somebody has taken on, until a moment. The moment is the proof that it is theirs."""

    id: str
    until: datetime


F = TypeVar("F", bound=Handler)
_carriers: dict[str, Carrier] = {}
_periods: dict[str, timedelta] = {}


def handles(kind: str, *, alone: bool = False) -> Callable[[F], F]:
    """Register whoever carries out errands of this kind.

    `alone`: outside any transaction, for what talks to a network and writes nothing here.
    """

    def register(handler: F) -> F:
        if kind in _carriers and _carriers[kind].handler is not handler:
            raise RuntimeError(f"{kind} has two handlers")
        _carriers[kind] = Carrier(handler, alone)
        return handler

    return register


def recurs(kind: str, *, every: timedelta) -> Callable[[F], F]:
    """Register work that comes back every period: one row a period, however many workers there are."""

    def register(handler: F) -> F:
        _periods[kind] = every
        return handles(kind)(handler)

    return register


def kinds() -> frozenset[str]:
    """Give the kinds somebody handles (the house test compares them with what is put)."""
    return frozenset(_carriers)


def clock() -> datetime:
    """Read the clock: a worker is an edge, and this is the one place it does so."""
    return datetime.now(UTC)


def plan(now: datetime) -> None:
    """Leave an errand for the present period of everything that recurs."""
    rows = []
    for kind, every in _periods.items():
        begun = datetime.fromtimestamp(now.timestamp() // every.total_seconds() * every.total_seconds(), UTC)
        row = {"id": fresh_id(), "kind": kind, "key": f"{kind}@{begun:%Y%m%dT%H%M%S}", "payload": {}}
        rows.append(row | {"due_at": now, "attempts": 0})
    if not rows:
        return
    with reading() as current:
        known = set(current.scalars(select(Errand.key).where(Errand.key.in_([row["key"] for row in rows]))))
    missing = [row for row in rows if row["key"] not in known]
    if missing:
        with transaction() as current:
            current.execute(_insert_unless_there(current.get_bind().dialect.name), missing)


def _insert_unless_there(engine: str) -> Insert:
    make = postgresql.insert if engine == "postgresql" else sqlite.insert
    return make(Errand).on_conflict_do_nothing(index_elements=["key"])


def _due(now: datetime) -> Select[str]:
    free = or_(Errand.claimed_until.is_(None), Errand.claimed_until <= now)
    waiting = Errand.done_at.is_(None) & Errand.given_up_at.is_(None)
    return select(Errand.id).where(waiting, Errand.due_at <= now, free).order_by(Errand.due_at, Errand.id).limit(1)


def claim(now: datetime, *, lease: timedelta = LEASE) -> Claim | None:
    """Take on the errand that has been due for longest, if there is one."""
    with reading() as current:
        if current.scalar(_due(now)) is None:  # looking takes no lock: SQLite has one writer
            return None
    with transaction() as current:
        first = _due(now).with_for_update(skip_locked=True).scalar_subquery()
        taken = (
            update(Errand)
            .where(Errand.id == first)
            .values(claimed_until=now + lease, attempts=Errand.attempts + 1)
            .returning(Errand.id, Errand.claimed_until)
            .execution_options(synchronize_session=False)
        )
        row = current.execute(taken).one_or_none()
        return Claim(row.id, row.claimed_until) if row and row.claimed_until else None


def carry_out(mine: Claim, *, now: datetime) -> bool:
    """Do what was claimed. Say whether it is done now; a failure is noted for another try."""
    with reading() as current:
        errand = current.get(Errand, mine.id)
        current.expunge_all()  # it is read after the unit of work
    if errand is None or errand.done_at or errand.claimed_until != mine.until:
        return False
    try:
        with deadline.running(HANDLER_SECONDS):
            return _carry(errand, mine, now)
    except Exception as fault:  # noqa: BLE001  # whatever went wrong, the errand must not be lost
        _put_off(errand, mine, _name(fault), now)
        return False


def _carry(errand: Errand, mine: Claim, now: datetime) -> bool:
    if errand.attempts > TRIES:
        raise RuntimeError("tried too often without an answer")
    carrier = _carriers.get(errand.kind)
    if carrier is None:
        raise LookupError(errand.kind)
    if carrier.alone:
        carrier.handler(errand.payload, now=now)
        return keep(lambda: _done(mine, now))
    return keep(lambda: _carry_and_mark(carrier.handler, errand, mine, now))


def _carry_and_mark(handler: Handler, errand: Errand, mine: Claim, now: datetime) -> bool:
    if not _done(mine, now):  # first, so that the row is locked while we work
        return False
    with sms.noting() as texts:
        handler(errand.payload, now=now)
    for number, text in enumerate(texts):
        put("sms.text", due_at=now, key=f"sms.text:{errand.id}:{number}", phone=text.phone, text=text.text)
    return True


def _done(mine: Claim, now: datetime) -> bool:
    return _mark(mine, done_at=now, payload={})  # what it carried may name a person (TRUST P6); its key stays


def _mark(mine: Claim, **values: Any) -> bool:
    ours = (Errand.id == mine.id) & (Errand.claimed_until == mine.until) & Errand.done_at.is_(None)
    changed: Update = update(Errand).where(ours).values(**values).execution_options(synchronize_session=False)
    result = session().execute(changed)
    return isinstance(result, CursorResult) and result.rowcount == 1


def give_back(mine: Claim) -> None:
    """Let somebody else take on what was claimed and not tried."""
    keep(lambda: _mark(mine, claimed_until=None, attempts=Errand.attempts - 1))


def _put_off(errand: Errand, mine: Claim, fault: str, now: datetime) -> None:
    last = errand.attempts >= TRIES

    def note() -> None:
        if not last:
            later = now + timedelta(seconds=PAUSES[errand.attempts - 1])
            _mark(mine, due_at=later, claimed_until=None, last_error=fault)
        elif _mark(mine, given_up_at=now, claimed_until=None, last_error=fault):
            audit.record(SYSTEM, "errand.given_up", f"errand:{errand.id}", now=now, kind=errand.kind, fault=fault)

    keep(note)
    say = log.error if last else log.warning
    say("errand.given_up" if last else "errand.put_off", errand=errand.kind, attempts=errand.attempts, fault=fault)


def _name(fault: Exception) -> str:
    """Name a fault without its text, which may hold what must not be kept (TRUST P3)."""
    return (fault.code if isinstance(fault, Refusal) else type(fault).__name__)[:200]


def run_due(now: datetime) -> int:
    """Carry out all that is due at a moment, also what comes of it. Say how much was done."""
    plan(now)
    done = 0
    while mine := claim(now):
        done += carry_out(mine, now=now)
    return done


class Worker:
    """A thread that carries out errands until it is told to stop; what it has begun it finishes.

    `carry` may hand them to somebody else instead (see `core.relay`), who is then given the time of the `lease`.
    """

    def __init__(
        self,
        *,
        carry: Callable[..., object] = carry_out,
        lease: timedelta = LEASE,
        poll: float = POLL_SECONDS,
        rest: float = TROUBLE_SECONDS,
    ) -> None:
        """Look for work every `poll` seconds; where something is away, rest before looking again."""
        self._carry, self._lease, self._poll, self._rest = carry, lease, poll, rest
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin, in a thread of its own."""
        self._thread = threading.Thread(target=self.run, name="errands", daemon=True)
        self._thread.start()

    def finish(self) -> None:
        """Take on nothing more; `run` returns once what is under way is done."""
        self._stopping.set()

    def stop(self, timeout: float | None = 10.0) -> None:
        """Take on nothing more and wait for what is under way."""
        self.finish()
        if self._thread is not None:
            self._thread.join(timeout)

    def run(self) -> None:
        """Work until told to stop."""
        while not self._stopping.is_set():
            try:
                idle = not self.step()
            except Exception as fault:  # noqa: BLE001  # a thread that ends would stop all errands, unseen
                log.warning("errands.trouble", fault=_name(fault))
                self._stopping.wait(self._rest)
                continue
            if idle:
                self._stopping.wait(self._poll)

    def step(self) -> bool:
        """Do one errand. Say whether there was one."""
        now = clock()
        plan(now)
        mine = claim(now, lease=self._lease)
        if mine is None:
            return False
        self._carry(mine, now=now)
        return True


@handles("sms.text", alone=True)
def carry_text(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001
    """Send a text somebody's errand has left."""
    sms.send(payload["phone"], payload["text"])


@recurs("idempotency.swept", every=timedelta(hours=1))
def sweep_keys(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001
    """Forget keys and answers nobody may ask for again."""
    idempotency.sweep(now=now)


@recurs("errand.swept", every=timedelta(days=1))
def sweep(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001
    """Forget errands long done: what they carried may name a person (TRUST P6)."""
    over = or_(Errand.done_at < now - KEPT, Errand.given_up_at < now - KEPT)
    session().execute(delete(Errand).where(over))
