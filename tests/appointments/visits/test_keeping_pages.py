"""An office lays down who visits people, on pages without scripts; whoever that affects chooses another time."""

import pytest
import time_machine
from sqlalchemy import select

from api import execution
from api.viewer import Viewer
from appointments.models import Appointment
from appointments.models.team import VisitAbsence, VisitTeam
from appointments.visits import handing
from core.db import keep, session
from core.errors import Malformed, NotFound
from core.identity import ANYONE
from core.outbox import Errand
from locator import queries as places
from tests.appointments import town
from tests.appointments.town import NOW, at
from tests.appointments.visits import village
from tests.appointments.visits.test_keeping import keeper
from tests.portal.browser import Browser
from tests.portal.working import sign_staff_in

TUESDAY = {"first_on_year": "2026", "first_on_month": "11", "first_on_day": "24"}
TILL_TUESDAY = {name.replace("first", "last"): value for name, value in TUESDAY.items()}


@pytest.fixture
def clerk(client, now):
    places.forget()
    keep(town.put_up)
    with time_machine.travel(now, tick=False):
        sign_staff_in(client, "station_clerk")
        yield Browser(client)
    places.forget()


def carry_out():
    def work():
        for one in session().scalars(select(Errand).where(Errand.kind == "visit.day_refit")).all():
            handing.refit(one.payload, now=NOW)

    keep(work)


def test_a_newcomer_sets_up_a_team_that_can_be_ordered(clerk):
    assert "还没有上门小组" in clerk.look("/desk/teams").words
    clerk.look(f"/desk/places/{town.code()}")
    clerk.look(f"/desk/teams/at/{town.code()}")
    assert clerk.fill("/teams").problems == ["#field-name", "#field-area"]
    clerk.fill("/teams", name="天元区上门一组", area=village.COUNTY, vehicle="湘B·12345")
    assert clerk.heading == "天元区上门一组"
    here = clerk.path

    for name, number, can in (("李云", "A-1", []), ("吴桂花", "A-2", ["woman", "signs"])):
        clerk.look(f"{here}/member")
        assert clerk.fill("/member", name="", work_number=number).problems == ["#field-name"]
        clerk.fill("/member", name=name, can=can, languages=["MIAO"], specialties=["LAND"])
        assert "一家也不受影响" in clerk.words
        clerk.fill("/member")
        assert "存好了" in clerk.words
    clerk.look(f"{here}/shift")
    assert clerk.fill("/shift", opens="99").problems == ["#field-opens"]
    clerk.fill("/shift", opens="09:00")
    clerk.fill("/shift")

    assert "09:00–17:00" in clerk.words
    assert "女、手语、苗语、土地、房子" in clerk.words
    assert keep(village.offered)
    assert "天元区上门一组" in clerk.look("/desk/teams").words


def test_somebody_is_ill_and_whoever_is_affected_is_seen_before(clerk):
    keep(village.put_up)
    made = keep(lambda: village.ordered(at("10:00", ahead=1)).reference)
    clerk.look("/desk/teams/team0")
    clerk.look("/desk/teams/team0/away?worker=team0-0")
    assert clerk.fill("/away", first_on_day="99").problems == ["#field-first_on"]
    clerk.fill("/away", **TUESDAY, **TILL_TUESDAY)
    assert "有 1 家已经约好的，这样一改去不了" in clerk.words
    assert made in clerk.words
    assert "另约时间" in clerk.words
    assert keep(lambda: session().scalars(select(VisitAbsence)).all()) == []
    clerk.fill("/away", last_on_day="25")  # not what was looked at: looked at again
    clerk.fill("/away", last_on_day="24")
    clerk.fill("/away")
    assert "存好了" in clerk.words
    assert "11月24日" in clerk.words
    carry_out()

    link = keep(lambda: session().scalars(select(Appointment)).one().link)
    clerk.look(f"/visits/of/{link}")
    assert "这个时间去不了了：上门人员有变动" in clerk.words
    clerk.look(f"/visits/of/{link}/instead")
    assert "看能上门的别的时间" in clerk.words
    clerk.look(f"/home-visits/of/{link}/change")
    times = [one.attributes["value"] for one in clerk.page.css("[name=starts_at]")]
    clerk.fill("/change", starts_at=times[0])
    assert "这个时间去不了了" not in clerk.words

    clerk.look("/desk/teams/team0")
    clerk.fill("/back")
    assert "没有人请假" in clerk.words


def test_shifts_members_and_a_team_come_to_an_end(clerk):
    keep(village.put_up)
    clerk.look("/desk/teams/team0")
    change = next(one.attributes["href"] for one in clerk.page.css("td a") if "shift?" in one.attributes["href"])
    assert clerk.look(change).value("opens") == "09:00"
    clerk.fill("/shift", closes="18:00")
    clerk.fill("/shift")
    assert "09:00–18:00" in clerk.words
    end = next(one.attributes["href"] for one in clerk.page.css("td a") if "结束" in one.text())
    clerk.look(end)
    assert clerk.fill("/end", last_on_day="1").problems == ["#field-last_on"]
    clerk.fill("/end", last_on_day="30")
    clerk.fill("/end")
    assert "到 11月30日" in clerk.words

    assert clerk.look("/desk/teams/team0/member?worker=team0-0").value("name") == "周敏"
    assert clerk.look("/desk/teams/team0/member?worker=nobody").status == 404
    clerk.look("/desk/teams/team0/edit")
    clerk.fill("/edit", name="老一组")
    assert clerk.heading == "老一组"

    clerk.look("/desk/teams/team0/end")
    assert clerk.fill("/end", retired_on_day="1").problems == ["#field-retired_on"]
    clerk.fill("/end", retired_on_day="24")
    clerk.fill("/end")
    assert clerk.path == "/desk/teams"
    assert "11月24日起不再出去" in clerk.words
    assert keep(lambda: session().scalars(select(VisitTeam)).one().retired_on is not None)


def test_a_change_is_one_thing_and_a_stranger_finds_nothing(db, now):
    keep(lambda: (town.put_up(), village.put_up()))

    def ask(actor, **given):
        told = {"team": "team0", **given}
        return execution.run(Viewer(actor, now), "PreviewVisitTeam", input=told)["visitTeamPreview"]

    for given in ({}, {"retiredOn": at().date(), "absence": {"firstOn": at().date(), "lastOn": at().date()}}):
        with pytest.raises(Malformed):
            ask(keeper(), **given)
    assert ask(keeper(), retiredOn=at("10:00", -1).date())["problems"][0]["field"] == "retired_on"
    with pytest.raises(NotFound):
        ask(keeper("430281"), retiredOn=at().date())
    for document, given in (("DeskTeam", {"team": "team0"}), ("DeskTeamForm", {"station": town.code()})):
        with pytest.raises(NotFound):
            execution.run(Viewer(keeper("430281"), now), document, **given)
    assert execution.run(Viewer(keeper("430281"), now), "DeskTeams")["keptVisitTeams"] == []
    with pytest.raises(execution.Refusal):
        execution.run(Viewer(ANYONE, now), "DeskTeams")
    places.forget()


def test_more_teams_cost_no_more_statements(db, now, count_statements):
    keep(lambda: (town.put_up(), village.put_up()))

    def cost():
        with count_statements() as counted:
            execution.run(Viewer(keeper(), now), "DeskTeams")
        return len(counted)

    cost()
    one = cost()
    keep(lambda: [village.team(f"more{number}") for number in range(4)])

    assert cost() == one
    places.forget()
