"""The door with a small contract of its own, in process and over HTTP."""

import dataclasses
import importlib.util
import itertools
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete
from sqlalchemy.orm import sessionmaker

import core.db
import core.logs
import core.settings
from api import documents, execution, http, limits, schema
from api.viewer import Viewer
from core.idempotency import Answered
from core.identity import ANYONE, Actor, ActorKind
from core.outbox import Errand

spec = importlib.util.spec_from_file_location("door_twin", Path(__file__).parent / "twin.py")
twin = importlib.util.module_from_spec(spec)
spec.loader.exec_module(twin)
SCHEMA = schema.build((twin,))


@pytest.fixture
def keys():
    """Fresh idempotency keys."""
    return map("key-number-{:08}".format, itertools.count(1))


@pytest.fixture
def small(monkeypatch):
    """The small contract, in the place of the large one."""
    for module in (documents, execution, limits):
        monkeypatch.setattr(module, "SCHEMA", SCHEMA)
    monkeypatch.setattr(documents, "texts", lambda: twin.DOCUMENTS)
    forget()
    yield SCHEMA
    forget()


def forget():
    documents.named.cache_clear()
    documents.ids.cache_clear()


@pytest.fixture
def door(small, db):
    """The small contract on a database that is put back."""
    return execution.run


@pytest.fixture
def live(small, engine):
    """The small contract on a database that really commits, for races; swept afterwards."""
    read, write = (engine.execution_options(rufa_access=access) for access in ("read", "write"))
    core.db.use(sessionmaker(read, expire_on_commit=False), sessionmaker(write, expire_on_commit=False))
    yield execution.run
    with core.db.transaction() as current:
        current.execute(delete(Answered))
        current.execute(delete(Errand))


@pytest.fixture
def viewer(now):
    """A citizen who looks."""
    return Viewer(Actor(id="citizen-one", kind=ActorKind.CITIZEN), now)


@pytest.fixture
def neighbour(now):
    """Another citizen."""
    return Viewer(Actor(id="citizen-two", kind=ActorKind.CITIZEN), now)


@pytest.fixture
def stranger(now):
    """Nobody known."""
    return Viewer(ANYONE, now)


@pytest.fixture
def served(settings, monkeypatch):
    """Serve the door with changed settings: `served(any_document=True)` gives a client."""

    def serve(**changes):
        monkeypatch.setattr(core.settings, "_settings", dataclasses.replace(settings, **changes))
        core.logs.configure()
        app = Flask("door", static_folder=None)
        http.install(app)
        return app.test_client()

    return serve


@pytest.fixture
def ask(served, small, db):
    """Ask the small contract over HTTP, any document, no introspection."""
    client = served(any_document=True)

    def post(query=None, headers=None, **body):
        asked = body if query is None else {"query": query, **body}
        return client.post("/graphql", json=asked, headers=headers)

    return post
