"""Volunteers: a number that is proven, accepted by staff of the region, hours on record, and forgotten on leaving."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from appointments import volunteers
from appointments.models.volunteer import Volunteer, VolunteerHours
from appointments.volunteers import Offer, Skill
from core.db import keep, session
from core.errors import Conflict, Forbidden, NotFound, NotSignedIn, Problem, Rejected
from core.identity import ANYONE
from core.outbox import Errand
from locator import queries as places
from tests.appointments import town
from tests.appointments.test_booking import proof
from tests.appointments.town import at
from tests.portal.browser import Browser
from tests.portal.working import sign_staff_in

DAY = at().date()
OFFER = Offer("王芳", "430211", (Skill.SIGN_LANGUAGE, Skill.ESCORT), "周末有空")


def register(now, offer=OFFER, number="13800000005"):
    given = proof(now, number)
    return volunteers.register(ANYONE, offer, given.request, given.code, now=now)


def test_somebody_offers_is_accepted_gives_time_and_leaves(here, now):
    made = register(now)
    assert register(now + timedelta(minutes=2)).id == made.id
    clerk = town.clerk()
    with pytest.raises(Conflict, match="volunteer_not_accepted"):
        volunteers.note_hours(clerk, made.id, DAY, 60, "", now=now)
    for _ in range(2):
        assert volunteers.accept(clerk, made.id, now=now).accepted_at == now
    for minutes in (60, 30):
        volunteers.note_hours(clerk, made.id, DAY, minutes, "陪同", now=now)
    (kept,) = volunteers.of_region(clerk, Skill.SIGN_LANGUAGE, now=now)
    assert (kept.row.id, kept.minutes, kept.region.name) == (made.id, 90, "天元区")
    assert volunteers.of_region(clerk, Skill.DIALECT, now=now) == []

    volunteers.leave(ANYONE, made.link, now=now)

    row = session().get_one(Volunteer, made.id)
    assert (row.name, row.phone, row.phone_index, row.about, row.skills) == ("", "", "", "", [])
    assert len(session().scalars(select(VolunteerHours)).all()) == 2
    assert volunteers.of_region(clerk, None, now=now) == []
    with pytest.raises(NotFound):
        volunteers.mine(ANYONE, made.link, now=now)
    assert register(now + timedelta(minutes=4)).id != made.id


def test_all_that_is_wrong_is_said_at_once(here, now):
    with pytest.raises(Rejected) as rejected:
        register(now, Offer(" ", "999999", (), "长" * 201))
    assert [one.field for one in rejected.value.problems] == ["name", "skills", "region", "about"]
    wrong = volunteers.register(ANYONE, OFFER, proof(now, "13800000006").request, "000000", now=now)
    assert isinstance(wrong, Problem)
    made = register(now, number="13800000007")
    volunteers.accept(town.clerk(), made.id, now=now)
    with pytest.raises(Rejected) as rejected:
        volunteers.note_hours(town.clerk(), made.id, DAY + timedelta(days=1), 0, "长" * 41, now=now)
    assert [one.field for one in rejected.value.problems] == ["on", "minutes", "what"]


def test_it_ends_with_a_reason_too(here, now):
    made = register(now)
    with pytest.raises(Rejected):
        volunteers.end(town.clerk(), made.id, " ", now=now)
    volunteers.end(town.clerk(), made.id, "联系不上", now=now)
    assert made.left_at == now


def test_it_is_the_business_of_the_region(citizen, now):
    made = register(now)
    assert volunteers.minutes_of([]) == {}
    assert volunteers.of_region(town.clerk("430281"), None, now=now) == []
    for act in (
        lambda who: volunteers.accept(who, made.id, now=now),
        lambda who: volunteers.end(who, made.id, "x", now=now),
        lambda who: volunteers.note_hours(who, made.id, DAY, 1, "", now=now),
    ):
        for stranger, refusal in (
            (town.clerk("430281"), NotFound),
            (town.clerk(""), NotFound),
            (citizen, Forbidden),
            (ANYONE, NotSignedIn),
        ):
            with pytest.raises(refusal):
                act(stranger)


def test_on_pages(client, now):
    keep(town.put_up)
    browser = Browser(client)
    with time_machine.travel(now, tick=False):
        browser.look("/volunteer")
        assert browser.fill("/volunteer", phone="13800000005").problems == [
            *("#field-name", "#field-skills", "#field-place"),
        ]
        browser.fill("/volunteer", name="王芳", place="天元区", skills=["ESCORT"], phone="1")
        assert browser.problems == ["#field-phone"]
        browser.fill("/volunteer", phone="13800000005")
        assert browser.fill("/volunteer", code="1").problems == ["#field-code"]
        sent = keep(lambda: session().scalars(select(Errand).where(Errand.kind == "accounts.code_requested")).all())
        browser.fill("/volunteer", code=max(sent, key=lambda one: one.due_at).payload["code"])
        assert "登记好了" in browser.words
        mine = browser.path

        sign_staff_in(client, "station_clerk")
        browser.look("/desk/volunteers?skill=ESCORT")
        assert "138****0005" in browser.words
        browser.fill("/accept")
        assert "13800000005" in browser.words
        assert browser.fill("/hours", minutes="0").status == 422
        browser.fill("/hours", minutes="90")
        assert "1.5 小时" in browser.words
        assert browser.fill("/end").status == 422
        assert "1 小时 30 分钟" in browser.look(mine).words
        browser.fill("/of/")
        assert browser.heading == "已经退出"
        assert browser.look(mine).status == browser.look(f"/volunteer/of/{'x' * 41}").status == 404
        assert "还没有" in browser.look("/desk/volunteers").words
    places.forget()
