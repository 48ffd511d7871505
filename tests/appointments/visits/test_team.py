from datetime import date

import pytest

from appointments.needs import AccessNeed
from appointments.offers import MenuError
from appointments.visits import kit, rules, team, times
from appointments.visits.team import Worker
from appointments.visits.way import Spot
from appointments.visits.wishes import HalfDay, Language, Specialty, Wishes
from core.errors import Malformed
from locator.travel import Terrain
from tests.appointments.town import NOW, at
from tests.appointments.visits import village
from tests.appointments.visits.village import TUESDAY, offered, ordered, wanted


def crew(**given):
    told = {"is_woman": False, "signs": False, "languages": frozenset(), "specialties": frozenset(), **given}
    return [Worker("1", "周敏", "001", **told), Worker("2", "陈立", "002", False, False, frozenset(), frozenset())]


def match(workers, **wishes):
    return team.match(workers, Wishes(**wishes), least=2)


def test_nobody_goes_alone():
    assert match(crew()[:1]) is None
    assert match(crew()).reasons == ()


def test_a_woman_is_a_condition():
    assert match(crew(), woman=True) is None
    assert match(crew(is_woman=True), woman=True).reasons == ("有女工作人员",)


def test_a_language_is_spoken_or_an_interpreter_comes_along():
    spoken = match(crew(languages=frozenset({Language.MIAO})), language=Language.MIAO)
    brought = match(crew(), language=Language.MIAO)

    assert (spoken.reasons, spoken.interpreter) == (("会说苗语",), False)
    assert (brought.reasons, brought.interpreter) == (("带翻译来",), True)
    assert spoken.score > brought.score


def test_signing_is_done_or_brought_along():
    needs = frozenset({AccessNeed.SIGN_LANGUAGE})

    assert match(crew(signs=True), needs=needs).reasons == ("会手语",)
    assert match(crew(), needs=needs).interpreter is True


def test_what_it_is_about_is_a_wish():
    knows = match(crew(specialties=frozenset({Specialty.LABOUR})), specialty=Specialty.LABOUR)

    assert knows.reasons == ("办过“工作、工资、工伤”这类事",)
    assert knows.score > match(crew(), specialty=Specialty.LABOUR).score == 0


def test_the_kit_follows_from_the_needs_each_thing_once(here):
    things = kit.kit(["writing", "sign_language"])

    assert "印泥" in things
    assert "写字板和粗笔" in things
    assert len(things) == len(set(things))
    assert kit.said(Wishes(woman=True)) == ["要有女工作人员"]


def test_an_interpreter_is_found_in_some_days(here):
    signs = wanted(wishes=Wishes(needs=frozenset({AccessNeed.SIGN_LANGUAGE})))

    assert offered(signs, days=2) == []
    assert offered(signs, first=TUESDAY.replace(day=26)) != []


def test_the_team_that_suits_best_comes(here):
    village.team("women", is_woman=True, specialties=["labour"])
    knows = wanted(wishes=Wishes(specialty=Specialty.LABOUR, half_day=HalfDay.MORNING))

    (day,) = times.days(knows.asked, TUESDAY, 1, now=NOW)

    assert {one.team.id for one in day.arrivals} == {"women"}


def test_who_is_away_leaves_the_other_at_home(here, unit):
    village.team("few", workers=1)
    village.worker("off", "few")
    unit.flush()
    village.away("few", "off", TUESDAY)
    unit.flush()

    found = times.days(wanted().asked, TUESDAY, 2, now=NOW)

    assert [{one.team.id for one in day.arrivals} for day in found] == [{"team0"}, {"few"}]
    assert len(village.roster_of("few").crew(date(2026, 11, 25))) == 2


def test_no_team_is_out_on_days_of_rest_or_once_it_is_no_more(here, unit):
    assert offered(first=date(2026, 11, 28)) == []
    unit.get(village.VisitTeam, "team0").retired_on = TUESDAY
    unit.flush()

    assert offered() == []


def test_where_nobody_comes_in_time_nothing_is_offered(here):
    near, far = (times.Home(village.COUNTY, Spot(27.80 + north, 113.1, Terrain.HILL)) for north in (0.2, 0.3))

    assert offered(wanted(where=village.Where(near, "近处 1 号"))) != []
    assert offered(wanted(where=village.Where(far, "远处 1 号"))) == []


def test_what_is_beyond_the_horizon_is_not_offered_or_taken(here):
    late = date(2027, 1, 25)

    (day,) = times.days(wanted().asked, late, 1, now=NOW)
    assert day.arrivals == ()
    assert times.in_turn(wanted().asked, at("10:00", ahead=63), now=NOW)[0] == []
    with pytest.raises(Malformed):
        times.days(wanted().asked, TUESDAY, 32, now=NOW)


def test_a_division_stands_for_whoever_lives_there(here):
    home = times.home(village.COUNTY, None, is_exact=True)

    assert home.spot.is_exact is False
    assert offered(wanted(where=village.Where(home, "幸福路 3 号"))) != []


def test_rules_that_are_not_fit_are_said(tmp_path, monkeypatch):
    said = rules.BUNDLED.read_text("utf-8").replace("most_visits = 5", "most_visits = 9")
    (tmp_path / "visits.toml").write_text(said, "utf-8")

    with pytest.raises(MenuError, match="most_visits"):
        rules._read(str(tmp_path))


def test_a_day_is_full_at_some_number_of_visits(here):
    for number, clock in enumerate(["10:00", "11:00", "13:00", "14:00", "15:00"]):
        ordered(at(clock, ahead=1), number=f"1390000010{number}")

    assert offered() == []


def test_of_teams_that_suit_alike_the_one_with_less_to_do_comes(here):
    village.team("other")
    ordered(at("10:00", ahead=1))

    (day,) = times.days(wanted().asked, TUESDAY, 1, now=NOW)

    assert len({one.team.id for one in day.arrivals}) == 1
    assert {one.team.id for one in day.arrivals} != {village.visit_of(TUESDAY).team_id}
