"""Events through the door: who comes, who waits, who gives a place back, and what editors tell of it."""

from datetime import timedelta

import pytest

from core.db import keep
from core.errors import Conflict, Forbidden, NotFound, NotSignedIn, TooMany
from core.identity import ANYONE
from tests import make
from tests.content.newsroom import NOW, STRANGERS
from tests.content.test_events import DAY, EVENT, PHONE, held

AFTER = NOW + 12 * DAY
FIGURES = {"came": 40, "asked": 12, "copies": 60, "words": "问得最多的是讨薪。", "pictures": []}
COST = {"EventJoin": 5, "EventSignup": 9, "EventTally": 8, "LearnRegion": 9}


@pytest.fixture
def event(ask):
    return keep(held).id


def joined(ask, people, phone="", **more):
    return ask("JoinEvent", ANYONE, input={"slug": "law-day", "people": people, "phone": phone}, **more)


def test_somebody_without_an_account_comes_another_waits_and_moves_up(ask, event):
    page = ask("EventJoin", ANYONE, slug="law-day")
    assert (page["title"], page["regionName"], page["heldOn"].isoformat()) == (EVENT.title, "天元区", "2026-12-04")
    assert (page["left"], page["capacity"], page["isOpen"], page["isOver"], page["came"]) == (3, 3, True, False, None)

    first = joined(ask, 2)
    second = joined(ask, 2, PHONE, now=NOW + timedelta(minutes=1))

    assert (first["state"], second["state"], first["problems"]) == ("COMING", "WAITING", [])
    assert ask("EventJoin", ANYONE, slug="law-day")["left"] == 1
    waits = ask("EventSignup", ANYONE, code=second["code"].lower().replace("-", ""))
    assert (waits["code"], waits["stateText"], waits["before"], waits["wantsText"]) == (
        second["code"],
        "候补中",
        0,
        True,
    )
    assert PHONE not in str(waits)
    assert ask("LeaveEvent", ANYONE, input={"code": first["code"]})["code"] == first["code"]
    comes = ask("EventSignup", ANYONE, code=second["code"])
    assert (comes["state"], comes["people"], comes["event"]["place"]) == ("COMING", 2, "炎帝广场")
    assert ask("EventSignup", ANYONE, code=first["code"])["stateText"] == "已取消"
    with pytest.raises(Conflict, match="event_signup_over"):
        ask("LeaveEvent", ANYONE, input={"code": first["code"]})


def test_what_is_wrong_is_said_together_and_takes_no_place(ask, event):
    told = joined(ask, 11, "12345")

    assert [(one["code"], one["field"]) for one in told["problems"]] == [
        ("event_people_unfit", "people"),
        ("report_phone_unfit", "phone"),
    ]
    assert all(one["message"] for one in told["problems"])
    assert [one["field"] for one in joined(ask, 1, "12345")["problems"]] == ["phone"]
    assert ask("EventJoin", ANYONE, slug="law-day")["left"] == 3


def test_a_code_is_not_found_by_trying_many(ask, event):
    def tries():
        for number in range(1000):
            assert ask("EventSignup", ANYONE, code=f"0000-{number:04}") is None

    with pytest.raises(TooMany, match="too_often_event_code"):
        tries()


def test_an_event_that_is_not_shown_is_not_found(ask):
    with pytest.raises(NotFound):
        ask("EventJoin", ANYONE, slug="law-day")
    with pytest.raises(NotFound):
        joined(ask, 1)


def test_editors_tell_what_came_of_it_in_figures(ask, event):
    joined(ask, 2, PHONE)
    joined(ask, 2)
    before = ask("EventTally", id=event)
    assert (before["taken"], before["coming"], before["waiting"], before["mayReport"]) == (2, 1, 1, False)
    with pytest.raises(Conflict, match="event_not_yet"):
        ask("ReportEvent", input={"id": event, **FIGURES})

    assert ask("ReportEvent", input={"id": event, **FIGURES}, now=AFTER)["id"] == event

    after = ask("EventTally", id=event, now=AFTER)
    assert (after["mayReport"], after["pictures"]) == (True, [])
    assert after["report"] == {**FIGURES, "reportedAt": AFTER}
    assert ask("EventJoin", ANYONE, slug="law-day", now=AFTER)["came"] == 40
    named = FIGURES | {"came": -1, "words": f"找 {PHONE}"}
    unfit = ask("ReportEvent", input={"id": event, **named}, now=AFTER)
    assert [one["field"] for one in unfit["problems"]] == ["came", "words"]


def test_strangers_learn_nothing_of_who_comes(ask, event):
    asked = (("EventTally", {"id": event}), ("ReportEvent", {"input": {"id": event, **FIGURES}}))
    for name, variables in asked:
        with pytest.raises(NotSignedIn):
            ask(name, ANYONE, **variables, now=AFTER)
        with pytest.raises(Forbidden):
            ask(name, make.staff("4302"), **variables, now=AFTER)
        for stranger in STRANGERS:
            with pytest.raises(NotFound):
                ask(name, stranger, **variables, now=AFTER)


def test_a_place_has_its_pages_and_what_comes_next_there(ask, event):
    keep(lambda: held("elsewhere", region="430281"))

    here = ask("LearnRegion", ANYONE, region="430211")

    assert here["division"]["name"] == "天元区"
    assert [one["slug"] for one in here["pages"]["nodes"]] == ["law-day"]
    assert [(one["slug"], one["left"]) for one in here["comingEvents"]] == [("law-day", 3)]
    above = ask("LearnRegion", ANYONE, region="4302")
    assert {one["slug"] for one in above["comingEvents"]} == {"law-day", "elsewhere"}
    with pytest.raises(NotFound):
        ask("LearnRegion", ANYONE, region="999999")


def test_more_events_and_more_people_cost_no_more_statements(ask, event, count_statements):
    code = joined(ask, 1)["code"]
    asked = {
        "EventJoin": {"slug": "law-day"},
        "EventSignup": {"code": code},
        "EventTally": {"id": event},
        "LearnRegion": {"region": "430211"},
    }

    def spent(name):
        with count_statements() as sent:
            ask(name, **asked[name])
        return len(sent)

    few = {name: spent(name) for name in asked}
    for number in range(3):
        keep(lambda number=number: held(f"event-{number}"))
        joined(ask, 1)

    assert {name: spent(name) for name in asked} == few
    assert {name: count for name, count in few.items() if count > COST[name]} == {}
