"""Browsers without scripts, and somebody who has begun to apply."""

import pytest

from core.db import keep
from locator import queries as places
from tests.portal.applying import country, sign_somebody_in
from tests.portal.browser import Browser
from tests.portal.working import ANSWERS, case, sign_staff_in


@pytest.fixture
def browser(client):
    places.forget()
    keep(country)
    yield Browser(client)
    places.forget()


@pytest.fixture
def citizen(browser):
    sign_somebody_in(browser.client, "13800000001")
    return browser


@pytest.fixture
def begun(citizen):
    citizen.look("/apply").fill("/start")
    return citizen


@pytest.fixture
def desk(client):
    case(answers=ANSWERS)
    sign_staff_in(client, "reviewer", "decision_maker")
    return Browser(client)
