"""Divisions and demo stations take a second or two to bring in: once an engine is enough."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import sessionmaker

import core.db
from core import deadline
from locator import loading, queries
from tests.conftest import ENGINES, every_table

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def ignore(step):
    """Watch no progress."""


@pytest.fixture(scope="session", params=ENGINES)
def engine(request, settings, empty_databases):
    """A database for these tests alone: what is brought in stays, and would be in the way of others."""
    lend, give_back = empty_databases
    url = lend(request.param)
    made = core.db.connect(url)
    every_table().create_all(made)
    yield made
    queries.forget()
    made.dispose()
    give_back(url)


@pytest.fixture(autouse=True)
def forgotten():
    """Remember nothing of another database."""
    queries.forget()
    yield
    queries.forget()


@pytest.fixture(scope="session")
def brought_in(engine):
    """All divisions and demo stations, really kept."""
    maker = sessionmaker(engine, expire_on_commit=False)
    core.db.use(maker, maker)
    with deadline.running(60):
        loading.divisions(now=NOW, progress=ignore)
        loading.demo_stations(now=NOW, progress=ignore)


@pytest.fixture
def country(brought_in, unit):
    """A unit of work in a database that knows every division and demo place."""
    return unit
