"""A newsroom on each engine."""

import pytest

from locator import queries as places
from tests.content import newsroom


@pytest.fixture
def desk(unit):
    """A unit of work in a place with regions, laws, and nothing written yet."""
    newsroom.put_up()
    yield unit
    places.forget()
