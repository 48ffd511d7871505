"""Places of an event: taken and given back in one statement each, under a constraint (decision 0015)."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite

from content.events.page import Event
from content.models import EventPlaces
from core.db import session


def take(event: Event, people: int) -> bool:
    """Take places if so many are left. Whoever comes at the same moment waits for the row, and then sees it."""
    capacity = event.capacity or 0
    if people > capacity:
        return False
    make = postgresql.insert if session().get_bind().dialect.name == "postgresql" else sqlite.insert
    first = make(EventPlaces).values(article_id=event.article_id, capacity=capacity, taken=people)
    taken = first.on_conflict_do_update(
        index_elements=["article_id"],
        set_={"taken": EventPlaces.taken + people, "capacity": capacity},
        where=EventPlaces.taken + people <= capacity,
    ).returning(EventPlaces.taken)
    return session().execute(taken, execution_options={"populate_existing": True}).first() is not None


def give_back(article_id: str, people: int) -> None:
    """Give places back."""
    fewer = update(EventPlaces).where(EventPlaces.article_id == article_id).values(taken=EventPlaces.taken - people)
    session().execute(fewer, execution_options={"synchronize_session": False})


def taken(article_ids: Collection[str]) -> dict[str, int]:
    """Say how many places are taken, by article; an event nobody has signed up for is left out."""
    rows = session().execute(
        select(EventPlaces.article_id, EventPlaces.taken).where(EventPlaces.article_id.in_(article_ids))
    )
    return {row.article_id: row.taken for row in rows}


def left(event: Event) -> int | None:
    """Say how many places are left, none where it has no end of places."""
    if event.capacity is None:
        return None
    return max(0, event.capacity - taken([event.article_id]).get(event.article_id, 0))
