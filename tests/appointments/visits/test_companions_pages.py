"""Asking a volunteer along, and their answer, on pages without scripts."""

import pytest
import time_machine

from api import execution
from api.viewer import Viewer
from core.db import keep
from core.identity import ANYONE
from locator import queries as places
from tests.appointments import town
from tests.appointments.town import at
from tests.appointments.visits import village
from tests.appointments.visits.test_companions import SIGNS, volunteer
from tests.portal.browser import Browser
from tests.portal.working import sign_staff_in


def with_a_visit():
    town.put_up()
    village.put_up()
    volunteer()
    return village.ordered(at("10:00", ahead=8), wishes=SIGNS).id


@pytest.fixture
def visit(client):
    places.forget()
    yield keep(with_a_visit)
    places.forget()


def test_staff_ask_and_the_volunteer_answers(client, visit, now):
    with time_machine.travel(now, tick=False):
        browser = Browser(client)
        sign_staff_in(client, "station_clerk")
        browser.look("/desk/rounds/team0/2026-12-01")
        browser.look(browser.page.css_first("a[href*='/along/']").attributes["href"])
        assert "需要：会手语" in browser.words
        browser.fill("/along/")
        assert "已经问了，等答复" in browser.words

        browser.look("/volunteer/of/helper")
        assert "您还没有答复" in browser.words
        assert "幸福路" not in browser.words
        browser.fill("/along/", button=("accepts", "yes"))
        assert "您说：愿意去" in browser.words
        browser.look(f"/desk/rounds/along/{visit}")
        assert "愿意一起去" in browser.words

        (asked,) = execution.run(Viewer(ANYONE, now), "VolunteerByLink", link="helper")["askedAlong"]
        given = {"link": "helper", "id": asked["id"], "accepts": False}
        found = execution.run(Viewer(ANYONE, now), "ComeAlong", input=given, idempotencyKey="come-along-000001")
        assert found["answerCompanion"]["state"] == "declined"
        sign_staff_in(client, "station_clerk", region="430281")
        assert browser.look(f"/desk/rounds/along/{visit}").status == 404
