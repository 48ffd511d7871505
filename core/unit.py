"""A unit of work: what goes to the database together, by a session, or by the driver where rows are all one reads."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, sessionmaker

from core.wire import Wire


class Unit:
    """A unit of work. Its session is made when somebody asks for it: reads that are all rows never do."""

    def __init__(self, maker: sessionmaker[Session], *, looks: bool = False) -> None:
        """Take sessions from this maker. What only looks may keep what it has read until it ends."""
        self._maker = maker
        self.kept: dict[Hashable, Any] | None = {} if looks else None
        self._session: Session | None = None
        self._lent: Wire | None = None
        self._share: Callable[[], Connection] | None = None

    def share(self, connection: Callable[[], Connection]) -> None:
        """Write on a connection others have begun to write on, and undo or keep one's own part of it."""
        self._share = connection

    def session(self) -> Session:
        """Give the session; it shares the transaction of what was read before."""
        if self._session is None:
            self._session = self._opened()
        return self._session

    def _opened(self) -> Session:
        if self._share:
            return self._maker(bind=self._share(), join_transaction_mode="create_savepoint")
        return self._maker(bind=self._lent.connection()) if self._lent else self._maker()

    def wire(self) -> Wire:
        """Give the driver's connection; what waits to be written is written first."""
        if self._lent:
            return self._lent
        if self._session or not isinstance(engine := self._maker.kw["bind"], Engine):
            return self._shared()
        self._lent = Wire.out_of(engine)
        return self._lent

    def _shared(self) -> Wire:
        current = self.session()
        if current.new or current.dirty or current.deleted:
            current.flush()  # as an entity's query would
        return Wire.of(current.connection())

    def roll_back(self) -> None:
        """Undo what was done, even where the database is gone."""
        current = self.session()
        try:
            current.rollback()
        except DBAPIError:
            current.invalidate()  # the connection is gone; so is whatever it held

    def begin_anew(self) -> None:
        """Go on after something failed: what was read is forgotten, what comes next has a transaction of its own."""
        if self.kept is None:
            raise RuntimeError("what writes is kept whole, or not at all")
        self.close()
        self._session, self._lent, self.kept = None, None, {}

    def close(self) -> None:
        """End it, and give back what was used; what was read stays readable."""
        if self._session:
            self._session.expunge_all()
            self.roll_back()
            self._session.close()
        if self._lent:
            self._lent.close()
