"""A small town where times can be booked, somebody who books, and somebody who has no business with it."""

import dataclasses

import pytest

import core.settings
from locator import queries as places
from tests.appointments import town


@pytest.fixture
def here(unit):
    """The town, in a unit of work that is under way."""
    town.put_up()
    yield unit
    places.forget()


@pytest.fixture
def citizen(here):
    return town.citizen()


@pytest.fixture
def neighbour(here):
    return town.citizen("13800000002")


@pytest.fixture
def with_settings(settings):
    """Change settings for a test."""
    before = core.settings.current()
    yield lambda **changed: core.settings.use(dataclasses.replace(before, **changed))
    core.settings.use(before)
