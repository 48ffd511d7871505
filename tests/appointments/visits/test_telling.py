from datetime import timedelta

import pytest
from sqlalchemy import select

from appointments import booking, jobs, seen
from appointments.models.home_visit import VisitRequest
from appointments.models.task import Task
from appointments.visits import jobs as errands
from appointments.visits import leaving, ordering, requests
from appointments.visits.form import Where, Whom
from appointments.visits.wishes import Relation
from core import sms
from core.db import session
from core.errors import Conflict, NotFound, Rejected
from core.identity import ANYONE
from tests.appointments import town
from tests.appointments.town import NOW, at
from tests.appointments.visits import village
from tests.appointments.visits.village import SIGNED_IN, home, ordered, wanted

NOBODYS = {"visitee_name": "", "visitee_phone": "", "address": "", "access_notes": "", "reasons": []}


@pytest.fixture
def texts():
    with sms.noting() as noted:
        yield noted


def for_other(number):
    return Whom("老王", number, Relation.CARER, agreed=True)


def test_the_text_says_within_which_window_somebody_comes(citizen, texts):
    made = ordering.order(citizen, wanted(), SIGNED_IN, now=NOW)

    jobs.tell({"appointment": made.id, "sequence": 0}, now=NOW)

    assert "11月24日 星期二 10:00–11:00 之间到您那里" in texts[0].text


def test_the_calendar_does_not_say_where_somebody_lives_nor_send_them_to_the_office(citizen):
    made = ordering.order(citizen, wanted(), SIGNED_IN, now=NOW)

    assert "LOCATION" not in seen.together([made], now=NOW)[0].calendar_file


def test_whoever_is_visited_is_told_and_can_undo_it(citizen, texts):
    made = ordering.order(citizen, wanted(whom=for_other("13800000009")), SIGNED_IN, now=NOW)
    link = village.visit(made).visitee_link

    errands.tell_visitee({"appointment": made.id}, now=NOW)

    assert texts[0].phone == "13800000009"
    assert texts[0].text.startswith("王女士替您约了工作人员：11月24日 星期二 10:00–11:00")
    assert f"/home-visits/undo/{link}" in texts[0].text
    ordering.undo(ANYONE, link, now=NOW)
    errands.tell_visitee({"appointment": made.id}, now=NOW)
    assert len(texts) == 1
    with pytest.raises(NotFound):
        ordering.ordered_for(ANYONE, link, now=NOW + timedelta(days=9))


def test_whoever_has_a_landline_is_rung_up(citizen, texts):
    made = ordering.order(citizen, wanted(whom=for_other("073128881234")), SIGNED_IN, now=NOW)

    errands.tell_visitee({"appointment": made.id}, now=NOW)

    task = session().scalars(select(Task)).one()
    assert (task.phone, task.due_at, texts) == ("073128881234", at("06:00", ahead=1), [])


def test_a_new_time_is_told_once(citizen, texts):
    first = ordering.order(citizen, wanted(), SIGNED_IN, now=NOW)
    second = ordered(at("11:00", ahead=1), where=Where(home(0.06), "别处 1 号"))
    booking.cancel(citizen, first.link, now=NOW)

    errands.tell_moved({"appointment": second.id, "arrives": 660}, now=NOW)
    errands.tell_moved({"appointment": second.id, "arrives": 661}, now=NOW)
    booking.cancel(citizen, second.link, now=NOW)
    errands.tell_moved({"appointment": second.id, "arrives": 660}, now=NOW)

    (told,) = texts
    assert "约 11:00 到，仍在您约的 11:00–12:00 之间" in told.text


def test_a_request_is_told_twice(citizen, texts):
    made = requests.ask(citizen, wanted(), SIGNED_IN, now=NOW)
    errands.tell_request({"request": made.id}, now=NOW)
    requests.answer_with_words(town.clerk(), made.id, requests.Reply.PHONE, "路不通。", now=NOW)
    errands.tell_request({"request": made.id}, now=NOW)

    assert "11月24日 星期二 17:30 前答复您" in texts[0].text
    assert texts[1].text.startswith("您的上门请求有答复了")


