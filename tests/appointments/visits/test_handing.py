"""A team that cannot keep what it promised: others go at the same time, or another time is offered and told."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from appointments import attendance, booking, displaced
from appointments.models import Appointment
from appointments.models.home_visit import HomeVisit
from appointments.models.task import Task
from appointments.models.team import VisitShift, VisitTeam
from appointments.offers import ServiceKind
from appointments.states import AppointmentState
from appointments.visits import handing, jobs, leaving, ordering, showing
from core import sms
from core.db import session
from core.errors import Conflict
from core.identity import ANYONE
from core.outbox import Errand
from locator.hours.span import Span
from tests.appointments import town
from tests.appointments.town import NOW, at
from tests.appointments.visits import village
from tests.appointments.visits.village import TUESDAY, Relation, Whom, home, ordered, stops


@pytest.fixture
def sent(monkeypatch):
    texts = []
    monkeypatch.setattr(sms, "send", lambda number, words: texts.append((number, words)))
    return texts


def refit(team="team0", on=TUESDAY, lost=()):
    handing.refit({"team": team, "on": on.isoformat(), "lost": list(lost)}, now=NOW)


def told(kind):
    return [one.payload for one in session().scalars(select(Errand).where(Errand.kind == kind))]


def nobody_left():
    village.away("team0", "team0-0", TUESDAY)


def with_teams():
    made = ordered(at("10:00", ahead=1))
    village.team("other")
    return made


def test_others_go_at_the_same_time_and_it_is_told(here, sent):
    made = with_teams()
    nobody_left()

    refit()
    refit()

    visit = village.visit(made)
    assert (visit.team_id, visit.on, visit.window_from) == ("other", TUESDAY, 600)
    assert (stops(), stops("other")) == ([], [(made.id, 600)])
    assert (made.state, made.starts_at, made.sequence) == ("booked", at("10:00", ahead=1), 1)
    (payload,) = told("visit.handed_over")
    jobs.tell_handed_over(payload, now=NOW)
    assert [number for number, _ in sent] == [made.phone]
    assert "上门时间不变" in sent[0][1]
    assert "/visits/of/" in sent[0][1]
    jobs.tell_handed_over({**payload, "sequence": 0}, now=NOW)
    assert len(sent) == 1


def test_whoever_is_visited_is_told_too_where_another_ordered(here, sent):
    whom = Whom("老王", "139 0000 0009", Relation.CARER, agreed=True)
    first = ordered(at("10:00", ahead=1), whom=whom)
    second = ordered(at("14:00", ahead=1), "13900000002", whom=replace(whom, phone="13900000008"))
    village.team("other", opens=540, closes=780)
    nobody_left()

    refit()

    for kind, act in (("visit.handed_over", jobs.tell_handed_over), ("visit.taken_back", jobs.tell_taken_back)):
        for payload in told(kind):
            act(payload, now=NOW)
    assert [number for number, _ in sent] == [first.phone, "13900000009", "13900000008"]
    assert "/home-visits/undo/" in sent[1][1]
    assert "办不了了" in sent[2][1]
    assert second.state == "cancelled"


def test_where_nobody_can_come_it_is_taken_back_and_somebody_rings(here, sent):
    made = ordered(at("10:00", ahead=1))
    village.away("team0", None, TUESDAY)

    refit()

    assert (made.state, stops()) == ("cancelled", [])
    assert displaced.why(made) == "上门人员有变动"
    (payload,) = told("appointment.displaced")
    displaced.tell(payload, now=NOW)
    assert "换一个请点" in sent[0][1]
    assert [task.phone for task in session().scalars(select(Task))] == [made.phone]
    jobs.tell_taken_back(told("visit.taken_back")[0], now=NOW)
    assert len(sent) == 1  # it was their own visit: they are told once


def test_another_window_is_chosen_by_the_same_link(here):
    made = ordered(at("10:00", ahead=1))
    village.away("team0", None, TUESDAY)
    refit()
    displaced.tell(told("appointment.displaced")[0], now=NOW)
    assert showing.shown(made, now=NOW).appointment.can_change is False

    ordering.change(ANYONE, made.link, at("10:00", ahead=2), now=at("09:30", ahead=1))

    assert (made.state, made.starts_at, displaced.why(made)) == ("booked", at("10:00", ahead=2), None)
    assert stops(on=TUESDAY + timedelta(days=1)) == [(made.id, 600)]
    assert session().scalars(select(Task)).one().result == "dropped"
    booking.cancel(ANYONE, made.link, now=NOW)
    with pytest.raises(Conflict, match="not_open"):
        ordering.change(ANYONE, made.link, at("11:00", ahead=2), now=NOW)


def test_a_talk_instead_is_no_visit_any_more(here):
    made = ordered(at("10:00", ahead=1))
    village.away("team0", None, TUESDAY)
    refit()

    displaced.choose(ANYONE, made.link, town.code(), ServiceKind.WINDOW_TALK, at("10:00", ahead=2), now=NOW)

    assert (made.service, made.state) == ("window_talk", "booked")
    assert session().get(HomeVisit, made.id) is None
    jobs.tell_taken_back(told("visit.taken_back")[0], now=NOW)


def test_only_whoever_is_named_is_given_on_and_the_others_are_told_where_it_moves(here):
    first = ordered(at("10:00", ahead=1))
    second = ordered(at("11:00", ahead=1), "13900000002", where=village.Where(home(0.06), "别处 1 号"))
    village.team("other")

    refit(lost=[first.id])

    assert village.visit(first).team_id == "other"
    assert [key for key, _ in stops()] == [second.id]
    assert [one["appointment"] for one in told("visit.moved")] == [second.id]


def test_who_changed_it_meanwhile_has_the_word(here):
    made = ordered(at("10:00", ahead=1))
    booking.cancel(ANYONE, made.link, now=NOW)

    handing.give_on(made.id, "team0", TUESDAY, now=NOW)

    assert told("visit.taken_back") == []


def test_a_shorter_day_keeps_whom_it_can_and_gives_the_others_on(here):
    early = ordered(at("10:00", ahead=1))
    late = ordered(at("15:00", ahead=1), "13900000002")
    session().scalars(select(VisitShift)).one().opens = 780
    session().flush()

    refit()
    refit()

    assert early.state == "cancelled"
    assert [key for key, _ in stops()] == [late.id]
    assert village.round_of().opens == 780
    assert AppointmentState(late.state) is AppointmentState.BOOKED


def test_hours_that_leave_nothing_of_a_day_leave_nobody_in_it(here):
    ordered(at("10:00", ahead=1))
    shift = session().scalars(select(VisitShift)).one()
    shift.opens, shift.closes = 1020, 1140
    session().flush()

    refit()

    assert stops() == []


def test_on_the_day_itself_the_hours_stand(here):
    late = ordered(at("15:00", ahead=1))
    session().scalars(select(VisitShift)).one().opens = 780
    session().flush()

    handing.refit({"team": "team0", "on": TUESDAY.isoformat(), "lost": []}, now=at("10:00", ahead=1))

    assert village.round_of().opens == 540
    assert [key for key, _ in stops()] == [late.id]


def test_hours_in_which_a_visit_cannot_be_kept_change_nothing_while_it_stands(here):
    ordered(at("10:00", ahead=1))

    leaving.shorten(village.roster_of("team0"), TUESDAY, Span(780, 1020), now=NOW)

    assert village.round_of().opens == 540


def test_whoever_was_visited_already_stays(here):
    made = ordered(at("10:00", ahead=1))
    attendance.mark(town.clerk(), made.id, AppointmentState.ARRIVED, now=at("10:00", ahead=1))
    nobody_left()

    refit()

    assert village.visit(made).team_id == "team0"


def test_days_nobody_can_keep_are_found_every_day(here):
    made = ordered(at("10:00", ahead=1))
    ordered(at("10:00", ahead=2), "13900000002")
    session().get_one(VisitTeam, "team0").retired_on = TUESDAY + timedelta(days=5)
    nobody_left()

    jobs.look_ahead({}, now=NOW)

    assert told("visit.day_refit") == [{"team": "team0", "on": "2026-11-24", "lost": [made.id]}]
    assert session().get_one(Appointment, made.id).state == "booked"
