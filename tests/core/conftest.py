"""Databases of a test's own, to be treated badly."""

import pytest

import core.db
from core import deadline
from tests import postgresql
from tests.core.seats import Seat


@pytest.fixture
def connected():
    """Connect where a test says; put back what was connected before."""
    before = core.db._engine, core.db._readers, core.db._writers
    opened = []

    def connect(url, **options):
        opened.append(core.db.connect(url, **options))
        return opened[-1]

    yield connect
    for engine in opened:
        engine.dispose()
    core.db._engine, core.db._readers, core.db._writers = before


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request, connected, fresh_url):
    """An empty database of the test's own, where things are really kept."""
    if request.param == "postgresql" and not postgresql.find():
        pytest.skip("no PostgreSQL")
    engine = connected(fresh_url(request.param))
    Seat.__table__.create(engine)
    return engine


@pytest.fixture
def impatient():
    """Half a second for a unit of work."""
    before = deadline.allowed()
    deadline.allow(0.5)
    yield
    deadline.allow(before)


@pytest.fixture
def cluster():
    """A PostgreSQL of the test's own, to be treated badly."""
    if not postgresql.programs():
        pytest.skip("no PostgreSQL to start")
    made = postgresql.Cluster()
    yield made
    made.stop()
