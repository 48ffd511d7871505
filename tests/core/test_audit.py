from datetime import timedelta, timezone

from click.testing import CliRunner
from sqlalchemy import text

from core import audit, commands
from core.db import session, transaction
from core.identity import SYSTEM


def test_finds_a_changed_row(db, now):
    with transaction():
        for number in range(3):
            audit.record(SYSTEM, "test.seen", f"thing:{number}", now=now, reason="看")
    with transaction():
        assert audit.verify() == audit.Verdict(3)
        _forget_the_triggers()
        session().execute(text("UPDATE audit_entry SET reason = 'x' WHERE position = 2"))
        assert audit.verify() == audit.Verdict(1, broken_at=2)


def _forget_the_triggers():
    of = " ON audit_entry" if session().get_bind().dialect.name == "postgresql" else ""
    session().execute(text(f"DROP TRIGGER audit_entry_no_update{of}"))


def test_the_chain_goes_on_from_transaction_to_transaction(db, now):
    for number in range(3):
        with transaction():
            audit.record(SYSTEM, "test.seen", f"thing:{number}", now=now)

    with transaction():
        assert audit.verify() == audit.Verdict(3)


def test_finds_that_the_end_is_missing(db, now):
    with transaction():
        audit.record(SYSTEM, "test.seen", "thing:1", now=now)
        audit.record(SYSTEM, "test.seen", "thing:2", now=now)
    with transaction():
        session().execute(text("UPDATE audit_head SET position = 1"))

        assert audit.verify() == audit.Verdict(2, broken_at=3)


def test_an_empty_record_holds(db):
    with transaction():
        assert audit.verify() == audit.Verdict(0)


def test_whoever_runs_the_house_is_told(db, now):
    with transaction():
        audit.record(SYSTEM, "test.seen", "thing:1", now=now)
    with transaction():
        _forget_the_triggers()
        session().execute(text("UPDATE audit_entry SET act = 'x'"))

    told = CliRunner().invoke(commands.verify_audit)

    assert told.exit_code == 1
    assert "changed at entry 1" in told.output


def test_a_moment_is_the_same_in_any_zone(db, now):
    with transaction():
        audit.record(SYSTEM, "test.seen", "thing:1", now=now.astimezone(timezone(timedelta(hours=8))))

    with transaction():
        assert audit.verify() == audit.Verdict(1)
