"""People of the tests, and a database that really keeps things."""

import dataclasses
from datetime import UTC, datetime

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

import core.db
import core.settings
from accounts import demo, passwords, queries, sign_in
from accounts.models import Person, StaffMember
from accounts.sign_in import Device
from core.crypto import blind_index
from core.db import keep, session
from core.identity import Actor, ActorKind
from core.outbox import Errand
from tests import postgresql
from tests.accounts.browsing import Browser
from tests.conftest import every_table

PHONE = "13800000001"


@pytest.fixture(scope="session", autouse=True)
def light_work():
    """Hash with less memory and time than in earnest: these tests sign in often."""
    before = passwords._hasher
    passwords._hasher = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    passwords.nobodys.cache_clear()
    yield
    passwords._hasher = before
    passwords.nobodys.cache_clear()


@pytest.fixture
def town(unit, now):
    """The made-up people of the demo are there."""
    demo.load(now=now)
    return unit


@pytest.fixture
def person(town):
    """A citizen who was here before."""
    return session().scalars(select(Person).where(Person.phone_index == blind_index(PHONE, "person.phone"))).one()


@pytest.fixture
def citizen(person):
    return Actor(id=person.id, kind=ActorKind.CITIZEN)


@pytest.fixture
def member_of(town):
    """Find somebody who works here by user name."""
    return lambda username: session().scalars(select(StaffMember).where(StaffMember.username == username)).one()


@pytest.fixture
def actor_named(member_of, now):
    """Give somebody who works here as the actor they are once signed in."""

    def give(username):
        opened = sign_in.start(Device("测试"), sign_in.STAFF_LIFE, staff_id=member_of(username).id, now=now)
        session().flush()
        return queries.actor_of(opened.id, now=now)

    return give


@pytest.fixture
def opened(person, now):
    """A sign-in of the citizen."""
    made = sign_in.start(Device("手机"), sign_in.LIFE, person_id=person.id, now=now)
    session().flush()
    return made


@pytest.fixture
def sent_code():
    """Read the code that was sent for a request: the way the telephone would show it."""

    def read(request):
        errand = session().scalars(select(Errand).where(Errand.key == f"accounts.code_requested:{request}")).one()
        return errand.payload["code"]

    return read


@pytest.fixture
def totp_of():
    return lambda username, now: passwords.code_at(demo.secret_of(username), now=now)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def place(request, settings, empty_databases):
    """A database of the module's own, where things are really kept."""
    if request.param == "postgresql" and not postgresql.find():
        pytest.skip("no PostgreSQL")
    before = core.db._engine, core.db._readers, core.db._writers
    lend, give_back = empty_databases
    url = lend(request.param)
    engine = core.db.connect(url, pool_size=12)
    every_table().create_all(engine)
    yield engine
    engine.dispose()
    give_back(url)
    core.db._engine, core.db._readers, core.db._writers = before


@pytest.fixture
def with_settings():
    """Change settings for a test."""
    before = core.settings.current()
    yield lambda **changed: core.settings.use(dataclasses.replace(before, **changed))
    core.settings.use(before)


@pytest.fixture
def people(db):
    keep(lambda: demo.load(now=datetime.now(UTC)))


@pytest.fixture
def browser(client, people):
    return Browser(client)
