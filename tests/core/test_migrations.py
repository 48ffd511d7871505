import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import select, text

from core import audit, db, outbox, schema
from core.db import reading, session, transaction
from core.identity import SYSTEM
from migrations.tables import every_table, include
from tests import postgresql

TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname",
}


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request, settings, connected, fresh_url):
    """An empty database of the test's own."""
    if request.param == "postgresql" and not postgresql.find():
        pytest.skip("no PostgreSQL")
    return connected(fresh_url(request.param))


def differences():
    with db.engine().connect() as connection:
        options = {"compare_type": True, "include_object": include}
        return compare_metadata(MigrationContext.configure(connection, opts=options), every_table())


def triggers(engine):
    with engine.connect() as connection:
        return connection.execute(text(TRIGGERS[engine.dialect.name])).scalars().all()


def leave_something(now):
    with transaction():
        audit.record(SYSTEM, "test.seen", "thing:1", now=now)
        outbox.put("test.happened", due_at=now, name="王小明")


def test_goes_up_and_down_and_up_again_with_data_in_it(empty, now):
    schema.upgrade()
    leave_something(now)
    schema.downgrade("base")

    with empty.connect() as connection:
        left = set(db.Model.metadata.tables) & set(connection.dialect.get_table_names(connection))
    assert left == set()

    schema.upgrade()
    leave_something(now)
    with reading():
        assert schema.revision() == schema.head()
        assert session().scalars(select(outbox.Errand)).one().payload == {"name": "王小明"}
        assert audit.verify() == audit.Verdict(1)


def test_makes_the_tables_the_code_means(empty):
    schema.upgrade()

    assert differences() == []


def test_makes_the_triggers_the_code_means(empty, connected, fresh_url):
    schema.upgrade()
    meant = connected(fresh_url(empty.dialect.name))
    every_table().create_all(meant)

    assert triggers(empty) == triggers(meant) != []


@pytest.mark.parametrize("change", ["UPDATE audit_entry SET reason = 'x'", "DELETE FROM audit_entry"])
def test_nobody_changes_the_record(empty, now, change):
    schema.upgrade()
    leave_something(now)

    with pytest.raises(Exception, match="append-only"), transaction():
        session().execute(text(change))


def test_going_up_twice_changes_nothing(empty, now):
    schema.upgrade()
    leave_something(now)
    schema.upgrade()

    with reading():
        assert audit.verify() == audit.Verdict(1)


def test_a_migration_does_not_wait_for_a_lock_for_ever(empty):
    if empty.dialect.name == "sqlite":
        pytest.skip("SQLite waits as long as its busy time-out")
    schema.upgrade()

    with empty.begin() as holder:
        holder.execute(text("LOCK TABLE audit_entry IN ACCESS EXCLUSIVE MODE"))
        with pytest.raises(Exception, match="lock timeout"):
            schema.downgrade("base")
