"""A small town where times can be booked, somebody who books, and somebody who has no business with it."""

import dataclasses

import pytest

import core.db
import core.deadline
import core.settings
import wsgi
from locator import queries as places
from locator import snapshot
from migrations.tables import every_table
from tests import postgresql
from tests.appointments import town


@pytest.fixture
def here(unit):
    """The town, in a unit of work that is under way."""
    town.put_up()
    yield unit
    places.forget()


@pytest.fixture
def citizen(here):
    return town.citizen()


@pytest.fixture
def neighbour(here):
    return town.citizen("13800000002")


@pytest.fixture
def with_settings(settings):
    """Change settings for a test."""
    before = core.settings.current()
    yield lambda **changed: core.settings.use(dataclasses.replace(before, **changed))
    core.settings.use(before)


@pytest.fixture(params=["sqlite", "postgresql"])
def house(request, settings, fresh_url):
    """The service on a database of its own. Two dozen who come at once wait for each other: it has patience."""
    if request.param == "postgresql" and not postgresql.find():
        pytest.skip("no PostgreSQL")
    before = core.db._engine, core.db._readers, core.db._writers
    patient = dataclasses.replace(settings, database_url=fresh_url(request.param), database_deadline=30.0)
    app = wsgi.create_app(patient)
    every_table().create_all(core.db.engine())
    snapshot.forget()
    yield app
    core.db.engine().dispose()
    core.db._engine, core.db._readers, core.db._writers = before
    core.deadline.allow(settings.database_deadline)
    core.settings.use(settings)
    places.forget()
    snapshot.forget()
