"""Who saw, changed and decided what: append-only, hash-chained, from the first day (TRUST O5, FEATURES F09).

Entries are gathered while the work goes on and sealed just before the commit, under the lock of the chain's
head, so that the lock is held for the shortest time and entries of one transaction stand together.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DDL, JSON, BigInteger, ForeignKey, Integer, String, event, select
from sqlalchemy.orm import Mapped, mapped_column

from core.crypto import canonical, fingerprint
from core.db import Model, before_commit, session
from core.identity import Actor

GENESIS = "0" * 64
FIELDS = ("position", "at", "actor_kind", "actor_id", "act", "subject", "reason", "details", "previous")


class AuditEntry(Model):
    """One thing somebody saw, did or decided. Never personal data: ids, codes and reasons."""

    __tablename__ = "audit_entry"

    position: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False
    )
    at: Mapped[datetime]
    actor_kind: Mapped[str] = mapped_column(String(16))
    actor_id: Mapped[str | None] = mapped_column(String(22))
    act: Mapped[str] = mapped_column(String(64), index=True)
    subject: Mapped[str] = mapped_column(String(80), index=True)
    reason: Mapped[str | None] = mapped_column(String(500))
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
    previous: Mapped[str] = mapped_column(String(64))
    sha256: Mapped[str] = mapped_column(String(64), unique=True)

    def seal(self) -> str:
        """Hash what the entry says, together with the hash before it."""
        said = {name: getattr(self, name) for name in FIELDS}
        said["at"] = self.at.astimezone(UTC).isoformat(timespec="microseconds")
        return fingerprint(canonical(said))


class AuditHead(Model):
    """Where the chain ends: the row that everybody who appends must lock."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), ForeignKey("audit_entry.position")
    )


def _refuse_changes(verb: str) -> tuple[DDL, DDL]:
    lite = DDL(  # type: ignore[no-untyped-call]
        f"CREATE TRIGGER audit_entry_no_{verb.lower()} BEFORE {verb} ON audit_entry "
        "BEGIN SELECT RAISE(ABORT, 'audit_entry is append-only'); END"
    )
    grown = DDL(  # type: ignore[no-untyped-call]
        f"CREATE TRIGGER audit_entry_no_{verb.lower()} BEFORE {verb} ON audit_entry "
        "FOR EACH ROW EXECUTE FUNCTION audit_is_append_only()"
    )
    return lite, grown


APPEND_ONLY_FUNCTION = DDL(  # type: ignore[no-untyped-call]
    "CREATE OR REPLACE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'audit_entry is append-only'; END $$"
)
event.listen(AuditEntry.__table__, "after_create", APPEND_ONLY_FUNCTION.execute_if(dialect="postgresql"))
for _verb in ("UPDATE", "DELETE"):
    _lite, _grown = _refuse_changes(_verb)
    event.listen(AuditEntry.__table__, "after_create", _lite.execute_if(dialect="sqlite"))
    event.listen(AuditEntry.__table__, "after_create", _grown.execute_if(dialect="postgresql"))


def record(
    actor: Actor,
    act: str,
    subject: str,
    *,
    now: datetime,
    reason: str | None = None,
    **details: str | int | bool | None,
) -> None:
    """Note that `actor` did `act` (`area.verb`) to `subject` (`kind:id`), in the transaction under way.

    `details` are ids, codes and counts, never personal data.
    """
    entry = AuditEntry(
        at=now,
        actor_kind=actor.kind.value,
        actor_id=actor.id,
        act=act,
        subject=subject,
        reason=reason,
        details=details,
    )
    session().info.setdefault("audit", []).append(entry)
    before_commit(_seal)


def _seal() -> None:
    current = session()
    head = current.scalars(select(AuditHead).with_for_update()).one_or_none()
    last = current.get(AuditEntry, head.position) if head else None
    position, previous = (last.position, last.sha256) if last else (0, GENESIS)
    for entry in current.info.pop("audit", []):
        position += 1
        entry.position, entry.previous = position, previous
        entry.sha256 = previous = entry.seal()
        current.add(entry)
    current.flush()
    if head:
        head.position = position
    else:
        current.add(AuditHead(id=1, position=position))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What `verify` found: how many entries hold, and where the first one does not."""

    entries: int
    broken_at: int | None = None


def verify() -> Verdict:
    """Walk the whole chain. A changed, missing or added row shows at its position."""
    previous, expected = GENESIS, 0
    walk = select(AuditEntry).order_by(AuditEntry.position).execution_options(yield_per=500)
    with closing(session().scalars(walk)) as entries:
        for entry in entries:
            expected += 1
            if entry.position != expected or entry.previous != previous or entry.sha256 != entry.seal():
                return Verdict(expected - 1, broken_at=expected)
            previous = entry.sha256
    head = session().scalars(select(AuditHead)).one_or_none()
    if (head.position if head else 0) != expected:
        return Verdict(expected, broken_at=expected + 1)
    return Verdict(expected)
