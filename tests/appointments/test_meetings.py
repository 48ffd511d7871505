"""Talks by video: the way in near the time alone, another room when moved, the telephone where video does not work."""

from datetime import timedelta

import pytest
import time_machine

from api import execution
from api.viewer import Viewer
from appointments import booking, meetings, seen
from appointments.models.task import Task
from core.db import keep, session
from core.errors import Conflict, NotFound
from core.identity import ANYONE
from locator import queries as places
from tests.appointments import town
from tests.appointments.test_by_document import ask, do, people  # noqa: F401  # fixtures
from tests.appointments.town import SIGNED_IN, VIDEO, at, order
from tests.portal.browser import SITE, Browser

MEET = "https://meet.example.cn/{room}"
NEAR = at("15:30") - timedelta(minutes=15)


@pytest.fixture
def made(here, citizen, now):
    return booking.book(citizen, order(at("15:30"), service=VIDEO), SIGNED_IN, now=now)


def test_the_way_in_is_shown_shortly_before_and_while_it_is_held(made, with_settings):
    with_settings(meeting_url=MEET)
    held = made.starts_at + timedelta(minutes=made.minutes)

    for moment, is_shown in (
        (NEAR - timedelta(seconds=1), False),
        (NEAR, True),
        (held + timedelta(hours=1), True),
        (held + timedelta(hours=1, seconds=1), False),
    ):
        assert bool(meetings.way_in(made, now=moment)) is is_shown
    (shown,) = seen.together([made], now=NEAR)
    assert shown.meeting_opens_at == NEAR
    assert shown.meeting_url.startswith("https://meet.example.cn/")


def test_a_room_cannot_be_guessed_and_another_time_is_another_room(made, now, with_settings):
    with_settings(meeting_url=MEET)
    first = meetings.way_in(made, now=NEAR)
    assert len(first) == len("https://meet.example.cn/") + 32
    assert made.id not in first

    booking.change(ANYONE, made.link, at("16:30"), now=now)
    assert meetings.way_in(made, now=NEAR + timedelta(hours=1)) not in {first, None}
    booking.cancel(ANYONE, made.link, now=now)
    assert meetings.way_in(made, now=NEAR + timedelta(hours=1)) is None


def test_without_meetings_the_room_of_the_station_is_the_way(made):
    (shown,) = seen.together([made], now=NEAR)

    assert (shown.meeting_opens_at, shown.meeting_url, shown.is_rung_instead) == (None, None, False)


def test_whoever_cannot_is_rung_up_and_asked_for_once(made, now, with_settings):
    with_settings(meeting_url=MEET)
    for _ in range(2):
        meetings.ring_instead(ANYONE, made.link, now=now)
    session().flush()

    task = session().query(Task).one()
    assert (task.phone, task.due_at, "改打电话" in task.note) == ("13800000001", at("15:30"), True)
    assert meetings.way_in(made, now=NEAR) is None
    with pytest.raises(NotFound, match="appointment_link_unknown"):
        meetings.ring_instead(ANYONE, "x" * 22, now=now)


def test_a_talk_at_the_window_has_no_room(here, citizen, now, with_settings):
    with_settings(meeting_url=MEET)
    visit = booking.book(citizen, order(), SIGNED_IN, now=now)

    assert meetings.way_in(visit, now=at()) is None
    with pytest.raises(Conflict, match="meeting_unfit"):
        meetings.ring_instead(ANYONE, visit.link, now=now)


def test_on_pages_and_by_document(client, ask, do, people, with_settings):  # noqa: F811
    with_settings(meeting_url=MEET)
    browser = Browser(client)
    told = order(at("15:30"), service=VIDEO)
    link = keep(lambda: booking.book(town.citizen("13800000006"), told, SIGNED_IN, now=town.NOW)).link
    with time_machine.travel(town.NOW, tick=False):
        browser.look(f"/visits/of/{link}")
        assert "15:15 起，进入的按钮会出现在这一页" in browser.words
        browser.look("/visits/device")
        assert "camera=(self)" in browser.answer.headers["Permissions-Policy"]
    with time_machine.travel(NEAR, tick=False):
        browser.look(f"/visits/of/{link}")
        entered = browser.client.get(browser.page.css_first("main a[href$='/enter']").attributes["href"], base_url=SITE)
        assert entered.headers["Location"].startswith("https://meet.example.cn/")
        found = execution.run(Viewer(ANYONE, NEAR), "MeetingWayIn", link=link)
        assert found["wayIntoMeeting"] == entered.headers["Location"]
        browser.look(f"/visits/of/{link}/device")
        browser.fill("/telephone")  # what the script sends where camera or microphone do not work
        browser.fill("/video")
        assert do("RingInstead", link=link)["appointment"] == {"isRungInstead": True}
        assert do("VideoAgain", link=link)["appointment"] == {"isRungInstead": False}
        browser.look(f"/visits/of/{link}")
        browser.fill("/telephone")
        assert "这次改为打电话" in browser.words
    for name in ("RingInstead", "RingVisitInstead"):
        assert do(name, link=link)["appointment"] == {"isRungInstead": True}
    (seen_by_staff,) = ask("DeskVisits", town.clerk(), on=at().date())["appointmentsOfDay"]
    assert seen_by_staff["phone"] == "13800000006"
    places.forget()
