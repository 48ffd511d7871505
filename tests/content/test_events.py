"""Events: places that are never given twice, those who wait, who is told what, and what came of it."""

import dataclasses
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from content import drafting, publishing, rulebook
from content.events import jobs as tending
from content.events import page, places, signing
from content.events.signing import Given, SignupState
from content.models import EventPlaces, EventSignup
from core import jobs, sms
from core.db import session
from core.errors import Conflict, NotFound, Rejected
from core.identity import ANYONE
from core.outbox import Errand
from tests.content.newsroom import EDITOR, FIT, NOW, REVIEWER, article, published

DAY = timedelta(days=1)
PHONE = "13800000001"
FIELDS = {"held_on": "2026-12-04", "hours": "9:00–11:30", "place": "炎帝广场", "capacity": "3"}
EVENT = dataclasses.replace(FIT, title="宪法日现场咨询", fields=FIELDS)


def held(slug="law-day", region="430211", **fields):
    """Publish an event."""
    made = article(dataclasses.replace(EVENT, fields=FIELDS | fields), kind="event", slug=slug, region=region)
    published(made)
    return made


def changed(made, *, now, **fields):
    """Publish the event anew, with other fields."""
    said = dataclasses.replace(EVENT, fields=FIELDS | fields)
    drafting.save(EDITOR, made.id, said, parent=made.revisions, now=now)
    published(made, now=now)


def join(people=1, phone="", *, slug="law-day", now=NOW):
    return signing.join(ANYONE, slug, Given(people, phone), now=now)


def states():
    return sorted(((row.people, row.state) for row in session().scalars(select(EventSignup))), reverse=True)


@pytest.fixture
def texts():
    memory = sms.Memory()
    sms.use(memory)
    yield memory.outgoing
    sms.use(None)


def said_to(texts, phone=PHONE):
    """Carry out the errands that are there now, and give what was texted."""
    for errand in session().scalars(select(Errand).where(Errand.kind == "event.text", Errand.done_at.is_(None))):
        tending.send_text(errand.payload, now=NOW)
        errand.done_at = NOW
    return [one.text for one in texts if one.phone == phone]


def test_an_event_is_what_its_page_says(desk):
    held()

    event = page.find("law-day", now=NOW)

    assert (event.held_on.isoformat(), event.hours, event.capacity) == ("2026-12-04", "9:00–11:30", 3)
    assert event.is_open(NOW)
    assert not event.is_open(event.ends_at)
    published(article(FIT, slug="no-event"))
    with pytest.raises(NotFound, match="page_unknown"):
        page.find("no-event", now=NOW)


@pytest.mark.parametrize(
    ("written", "number"), [("30", 30), (" 5 ", 5), ("", None), ("0", None), ("很多", None), ("1" * 7, None)]
)
def test_places_are_a_number_or_there_is_no_end_of_them(written, number):
    assert page.figure(written) == number


def test_what_comes_next_is_listed_first(desk):
    held("later", held_on="2026-12-20")
    held("sooner", region="430281")
    held("over", held_on="2026-11-22")
    held("today", held_on="2026-11-23", capacity="")

    assert [one.slug for one in page.coming(now=NOW)] == ["today", "sooner", "later"]
    assert [one.slug for one in page.coming(now=NOW, regions=["430281"])] == ["sooner"]
    assert places.left(page.find("today", now=NOW)) is None


def test_places_are_taken_until_none_is_left_and_then_people_wait(desk):
    held()

    first, second = join(2), join(2)
    third = join(1)

    assert [one.state for one in (first, second, third)] == ["coming", "waiting", "coming"]
    assert places.left(page.find("law-day", now=NOW)) == 0
    assert signing.by_code(second.code.lower(), now=NOW).before == 0
    with pytest.raises(IntegrityError), session().begin_nested():
        session().execute(update(EventPlaces).values(taken=4))


def test_who_leaves_makes_room_for_who_has_waited_longest_and_fits(desk, texts):
    held()
    first = join(2)
    join(1)
    too_many = join(4, now=NOW + timedelta(seconds=1))
    waits = join(2, PHONE, now=NOW + timedelta(seconds=2))
    assert signing.by_code(waits.code, now=NOW).before == 1

    signing.leave(ANYONE, first.code, now=NOW)

    assert (too_many.state, waits.state, first.state) == ("waiting", "coming", "left")
    assert said_to(texts) == [signing.GOT_A_PLACE.format(code=waits.code, day="12月4日")]
    with pytest.raises(Conflict, match="event_signup_over"):
        signing.leave(ANYONE, first.code, now=NOW)
    with pytest.raises(Conflict, match="event_signup_over"):
        signing.leave(ANYONE, "0000-0000", now=NOW)
    signing.leave(ANYONE, too_many.code, now=NOW)
    assert places.left(page.find("law-day", now=NOW)) == 0


def test_nobody_moves_up_once_the_page_is_gone_or_the_day_is_over(desk):
    made = held()
    first, _ = join(3), join(1)
    event = page.find("law-day", now=NOW)
    publishing.withdraw(REVIEWER, made.id, reason="下雨", now=NOW)

    signing.leave(ANYONE, first.code, now=NOW)

    assert states() == [(3, "left"), (1, "waiting")]
    assert signing.fill(event, now=event.ends_at) == 0


