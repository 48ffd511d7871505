"""The town, with teams that visit people."""

import pytest

from locator import queries as places
from tests.appointments import town
from tests.appointments.visits import village


@pytest.fixture
def here(unit):
    """The town and one team, in a unit of work that is under way."""
    town.put_up()
    village.put_up()
    yield unit
    places.forget()


@pytest.fixture
def citizen(here):
    return town.citizen()


@pytest.fixture
def neighbour(here):
    return town.citizen("13800000002")
