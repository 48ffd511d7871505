from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Date, ForeignKey, Integer, String, bindparam, literal_column, select
from sqlalchemy.exc import DBAPIError, OperationalError, ProgrammingError
from sqlalchemy.orm import Mapped, mapped_column

from core.crypto import Sealed
from core.db import Instant, Model, session
from core.rows import Rows

NOON = datetime(2026, 11, 23, 4, 0, 0, 123, tzinfo=UTC)


class Guest(Model):
    """Somebody who comes to a test."""

    __tablename__ = "test_guest"
    __table_args__ = {"info": {"test": True}}  # noqa: RUF012

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None] = mapped_column(Sealed("test_guest.name"))
    came_at: Mapped[datetime | None]
    born_on: Mapped[date | None] = mapped_column(Date)
    is_late: Mapped[bool] = mapped_column(default=False)
    brought_by: Mapped[int | None] = mapped_column(ForeignKey("test_guest.id"))


Model.metadata.remove(Guest.__table__)  # no table of the service's

COLUMNS = (Guest.id, Guest.name, Guest.came_at, Guest.born_on, Guest.is_late)


@pytest.fixture
def guests(unit):
    Guest.__table__.create(session().connection())
    session().add(Guest(id=1, name="王小明", came_at=NOON, born_on=date(1990, 5, 1)))
    session().add(Guest(id=2, is_late=True))
    return unit


def test_reads_what_entities_hold(guests):
    first, second = Rows(select(*COLUMNS).order_by(Guest.id)).all()

    assert tuple(first) == (1, "王小明", NOON, date(1990, 5, 1), False)
    assert (second.name, second.came_at, second.born_on, second.is_late) == (None, None, None, True)


def test_takes_values_by_name_and_lists_that_are_fixed(guests):
    limited = (bindparam("since", type_=Instant()), bindparam("most", type_=Integer()))
    rows = Rows(select(Guest.id).where(Guest.id.in_([1, 2, 7]), Guest.came_at >= limited[0]).limit(limited[1]))

    assert rows.all(since=NOON, most=5) == [(1,)]
    assert rows.all(since=NOON.replace(second=1), most=5) == []
    assert rows.first(since=NOON, most=1) == (1,)
    assert rows.first(since=NOON, most=0) is None


def test_sees_what_was_just_written(guests):
    rows = Rows(select(Guest.name).where(Guest.id == bindparam("id")))
    session().get(Guest, 1).name = "李芳"

    assert rows.first(id=1).name == "李芳"


def test_wants_every_value(guests):
    with pytest.raises(KeyError):
        Rows(select(Guest.id).where(Guest.id == bindparam("id"))).all()


def test_counts_as_a_statement(guests, count_statements):
    rows = Rows(select(Guest.id).where(Guest.name == bindparam("name", type_=String())))
    session().flush()

    with count_statements() as sent:
        rows.all(name="x")

    assert len(sent) == 1


def test_a_fault_is_what_it_always_is(guests):
    with pytest.raises(DBAPIError) as said, session().begin_nested():
        Rows(select(literal_column("1 / nothing").label("x"))).all()

    assert isinstance(said.value, (OperationalError, ProgrammingError))
    assert len(Rows(select(Guest.id)).all()) == 2
