"""How alembic reaches the database: one history for SQLite (in batches) and PostgreSQL.

The engine is the one the process has opened; the deadline of a unit of work does not apply, a time-out on
locks does: a migration that cannot get its lock gives up, it does not queue everybody behind it (TRUST O2).
"""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

import core.crypto
import core.db
from migrations.tables import every_table, include

LOCK_TIMEOUT = "SET lock_timeout = '5s'"


def plainly(kind: str, item: object, _context: object) -> str | bool:
    """Write our own types as what the database sees: a revision must not change when a class does."""
    if kind == "type" and isinstance(item, core.crypto.Sealed):
        return "sa.Text()"
    if kind == "type" and isinstance(item, core.db.Instant):
        return "sa.DateTime(timezone=True)"
    return False


def run(connection: Connection) -> None:
    """Carry out what was asked, in one transaction."""
    lite = connection.dialect.name == "sqlite"
    context.configure(
        connection=connection,
        target_metadata=every_table(),
        render_as_batch=lite,
        compare_type=True,
        include_object=include,
        render_item=plainly,
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        if not lite:
            connection.exec_driver_sql(LOCK_TIMEOUT)
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    with core.db.engine().connect() as opened:
        run(opened)
        opened.commit()
