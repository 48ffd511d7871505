"""What came of it, how it was, why somebody did not come: by link, kindly, and not to be traced by staff."""

from datetime import date, timedelta

import pytest

from appointments import attendance, booking, tasks
from appointments.aftercare import jobs as afterwards
from appointments.aftercare import missed, outcomes, ratings, rules
from appointments.aftercare.missed import Why
from appointments.aftercare.outcomes import OutcomeKind, Said
from appointments.aftercare.ratings import Given
from appointments.models.aftercare import Missed, Outcome, Rating
from appointments.models.home_visit import AccessProfile
from appointments.needs import AccessNeed
from appointments.states import AppointmentState
from appointments.tasks import Ask, TaskReason, TaskResult
from core import sms
from core.db import session
from core.errors import Conflict, Forbidden, Malformed, NotFound, NotSignedIn, Rejected
from core.identity import ANYONE, Actor, ActorKind
from core.outbox import Errand
from tests.appointments import town
from tests.appointments.town import NOW, SIGNED_IN, at, order

DONE, NO_SHOW = AppointmentState.DONE, AppointmentState.NO_SHOW
LATER = at("15:40")


@pytest.fixture
def texts():
    memory = sms.Memory()
    sms.use(memory)
    yield memory
    sms.use(None)


@pytest.fixture
def made(citizen, now):
    return booking.book(citizen, order(), SIGNED_IN, now=now)


def ended(made, state, *, now=LATER):
    """End an appointment, and do the errand that comes of it."""
    attendance.mark(town.clerk(), made.id, state, now=now)
    session().flush()
    handler = {DONE: afterwards.ask_how_it_was, NO_SHOW: afterwards.ask_why}[state]
    handler({"appointment": made.id}, now=now)
    session().flush()
    return made


def rate(made, score, *, now=LATER, **given):
    found = ratings.rate(ANYONE, made.link, Given(score, **given), now=now)
    session().flush()
    return found


def waiting(now=LATER):
    session().expire_all()
    return tasks.waiting(town.clerk(), now=now)


def test_staff_say_what_came_of_it_and_the_later_word_counts(made):
    outcomes.record(town.clerk(), made.id, Said(OutcomeKind.ADVISED, " 不用再来 "), now=LATER)
    session().flush()
    outcomes.record(town.clerk(), made.id, Said(OutcomeKind.AGAIN, "周三再来", date(2026, 11, 25)), now=LATER)

    found = outcomes.of(made.id)
    assert (made.state, found.outcome, found.next_step, found.next_on) == (
        "done",
        "again",
        "周三再来",
        date(2026, 11, 25),
    )
    assert session().query(Errand).filter_by(kind="appointment.done").count() == 1


def test_all_that_is_wrong_with_an_outcome_is_said_at_once(made):
    said = Said(OutcomeKind.ADVISED, "长" * 201, date(2026, 11, 22))
    with pytest.raises(Rejected) as rejected:
        outcomes.record(town.clerk(), made.id, said, now=LATER)
    assert [one.code for one in rejected.value.problems] == ["outcome_step_long", "outcome_day_past"]
    with pytest.raises(Rejected, match="rejected"):
        outcomes.record(town.clerk(), made.id, Said(OutcomeKind.ADVISED, " "), now=LATER)
    booking.cancel(ANYONE, made.link, now=NOW)
    session().flush()
    with pytest.raises(Conflict, match="appointment_state_unfit"):
        outcomes.record(town.clerk(), made.id, Said(OutcomeKind.ADVISED, "x"), now=LATER)


def test_only_staff_of_the_region_say_what_came_of_it_and_see_figures(made, citizen):
    said = Said(OutcomeKind.ADVISED, "不用再来")
    with pytest.raises(NotFound):
        outcomes.record(town.clerk("430281"), made.id, said, now=LATER)
    for stranger, refusal in ((ANYONE, NotSignedIn), (citizen, Forbidden), (Actor("s", ActorKind.STAFF), Forbidden)):
        with pytest.raises(refusal):
            outcomes.record(stranger, made.id, said, now=LATER)
        with pytest.raises(refusal):
            ratings.figures(stranger, now=LATER)


