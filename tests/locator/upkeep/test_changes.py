"""Sets of changes: applied whole or not at all, turned down, undone; and nobody else's business."""

import pytest
from sqlalchemy import select

from core import audit
from core.audit import AuditEntry
from core.db import session
from core.errors import Conflict, Forbidden, Malformed, NotFound, NotSignedIn, Rejected
from core.identity import ANYONE, SYSTEM, Permission
from locator import policy, version
from locator.models import ChangeSet, Station, Venue
from locator.upkeep import changes, differences, edits, entry, quality, queries
from locator.upkeep.columns import StationColumn
from tests import make
from tests.locator.upkeep.files import applied, laid, office
from tests.locator.upkeep.test_import import DEMO, entry_of, stations

NAME = office()["name"]


def snapshot():
    """Read all that stands, as it was read by people."""
    ids = session().scalars(select(Station.id).where(Station.retired_on.is_(None), Station.division_code == "430211"))
    return entry.standing(list(ids))


def nowhere(change):
    return {**change.after["venue"], "lat": None, "lon": None}


def edited(clerk, code, now, **cells):
    return edits.propose(clerk, code, {StationColumn(name): text for name, text in cells.items()}, now=now)


@pytest.fixture
def code(country, keeper, now):
    applied(office(), office(name="第二中心", kind="公证处"), actor=keeper, now=now)
    return entry_of(NAME)["code"]


def test_undoing_brings_back_exactly_what_was(country, keeper, now):
    before = snapshot()
    done = applied(office(), office(name="第二中心"), actor=keeper, now=now)
    assert snapshot() != before
    at = version.current()

    undone = changes.undo(keeper, done.id, now=now)

    assert snapshot() == before
    assert DEMO in before
    assert (done.state, undone.kind, undone.undoes_id, undone.region) == ("undone", "undo", done.id, "430211")
    assert version.current() == at + 1


def test_what_was_undone_can_be_done_again(country, keeper, now):
    done = applied(office(), actor=keeper, now=now)
    after = snapshot()
    undone = changes.undo(keeper, done.id, now=now)

    changes.undo(keeper, undone.id, now=now)

    assert snapshot() == after
    with pytest.raises(Conflict, match="change_set_not_applied"):
        changes.undo(keeper, undone.id, now=now)


def test_a_file_may_come_again_after_it_was_undone(country, keeper, now):
    first = applied(office(), actor=keeper, now=now)
    after = snapshot()
    changes.undo(keeper, first.id, now=now)

    applied(office(), actor=keeper, now=now)

    assert snapshot() == after


def test_undoing_is_refused_where_something_was_changed_since(code, keeper, clerk, supervisor, now):
    done = session().scalars(select(ChangeSet).where(ChangeSet.kind == "import")).one()
    edit = edited(clerk, code, now, phone="0731-87654321")
    changes.apply(supervisor, edit.id, now=now)
    before = snapshot()

    with pytest.raises(Conflict) as refused:
        changes.undo(keeper, done.id, now=now)

    assert (refused.value.code, refused.value.params) == ("undo_would_lose_changes", {"count": 1})
    lost = queries.overtaken(done, queries.changes_of(done, first=9))
    assert lost == {entry_of(NAME)["id"]}
    assert snapshot() == before


def test_nothing_is_applied_where_one_station_has_changed_meanwhile(code, keeper, clerk, supervisor, now):
    file = laid(office(phone="12348"), office(name="第三中心"), actor=keeper, now=now)
    edit = edited(clerk, code, now, address="新的地址")
    changes.apply(supervisor, edit.id, now=now)
    before = snapshot()

    with pytest.raises(Conflict) as refused:
        changes.apply(keeper, file.id, now=now)

    assert (refused.value.code, refused.value.params) == ("directory_changed_meanwhile", {"count": 1})
    assert snapshot() == before
    assert queries.overtaken(file, queries.changes_of(file, first=9)) == {entry_of(NAME)["id"]}
    assert queries.overtaken(edit, queries.changes_of(edit, first=9)) == set()


def test_confirming_meanwhile_is_no_conflict_and_is_kept(code, keeper, clerk, now):
    file = laid(office(phone="12348"), actor=keeper, now=now)
    quality.confirm(clerk, code, now=now)

    changes.apply(keeper, file.id, now=now)

    assert (entry_of(NAME)["phone"], entry_of(NAME)["confirmed_on"]) == ("12348", "2026-11-23")


def test_stations_of_one_building_all_come_to_the_new_version(code, keeper, now):
    one, other = stations(NAME)[0], stations("第二中心")[0]
    other.venue_id = one.venue_id
    session().flush()

    applied(office(address="搬了家"), actor=keeper, now=now)

    session().expire_all()
    assert one.changed_in == other.changed_in == version.current()
    assert session().get_one(Venue, other.venue_id).address == "搬了家"


def test_a_set_is_decided_once(code, keeper, now):
    file = laid(office(phone="12348"), actor=keeper, now=now)
    changes.reject(keeper, file.id, reason="", now=now)

    for act in (
        lambda: changes.apply(keeper, file.id, now=now),
        lambda: changes.reject(keeper, file.id, reason="x", now=now),
    ):
        with pytest.raises(Conflict, match="change_set_settled"):
            act()
    assert entry_of(NAME)["phone"] == "0731-12345678"


def test_turning_down_takes_a_reason_of_others(code, clerk, supervisor, now):
    edit = edited(clerk, code, now, phone="12348")

    for reason, told in ((" ", "reason_missing"), ("长" * 301, "text_too_long")):
        with pytest.raises(Rejected) as rejected:
            changes.reject(supervisor, edit.id, reason=reason, now=now)
        assert rejected.value.problems[0].code == told
    changes.reject(supervisor, edit.id, reason="号码打不通", now=now)

    assert queries.overtaken(edit, queries.changes_of(edit, first=9)) == set()
    assert (edit.state, edit.decided_by, edit.decided_note) == ("rejected", "supervisor", "号码打不通")


