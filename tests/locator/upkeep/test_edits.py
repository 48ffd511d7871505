import pytest

from core.corrections import Reply, Told
from core.db import session
from core.errors import Conflict, Forbidden, NotFound, NotSignedIn, Rejected
from core.identity import ANYONE
from locator import reports
from locator.models import Station
from locator.upkeep import changes, edits, filling, queries
from locator.upkeep.changes import ChangeSetKind
from locator.upkeep.columns import StationColumn
from tests.locator.upkeep.files import applied, laid, office
from tests.locator.upkeep.test_import import DEMO, entry_of

NAME = office()["name"]


@pytest.fixture
def code(country, keeper, now):
    applied(office(facts="轮椅坡道"), actor=keeper, now=now)
    return entry_of(NAME)["code"]


def test_waits_for_another_person(code, clerk, now):
    edit = edits.propose(clerk, code, {StationColumn.PHONE: "12348"}, now=now)

    assert (edit.kind, edit.state, edit.title, edit.region) == ("edit", "proposed", NAME, "430211")
    assert entry_of(NAME)["phone"] == "0731-12345678"


def test_an_approved_edit_counts_as_confirmed_and_a_correction_says_its_day(code, clerk, supervisor, now):
    edit = edits.propose(clerk, code, {StationColumn.ADDRESS: ""}, kind=ChangeSetKind.CORRECTION, now=now)
    changes.apply(supervisor, edit.id, now=now)

    made = entry_of(NAME)
    assert (made["venue"]["address"], made["confirmed_on"], made["corrected_on"]) == ("", "2026-11-23", "2026-11-23")


def test_a_report_answered_meanwhile_does_not_spoil_an_edit_and_its_day_stays(code, clerk, supervisor, now):
    edit = edits.propose(clerk, code, {StationColumn.PHONE: "12348"}, now=now)
    said = reports.report(ANYONE, code, Told("phone", "打不通"), now=now)
    reports.answer(clerk, said.id, Reply(accepted=True, answer=""), now=now)

    changes.apply(supervisor, edit.id, now=now)

    assert (entry_of(NAME)["phone"], entry_of(NAME)["corrected_on"]) == ("12348", "2026-11-23")


def test_says_all_that_is_wrong_at_once_but_takes_hours_in_any_words(code, clerk, now):
    with pytest.raises(Rejected) as rejected:
        edits.propose(
            clerk, code, {StationColumn.PHONE: "?", StationColumn.NAME: "", StationColumn.HOURS: "看牌子"}, now=now
        )
    assert {one.field for one in rejected.value.problems} == {"phone", "name"}

    edit = edits.propose(clerk, code, {StationColumn.HOURS: "看牌子"}, now=now)
    (change,) = queries.changes_of(edit, first=9)
    assert (change.after["hours"], change.after["hours_text"]) == ("", "看牌子")


def test_the_form_sent_back_as_it_was_changes_nothing(country, clerk, keeper, now):
    applied(office(lat="27.82", lon="113.08"), actor=keeper, now=now)
    for one in queries.page(clerk, queries.DirectoryPile.ALL, "", first=50, now=now):
        cells = filling.cells_of(one.entry)
        with pytest.raises(Rejected) as rejected:
            edits.propose(clerk, one.entry["code"], cells, now=now)
        assert filling.services_of(one.entry)["法律咨询"] is True
        assert set(filling.facts_of(one.entry).values()) <= {True, False, None}
        assert rejected.value.problems[0].code == "entry_unchanged", one.entry["name"]


def test_kind_and_division_are_not_for_an_office_to_change(code, clerk, now):
    with pytest.raises(Rejected, match="rejected"):
        edits.propose(clerk, code, {StationColumn.KIND: "公证处", StationColumn.DIVISION_CODE: "43"}, now=now)


def test_an_office_may_say_that_it_closes(code, clerk, supervisor, now):
    edit = edits.propose(clerk, code, {StationColumn.STATUS: "停用", StationColumn.PHONE: "?"}, now=now)
    changes.apply(supervisor, edit.id, now=now)

    with pytest.raises(Conflict, match="station_retired"):
        edits.propose(clerk, code, {StationColumn.PHONE: "12348"}, now=now)
    with pytest.raises(NotFound, match="station_unknown"):
        queries.find(clerk, code, now=now)


def test_a_demo_station_stays_marked(country, clerk, supervisor, now):
    station = session().get_one(Station, DEMO)
    edit = edits.propose(clerk, station.code, {StationColumn.NAME: "真像真的中心"}, now=now)
    changes.apply(supervisor, edit.id, now=now)

    session().expire_all()
    assert (station.name, station.is_demo) == ("〔演示〕真像真的中心", True)


def test_is_nobody_elses_business(code, neighbour, supervisor, now):
    for stranger, refused in ((neighbour, NotFound), (supervisor, Forbidden), (ANYONE, NotSignedIn)):
        with pytest.raises(refused):
            edits.propose(stranger, code, {StationColumn.PHONE: "12348"}, now=now)
        with pytest.raises(refused):
            queries.find(stranger, code, now=now)


def test_the_same_change_of_a_file_no_longer_fits_after_the_edit(code, keeper, clerk, supervisor, now):
    file = laid(office(phone="12348"), actor=keeper, now=now)
    edit = edits.propose(clerk, code, {StationColumn.PHONE: "12348"}, now=now)
    changes.apply(supervisor, edit.id, now=now)

    with pytest.raises(Conflict, match="directory_changed_meanwhile"):
        changes.apply(keeper, file.id, now=now)
