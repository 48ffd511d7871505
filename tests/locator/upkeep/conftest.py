"""Those who keep the directory: a keeper of the province, an office, a supervisor, strangers."""

import pytest

from core import storage
from core.identity import Permission
from core.imaging import pool
from tests import make
from tests.evidence.conftest import Here

EDIT, APPROVE = Permission.DIRECTORY_EDIT, Permission.DIRECTORY_APPROVE


@pytest.fixture
def keeper():
    return make.staff("43", frozenset({EDIT, APPROVE}), "keeper")


@pytest.fixture
def clerk():
    """An office that may put its own entry right."""
    return make.staff("430211", frozenset({EDIT}), "office")


@pytest.fixture
def supervisor():
    return make.staff("430211", frozenset({APPROVE}), "supervisor")


@pytest.fixture
def neighbour():
    """Somebody of the county next door who may do everything there."""
    return make.staff("430281", frozenset({EDIT, APPROVE}), "neighbour")


@pytest.fixture
def store(settings, tmp_path, monkeypatch):
    """Give a folder that starts empty, and makers that work in this process."""
    monkeypatch.setattr(pool, "_pool", Here())
    made = storage.LocalStore(tmp_path / "files")
    storage.use(made)
    yield made
    storage.use(None)