def test_another_person_approves(code, clerk, supervisor, keeper, now):
    own = make.staff("430211", keeper.permissions, clerk.id)
    edit = edited(clerk, code, now, phone="12348")

    with pytest.raises(Forbidden, match="own_change"):
        changes.apply(own, edit.id, now=now)
    with pytest.raises(Forbidden):
        changes.reject(make.staff("430211", clerk.permissions, "colleague"), edit.id, reason="x", now=now)
    changes.apply(supervisor, edit.id, now=now)

    assert entry_of(NAME)["phone"] == "12348"
    with pytest.raises(Forbidden):
        changes.undo(clerk, edit.id, now=now)
    changes.undo(supervisor, edit.id, now=now)
    assert entry_of(NAME)["phone"] == "0731-12345678"


def test_an_import_is_brought_in_and_undone_by_those_who_may_make_one(code, keeper, clerk, supervisor, now):
    file = laid(office(phone="12348"), actor=keeper, now=now)

    with pytest.raises(Forbidden):
        changes.apply(supervisor, file.id, now=now)
    changes.apply(keeper, file.id, now=now)
    with pytest.raises(Forbidden):
        changes.undo(supervisor, file.id, now=now)


def test_is_nobody_elses_business(code, keeper, clerk, neighbour, now):
    edit = edited(clerk, code, now, phone="12348")
    nation = laid(office(name="成都市某新区法律援助中心", division_code="5101"), office(phone="1"), now=now)
    nowhere = make.staff("43", frozenset(), "nobody")

    for act in (changes.apply, changes.undo):
        with pytest.raises(NotFound, match="change_set_unknown"):
            act(neighbour, edit.id, now=now)
        with pytest.raises(NotSignedIn):
            act(ANYONE, edit.id, now=now)
    with pytest.raises(NotFound):
        changes.reject(neighbour, edit.id, reason="x", now=now)
    for stranger, refused in ((neighbour, NotFound), (nowhere, Forbidden), (ANYONE, NotSignedIn)):
        with pytest.raises(refused):
            queries.find_set(stranger, edit.id)
    with pytest.raises(NotFound):
        queries.find_set(keeper, nation.id)
    assert queries.find_set(clerk, edit.id) is edit
    assert changes.reject(SYSTEM, nation.id, reason="", now=now).state == "rejected"
    assert [one.id for one in queries.sets(neighbour, "open", first=9)] == []
    assert {one.id for one in queries.sets(clerk, "open", first=9)} == {edit.id}


def test_whoever_keeps_another_region_now_sees_what_they_brought_in_and_no_more(code, now):
    both = frozenset({Permission.DIRECTORY_EDIT, Permission.DIRECTORY_APPROVE})
    found = laid(office(phone="12348"), actor=make.staff("430211", both, "mover"), now=now)
    moved = make.staff("430281", both, "mover")

    assert queries.find_set(moved, found.id).id == found.id
    with pytest.raises(Forbidden):
        changes.apply(moved, found.id, now=now)


def test_lists_sets_newest_first_page_by_page(code, keeper, now):
    files = [laid(office(phone=f"1234{number}"), actor=keeper, now=now) for number in range(3)]

    page = queries.sets(keeper, "open", first=2)
    rest = queries.sets(keeper, "open", first=9, after=[page[1].proposed_at.isoformat(), page[1].id])

    assert {one.id for one in [*page[:2], *rest]} == {one.id for one in files}
    assert len(queries.sets(keeper, "settled", first=9)) == 1
    for odd in (["x", "y"], ["2026-01-01T00:00:00", "y"], [1]):
        with pytest.raises(Malformed, match="cursor_unknown"):
            queries.sets(keeper, "open", first=1, after=odd)
    with pytest.raises(Malformed, match="cursor_unknown"):
        queries.changes_of(files[0], first=1, after=["x"])


def test_everything_is_on_the_record(code, keeper, clerk, supervisor, now):
    edit = edited(clerk, code, now, phone="12348")
    changes.reject(supervisor, edit.id, reason="不对", now=now)
    done = session().scalars(select(ChangeSet).where(ChangeSet.kind == "import")).one()
    changes.undo(keeper, done.id, now=now)
    audit._seal()

    acts = [(one.act, one.actor_id) for one in session().scalars(select(AuditEntry).order_by(AuditEntry.position))]
    assert acts == [
        ("directory.import_proposed", "keeper"),
        ("directory.applied", "keeper"),
        ("directory.edit_proposed", "office"),
        ("directory.rejected", "supervisor"),
        ("directory.applied", "keeper"),
    ]


def test_says_field_by_field_what_changes(code, keeper, now):
    file = laid(office(phone="12348", lat="27.82", lon="113.08"), actor=keeper, now=now)

    (change,) = queries.changes_of(file, first=9)

    told = {one.field: (one.label, one.before, one.after) for one in differences.between(change.before, change.after)}
    made = differences.between(None, change.after)
    assert (made[0].field, made[0].before, made[0].after) == ("name", "", NAME)
    assert "position" not in {
        one.field for one in differences.between(None, {**change.after, "venue": nowhere(change)})
    }
    assert told == {
        "phone": ("电话", "0731-12345678", "12348"),
        "position": ("位置", "27.820000，113.080000（大致（所在地区））", "27.820000，113.080000（准确）"),
    }


def test_without_a_permission_no_set_is_seen_at_all(code):
    seen = select(ChangeSet.id).where(policy.sets_visible_to(make.staff("43", frozenset())))

    assert session().scalars(seen).all() == []
