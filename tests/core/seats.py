"""A table of the tests' own, where things are really kept."""

from datetime import datetime

from sqlalchemy import CheckConstraint, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Model, reading, session


class Seat(Model):
    __tablename__ = "seat_of_the_test"
    __table_args__ = (CheckConstraint("place < 3", name="places"), {"info": {"test": True}})

    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    taken_at: Mapped[datetime | None]


Model.metadata.remove(Seat.__table__)  # it is nobody's table but this file's


def taken():
    with reading():
        return sorted(session().scalars(select(Seat.place)))


def take(number):
    session().execute(insert(Seat).values(place=number))
