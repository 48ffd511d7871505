"""Volunteers who come along: found by what is needed, asked, answering for themselves, never told whose door it is."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from appointments import booking, displaced, volunteers
from appointments.models.task import Task
from appointments.models.volunteer import Volunteer, VolunteerMatch
from appointments.needs import AccessNeed
from appointments.offers import ServiceKind
from appointments.visits import companions, handing, ordering
from appointments.visits.wishes import Language, Wishes
from appointments.volunteers import Skill
from core import sms
from core.db import session
from core.errors import Conflict, Forbidden, NotFound, NotSignedIn
from core.identity import ANYONE
from core.outbox import Errand
from tests.appointments import town
from tests.appointments.town import NOW, SIGNED_IN, at, order
from tests.appointments.visits import village
from tests.appointments.visits.village import TUESDAY, ordered

SIGNS = Wishes(needs=frozenset({AccessNeed.SIGN_LANGUAGE}))


@pytest.fixture
def sent(monkeypatch):
    texts = []
    monkeypatch.setattr(sms, "send", lambda number, words: texts.append((number, words)))
    return texts


def volunteer(which="helper", *, skills=("sign_language",), region=village.COUNTY, accepted=True):
    known = {"name": f"{which}先生", "phone": "13700000000", "phone_index": which, "link": which}
    index = volunteers._index(which)
    told = {"division_code": region, "skills": list(skills), "link_index": index, "asked_at": NOW}
    since = {"accepted_at": NOW, "accepted_by": "clerk"} if accepted else {}
    row = Volunteer(id=which, **known, **told, **since)
    session().add(row)
    session().flush()
    return row


@pytest.fixture
def visit(here):
    """A visit in a week to somebody who signs."""
    return ordered(at("10:00", ahead=8), wishes=SIGNS)


def ask(made, which="helper", now=NOW):
    return companions.ask(town.clerk(), made.id, which, now=now)


def answer(made, accepts, which="helper", now=NOW):
    return companions.answer(ANYONE, which, made.id, accepts=accepts, now=now)


def told(kind):
    return [one.payload for one in session().scalars(select(Errand).where(Errand.kind == kind))]


def found(made):
    return [(one.row.id, one.skill, one.state) for one in companions.of_visit(town.clerk(), made.id, now=NOW).found]


def test_what_helps_follows_from_what_is_needed():
    needs = frozenset({AccessNeed.READ_ALOUD, AccessNeed.WHEELCHAIR, AccessNeed.ELDERLY})

    assert companions.wanted(Wishes(needs=needs)) == [Skill.ESCORT, Skill.WRITING]
    assert companions.wanted(Wishes(language=Language.MIAO)) == [Skill.DIALECT]
    assert companions.wanted(Wishes()) == []


def test_those_who_can_help_there_are_proposed_who_was_asked_least_first(visit):
    volunteer("busy", skills=("escort", "sign_language"))
    volunteer("idle")
    volunteer("unable", skills=("dialect",))
    volunteer("elsewhere", region="430281")
    volunteer("unknown", accepted=False)
    other = ordered(at("13:00", ahead=8), "13900000002", wishes=SIGNS)
    ask(other, "busy")

    assert found(visit) == [("idle", Skill.SIGN_LANGUAGE, ""), ("busy", Skill.SIGN_LANGUAGE, "")]


def test_a_volunteer_is_asked_once_and_told_nothing_of_whom(visit, sent):
    volunteer()
    made = ask(visit)
    assert ask(visit) is made

    (payload,) = told("visit.companion_asked")
    companions.tell_asked(payload, now=NOW)
    ((number, words),) = sent
    assert number == "13700000000"
    assert "会手语" in words
    (asked,) = companions.asked_of(ANYONE, "helper", now=NOW)
    assert (asked.starts_at, asked.ends_at - asked.starts_at) == (visit.starts_at, timedelta(hours=1))
    shown = f"{words} {asked.region} {asked.station.name}"
    assert not any(theirs in shown for theirs in ("幸福路", "王女士", visit.phone))
    made.state, made.answered_at = "declined", NOW
    companions.tell_asked(payload, now=NOW)
    assert len(sent) == 1


def test_they_answer_for_themselves_and_whoever_takes_it_back_is_replaced(visit):
    volunteer()
    made = ask(visit)

    assert answer(made, accepts=True).state == "accepted"
    assert found(visit) == [("helper", Skill.SIGN_LANGUAGE, "accepted")]
    assert session().scalars(select(Task)).all() == []
    assert answer(made, accepts=False).state == "declined"
    assert [task.reason for task in session().scalars(select(Task))] == ["companion"]
    for which, when in ((made, at("10:00", ahead=8)), (VolunteerMatch(id="nothing"), NOW)):
        with pytest.raises(NotFound, match="companion_over"):
            answer(which, accepts=True, now=when)


def test_nobody_answers_for_another(visit):
    volunteer()
    volunteer("other")
    made = ask(visit)

    with pytest.raises(NotFound, match="companion_over"):
        answer(made, accepts=True, which="other")
    with pytest.raises(NotFound, match="volunteer_unknown"):
        answer(made, accepts=True, which="stranger")


def test_only_who_could_help_is_asked_and_only_while_it_lies_ahead(visit, citizen):
    volunteer()
    volunteer("unable", skills=("writing",))
    talk = booking.book(citizen, order(), SIGNED_IN, now=NOW)
    for which in ("unable", "nobody"):
        with pytest.raises(NotFound, match="volunteer_unknown"):
            ask(visit, which)
    with pytest.raises(NotFound, match="appointment_unknown"):
        ask(talk)
    with pytest.raises(Conflict):
        ask(visit, now=at("10:00", ahead=8))


def test_it_is_the_business_of_the_staff_of_the_region(visit, citizen):
    volunteer()
    for stranger, refusal in ((ANYONE, NotSignedIn), (citizen, Forbidden), (town.clerk("430281"), NotFound)):
        for act in (
            lambda who: companions.of_visit(who, visit.id, now=NOW),
            lambda who: companions.ask(who, visit.id, "helper", now=NOW),
        ):
            with pytest.raises(refusal):
                act(stranger)


def test_whoever_said_yes_is_told_where_it_is_off_and_may_be_asked_anew(visit, sent):
    volunteer()
    volunteer("undecided")
    made, other = ask(visit), ask(visit, "undecided")
    answer(made, accepts=True)

    ordering.change(ANYONE, visit.link, at("10:00", ahead=9), now=NOW)

    assert (made.state, other.state, companions.asked_of(ANYONE, "helper", now=NOW)) == ("over", "over", [])
    (payload,) = told("visit.companion_over")
    companions.tell_over(payload, now=NOW)
    assert "不用去了" in sent[0][1]
    assert ask(visit) is made
    assert made.state == "asked"
    booking.cancel(ANYONE, visit.link, now=NOW)
    assert made.state == "over"


def test_a_visit_nobody_can_keep_needs_nobody_along_and_a_talk_instead_forgets_them(here):
    made = ordered(at("10:00", ahead=1), wishes=Wishes(needs=frozenset({AccessNeed.WHEELCHAIR})))
    volunteer(skills=("escort",))
    answer(ask(made), accepts=True)
    village.away("team0", None, TUESDAY)

    handing.refit({"team": "team0", "on": TUESDAY.isoformat(), "lost": []}, now=NOW)
    assert len(told("visit.companion_over")) == 1
    displaced.choose(ANYONE, made.link, town.code(), ServiceKind.WINDOW_TALK, at("10:00", ahead=2), now=NOW)

    assert session().scalars(select(VolunteerMatch)).all() == []


def test_a_volunteer_who_leaves_is_replaced_and_told_nothing_more(visit, sent):
    row = volunteer()
    made = ask(visit)
    (asked,) = told("visit.companion_asked")
    answer(made, accepts=True)

    volunteers.leave(ANYONE, "helper", now=NOW)
    (payload,) = told("volunteer.left")
    companions.forget(payload, now=NOW)

    session().refresh(made)
    assert made.state == "over"
    assert len(session().scalars(select(Task)).all()) == 1
    companions.tell_asked(asked, now=NOW)
    companions.tell_over({"volunteer": row.id, "when": ""}, now=NOW)
    assert sent == []


def test_where_nobody_of_the_team_signs_somebody_is_looked_for_when_it_is_planned(visit):
    (payload,) = told("visit.interpreter_wanted")

    companions.propose(payload, now=NOW)
    companions.propose({**payload, "sequence": 9}, now=NOW)

    (task,) = session().scalars(select(Task))
    assert (task.reason, task.station_id) == ("companion", "near")
    assert "会手语" in task.note
    booking.cancel(ANYONE, visit.link, now=NOW)
    companions.propose({**payload, "sequence": visit.sequence}, now=NOW)
    assert len(session().scalars(select(Task)).all()) == 1
