"""Orders somebody has to agree to: the place is held from the request on, answered once, given back in time."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from appointments import approvals, booking, displaced, jobs, offers, queries, reminders, seen, waitlist
from appointments.models import SlotUse
from appointments.models.approval import Approval
from appointments.models.reminder import Reminder
from appointments.offers import ServiceKind
from appointments.waitlist import Entry
from core import sms
from core.db import keep, session
from core.errors import Conflict, Forbidden, NotFound, NotSignedIn
from core.identity import ANYONE
from core.outbox import Errand
from locator import queries as places
from tests.appointments import town
from tests.appointments.test_by_document import ask, do, people  # noqa: F401  # fixtures
from tests.appointments.town import SIGNED_IN, at, order
from tests.portal.browser import Browser
from tests.portal.working import sign_staff_in


@pytest.fixture
def strict(settings, with_settings, tmp_path):
    """A talk at the window has to be agreed to."""
    said = offers.BUNDLED.read_text("utf-8")
    (tmp_path / "services.toml").write_text(said.replace("minutes = 30\n", "minutes = 30\nneeds_approval = true\n", 1))
    with_settings(rules_dir=str(tmp_path))


@pytest.fixture
def texts():
    memory = sms.Memory()
    sms.use(memory)
    yield memory
    sms.use(None)


@pytest.fixture
def made(strict, here, citizen, now):
    return booking.book(citizen, order(at("15:00", 4)), SIGNED_IN, now=now)


def taken():
    return session().scalars(select(SlotUse.taken), execution_options={"populate_existing": True}).one()


def tell(texts, kind):
    errand = session().scalars(select(Errand).where(Errand.kind == kind)).all()[-1]
    {"appointment.told": jobs.tell, "approval.told": jobs.tell_answer}[kind](errand.payload, now=town.NOW)
    return texts.outgoing[-1].text


def test_the_place_is_held_and_the_person_knows_until_when(made, now, texts):
    (shown,) = seen.together([made], now=now)

    assert taken() == 1
    assert (shown.state_text, shown.approval_due_at) == ("等工作人员确认", now + timedelta(days=1))
    assert tell(texts, "appointment.told").startswith("您想约的时间：11月27日 星期五 15:00，位置已留，等工作人员确认")
    reminders.remind({"appointment": made.id}, now=at("15:01", 1))
    assert session().scalars(select(Reminder)).all() == []


def test_a_near_time_is_answered_by_half_way(strict, here, citizen, now):
    found = booking.book(citizen, order(at("15:30")), SIGNED_IN, now=now)

    assert approvals.pending([found.id]) == {found.id: now + timedelta(hours=3)}


@pytest.mark.parametrize(
    "expected", [(True, "booked", 1, "约好了：11月27日"), (False, "cancelled", 0, "这次办不了")], ids=["yes", "no"]
)
def test_it_is_answered_once(made, now, texts, expected):
    agrees, state, places_left, words = expected
    assert approvals.waiting(town.clerk(), now=now) == [made]

    approvals.answer(town.clerk(), made.id, agrees=agrees, now=now)

    assert (made.state, taken()) == (state, places_left)
    assert words in tell(texts, "approval.told")
    with pytest.raises(Conflict, match="approval_decided"):
        approvals.answer(town.clerk(), made.id, agrees=True, now=now)
    approvals.release({}, now=now + timedelta(days=2))
    assert (made.state, taken()) == (state, places_left)


def test_what_nobody_answers_in_time_is_given_back_and_said(made, now, texts):
    approvals.release({}, now=now + timedelta(hours=23))
    assert made.state == "booked"

    for _ in range(2):
        approvals.release({}, now=now + timedelta(hours=24))
    assert (made.state, taken()) == ("cancelled", 0)
    assert "没能按时确认" in tell(texts, "approval.told")


def test_a_time_that_was_agreed_to_is_not_moved_past_whoever_agrees(made, now, texts):
    approvals.answer(town.clerk(), made.id, agrees=True, now=now)
    booking.change(ANYONE, made.link, at("16:00", 4), now=now)

    assert approvals.waiting(town.clerk(), now=now) == [made]
    assert "等工作人员确认" in tell(texts, "appointment.told")
    approvals.answer(town.clerk(), made.id, agrees=False, now=now)
    assert (made.state, taken_at("16:00")) == ("cancelled", 0)
    assert "这次办不了" in tell(texts, "approval.told")


def test_a_request_that_is_moved_is_judged_by_its_new_time(made, now):
    booking.change(ANYONE, made.link, at("16:00"), now=now)

    assert approvals.pending([made.id]) == {made.id: now + (at("16:00") - now) / 2}


def test_a_freed_place_and_one_instead_of_another_are_agreed_to_as_well(made, neighbour, now):
    days = (at("12:00", 4).date(),) * 2
    entry = Entry(town.code(), ServiceKind.WINDOW_TALK, *days, "刘女士")
    waits = waitlist.join(neighbour, entry, SIGNED_IN, now=now)
    booking.cancel(ANYONE, made.link, now=now)
    served = waitlist.accept(ANYONE, waits.link, now=now)
    assert approvals.waiting(town.clerk(), now=now) == [served]

    displaced.take_back(served, "", now=now)
    session().flush()
    served.confirmed_at = now
    chosen = displaced.choose(
        ANYONE, served.link, town.code(), ServiceKind.WINDOW_TALK, at("16:00", 3), now=now + timedelta(days=1, hours=1)
    )
    approvals.release({}, now=now + timedelta(days=1, hours=2))
    assert (chosen.state, chosen.confirmed_at) == ("booked", None)
    assert approvals.waiting(town.clerk(), now=now) == [chosen]
    displaced.take_back(chosen, "", now=now)
    _, free = queries.next_free(town.code(), now=now)
    other = displaced.choose(ANYONE, served.link, town.code(), ServiceKind.PHONE_CALLBACK, free.starts_at, now=now)
    assert approvals.pending([other.id]) == {}


def test_nobody_is_told_at_night_that_nobody_agreed(strict, here, citizen, now, texts):
    booking.book(citizen, order(at("15:00", 4)), SIGNED_IN, now=at("23:00"))
    approvals.release({}, now=at("23:05", 1))

    (told,) = session().scalars(select(Errand).where(Errand.kind == "approval.told"))
    assert told.due_at == at("08:00", 2)


def test_what_was_given_back_before_the_answer_went_out_is_not_confirmed(made, now, texts):
    approvals.answer(town.clerk(), made.id, agrees=True, now=now)
    booking.cancel(ANYONE, made.link, now=now)
    (told,) = session().scalars(select(Errand).where(Errand.kind == "approval.told"))

    jobs.tell_answer(told.payload, now=now)

    assert texts.outgoing == []


def taken_at(clock):
    asked = select(SlotUse.taken).where(SlotUse.starts_at == at(clock, 4))
    return session().scalars(asked, execution_options={"populate_existing": True}).one()


def test_what_the_person_gave_back_needs_no_answer(made, now):
    booking.cancel(ANYONE, made.link, now=now)

    assert approvals.waiting(town.clerk(), now=now) == []
    with pytest.raises(Conflict, match="approval_decided"):
        approvals.answer(town.clerk(), made.id, agrees=True, now=now)
    approvals.release({}, now=now + timedelta(days=2))
    assert taken() == 0
    assert session().get_one(Approval, made.id).answer == "released"
    assert session().scalars(select(Errand).where(Errand.kind == "approval.told")).all() == []


def test_somebody_who_was_quicker_is_not_answered_over(made, now, monkeypatch):
    other = booking.book(town.citizen("13800000005"), order(at("16:00", 4)), SIGNED_IN, now=now)

    def meanwhile(_place, *, now):
        found = session().scalars(select(Approval).where(Approval.decided_at.is_(None))).one()
        found.decided_at, found.answer = now, "agreed"
        session().flush()

    monkeypatch.setattr(approvals.offering, "pass_on", meanwhile)
    approvals.release({}, now=now + timedelta(days=2))

    assert sorted((made.state, other.state)) == ["booked", "cancelled"]


def test_strangers_neither_see_nor_answer(made, citizen, now):
    for stranger, refusal in ((ANYONE, NotSignedIn), (citizen, Forbidden)):
        with pytest.raises(refusal):
            approvals.waiting(stranger, now=now)
        with pytest.raises(refusal):
            approvals.answer(stranger, made.id, agrees=True, now=now)
    assert approvals.waiting(town.clerk("430281"), now=now) == []
    with pytest.raises(NotFound, match="appointment_unknown"):
        approvals.answer(town.clerk("430281"), made.id, agrees=True, now=now)


def test_what_needs_no_answer_is_not_asked_for(here, citizen, now):
    found = booking.book(citizen, order(), SIGNED_IN, now=now)

    with pytest.raises(NotFound, match="approval_unknown"):
        approvals.answer(town.clerk(), found.id, agrees=True, now=now)


def test_by_document(ask, do, people, strict):  # noqa: F811
    found = keep(lambda: booking.book(people[0], order(at("15:00", 4)), SIGNED_IN, now=town.NOW))
    (waiting,) = ask("DeskApprovals", town.clerk())["approvalsWaiting"]
    assert waiting["appointment"]["approvalDueAt"] == town.NOW + timedelta(days=1)
    with pytest.raises(Forbidden):
        do("AnswerApproval", people[1], appointment=found.id, agrees=True)

    assert do("AnswerApproval", town.clerk(), appointment=found.id, agrees=True)["problems"] == []
    assert ask("DeskApprovals", town.clerk())["approvalsWaiting"] == []


def test_on_pages(strict, client, db):
    browser = Browser(client)

    def work():
        town.put_up()
        return booking.book(town.citizen(), order(at("15:00", 4)), SIGNED_IN, now=town.NOW).link

    link = keep(work)
    with time_machine.travel(town.NOW, tick=False):
        assert "最晚 2026年11月24日 09:30 答复" in browser.look(f"/visits/of/{link}").words
        sign_staff_in(client, "station_clerk")
        browser.look("/desk/approvals")
        assert "王女士" in browser.words
        browser.fill("/desk/approvals", button=("answer", "yes"))
        assert "没有等确认的预约" in browser.words
        assert "等工作人员确认" not in browser.look(f"/visits/of/{link}").words
    places.forget()
