"""What every test may ask for. Database tests run on both engines, in a transaction that is rolled back."""

import dataclasses
import os
from datetime import UTC, datetime
from pathlib import Path

import hypothesis
import pytest
from sqlalchemy.orm import sessionmaker

import core.crypto
import core.db
import core.settings
import wsgi
from locator import searches, snapshot
from migrations.tables import every_table
from tests import budget, postgresql

hypothesis.settings.register_profile("rufa", deadline=None, derandomize=True)  # the same examples every time
hypothesis.settings.load_profile("rufa")

HERE = Path(__file__).parent
FACES = {(), ("api",), ("clients",), ("faults",), ("journeys",), ("mobile_api",), ("portal",)}
POSTGRESQL = postgresql.find()
ENGINES = ["sqlite", "postgresql"] if POSTGRESQL else ["sqlite"]


def pytest_collection_modifyitems(items):
    """Measure slices and core by tests of their own, which come first; what goes through a face would only be slowed.

    First, because what is worked out once a process must be seen being worked out.
    """
    for item in items:
        if is_of_a_face(item.path):
            item.add_marker("no_cover")
    items.sort(key=lambda item: item.get_closest_marker("no_cover") is not None)


def is_of_a_face(path):
    """Say whether tests are of pages, of documents, of the service as a process, or of the house itself."""
    folder = path.parent.relative_to(HERE)
    return folder.parts[:1] in FACES or path.stem.endswith(("pages", "_html"))


def pytest_report_header():
    if POSTGRESQL:
        return "engines: SQLite and PostgreSQL"
    return "engines: SQLITE ALONE. No PostgreSQL answers or can be started: half of what is promised goes untested."


def pytest_terminal_summary(terminalreporter):
    if not POSTGRESQL:
        terminalreporter.write_line(pytest_report_header(), yellow=True, bold=True)


@pytest.fixture(scope="session")
def settings(tmp_path_factory):
    """Demo settings with a data folder of their own."""
    folder = tmp_path_factory.mktemp("data")
    made = core.settings.load({"RUFA_DATA_DIR": str(folder)})
    core.settings.use(made)
    core.crypto.use(None)
    return made


@pytest.fixture(autouse=True)
def nothing_counted(monkeypatch):
    """Let no test write what another one looked for."""
    monkeypatch.setattr(searches, "tally", searches.Tally())


@pytest.fixture(scope="session")
def empty_databases(tmp_path_factory):
    """Give and take back empty databases. What was made on PostgreSQL goes away at the end."""
    made, resting = [], []

    def lend(kind):
        if kind == "sqlite":
            return f"sqlite:///{Path(tmp_path_factory.mktemp('db')) / 'test.sqlite3'}"
        if resting:
            return resting.pop()
        worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
        made.append(f"rufa_test_{worker}_{os.getpid()}_{len(made)}")
        return postgresql.fresh_database(made[-1], POSTGRESQL)

    def give_back(url):
        if url.startswith("postgresql"):
            postgresql.empty(url)
            resting.append(url)

    yield lend, give_back
    for name in made:
        postgresql.drop_database(name, POSTGRESQL)


@pytest.fixture
def fresh_url(empty_databases):
    """Give the address of an empty database: `fresh_url("sqlite")`. It is emptied after the test."""
    lend, give_back = empty_databases
    lent = []

    def fresh(kind):
        lent.append(lend(kind))
        return lent[-1]

    yield fresh
    for url in lent:
        give_back(url)


@pytest.fixture(scope="session", params=ENGINES)
def engine(request, settings, empty_databases):
    """A database with all tables, on each engine."""
    lend, give_back = empty_databases
    url = lend(request.param)
    made = core.db.connect(url)
    every_table().create_all(made)
    yield made
    made.dispose()
    give_back(url)


@pytest.fixture
def db(engine):
    """The database, put back as it was afterwards. Edges (keep, run) open their own units of work."""
    with engine.connect() as connection:
        outer = connection.begin()
        maker = sessionmaker(bind=connection, join_transaction_mode="create_savepoint", expire_on_commit=False)
        core.db.use(maker, maker)
        snapshot.forget()
        yield maker
        outer.rollback()


@pytest.fixture
def unit(db):
    """A unit of work that is under way, for tests of slices: `session()` works, nothing is kept."""
    with core.db.transaction() as current:
        yield current


@pytest.fixture(scope="session")
def app(engine, settings):
    """The whole service on the test database."""
    url = engine.url.render_as_string(hide_password=False).replace("+psycopg", "")
    made = wsgi.create_app(dataclasses.replace(settings, database_url=url))
    made.testing = True
    yield made
    core.db.engine().dispose()


@pytest.fixture
def client(app, db):
    """Somebody with a browser that keeps cookies and runs no scripts."""
    return app.test_client()


@pytest.fixture
def now():
    """The moment tests happen at: a Monday morning in Changsha (09:30, 2026-11-23)."""
    return datetime(2026, 11, 23, 1, 30, tzinfo=UTC)


@pytest.fixture
def count_statements():
    """Count what is sent to the database: `with count_statements() as sent: …`, then `len(sent)`."""
    return budget.counted
