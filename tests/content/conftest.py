"""A newsroom on each engine."""

import pytest

from api import execution
from api.viewer import Viewer
from core.db import keep
from locator import queries as places
from portal import notices
from tests.content import newsroom
from tests.content.newsroom import EDITOR, NOW
from tests.portal.browser import Browser


@pytest.fixture
def desk(unit):
    """A unit of work in a place with regions, laws, and nothing written yet."""
    newsroom.put_up()
    yield unit
    places.forget()


@pytest.fixture
def ask(db):
    """Ask by a document as an editor, or as somebody else."""
    keep(newsroom.put_up)
    count = iter(range(1000))

    def run(name, actor=EDITOR, *, now=NOW, **variables):
        if "input" in variables:
            variables["idempotencyKey"] = f"key-number-{next(count):08}"
        answer = execution.run(Viewer(actor, now, address="192.0.2.7"), name, **variables)
        return next(iter(answer.values())) if len(answer) == 1 else answer

    yield run
    places.forget()


@pytest.fixture
def browser(client):
    keep(newsroom.put_up)
    notices.forget()
    yield Browser(client)
    notices.forget()
    places.forget()