def test_what_is_wrong_is_said_at_once(desk):
    held()
    join(1, PHONE)

    for people in None, 0, 11:
        with pytest.raises(Rejected) as rejected:
            join(people, PHONE)
        assert [one.code for one in rejected.value.problems] == ["event_people_unfit", "event_number_taken"]


def test_a_number_signs_up_again_once_it_has_left(desk):
    held()
    row = join(1, PHONE)
    signing.leave(ANYONE, row.code, now=NOW)

    assert (row.phone, row.phone_index) == (None, None)
    assert join(1, PHONE).state == SignupState.COMING


def test_what_needs_no_sign_up_or_is_over_takes_none(desk):
    held("open-air", capacity="")
    held()
    for slug, when in (("open-air", NOW), ("law-day", NOW + 12 * DAY)):
        with pytest.raises(Conflict, match="event_closed"):
            join(slug=slug, now=when)


def test_the_line_has_an_end(desk, monkeypatch):
    monkeypatch.setitem(rulebook.rules("events.toml"), "most_waiting", 1)
    held()
    join(3)
    join(1)

    with pytest.raises(Conflict, match="event_waiting_full"):
        join(1)


def test_codes_nobody_has_find_nothing(desk):
    assert signing.by_code("x", now=NOW) is None


def test_who_comes_is_reminded_the_day_before_and_nobody_else(desk, texts):
    held()
    comes, waits = join(3, PHONE), join(1, "13800000002")
    (errand,) = session().scalars(select(Errand).where(Errand.kind == "event.reminder"))
    assert errand.due_at.isoformat() == "2026-12-03T02:00:00+00:00"
    assert waits.state == SignupState.WAITING
    late = join(1, "13800000003", slug=held("tomorrow", held_on="2026-11-24").slug, now=NOW + timedelta(hours=1))
    assert late.state == SignupState.COMING
    assert len(session().scalars(select(Errand).where(Errand.kind == "event.reminder")).all()) == 1

    tending.remind({**errand.payload, "day": "2026-12-05"}, now=NOW)
    tending.remind(errand.payload, now=NOW)

    assert [(one.phone, one.text) for one in texts] == [
        (PHONE, tending.REMINDER.format(code=comes.code, day="12月4日"))
    ]


def test_what_editors_change_is_told(desk, texts):
    made = held()
    moves, waits = join(3, PHONE), join(2, "13800000002")
    changed(made, now=NOW + timedelta(minutes=1), held_on="2026-12-05", capacity="5")

    for _ in range(2):
        tending.tend({}, now=NOW + timedelta(minutes=2))

    assert said_to(texts) == [tending.MOVED.format(code=moves.code, day="12月5日")]
    assert waits.state == SignupState.COMING
    assert said_to(texts, "13800000002")[-1] == signing.GOT_A_PLACE.format(code=waits.code, day="12月5日")
    publishing.withdraw(REVIEWER, made.id, reason="下雨", now=NOW + timedelta(minutes=3))
    tending.tend({}, now=NOW + timedelta(minutes=4))
    assert states() == [(3, "called_off"), (2, "called_off")]
    assert said_to(texts)[-1] == tending.CALLED_OFF.format(code=moves.code, day="12月5日")
    assert session().get(EventPlaces, made.id).taken == 0
    found = signing.by_code(moves.code, now=NOW + timedelta(minutes=4))
    assert (found.event, found.title, found.state) == (None, EVENT.title, SignupState.CALLED_OFF)


def test_who_waited_is_not_given_back_what_they_never_had(desk):
    made = held()
    join(3)
    join(2)
    publishing.withdraw(REVIEWER, made.id, reason="下雨", now=NOW)

    tending.tend({}, now=NOW)

    assert session().get(EventPlaces, made.id).taken == 0


def test_fewer_places_take_nothing_away(desk):
    made = held()
    join(3)
    changed(made, now=NOW + timedelta(minutes=1), capacity="2")

    assert join(1, now=NOW + timedelta(minutes=2)).state == SignupState.WAITING
    assert session().get(EventPlaces, made.id).taken == 3
    assert places.left(page.find("law-day", now=NOW + timedelta(minutes=2))) == 0


def test_a_text_goes_nowhere_once_the_number_is_taken_back(desk, texts):
    held()
    row = join(1, PHONE)
    signing.leave(ANYONE, row.code, now=NOW)

    tending.send_text({"signup": row.id, "text": "x"}, now=NOW)
    tending.remind({"signup": row.id, "day": "2026-12-04"}, now=NOW)

    assert texts == []
    assert {"event.text", "event.reminder", "event.tended", "event.numbers_forgotten"} <= jobs.kinds()


def test_numbers_are_forgotten_after_the_event(desk):
    held()
    row = join(1, PHONE)
    after = NOW + 11 * DAY

    for when, kept in ((after + 30 * DAY, True), (after + 31 * DAY, False)):
        tending.forget_numbers({}, now=when)
        session().refresh(row)
        assert (row.phone is not None) is kept