def test_a_request_is_answered_once_and_few_wait_for_a_number(citizen):
    first, *_ = [requests.ask(citizen, wanted(), SIGNED_IN, now=NOW) for _ in range(3)]

    with pytest.raises(Rejected):
        requests.ask(citizen, wanted(), SIGNED_IN, now=NOW)
    requests.answer_with_time(town.clerk(), first.id, at("10:00", ahead=1), now=NOW)
    with pytest.raises(Conflict):
        requests.answer_with_words(town.clerk(), first.id, requests.Reply.LATER, "无", now=NOW)
    with pytest.raises(Conflict):
        requests.withdraw(ANYONE, first.link, now=NOW)


def test_a_request_is_taken_back_once(citizen):
    made = requests.ask(citizen, wanted(), SIGNED_IN, now=NOW)

    assert [requests.withdraw(ANYONE, made.link, now=NOW).state for _ in range(2)] == ["withdrawn"] * 2


def test_where_no_team_goes_the_nearest_centre_answers(citizen, unit):
    far = Where(ordering.Home("430281", village.home().spot), "别处 1 号")

    made = requests.ask(citizen, wanted(where=far), SIGNED_IN, now=NOW)

    assert made.station_id == "far"
    with pytest.raises(NotFound, match="visit_nobody_near"):
        requests.ask(citizen, wanted(where=Where(ordering.Home("4302", village.home().spot), "x")), SIGNED_IN, now=NOW)


def test_nobody_but_staff_sees_requests(citizen):
    assert session().scalars(select(VisitRequest).where(requests.visible_to(citizen))).all() == []


def test_where_people_live_is_forgotten(citizen):
    made = ordering.order(citizen, wanted(whom=for_other("13800000009")), SIGNED_IN, now=NOW)
    answered = requests.ask(citizen, wanted(), SIGNED_IN, now=NOW)
    requests.withdraw(citizen, answered.link, now=NOW)

    errands.forget({}, now=NOW + timedelta(days=190))

    session().expire_all()
    visit = village.visit(made)
    assert {name: getattr(visit, name) for name in NOBODYS} == NOBODYS
    assert (visit.position, visit.visitee_link_index) == (errands.NOWHERE, None)
    assert (answered.asked, answered.phone, answered.phone_index, answered.person_id) == ({}, "", "", None)
    assert answered.state == "withdrawn"


def test_of_the_division_the_township_stays_while_stops_go_by_it_then_the_county(citizen):
    made = ordering.order(citizen, wanted(), SIGNED_IN, now=NOW)
    village.visit(made).division_code = "430211001002"
    session().flush()

    village.away("team0", "team0-0", village.TUESDAY)

    for days, code in ((29, "430211001002"), (32, "430211001"), (93, "430211")):
        errands.forget({}, now=NOW + timedelta(days=days))
        session().expire_all()
        assert village.visit(made).division_code == code
    assert len(village.roster_of("team0").workers[0].away) == 1
    errands.forget({}, now=NOW + timedelta(days=183))
    assert village.roster_of("team0").workers[0].away == ()


def test_a_request_nobody_answered_is_forgotten_says_so_and_is_no_longer_to_be_answered(citizen):
    young, old = (requests.ask(citizen, wanted(), SIGNED_IN, now=NOW + timedelta(days=days)) for days in (2, 0))
    task = session().scalars(select(Task).where(Task.key == f"visit_request:{old.id}")).one()

    for days in (181, 181):  # what was said instead stays
        errands.forget({}, now=NOW + timedelta(days=days))
    session().flush()
    session().expire_all()

    assert (old.asked, old.phone, old.phone_index, old.person_id) == ({}, "", "", None)
    assert (old.state, old.words) == ("alternative", requests.NOT_ANSWERED)
    assert task.done_at is not None
    assert requests.waiting(town.clerk(), now=NOW) == [young]
    for look in (requests.to_read, lambda *a, now: requests.answer_with_time(*a, at("10:00", ahead=1), now=now)):
        with pytest.raises(NotFound, match="visit_request_unknown"):
            look(town.clerk(), old.id, now=NOW)


def test_the_pace_is_learned_by_night(here):
    errands.learn({}, now=NOW)


def test_who_leaves_twice_frees_one_place(citizen):
    made = ordering.order(citizen, wanted(), SIGNED_IN, now=NOW)

    leaving.leave(made, now=NOW)
    leaving.leave(made, now=NOW)

    assert village.stops() == []