def test_a_text_asks_how_it_was_once_and_never_at_night(made, texts):
    ended(made, DONE, now=at("21:30"))
    afterwards.ask_how_it_was({"appointment": made.id}, now=LATER)

    assert session().query(Errand).filter_by(kind="appointment.done").one().due_at == at("08:00", 1)
    (text,) = texts.outgoing
    assert text.text.endswith(f"/visits/of/{made.link}/rate")
    assert not any(told in text.text for told in ("法律", "王女士", "窗口"))


def test_a_low_rating_has_somebody_answer_by_the_end_of_the_next_working_day(made, texts):
    ended(made, DONE)
    assert ratings.asked(ANYONE, made.link, now=LATER).can_rate
    assert not ratings.asked(ANYONE, made.link, now=LATER).is_low
    rate(made, 2, words=" 等了太久 ")

    (task,) = waiting()
    assert (task.reason, task.due_at) == (TaskReason.LOW_RATING, at("17:30", 1))
    assert (task.name, task.phone, task.subject) == (ratings.NO_NAME, "", "rating")
    assert task.note == "到窗口面谈，不满意。等了太久"
    rate(made, 1, wants_call=True)
    (task,) = waiting()
    assert (task.name, task.phone) == ("王女士", "13800000001")

    tasks.finish(town.clerk(), task.id, TaskResult.REACHED, "已经加开窗口", now=LATER)
    session().flush()
    afterwards.tell_what_came_of_it({"task": task.id}, now=LATER)
    found = ratings.asked(ANYONE, made.link, now=LATER)
    assert (found.rating.answer, found.rating.answered_at) == ("已经加开窗口", LATER)
    assert texts.outgoing[-1].text.startswith("您提的意见有答复了")


def test_a_rating_can_be_changed_for_a_while_and_a_better_one_calls_nobody(made, texts):
    ended(made, DONE)
    rate(made, 1)
    rate(made, 5, now=LATER + timedelta(hours=72))
    assert waiting() == []
    rate(made, 2, now=LATER + timedelta(hours=72))
    assert len(waiting()) == 1

    with pytest.raises(Conflict, match="rating_settled"):
        rate(made, 5, now=LATER + timedelta(hours=73))
    with pytest.raises(NotFound, match="rating_link_unknown"):
        rate(made, 5, now=LATER + timedelta(days=15))


def test_what_is_no_rating_is_refused(made, texts):
    for link in (made.link, "x"):
        with pytest.raises(NotFound):
            ratings.asked(ANYONE, link, now=LATER)
    ended(made, DONE)
    with pytest.raises(Malformed):
        rate(made, 6)
    with pytest.raises(Rejected):
        rate(made, 5, words="长" * 301)


def test_figures_say_who_never_answered_and_nothing_of_so_few(made, texts):
    ended(made, DONE)
    rate(made, 4)
    few = ratings.figures(town.clerk(), now=LATER)
    assert (few.asked, few.answered, few.scores) == (1, 1, {})

    for number in range(5):
        more = booking.book(town.citizen(f"1390000000{number}"), order(at("16:00", number)), SIGNED_IN, now=NOW)
        ended(more, DONE, now=at("16:30", number))
        if number:
            rate(more, 5, now=at("16:31", number))
    found = ratings.figures(town.clerk(), now=at("18:00", 4))
    assert (found.asked, found.answered, found.scores) == (6, 5, {5: 4, 4: 1, 3: 0, 2: 0, 1: 0})
    assert ratings.figures(town.clerk("430281"), now=LATER).asked == 0


def test_who_did_not_come_is_asked_kindly_and_says_why(made, texts):
    ended(made, NO_SHOW)
    afterwards.ask_why({"appointment": made.id}, now=LATER)
    assert session().query(Errand).filter_by(kind="appointment.missed").one().due_at == at("16:10")
    (text,) = texts.outgoing
    assert text.text.endswith("/missed")

    missed.explain(ANYONE, made.link, Why.HEALTH, wants_call=True, now=LATER)
    session().flush()
    (task,) = waiting()
    assert (task.reason, task.name, task.phone) == (TaskReason.NO_SHOW, "王女士", "13800000001")
    assert task.note.endswith("身体不舒服，或行动不便")
    missed.explain(ANYONE, made.link, Why.SOLVED, wants_call=False, now=LATER)
    assert waiting() == []
    missed.explain(ANYONE, made.link, Why.CAME, wants_call=False, now=LATER)
    session().flush()
    assert len(waiting()) == 1  # somebody says they came: a person looks
    with pytest.raises(NotFound, match="missed_link_unknown"):
        missed.asked(ANYONE, made.link, now=LATER + timedelta(days=15))


