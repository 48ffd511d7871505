"""A team's day on one sheet: for the region alone, and whose door it is only round the day."""

import pytest

from appointments.doorstep import rules, sheet
from appointments.doorstep.acts import ActKind
from appointments.doorstep.sheet import Contact
from appointments.offers import MenuError
from core.errors import Forbidden, NotFound, NotSignedIn, Rejected
from core.identity import ANYONE, Actor, ActorKind
from tests.appointments import town
from tests.appointments.doorstep.test_acts import deed, send
from tests.appointments.town import NOW, at
from tests.appointments.visits import village

DAY = at("08:30", 1)
HERS = "address access_notes name phone"


def test_a_visit_is_shown_with_all_its_team_has_to_know(made):
    stop = sheet.find(town.clerk(), made.id, now=DAY)

    assert (stop.row, stop.planned.number) == (made, 1)
    assert [getattr(stop, one) for one in HERS.split()] == ["幸福路 3 号", "按二楼的铃", "王女士", "13900000001"]
    assert stop.needs == ["坐轮椅，或走路不方便"]
    assert (stop.safety_notes, stop.is_over) == ("", False)
    assert "工作证" in stop.kit
    send(deed(made, ActKind.FINISHED, "11:00"))
    assert sheet.find(town.clerk(), made.id, now=at("18:00", 1)).is_over


def test_a_visit_without_a_place_in_the_day_is_shown_all_the_same(made):
    for stop in village.session().query(sheet.VisitStop):
        village.session().delete(stop)
    village.session().flush()
    found = sheet.find(town.clerk(), made.id, now=DAY)
    assert found.arrives_at == at("10:00", 1)


def test_whose_door_it_is_is_shown_round_the_day_alone(made):
    for now in (NOW, at("10:01", 2)):
        stop = sheet.find(town.clerk(), made.id, now=now)
        assert [getattr(stop, one) for one in HERS.split()] == ["", "", "", ""]
        assert stop.card.code == ""


def test_it_is_nobody_elses_business(made, citizen):
    asked = (
        lambda actor: sheet.find(actor, made.id, now=DAY),
        lambda actor: sheet.contact(actor, "team0"),
        lambda actor: sheet.set_contact(actor, "team0", Contact("", ""), now=DAY),
    )
    for ask in asked:
        with pytest.raises(NotFound):
            ask(town.clerk("430281"))
    for ask in asked:
        for stranger, refusal in (
            (ANYONE, NotSignedIn),
            (citizen, Forbidden),
            (Actor("s", ActorKind.STAFF), Forbidden),
        ):
            with pytest.raises(refusal):
                ask(stranger)


def test_numbers_of_a_team_are_set_and_changed(made):
    assert sheet.contact(town.clerk(), "team0")[1] == Contact("", "")
    for numbers in (Contact("13700000001", ""), Contact("13700000003", "13700000002")):
        sheet.set_contact(town.clerk(), "team0", numbers, now=DAY)
        village.session().flush()
        assert sheet.contact(town.clerk(), "team0")[1] == numbers
    with pytest.raises(Rejected) as rejected:
        sheet.set_contact(town.clerk(), "team0", Contact("1", "x"), now=DAY)
    assert [one.field for one in rejected.value.problems] == ["team_phone", "supervisor_phone"]


def test_a_file_of_rules_that_is_wrong_starts_nothing(tmp_path):
    assert rules._read(str(tmp_path)).near == 300
    (tmp_path / "doorstep.toml").write_text("[near]\n")
    with pytest.raises(MenuError, match=r"doorstep\.toml"):
        rules._read(f"{tmp_path}/")
