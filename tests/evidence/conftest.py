"""A storage of their own for tests of files."""

import warnings

import pytest

from core import storage
from core.db import keep
from core.identity import Actor, ActorKind, Permission
from core.imaging import child, pool
from tests.evidence import people


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    """A folder that starts empty."""
    made = storage.LocalStore(tmp_path / "files")
    storage.use(made)
    yield made
    storage.use(None)


@pytest.fixture
def reviewer():
    """Somebody who reviews the cases of one county."""
    may = frozenset({Permission.APPLICATIONS_REVIEW})
    return Actor(id="reviewer", kind=ActorKind.STAFF, region="430211", permissions=may)


class Here:
    """A pool without children: the makers work in this process, where they are quick and can be watched."""

    def ask(self, head, *blobs):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return child.answer(head, blobs)


@pytest.fixture
def here(monkeypatch):
    monkeypatch.setattr(pool, "_pool", Here())


@pytest.fixture
def citizen(db, now):
    return keep(lambda: people.person("citizen", now))


@pytest.fixture
def neighbour(db, now):
    return keep(lambda: people.person("neighbour", now))
