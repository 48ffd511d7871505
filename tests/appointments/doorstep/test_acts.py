"""What was done on site counts once, however late, often and out of order it is sent; where a team was is not kept."""

import random
from datetime import timedelta

import pytest
from sqlalchemy import text

from appointments import booking
from appointments.doorstep import acts
from appointments.doorstep import jobs as doorstep_jobs
from appointments.doorstep.acts import ActKind, Deed
from appointments.models import Appointment
from appointments.models.visit_day import VisitAct
from core.db import session
from core.errors import Forbidden, Malformed, NotSignedIn
from core.identity import ANYONE, Actor, ActorKind
from locator.coords import Datum, Position
from migrations.tables import every_table
from tests.appointments import town
from tests.appointments.town import NOW, at
from tests.appointments.visits import village

LATER = at("18:00", 1)
NEAR, FAR = Position(27.8009, 113.1, Datum.WGS84), Position(27.8031, 113.1, Datum.WGS84)


def deed(made, kind, clock=None, number=0, **given):
    key = f"{made.id}-{kind.value}-{number}"
    return Deed(key, made.id, kind, at(clock, 1) if clock else None, **given)


def send(*deeds, now=LATER, actor=None):
    found = acts.record(actor or town.clerk(), deeds, now=now)
    session().flush()
    return [(one.problem.code if one.problem else "") for one in found]


def day(made):
    return [
        deed(made, ActKind.ARRIVED, "10:05", position=NEAR),
        deed(made, ActKind.ARRIVED, "10:20", 1, position=FAR),
        deed(made, ActKind.STAYING, "10:50", minutes=30),
        deed(made, ActKind.PAPERS, "11:10", words="身份证复印件 1 份"),
        deed(made, ActKind.FINISHED, "11:30"),
    ]


def standing(made):
    visit = village.visit(made)
    stands = acts.standing(acts.of([made.id])[made.id])
    return made.state, visit.arrived_at, visit.finished_at, visit.was_near, stands.staying, stands.papers


WHOLE = ("done", at("10:05", 1), at("11:30", 1), True, 30, ("身份证复印件 1 份",))


def test_a_day_in_order_comes_to_this(made):
    for one in day(made):
        assert send(one) == [""]
    assert standing(made) == WHOLE


@pytest.mark.parametrize("seed", range(5))
def test_late_twice_and_out_of_order_it_comes_to_the_same(made, seed):
    done = day(made) * 3
    random.Random(seed).shuffle(done)  # noqa: S311  # the same every time
    while done:
        batch, done = done[: seed + 1], done[seed + 1 :]
        assert set(send(*batch)) == {""}

    assert standing(made) == WHOLE
    assert session().query(VisitAct).count() == 5


def test_the_clock_of_a_device_moves_nothing_into_another_day(made):
    send(deed(made, ActKind.ARRIVED, number=0), now=at("10:05", 1))
    send(
        Deed("k" * 16, made.id, ActKind.ARRIVED, at("10:00", -9)),
        Deed("l" * 16, made.id, ActKind.FINISHED, at("9:00", 9)),
    )

    visit = village.visit(made)
    assert (visit.arrived_at, visit.finished_at) == (at("00:00", 1), LATER)


def test_nobody_at_home_is_asked_kindly_as_anybody_who_did_not_come(made):
    send(deed(made, ActKind.NOBODY, "09:55"), now=at("09:55", 1))
    assert made.state == "booked"  # the window has not begun
    send(deed(made, ActKind.NOBODY, "10:55", 1), now=at("10:55", 1))
    assert made.state == "no_show"


def test_one_that_cannot_be_kept_does_not_keep_the_others(made, here):
    gone = village.ordered(at("13:00", 1), "13900000003")
    booking.cancel(ANYONE, gone.link, now=NOW)
    desk = booking.book(town.citizen("13900000004"), town.order(), village.SIGNED_IN, now=NOW)

    said = send(
        Deed("x" * 16, "nothing", ActKind.ARRIVED),
        deed(desk, ActKind.ARRIVED),
        deed(gone, ActKind.FINISHED),
        deed(made, ActKind.ARRIVED),
    )
    assert said == ["appointment_unknown", "appointment_unknown", "", ""]
    assert (gone.state, made.state) == ("cancelled", "arrived")
    tomorrow = village.ordered(at("10:00", 2), "13900000005")
    assert send(deed(tomorrow, ActKind.ARRIVED)) == ["visit_not_today"]


def test_how_near_a_team_was_is_kept_and_where_never(made, caplog, capsys):
    for number, (position, is_near) in enumerate(((NEAR, True), (FAR, False), (None, None))):
        send(deed(made, ActKind.ARRIVED, "10:00", number, position=position))
        act = session().query(VisitAct).filter_by(client_key=f"{made.id}-arrived-{number}").one()
        assert act.was_near is is_near

    told = caplog.text + "".join(capsys.readouterr())
    for table in every_table().sorted_tables:
        told += "".join(str(tuple(row)) for row in session().execute(text(f"SELECT * FROM {table.name}")))  # noqa: S608
    told += "".join(str(vars(one)) for one in session().query(VisitAct))
    assert not any(said in told for said in ("27.8009", "27.8031"))
    assert "27.8009" not in repr(deed(made, ActKind.ARRIVED, position=NEAR))


def test_in_the_frame_of_wechat_the_same_spot_is_as_near(made):
    send(deed(made, ActKind.ARRIVED, position=NEAR.to(Datum.GCJ02)))
    assert village.visit(made).was_near is True


def test_where_only_the_village_is_known_nobody_says_how_near(here):
    made = village.ordered(where=village.Where(village.home(exact=False), "村里"))
    send(deed(made, ActKind.ARRIVED, position=NEAR))
    assert village.visit(made).was_near is None


def test_it_is_nobody_elses_business(made, citizen):
    assert send(deed(made, ActKind.ARRIVED), actor=town.clerk("430281")) == ["appointment_unknown"]
    for stranger, refusal in ((ANYONE, NotSignedIn), (citizen, Forbidden), (Actor("s", ActorKind.STAFF), Forbidden)):
        with pytest.raises(refusal):
            send(deed(made, ActKind.ARRIVED), actor=stranger)
    for wrong in ([deed(made, ActKind.ARRIVED)] * 51, [Deed("short", made.id, ActKind.ARRIVED)]):
        with pytest.raises(Malformed):
            acts.record(town.clerk(), wrong, now=LATER)


def test_what_was_written_down_is_forgotten(made):
    send(*day(made))
    doorstep_jobs.forget({}, now=LATER + timedelta(days=181))
    session().expire_all()
    assert acts.standing(acts.of([made.id])[made.id]).papers == ("",)
    assert session().get(Appointment, made.id).state == "done"


def test_a_pledge_on_paper_is_on_record(made):
    assert send(deed(made, ActKind.PLEDGE, "10:30"), deed(made, ActKind.PLEDGE, "10:40", 1)) == ["", ""]

    assert acts.standing(acts.of([made.id])[made.id]).pledged_at == at("10:30", 1)
