"""Whoever the office cannot see is told why, with other times, and takes one by a tap: nobody is dropped."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from appointments import affected, booking, displaced, jobs, queries, refitting
from appointments.models import Appointment, SlotUse
from appointments.models.task import Task
from appointments.states import AppointmentState
from core.db import session
from core.errors import Conflict, Forbidden, NotFound, NotSignedIn, Rejected
from core.identity import ANYONE
from core.outbox import Errand
from locator import staffing
from locator.models import DutyShift, Station
from locator.staffing import Lawyer
from locator.upkeep import deviations
from locator.upkeep.deviations import NewDeviation
from tests.appointments import town
from tests.appointments.test_rotas import keeper
from tests.appointments.town import SIGNED_IN, TALK, VIDEO, at, order

MONDAY = at().date()
HANDLERS = {
    "directory.closed": refitting.after_a_closure,
    "directory.duty_lost": refitting.after_a_lost_shift,
    "appointment.displaced": displaced.tell,
    "appointment.told": jobs.tell,
}


@pytest.fixture
def texts(monkeypatch):
    sent = []
    monkeypatch.setattr("core.sms.send", lambda phone, text: sent.append((phone, text)))
    return sent


def booked(actor, now, **given):
    return booking.book(actor, order(**given), SIGNED_IN, now=now)


def carry_out(kind, now, *, until=None):
    for one in session().scalars(select(Errand).where(Errand.kind == kind)).all():
        if until is None or one.due_at <= until:
            HANDLERS[kind](one.payload, now=now)


def close(now, first=0, last=0, why="停电检修", spans=""):
    days = (MONDAY + timedelta(days=ahead) for ahead in (first, last))
    return deviations.add(keeper(), town.code(), NewDeviation(*days, spans, why), now=now)


def taken(row):
    which = (row.station_id, row.service, row.starts_at)
    return session().get(SlotUse, which, populate_existing=True).taken


def test_a_closure_releases_the_places_and_tells_each_person_once(citizen, neighbour, now, texts):
    gone, other = booked(citizen, now), booked(neighbour, now, starts_at=at("15:00", 3))
    close(now)
    for _ in range(2):
        carry_out("directory.closed", now)
    carry_out("appointment.displaced", now)

    assert (gone.state, other.state, taken(gone), taken(other)) == ("cancelled", "booked", 0, 1)
    ((phone, text),) = texts
    assert phone == "13800000001"
    assert "停电检修" in text
    assert f"/visits/of/{gone.link}/instead" in text
    assert len(text) <= 134  # two texts long
    (task,) = session().scalars(select(Task))  # it is today: somebody rings as well
    assert (task.reason, task.phone, task.due_at) == ("affected", phone, now + timedelta(hours=2))


def test_overlapping_closures_and_shorter_hours_take_an_order_back_once(citizen, now, texts):
    made = booked(citizen, now)
    close(now, 0, 0, spans="09:00-12:00")
    second = close(now, 1, 5)
    deviations.remove(keeper(), second.id, now=now)
    carry_out("directory.closed", now)
    carry_out("directory.closed", now)
    carry_out("appointment.displaced", now)

    assert len(texts) == 1
    assert made.sequence == 1


def test_a_time_instead_is_taken_by_a_tap_and_the_order_lives_on(citizen, now, texts):
    made = booked(citizen, now)
    close(now)
    carry_out("directory.closed", now)
    carry_out("appointment.displaced", now)

    found = displaced.instead(ANYONE, made.link, now=now)
    assert {one.kind.value for one in found.found} == {"time", "place", "mode"}
    assert (found.why, found.is_settled) == ("停电检修", False)
    for one in found.found:
        assert queries.free([one.station], [one.offer], one.slot.starts_at.date(), 1, now=now)
    place = next(one for one in found.found if one.kind.value == "place")
    moved = displaced.choose(ANYONE, made.link, place.station.code, place.offer.code, place.slot.starts_at, now=now)
    carry_out("appointment.told", now)

    assert (moved.reference, moved.state, moved.station_id, moved.sequence) == (made.reference, "booked", "next", 2)
    assert taken(moved) == 1
    assert displaced.instead(ANYONE, made.link, now=now).is_settled
    assert session().scalars(select(Task)).one().done_at == now
    assert "改为" in texts[-1][1]
    displaced.tell({"appointment": made.id, "sequence": 1}, now=now)  # overtaken: not sent
    assert len(texts) == 2
    with pytest.raises(Conflict, match="appointment_settled"):
        displaced.let_be(ANYONE, made.link, now=now)


def test_what_is_taken_meanwhile_is_not_promised(citizen, neighbour, now):
    made = booked(citizen, now)
    close(now)
    carry_out("directory.closed", now)
    booked(neighbour, now, starts_at=at("10:00", 1))
    for starts_at in (at("10:00", 1), at("10:07", 1)):
        with pytest.raises(Rejected):
            displaced.choose(ANYONE, made.link, town.code(), TALK, starts_at, now=now)
    booked(citizen, now, starts_at=at("11:00", 1))
    with pytest.raises(Rejected):
        displaced.choose(ANYONE, made.link, town.code(), TALK, at("11:00", 1), now=now)
    assert made.state == AppointmentState.CANCELLED


def test_whoever_has_days_to_read_the_text_is_not_rung_up(citizen, now, texts):
    booked(citizen, now, starts_at=at("10:00", 3))
    close(now, 3, 3)
    carry_out("directory.closed", now)
    carry_out("appointment.displaced", now)

    assert len(texts) == 1
    assert session().scalars(select(Task)).all() == []


def test_nothing_is_wanted_instead(citizen, now):
    made = booked(citizen, now)
    with pytest.raises(Conflict, match="appointment_not_displaced"):
        displaced.instead(ANYONE, made.link, now=now)
    close(now)
    carry_out("directory.closed", now)
    assert displaced.why(made) == "停电检修"

    displaced.let_be(ANYONE, made.link, now=now)

    assert displaced.why(made) is None
    with pytest.raises(NotFound, match="appointment_link_unknown"):
        displaced.instead(ANYONE, "nobody", now=now)


def seen():
    """Give whose orders were looked at, as it stands on record."""
    return [(one.subject, one.details) for one in session().info["audit"] if one.act == "appointments.affected_seen"]


def test_a_closure_is_looked_at_before_it_is_announced(citizen, neighbour, now):
    noon, late = booked(citizen, now, starts_at=at("11:30")), booked(neighbour, now)

    def affected_by(spans, days=(MONDAY, MONDAY), actor=None):
        return affected.by_closure(actor or keeper(), town.code(), days, spans, now=now)

    assert affected_by("") == affected_by("what?") == [noon, late]
    assert affected_by("09:00-12:00") == [late]
    assert seen()[-1] == ("station:near", {"seen": 1})
    assert affected_by("", (at(ahead=1).date(), at(ahead=2).date())) == []
    with pytest.raises(NotFound):
        affected_by("", actor=keeper("430281"))
    with pytest.raises(Forbidden):
        affected_by("", actor=town.clerk())


def test_orders_that_fit_no_more_are_listed_and_told_with_the_reason(citizen, neighbour, now):
    made = booked(citizen, now)
    elsewhere = booked(neighbour, now, station=town.code("far"))
    for which in ("near", "far"):
        session().get_one(Station, which).hours = "WD 09:00-12:00"
    session().flush()

    assert affected.already(town.clerk(), now=now) == [made]
    assert affected.already(town.clerk("4302"), now=now) == sorted([made, elsewhere], key=lambda row: row.id)
    assert seen() == [("region:430211", {"seen": 1}), ("region:4302", {"seen": 2})]
    for wrong in ("  ", "长" * 121):
        with pytest.raises(Rejected):
            affected.tell(town.clerk(), wrong, now=now)
    for stranger, refusal in ((ANYONE, NotSignedIn), (citizen, Forbidden)):
        with pytest.raises(refusal):
            affected.already(stranger, now=now)
        with pytest.raises(refusal):
            affected.tell(stranger, "x", now=now)
    assert affected.tell(town.clerk(), "下午不开门了", now=now) == 1
    assert (made.state, elsewhere.state) == ("cancelled", "booked")
    assert affected.already(town.clerk(), now=now) == []


def duty(ahead=0, lawyer="李律师", opens=840, closes=960):
    shift = DutyShift(station_id="near", on=MONDAY + timedelta(days=ahead), opens=opens, closes=closes, lawyer=lawyer)
    session().add(shift)
    session().flush()
    return shift


def test_a_roster_is_the_times_of_what_duty_lawyers_give(citizen, now):
    shift, gap = duty(1), duty(2, lawyer="")

    def free():
        days = queries.free_times(town.code(), VIDEO, MONDAY, 4, now=now).days
        return [[f"{slot.starts_at:%H:%M}" for slot in day.slots] for day in days]

    assert free() == [[], ["14:00", "14:30", "15:00", "15:30"], [], []]
    staffing.assign(keeper(), gap.id, Lawyer("王律师"), now=now)  # a substitute is free at once
    assert free()[2] == ["14:00", "14:30", "15:00", "15:30"]
    made = booked(citizen, now, service=VIDEO, starts_at=at("14:00", 1))
    staffing.assign(keeper(), shift.id, Lawyer("赵律师"), now=now)
    carry_out("directory.duty_lost", now)
    assert made.state == AppointmentState.BOOKED
    staffing.cancel(keeper(), shift.id, now=now)
    carry_out("directory.duty_lost", now)

    assert made.state == AppointmentState.CANCELLED
    assert displaced.why(made) == "值班律师临时有事"
    assert free()[1] == []
    talk = queries.free_times(town.code(), TALK, MONDAY, 1, now=now)
    assert talk.days[0].slots  # a talk at the window needs no duty lawyer


def test_for_a_gap_a_substitute_is_looked_for_before_anybody_is_told(citizen, now):
    shift = duty(3)
    made = booked(citizen, now, service=VIDEO, starts_at=at("14:00", 3))
    staffing.assign(keeper(), shift.id, Lawyer(), now=now)
    (errand,) = session().scalars(select(Errand).where(Errand.kind == "directory.duty_lost"))

    assert errand.due_at == at("00:00", 2)
    carry_out("directory.duty_lost", now, until=now)
    assert made.state == AppointmentState.BOOKED
    carry_out("directory.duty_lost", errand.due_at)
    assert made.state == AppointmentState.CANCELLED
    assert session().scalars(select(Appointment)).one() is made
