"""Teams are laid down by those who keep the station, with all that is wrong said at once, and a look ahead."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from appointments.models.team import VisitAbsence, VisitShift, VisitTeam, VisitWorker
from appointments.visits import keeping
from appointments.visits.changes import Absence, End, Member, Outing, OutingEnd
from appointments.visits.keeping import Plan
from appointments.visits.wishes import Language, Specialty, Wishes
from core.db import session
from core.errors import Forbidden, NotFound, NotSignedIn, Problem, Rejected
from core.identity import ANYONE, Actor, ActorKind, Permission
from core.outbox import Errand
from tests.appointments import town
from tests.appointments.town import NOW, at
from tests.appointments.visits import village
from tests.appointments.visits.village import COUNTY, TUESDAY, offered, ordered

MONDAY = at().date()
PLAN = Plan("", COUNTY, "二组", "湘B·12345")
SOMEBODY = Member(None, "李云", "A-1")
WEEK = Outing(None, frozenset(range(5)), "09:00", "17:00", MONDAY)


def keeper(region=COUNTY):
    may = frozenset({Permission.DIRECTORY_EDIT})
    return Actor(id=f"keeper-{region}", kind=ActorKind.STAFF, permissions=may, region=region, name="田小禾")


def put(plan=PLAN, **given):
    return keeping.put(keeper(), replace(plan, station=plan.station or town.code()), now=NOW, **given)


def change(wanted, team="team0"):
    return keeping.change(keeper(), team, wanted, now=NOW)


def look(wanted, team="team0"):
    return keeping.preview(keeper(), team, wanted, now=NOW)


def wrong(wanted, team="team0"):
    for act in (change, look):
        with pytest.raises(Rejected) as rejected:
            act(wanted, team)
    return [(one.code, one.field) for one in rejected.value.problems]


def refits():
    return [one.payload for one in session().scalars(select(Errand).where(Errand.kind == "visit.day_refit"))]


def shift_of(team="team0"):
    row = session().scalars(select(VisitShift).where(VisitShift.team_id == team)).first()
    return keeping.shift(keeper(), team, row.id)


def test_an_office_without_any_team_comes_to_offer_visits(here):
    session().get_one(VisitTeam, "team0").retired_on = MONDAY
    session().flush()
    assert offered() == []

    made = put()
    change(SOMEBODY, made.id)
    change(
        replace(SOMEBODY, name="吴桂花", work_number="A-2", is_woman=True, languages=frozenset({Language.MIAO})),
        made.id,
    )
    assert keeping.of_region(keeper(), now=NOW)[0].short == []
    change(WEEK, made.id)

    assert offered()[0] == "10:00"
    (kept,) = keeping.of_region(keeper(), now=NOW)
    assert (kept.row.name, kept.row.vehicle, kept.row.area_code) == ("二组", "湘B·12345", COUNTY)
    assert [(one.name, one.languages) for one in kept.workers] == [("李云", []), ("吴桂花", ["miao"])]
    assert [one.weekdays for one in kept.shifts] == ["01234"]
    assert keeping.one(keeper(), made.id, now=NOW).row is made


def test_all_that_is_wrong_with_a_team_is_said_at_once(here):
    with pytest.raises(Rejected) as rejected:
        put(Plan("", "430281", " ", "长" * 41))

    assert rejected.value.problems == (
        Problem("visit_team_name_missing", "name"),
        Problem("cell_too_long", "vehicle"),
        Problem("visit_area_unfit", "area"),
    )


def test_a_team_is_named_anew_and_stays_where_it_sets_out(here):
    put(replace(PLAN, name="三组"), team_id="team0")

    row = session().get_one(VisitTeam, "team0")
    assert (row.name, row.station_id) == ("三组", "near")


def test_the_areas_are_those_of_the_station_within_ones_region(here):
    assert [one.code for one in keeping.areas(keeper(), town.code())] == [COUNTY]
    wider = [one.code for one in keeping.areas(keeper("4302"), town.code())]
    assert wider[0] == "4302"
    assert COUNTY in wider


def test_all_that_is_wrong_with_a_change_is_said_at_once(here):
    yesterday = MONDAY - timedelta(days=1)

    assert wrong(Member(None, " ", "长" * 25, last_on=yesterday - timedelta(days=1))) == [
        ("visit_worker_name_missing", "name"),
        ("cell_too_long", "work_number"),
        ("rota_past", "last_on"),
    ]
    assert wrong(replace(SOMEBODY, work_number="", first_on=TUESDAY, last_on=MONDAY)) == [
        ("visit_work_number_missing", "work_number"),
        ("rota_days_order", "last_on"),
    ]
    assert wrong(replace(SOMEBODY, work_number="team0-0")) == [("visit_worker_elsewhere", "work_number")]
    assert wrong(Outing(None, frozenset(), "x", "99:00", yesterday, yesterday - timedelta(days=1))) == [
        ("rota_weekdays_missing", "weekdays"),
        ("rota_time_unfit", "opens"),
        ("rota_time_unfit", "closes"),
        ("rota_past", "first_on"),
        ("rota_days_order", "last_on"),
    ]
    assert wrong(replace(WEEK, weekdays=frozenset({5}), closes="09:30")) == [("rota_span_unfit", "closes")]
    assert wrong(WEEK) == [("visit_shift_twice", "weekdays")]
    assert wrong(OutingEnd(replace(shift_of(), last_on=TUESDAY), yesterday - timedelta(days=1))) == [
        ("rota_past", "last_on"),
    ]
    assert wrong(OutingEnd(replace(shift_of(), last_on=MONDAY), TUESDAY)) == [("rota_over_by_then", "last_on")]
    assert wrong(Absence("team0-0", MONDAY, yesterday)) == [("rota_days_order", "last_on"), ("rota_past", "last_on")]
    assert wrong(Absence(None, MONDAY, MONDAY + timedelta(days=366))) == [("visit_absence_long", "last_on")]
    assert wrong(End(yesterday)) == [("rota_past", "retired_on")]


def test_whoever_left_a_team_may_join_another(here):
    village.team("other", workers=1)
    session().get_one(VisitWorker, "team0-0").last_on = MONDAY
    session().flush()

    change(Member(None, "周敏", "team0-0", first_on=TUESDAY), "other")

    assert len(village.roster_of("other").crew(TUESDAY)) == 2
    assert len(village.roster_of("team0").crew(TUESDAY)) == 1


def test_a_member_is_changed(here):
    change(Member("team0-0", "周敏敏", "team0-0", signs=True, specialties=frozenset({Specialty.LAND})))

    row = session().get_one(VisitWorker, "team0-0")
    assert (row.name, row.signs, row.specialties) == ("周敏敏", True, ["land"])


def test_a_look_ahead_says_whom_it_affects_and_who_would_go_instead(here):
    village.team("other")
    first, second = ordered(at("10:00", ahead=1)), ordered(at("10:00", ahead=1), "13900000002")
    on_team = {village.visit(one).team_id: one for one in (first, second)}
    lost = on_team["team0"]
    ordered(at("11:00", ahead=2), "13900000003")

    found = look(Absence("team0-0", TUESDAY, TUESDAY))

    assert [one.visit.row.reference for one in found.affected] == [lost.reference]
    assert found.affected[0].instead is None  # the other team has somebody then
    assert found.short == [TUESDAY]
    assert refits() == []
    assert look(Absence("team0-0", MONDAY + timedelta(days=3), MONDAY + timedelta(days=3))).affected == []


def test_a_look_ahead_counts_what_others_take_over(here):
    lost = [ordered(at(clock, ahead=1), f"1390000000{n}") for n, clock in enumerate(["10:00", "14:00"])]
    village.team("other")

    found = look(End(TUESDAY))

    assert [one.visit.row.reference for one in found.affected] == [one.reference for one in lost]
    assert [one.instead.team.id for one in found.affected] == ["other", "other"]


def test_a_team_ends_on_a_day_and_takes_the_whole_days_off(here):
    ordered(at("10:00", ahead=1))
    assert len(look(Absence(None, TUESDAY, TUESDAY)).affected) == 1

    change(End(TUESDAY))

    assert session().get_one(VisitTeam, "team0").retired_on == TUESDAY
    assert len(refits()) == 1


def test_an_absence_leaves_an_errand_for_each_day_it_affects(here):
    made = ordered(at("10:00", ahead=1))
    ordered(at("10:00", ahead=2), "13900000002")

    change(Absence("team0-0", TUESDAY, TUESDAY))

    assert refits() == [{"team": "team0", "on": "2026-11-24", "lost": [made.id]}]
    (row,) = session().scalars(select(VisitAbsence))
    keeping.end_absence(keeper(), row.id, now=NOW)
    assert session().scalars(select(VisitAbsence)).all() == []


def test_whoever_loses_the_one_who_signs_is_affected_unless_an_interpreter_can_be_found(here):
    village.worker("signer", "team0", signs=True)
    session().flush()
    signs = Wishes(needs=frozenset({village.AccessNeed.SIGN_LANGUAGE}))
    soon = ordered(at("10:00", ahead=1), wishes=signs)
    ordered(at("10:00", ahead=8), "13900000002", wishes=signs)
    ordered(at("13:00", ahead=1), "13900000003")

    found = look(Member("signer", "周敏", "signer", signs=False))

    assert [one.visit.row.reference for one in found.affected] == [soon.reference]


def test_a_shift_changes_from_a_day_on_and_days_are_looked_at_anew(here):
    early = ordered(at("10:00", ahead=2))
    ordered(at("14:00", ahead=1), "13900000002")

    change(Outing(shift_of(), frozenset({1, 2}), "13:00", "17:00", TUESDAY))

    old, new = session().scalars(select(VisitShift).order_by(VisitShift.first_on))
    assert (old.last_on, new.first_on, new.weekdays, new.opens) == (MONDAY, TUESDAY, "12", 780)
    assert refits() == [
        {"team": "team0", "on": "2026-11-24", "lost": []},
        {"team": "team0", "on": "2026-11-25", "lost": [early.id]},
    ]


def test_a_shift_is_changed_in_its_place_on_its_first_day(here):
    row = session().scalars(select(VisitShift)).one()

    change(Outing(shift_of(), frozenset({0}), "13:00", "17:00", row.first_on))

    assert session().scalars(select(VisitShift)).one() is row
    assert row.weekdays == "0"


def test_a_shift_ends_or_goes_where_it_has_not_begun(here):
    change(OutingEnd(shift_of(), TUESDAY))
    assert session().scalars(select(VisitShift)).one().last_on == TUESDAY

    change(replace(WEEK, first_on=date(2026, 12, 1)))
    later = session().scalars(select(VisitShift).order_by(VisitShift.first_on.desc())).first()
    change(OutingEnd(keeping.shift(keeper(), "team0", later.id), MONDAY))
    assert len(session().scalars(select(VisitShift)).all()) == 1


def test_it_is_the_business_of_those_who_keep_the_station(citizen):
    row = VisitAbsence(team_id="team0", worker_id=None, first_on=TUESDAY, last_on=TUESDAY)
    session().add(row)
    session().flush()
    acts = (
        lambda who: keeping.one(who, "team0", now=NOW),
        lambda who: keeping.areas(who, town.code()),
        lambda who: keeping.put(who, replace(PLAN, station=town.code()), now=NOW),
        lambda who: keeping.put(who, replace(PLAN, station=town.code()), team_id="team0", now=NOW),
        lambda who: keeping.preview(who, "team0", End(TUESDAY), now=NOW),
        lambda who: keeping.change(who, "team0", End(TUESDAY), now=NOW),
        lambda who: keeping.end_absence(who, row.id, now=NOW),
        lambda who: keeping.shift(who, "team0", "any"),
    )

    for act in acts:
        with pytest.raises(NotFound):
            act(keeper("430281"))
        for stranger, refusal in ((ANYONE, NotSignedIn), (citizen, Forbidden)):
            with pytest.raises(refusal):
                act(stranger)
    assert keeping.of_region(keeper("430281"), now=NOW) == []
    with pytest.raises(NotSignedIn):
        keeping.of_region(ANYONE, now=NOW)


def test_what_is_not_there_is_not_found(here):
    for act in (look, change):
        with pytest.raises(NotFound, match="visit_worker_unknown"):
            act(Member("nobody", "李云", "A-1"))
        with pytest.raises(NotFound, match="visit_worker_unknown"):
            act(Absence("nobody", TUESDAY, TUESDAY))
    with pytest.raises(NotFound, match="visit_absence_unknown"):
        keeping.end_absence(keeper(), "nothing", now=NOW)
    with pytest.raises(NotFound, match="rota_unknown"):
        keeping.shift(keeper(), "team0", "nothing")
