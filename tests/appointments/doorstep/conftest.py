"""A visit on Tuesday at ten, and the people who have to do with it."""

import pytest

from core import sms
from tests.appointments.visits import village
from tests.appointments.visits.conftest import citizen, here, neighbour  # noqa: F401  # the same town


@pytest.fixture
def made(here):  # noqa: F811
    """Somebody's visit on Tuesday, from ten to eleven."""
    return village.ordered()


@pytest.fixture
def texts():
    memory = sms.Memory()
    sms.use(memory)
    yield memory
    sms.use(None)
