"""Many want the last places at one moment, on a database that really keeps things: none is given twice."""

import dataclasses
import threading

import pytest

import core.db
from content.events import signing
from content.events.signing import Given
from content.models import EventPlaces, EventSignup
from core.db import keep, reading, session
from core.identity import ANYONE
from locator import queries as places
from migrations.tables import every_table
from tests import postgresql
from tests.content import newsroom
from tests.content.newsroom import FIT, NOW, article, published

PLACES, PEOPLE = 7, 24
FIELDS = {"held_on": "2026-12-04", "place": "广场", "capacity": str(PLACES)}


@pytest.fixture(params=["sqlite", "postgresql"])
def town(request, settings, fresh_url):
    """A newsroom on a database of its own, with an event."""
    if request.param == "postgresql" and not postgresql.find():
        pytest.skip("no PostgreSQL")
    before = core.db._engine, core.db._readers, core.db._writers
    made = core.db.connect(fresh_url(request.param))
    every_table().create_all(made)
    keep(newsroom.put_up)
    keep(lambda: published(article(dataclasses.replace(FIT, fields=FIELDS), kind="event", slug="law-day")))
    yield made
    made.dispose()
    core.db._engine, core.db._readers, core.db._writers = before
    places.forget()


def at_once(tasks):
    gate, outcomes = threading.Barrier(len(tasks)), [None] * len(tasks)

    def run(place, task):
        gate.wait()
        outcomes[place] = task()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(tasks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def state_of(task):
    return keep(lambda: task().state)


def test_the_last_places_go_once_and_come_back_to_who_waits(town):
    def joins():
        return state_of(lambda: signing.join(ANYONE, "law-day", Given(1), now=NOW))

    outcomes = at_once([joins] * PEOPLE)

    assert sorted(outcomes) == ["coming"] * PLACES + ["waiting"] * (PEOPLE - PLACES)
    with reading():
        codes = [row.code for row in session().query(EventSignup).filter_by(state="coming")]
    left = at_once(
        [lambda code=code: state_of(lambda: signing.leave(ANYONE, code, now=NOW)) for code in codes[:4]] + [joins] * 4
    )
    assert left[:4] == ["left"] * 4
    with reading():
        coming = session().query(EventSignup).filter_by(state="coming").count()
        assert (coming, session().query(EventPlaces).one().taken) == (PLACES, PLACES)
