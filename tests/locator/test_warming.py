"""The directory is made anew before somebody asks; what goes wrong there is nobody's trouble."""

import threading

import pytest

from core.db import keep
from core.errors import Unavailable
from locator import snapshot, version, warming


@pytest.fixture(autouse=True)
def fresh():
    snapshot.forget()
    yield
    snapshot.forget()


def test_who_asks_after_a_change_finds_it_made(brought_in, db, now, monkeypatch):
    keep(lambda: version.advance(now=now))
    warming.Warming(lambda: now).look()

    monkeypatch.setattr(snapshot, "_build", None)

    assert keep(lambda: snapshot.current(now=now).version == version.current())


def test_keeps_looking_until_it_is_stopped(settings, now, monkeypatch):
    looked, often = [], threading.Event()

    def look(_self):
        looked.append(now)
        if len(looked) == 3:
            often.set()

    monkeypatch.setattr(warming.Warming, "look", look)
    running = warming.Warming(lambda: now, every=0.001)
    running.start()
    assert often.wait(10)
    running.stop()
    seen = len(looked)

    assert not running._thread.is_alive()
    assert len(looked) == seen


def test_a_database_that_is_away_stops_nothing(settings, now, monkeypatch):
    def away():
        raise Unavailable("database_unavailable", retry_after=1)

    said = []
    monkeypatch.setattr(warming, "reading", away)
    monkeypatch.setattr(warming.log, "warning", lambda event, exc_info: said.append((event, exc_info.code)))

    warming.Warming(lambda: now).look()

    assert said == [("directory.not_warmed", "database_unavailable")]
