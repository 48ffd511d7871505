"""Count what is sent to the database: more rows, no more statements."""

from contextlib import contextmanager

from sqlalchemy import Engine, event

HOUSEKEEPING = ("BEGIN", "COMMIT", "PRAGMA", "RELEASE", "ROLLBACK", "SAVEPOINT", "SET")


@contextmanager
def counted():
    """Give a list that fills with the statements sent meanwhile, housekeeping left out."""
    sent = []

    def note(_connection, _cursor, statement, _parameters, _context, _many):
        if not statement.lstrip().upper().startswith(HOUSEKEEPING):
            sent.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", note)