def test_a_slip_put_right_texts_nobody(made, texts):
    attendance.mark(town.clerk(), made.id, NO_SHOW, now=LATER)
    attendance.mark(town.clerk(), made.id, AppointmentState.ARRIVED, now=LATER)
    session().flush()
    afterwards.ask_why({"appointment": made.id}, now=LATER)

    assert texts.outgoing == []


def absent(citizen, times, **given):
    """Have somebody not come, again and again; one more order lies ahead of them."""
    for number in range(times):
        one = booking.book(citizen, order(at("16:00", number), **given), SIGNED_IN, now=NOW)
        one.state = NO_SHOW.value
    booking.book(citizen, order(at("15:00", 7)), SIGNED_IN, now=NOW)
    session().flush()


def one_more(citizen, **given):
    return booking.book(citizen, order(at("15:00", 8), **given), SIGNED_IN, now=at("18:00", 4))


def test_who_often_did_not_come_orders_one_at_a_time(citizen):
    absent(citizen, 3)
    with pytest.raises(Rejected) as rejected:
        one_more(citizen)
    assert [one.code for one in rejected.value.problems] == ["appointments_missed_often"]


@pytest.mark.parametrize("times", [0, 2])
def test_who_seldom_did_not_come_is_not_held_back(citizen, times):
    absent(citizen, times)
    assert one_more(citizen)


def test_whoever_is_in_need_is_never_held_back(citizen):
    absent(citizen, 3)
    assert one_more(citizen, needs=(AccessNeed.WHEELCHAIR,))


def test_nor_is_who_ever_said_what_they_need(citizen):
    absent(citizen, 3, needs=(AccessNeed.WRITING,))
    assert one_more(citizen)


def test_nor_is_who_told_us_once_for_all(citizen):
    absent(citizen, 3)
    said = {"said": {}, "agreed_edition": "1", "agreed_at": NOW, "changed_at": NOW}
    session().add(AccessProfile(person_id=citizen.id, **said))
    session().flush()
    assert one_more(citizen)


def test_nor_is_who_had_a_reason(citizen):
    absent(citizen, 3)
    for one in session().query(attendance.Appointment).filter_by(state="no_show"):
        session().add(Missed(appointment_id=one.id, asked_at=NOW, why=Why.HEALTH.value, wants_call=False))
    session().flush()
    assert one_more(citizen)


def test_words_are_forgotten_after_half_a_year_and_figures_stay(made, texts):
    outcomes.record(town.clerk(), made.id, Said(OutcomeKind.ADVISED, "不用再来"), now=LATER)
    session().flush()
    afterwards.ask_how_it_was({"appointment": made.id}, now=LATER)
    rate(made, 1, words="太久")
    session().add(Missed(appointment_id=made.id, asked_at=LATER, why="", wants_call=False))
    session().flush()
    afterwards.forget({}, now=LATER + timedelta(days=181))
    session().expire_all()

    rating, outcome = session().get(Rating, made.id), session().get(Outcome, made.id)
    assert (rating.words, rating.score, outcome.next_step, outcome.outcome) == ("", 1, "", "advised")
    assert session().get(Missed, made.id) is None


def test_nobody_is_texted_whose_number_is_forgotten(made, texts):
    made.phone = ""
    ended(made, NO_SHOW)
    attendance.mark(town.clerk(), made.id, AppointmentState.ARRIVED, now=LATER)
    ended(made, DONE)
    assert texts.outgoing == []


def test_an_answer_to_a_forgotten_number_and_a_task_nothing_follows_from_text_nobody(made, texts):
    ended(made, DONE)
    rate(made, 1)
    made.phone = ""
    other = tasks.open(Ask("near", TaskReason.REMINDER, "x", "x", LATER), now=LATER)
    session().flush()
    for task in (*waiting(), other):
        afterwards.tell_what_came_of_it({"task": task.id}, now=LATER)

    assert len(texts.outgoing) == 1


def test_a_file_of_rules_that_is_wrong_starts_nothing(tmp_path):
    assert rules._rules(str(tmp_path)).rating["low"] == 2
    (tmp_path / "aftercare.toml").write_text("[rating]\n")
    with pytest.raises(rules.AftercareError, match=r"aftercare\.toml"):
        rules._rules(f"{tmp_path}/")
