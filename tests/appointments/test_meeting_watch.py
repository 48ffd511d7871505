"""Video that does not come about: nobody in the room, or a service that is away; a telephone rings, and it is said."""

import http.server
import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from appointments import booking, meeting_watch, meetings
from appointments.models.task import Task
from core import sms
from core.db import session
from core.errors import Conflict, NotFound
from core.identity import ANYONE
from core.outbox import Errand
from tests.appointments.town import SIGNED_IN, VIDEO, at, order

MEET = "https://meet.example.cn/{room}"
LATE = at("15:36")


@pytest.fixture
def made(here, citizen, now, with_settings):
    with_settings(meeting_url=MEET)
    return booking.book(citizen, order(at("15:30"), service=VIDEO), SIGNED_IN, now=now)


@pytest.fixture
def sent(monkeypatch):
    texts = []
    monkeypatch.setattr(sms, "send", lambda _number, words: texts.append(words))
    return texts


@pytest.fixture
def service(with_settings):
    """A meeting service on a socket; it answers what is set."""

    class Answers(http.server.BaseHTTPRequestHandler):
        status = 200

        def do_GET(self):
            self.send_response(Answers.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_words):
            """Say nothing."""

    server = http.server.HTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}/{{room}}"
    with_settings(meeting_url=address, meeting_networks=("127.0.0.0/8",))
    yield Answers
    server.shutdown()
    server.server_close()


def told(kind):
    return [one.payload for one in session().scalars(select(Errand).where(Errand.kind == kind))]


def say(sent):
    for payload in told("meeting.rung_instead"):
        meeting_watch.tell(payload, now=LATE)
    return sent


def test_whoever_does_not_come_into_the_room_is_rung_and_told_once(made, sent):
    meeting_watch.watch({}, now=at("15:34"))
    assert not meetings.is_rung_instead(made)

    for _ in range(2):
        meeting_watch.watch({}, now=LATE)

    assert meetings.is_rung_instead(made)
    assert [task.due_at for task in session().scalars(select(Task))] == [LATE]
    (words,) = say(sent)
    assert "马上打电话" in words


def test_whoever_went_in_is_left_alone_and_another_time_counts_anew(made, now):
    for moment in (at("15:20"), at("15:31")):
        assert meeting_watch.enter(ANYONE, made.link, now=moment).startswith("https://meet.example.cn/")
    meeting_watch.watch({}, now=LATE)
    assert not meetings.is_rung_instead(made)

    made.starts_at = at("16:00")
    session().flush()
    meeting_watch.watch({}, now=at("16:06"))
    assert meetings.is_rung_instead(made)


def test_the_way_in_is_closed_before_its_time_and_to_strangers(made, now):
    with pytest.raises(NotFound, match="meeting_closed"):
        meeting_watch.enter(ANYONE, made.link, now=now)
    with pytest.raises(NotFound, match="appointment_link_unknown"):
        meeting_watch.enter(ANYONE, "x" * 22, now=at("15:20"))


def test_whoever_is_at_the_place_and_where_nothing_is_set_up_nobody_is_rung(made, with_settings):
    made.state = "arrived"
    session().flush()
    meeting_watch.watch({}, now=LATE)
    assert told("meeting.rung_instead") == []
    made.state = "booked"
    with_settings(meeting_url="")
    session().flush()
    meeting_watch.watch({}, now=LATE)
    assert told("meeting.rung_instead") == []


def test_a_service_that_answers_is_asked_shortly_before_and_nothing_changes(made, service):
    meeting_watch.watch({}, now=at("15:05"))
    assert told("meeting.asked") == []
    meeting_watch.watch({}, now=at("15:12"))
    (payload,) = told("meeting.asked")

    meeting_watch.ask_service(payload, now=at("15:12"))

    assert not meetings.is_rung_instead(made)
    assert len(told("meeting.asked")) == 1


def test_a_service_that_is_away_twice_is_stood_in_for_by_the_telephone(made, service, sent):
    service.status = 503
    meeting_watch.ask_service({"tries": 1}, now=at("15:12"))
    assert not meetings.is_rung_instead(made)
    (again,) = told("meeting.asked")

    meeting_watch.ask_service(again, now=at("15:13"))

    assert meetings.is_rung_instead(made)
    (words,) = say(sent)
    assert "改为打电话" in words
    assert [task.due_at for task in session().scalars(select(Task))] == [at("15:30")]


def test_a_service_that_cannot_be_reached_is_away(made, with_settings):
    with_settings(meeting_url="http://127.0.0.1:1/{room}", meeting_networks=("127.0.0.0/8",))

    meeting_watch.ask_service({"tries": 2}, now=at("15:12"))

    assert meetings.is_rung_instead(made)


def test_video_is_taken_up_again_until_it_begins_and_nobody_is_told_what_is_over(made, sent, now):
    meetings.ring_instead(ANYONE, made.link, now=now)
    session().flush()

    meetings.video_again(ANYONE, made.link, now=now)

    assert session().scalars(select(Task)).one().result == "dropped"
    meeting_watch.tell({"appointment": made.id, "sequence": made.sequence, "away": True}, now=now)
    assert sent == []
    with pytest.raises(Conflict, match="meeting_unfit"):
        meetings.video_again(ANYONE, made.link, now=now)
    meetings.ring_instead(ANYONE, made.link, now=now)
    with pytest.raises(Conflict, match="meeting_unfit"):
        meetings.video_again(ANYONE, made.link, now=made.starts_at + timedelta(minutes=1))
