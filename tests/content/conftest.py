"""A newsroom on each engine."""

import pytest

from core.db import keep
from locator import queries as places
from portal import notices
from tests.content import newsroom
from tests.portal.browser import Browser


@pytest.fixture
def desk(unit):
    """A unit of work in a place with regions, laws, and nothing written yet."""
    newsroom.put_up()
    yield unit
    places.forget()


@pytest.fixture
def browser(client):
    keep(newsroom.put_up)
    notices.forget()
    yield Browser(client)
    notices.forget()
    places.forget()
