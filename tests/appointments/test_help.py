"""Help without a voice: no account, a named person, a clock, words for those two alone, and then forgotten."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from appointments.help import calls, errands, whom
from appointments.help.calls import Cry
from appointments.models.help import HelpCall, HelpWord
from appointments.models.task import Task
from core.db import session
from core.errors import Conflict, Forbidden, NotFound, NotSignedIn, Rejected, TooMany
from core.identity import ANYONE, SYSTEM
from core.outbox import Errand
from locator import contacts
from locator.contacts import Person
from locator.coords import Datum, Position
from tests.appointments import town
from tests.appointments.test_rotas import keeper
from tests.appointments.town import at

HERE = Position(27.80123, 113.10456, Datum.WGS84)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def texts(monkeypatch):
    sent = []
    monkeypatch.setattr("core.sms.send", lambda phone, text: sent.append((phone, text)))
    return sent


def call(now, *ticks, **given):
    cry = Cry(ticks=ticks, **{"position": HERE, **given})
    return calls.call(ANYONE, cry, address="192.0.2.1", now=now)


def test_one_tap_is_enough_and_it_goes_to_the_nearest_open_place(here, now):
    talk = call(now)

    assert (talk.row.station_id, talk.row.due_at) == ("near", now + 15 * MINUTE)
    assert talk.row.told == {"ticks": [], "where": {"lat": 27.8, "lon": 113.1, "datum": "WGS-84"}}
    assert [(one.words, one.is_staff) for one in talk.words] == [("", False)]
    (task,) = session().scalars(select(Task))
    assert (task.reason, task.due_at, task.phone) == ("help", talk.row.due_at, "")


def test_staff_are_told_a_place_they_know_and_no_degrees(here, now, monkeypatch):
    told = call(now).row.told["where"]
    assert whom.named(told) == "27.8, 113.1"  # this small town is not on the great map
    monkeypatch.setattr(whom.whereabouts, "division_at", lambda _position: "430211")
    assert whom.named(told) == "天元区一带"
    assert whom.named({"region": "430281"}) == "醴陵市"
    assert whom.named({}) == ""


def test_danger_shortens_the_clock(here, now):
    talk = call(now, "deaf", "danger", "nonsense")

    assert (talk.row.in_danger, talk.row.due_at) == (True, now + 5 * MINUTE)
    assert talk.words[0].words == "我听不见，请打字；我现在有危险"


def test_at_night_the_clock_starts_when_somebody_is_there(here, now):
    assert call(at("20:00")).row.due_at == at("09:15", 1)


def test_an_open_door_and_a_named_person_count_more_than_a_shorter_way(here, now):
    person = Person("王主任", "A1", "13800000011")
    contacts.put(keeper(), town.code("next"), person, now=now)

    talk = call(now)

    assert talk.row.station_id == "next"
    assert talk.contact.name == "王主任"


def test_a_county_is_enough_and_nothing_at_all_is_asked_for(here, now):
    talk = call(now, position=None, region="430281")
    assert talk.row.station_id == "far"
    assert talk.row.told["where"] == {"region": "430281"}
    for region in ("", "999999"):
        with pytest.raises(Rejected) as rejected:
            call(now, position=None, region=region)
        assert rejected.value.problems[0].code == "help_place_missing"
    with pytest.raises(Rejected) as rejected:
        call(now, words="长" * 501, phone="12")
    assert [one.field for one in rejected.value.problems] == ["words", "phone"]


def test_where_nobody_is_near_it_is_said(here, now, monkeypatch):
    monkeypatch.setattr(whom.nearby.Search, "page", lambda *_: [])
    with pytest.raises(Rejected) as rejected:
        call(now)
    assert rejected.value.problems[0].code == "help_nobody_near"


def test_a_crowd_behind_one_address_is_let_in_and_a_flood_is_not(here, now):
    for _ in range(30):
        call(now)
    with pytest.raises(TooMany):
        call(now)


def test_both_write_and_the_first_answer_stops_the_clock(here, now, texts):
    talk = call(now, phone="13800000005")
    link, which = talk.row.link, talk.row.id
    clerk = town.clerk()
    assert calls.find(ANYONE, link, now=now + 16 * MINUTE).is_overdue
    with pytest.raises(Conflict, match="help_unanswered"):
        calls.close(clerk, which, now=now)

    calls.answer(clerk, which, "我在，请讲", now=now + MINUTE)
    calls.add(ANYONE, link, "孩子在旁边", now=now + 2 * MINUTE)
    done = calls.answer(clerk, which, "好", now=now + 3 * MINUTE)

    assert [(one.words, one.said_by) for one in done.words] == [
        *(("", ""), ("我在，请讲", "田小禾"), ("孩子在旁边", ""), ("好", "田小禾")),
    ]
    assert (done.row.answered_at, done.is_overdue) == (now + 3 * MINUTE, False)
    assert session().scalars(select(Task)).one().done_at == now + 3 * MINUTE
    for one in session().scalars(select(Errand).where(Errand.kind == "help.answered")):
        errands.tell_of_an_answer(one.payload, now=now)
    assert {phone for phone, _ in texts} == {"13800000005"}
    assert all(text == f"您有一条新回复：http://127.0.0.1:8000/write/of/{link}" for _, text in texts)
    for words in ("  ", "长" * 501):
        with pytest.raises(Rejected):
            calls.add(ANYONE, link, words, now=now)


def test_it_is_over_when_either_says_so_and_open_again_with_a_word(here, now):
    talk = call(now)
    link, which = talk.row.link, talk.row.id
    calls.end(ANYONE, link, now=now)
    with pytest.raises(Conflict, match="help_closed"):
        calls.answer(town.clerk(), which, "在吗", now=now)
    assert calls.waiting(town.clerk(), now=now) == []
    calls.add(ANYONE, link, "还在", now=now)
    calls.answer(town.clerk(), which, "在", now=now)
    assert calls.close(town.clerk(), which, now=now).row.closed_at == now


@pytest.mark.parametrize("is_ended", [True, False])
def test_a_word_after_the_answer_is_waited_for_like_the_first(here, now, texts, is_ended):
    contacts.put(keeper(), town.code(), Person("王主任", "A1", "13800000011"), now=now)
    talk = call(now)
    if is_ended:
        calls.end(ANYONE, talk.row.link, now=now)
    else:
        calls.answer(town.clerk(), talk.row.id, "在", now=now)

    calls.add(ANYONE, talk.row.link, "他回来了", now=now + MINUTE)
    calls.add(ANYONE, talk.row.link, "快", now=now + 2 * MINUTE)

    assert session().scalars(select(Task)).one().done_at is None
    session().flush()
    left = session().scalars(select(Errand).where(Errand.kind.like("help.%")).order_by(Errand.due_at)).all()
    assert [(one.kind, one.due_at - now) for one in left] == [
        *(("help.called", 0 * MINUTE), ("help.called", MINUTE), ("help.due", 15 * MINUTE), ("help.due", 16 * MINUTE)),
    ]
    for one in left[2:]:
        errands.escalate(one.payload, now=one.due_at)
    assert (len(texts), talk.row.escalated_at) == (1, now + 16 * MINUTE)


def test_however_many_wait_they_are_listed_in_as_many_statements(here, now, count_statements):
    for _ in range(3):
        call(now)
    session().flush()
    session().expire_all()
    with count_statements() as statements:
        assert len(calls.waiting(town.clerk(), now=now)) == 3
    assert len(statements) <= 8


def test_nobody_else_sees_or_answers_it(citizen, now):
    talk = call(now)

    assert calls.waiting(town.clerk("430281"), now=now) == []
    assert [one.row.id for one in calls.waiting(town.clerk(), now=now)] == [talk.row.id]
    assert calls.opened(town.clerk(), talk.row.id, now=now).row is talk.row
    for act in (
        lambda who: calls.opened(who, talk.row.id, now=now),
        lambda who: calls.answer(who, talk.row.id, "x", now=now),
        lambda who: calls.close(who, talk.row.id, now=now),
    ):
        for stranger, refusal in (
            (town.clerk("430281"), NotFound),
            (citizen, Forbidden),
            (ANYONE, NotSignedIn),
            (SYSTEM, Forbidden),
        ):
            with pytest.raises(refusal):
                act(stranger)
    with pytest.raises(NotFound, match="help_unknown"):
        calls.find(ANYONE, "nobody", now=now)


def test_the_named_person_is_told_and_told_again_when_nobody_answers(here, now, texts):
    contacts.put(keeper(), town.code(), Person("王主任", "A1", "138 0000 0011"), now=now)
    talk = call(now)
    payload = {"call": talk.row.id}

    errands.tell_the_named_person(payload, now=now)
    for _ in range(2):
        errands.escalate(payload, now=now + 15 * MINUTE)

    assert [phone for phone, _ in texts] == ["13800000011"] * 2
    assert "超过时限" in texts[1][1]
    assert talk.row.escalated_at == now + 15 * MINUTE


def test_a_landline_is_not_texted_and_an_answered_call_rings_nobody(here, now, texts):
    contacts.put(keeper(), town.code(), Person("王主任", "A1", "0731-1234567"), now=now)
    talk = call(now)
    errands.tell_the_named_person({"call": talk.row.id}, now=now)
    calls.answer(town.clerk(), talk.row.id, "在", now=now)
    errands.escalate({"call": talk.row.id}, now=now)
    errands.tell_of_an_answer({"call": talk.row.id}, now=now)

    assert texts == []


def test_all_words_are_forgotten_some_weeks_later(here, now):
    old, new = call(now, "deaf", words="求助", phone="13800000005"), call(now + timedelta(days=20), words="新")

    errands.forget({}, now=now + timedelta(days=31))

    session().expire_all()
    assert session().get_one(HelpCall, old.row.id).told == {"ticks": [], "where": {}}
    assert session().get_one(HelpCall, old.row.id).phone == ""
    words = {one.call_id: one.words for one in session().scalars(select(HelpWord))}
    assert words == {old.row.id: "", new.row.id: "新"}
