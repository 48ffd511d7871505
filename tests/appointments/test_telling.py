"""Texts that say when, never what; calendar files that calendars understand."""

from datetime import timedelta

import icalendar
import pytest
from sqlalchemy import text

from appointments import booking, calendar_file
from appointments import jobs as appointment_jobs
from core import jobs, sms
from core.db import keep, session
from locator import queries as places
from tests.appointments import town
from tests.appointments.town import CALL, SIGNED_IN, at, order


@pytest.fixture
def texts():
    memory = sms.Memory()
    sms.use(memory)
    yield memory
    sms.use(None)


@pytest.fixture
def booked(db, now):
    def work():
        town.put_up()
        return booking.book(town.citizen(), order(name="王某", note="欠薪的事"), SIGNED_IN, now=now)

    yield keep(work)
    places.forget()


def said(texts):
    return [one.text for one in texts.outgoing]


def test_a_text_says_when_and_where_to_look_and_nothing_else(booked, texts, now):
    jobs.run_due(now)

    (words,) = said(texts)
    assert words.startswith(f"您约的时间：11月23日 星期一 15:00，编号 {booked.reference}。")
    assert words.endswith(f"/visits/of/{booked.link}")
    assert not any(told in words for told in ("王某", "欠薪", "法律", "near", "窗口"))


def test_only_the_latest_is_told(booked, texts, now):
    keep(lambda: booking.change(town.citizen("13800000008"), booked.link, at("16:00"), now=now))
    jobs.run_due(now)
    keep(lambda: booking.cancel(town.citizen("13800000007"), booked.link, now=now))
    jobs.run_due(now)

    assert [words[:11] for words in said(texts)] == ["您约的时间改为：11月", "您约的 11月23日 "]


def events(found, **given):
    made = icalendar.Calendar.from_ical(calendar_file.written(found, places.station(which="near"), **given))
    (event,) = made.walk("VEVENT")
    return made, event


def test_a_calendar_takes_it_in_moves_it_and_takes_it_out(here, now):
    found = booking.book(town.citizen(), order(name="王某", note="欠薪的事"), SIGNED_IN, now=now)
    made, event = events(found, is_remote=False)

    assert made["METHOD"] == "PUBLISH"
    assert [zone["TZID"] for zone in made.walk("VTIMEZONE")] == ["Asia/Shanghai"]
    assert event["DTSTART"].params["TZID"] == "Asia/Shanghai"
    assert event.decoded("DTSTART") == at()
    assert event.decoded("DTEND") - event.decoded("DTSTART") == timedelta(minutes=30)
    assert (event["SEQUENCE"], event["STATUS"]) == (0, "CONFIRMED")
    assert event["LOCATION"] == "near 路 1 号"
    triggers = [alarm.decoded("TRIGGER") for alarm in event.walk("VALARM")]
    assert triggers == [timedelta(days=-1), timedelta(hours=-2)]
    assert not any(told in made.to_ical().decode() for told in ("王某", "欠薪", "法律"))

    booking.change(town.clerk(), found.link, at("16:00"), now=now)
    _, moved = events(found, is_remote=False)
    assert (moved["UID"], moved["SEQUENCE"], moved.decoded("DTSTART")) == (event["UID"], 1, at("16:00"))

    booking.cancel(town.clerk(), found.link, now=now)
    taken_out, gone = events(found, is_remote=False)
    assert (taken_out["METHOD"], gone["STATUS"], gone["SEQUENCE"], gone["UID"]) == (
        "CANCEL",
        "CANCELLED",
        2,
        event["UID"],
    )
    assert gone.walk("VALARM") == []


def test_a_call_has_no_place_to_go_to(here, now):
    found = booking.book(town.citizen(), order(at("14:30"), service=CALL), SIGNED_IN, now=now)
    session().flush()

    assert "LOCATION" not in events(found, is_remote=True)[1]


def test_who_came_and_what_they_said_is_forgotten_after_half_a_year(here, now):
    found = booking.book(town.citizen(), order(name="王某", note="欠薪的事"), SIGNED_IN, now=now)

    for days, name in ((180, "王某"), (181, "")):
        appointment_jobs.forget_people({}, now=now + timedelta(days=days))
        session().refresh(found)
        assert found.name == name
    assert (found.note, found.needs, found.phone, found.starts_at) == ("", [], "", at())


def test_nobody_is_found_by_a_number_that_was_forgotten_and_nobody_is_forgotten_twice(here, now):
    town.seats(2)
    made = [booking.book(town.citizen(f"1380000000{one}"), order(), SIGNED_IN, now=now) for one in (1, 2)]
    session().flush()
    sealed, later = text("SELECT note FROM appointment ORDER BY id"), now + timedelta(days=181)

    appointment_jobs.forget_people({}, now=later)
    before = session().scalars(sealed).all()
    appointment_jobs.forget_people({}, now=later)
    session().expire_all()

    assert [one.person_id for one in made] == [None, None]
    assert [one.phone_index for one in made] == [f"forgotten:{one.id}" for one in made]
    assert session().scalars(sealed).all() == before
