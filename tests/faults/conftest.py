"""Places of a test's own, with the real service in a process that is killed, frozen and starved."""

import dataclasses

import pytest

import accounts.jobs  # noqa: F401  # its errands are carried out here too
import applications.jobs  # noqa: F401  # the same
import core.db
import core.settings
from core import schema
from locator import queries as places
from tests import postgresql
from tests.clients.conftest import compiled  # noqa: F401  # what a telephone runs is compiled once
from tests.clients.phone import Phone
from tests.faults.house import Forge, House


@pytest.fixture(scope="session")
def forge(tmp_path_factory):
    made = Forge(tmp_path_factory.mktemp("forge"))
    yield made
    made.stop()


@pytest.fixture
def house_on(forge, settings, tmp_path):
    """Make a place on a database: tables are there, this process looks into the same place, nothing serves yet."""
    before = core.db._engine, core.db._readers, core.db._writers
    made = []

    def build(url, **settings):
        house = House(forge, tmp_path, url, **settings)
        there = core.settings.load(house.environ)
        there.data_dir.mkdir()
        core.settings.use(dataclasses.replace(there, database_deadline=30.0))
        core.db.connect(there.database_url)
        schema.upgrade()
        made.append(house)
        return house

    yield build
    for house in made:
        if house.is_alive():
            house.kill()
        core.db.engine().dispose()
    core.db._engine, core.db._readers, core.db._writers = before
    core.settings.use(settings)
    places.forget()


@pytest.fixture(params=["sqlite", "postgresql"])
def house(request, house_on, fresh_url):
    """A place on each engine. It has patience: on a busy machine four seconds pass, and that is no fault put in."""
    if request.param == "postgresql" and not postgresql.find():
        pytest.skip("no PostgreSQL")
    return house_on(fresh_url(request.param), RUFA_DATABASE_DEADLINE="30")


@pytest.fixture
def cluster():
    """A PostgreSQL of the test's own, to be frozen."""
    if not postgresql.programs():
        pytest.skip("no PostgreSQL to start")
    made = postgresql.Cluster()
    yield made
    made.stop()


@pytest.fixture
def phone_on(compiled, tmp_path):  # noqa: F811  # the fixture of this name
    """Give telephones with the client on them: `phone_on(address, "device")`. They are switched off at the end."""
    made = []

    def give(address, device="device"):
        made.append(Phone(compiled.built, address, tmp_path / device))
        return made[-1]

    yield give
    for phone in made:
        phone.drop()
