from datetime import timedelta

import pytest

from applications import casefiles, decisions, supplements
from applications.models.evidence import Evidence, Upload
from applications.states import State
from applications.supplements import Missing
from core.db import session
from core.errors import Conflict, Forbidden, NotFound, NotSignedIn, Problem, Rejected
from core.identity import ANYONE
from core.outbox import Errand
from tests import make


@pytest.fixture
def citizen(unit):
    return make.person()


@pytest.fixture
def case(citizen):
    return make.application(citizen)


def test_asks_once_for_everything_and_stops_the_clock(case, now):
    notice = supplements.ask(make.staff(), case.reference, [Missing("case_material", "工资条")], now=now)

    assert case.state == State.SUPPLEMENT_REQUIRED
    assert case.due_on is None
    assert [(item.code, item.note) for item in notice.items] == [("case_material", "工资条")]
    assert notice.due_on.isoformat() == "2026-12-03"
    assert {errand.kind for errand in session().query(Errand)} == {
        "application.supplement_asked",
        "application.supplement_due",
    }


def test_says_all_that_is_wrong_with_a_notice(case, now):
    with pytest.raises(Rejected) as rejected:
        supplements.ask(make.staff(), case.reference, [Missing("nothing_like_it", "长" * 301)], now=now)

    assert rejected.value.problems == (Problem("supplement_unknown", "items"), Problem("note_too_long", "items"))


def test_never_asks_for_nothing(case, now):
    with pytest.raises(Rejected):
        supplements.ask(make.staff(), case.reference, [], now=now)


def test_never_asks_twice_for_the_same(citizen, case, now):
    supplements.ask(make.staff(), case.reference, [Missing("case_material")], now=now)
    (item,) = supplements.open_notice(case).items
    supplements.supply(citizen, case.reference, {item.id: "没有了"}, now=now)

    with pytest.raises(Rejected) as rejected:
        supplements.ask(make.staff(), case.reference, [Missing("case_material")], now=now)

    assert rejected.value.problems == (Problem("supplement_asked_before", "items"),)
    supplements.ask(make.staff(), case.reference, [Missing("explanation", "新的情况")], now=now)


def test_goes_on_when_everything_is_there(citizen, case, now):
    later = now + timedelta(days=2)
    supplements.ask(make.staff(), case.reference, [Missing("case_material")], now=now)
    (item,) = supplements.open_notice(case).items

    supplements.supply(citizen, case.reference, {item.id: " 只有口头约定 "}, now=later)

    assert case.state == State.SUBMITTED
    assert item.explanation == "只有口头约定"
    assert case.due_on.isoformat() == "2026-12-02"
    assert supplements.open_notice(case) is None


def test_wants_a_file_or_words_for_each_item(citizen, case, now):
    supplements.ask(make.staff(), case.reference, [Missing("case_material"), Missing("authority")], now=now)
    first, second = supplements.open_notice(case).items

    with pytest.raises(Rejected) as rejected:
        supplements.supply(citizen, case.reference, {first.id: "说明"}, now=now)

    assert rejected.value.problems == (Problem("item_not_supplied", f"item-{second.id}"),)


def test_takes_files_that_were_sent_and_no_others(citizen, case, now):
    supplements.ask(make.staff(), case.reference, [Missing("case_material")], now=now)
    (item,) = supplements.open_notice(case).items
    told = {"purpose": "evidence", "media_type": "image/jpeg", "size": 1, "sha256": "0" * 64, "warnings": []}
    session().add(Upload(id="sent", owner_id=citizen.id, name="x", master_key="x.jpg", created_at=now, **told))

    with pytest.raises(NotFound):
        supplements.attach(citizen, case.reference, item.id, "never-sent", now=now)
    supplements.attach(citizen, case.reference, item.id, "sent", now=now)

    (attached,) = session().query(Evidence)
    assert (attached.application_id, attached.upload_id) == (case.id, "sent")


def test_has_nothing_to_supply_where_nothing_was_asked(citizen, case, now):
    with pytest.raises(Rejected) as rejected:
        supplements.supply(citizen, case.reference, {}, now=now)

    assert rejected.value.problems == (Problem("nothing_to_supply"),)


def test_cannot_ask_while_it_waits(case, now):
    supplements.ask(make.staff(), case.reference, [Missing("case_material")], now=now)

    with pytest.raises(Conflict):
        supplements.ask(make.staff(), case.reference, [Missing("authority")], now=now)


def test_is_nobody_elses_business(citizen, case, now):
    neighbour = make.person("13800000002", "citizen-2")
    elsewhere = make.staff(region="430104")
    supplements.ask(make.staff(), case.reference, [Missing("case_material")], now=now)
    (item,) = supplements.open_notice(case).items

    with pytest.raises(NotFound):
        supplements.supply(neighbour, case.reference, {item.id: "x"}, now=now)
    with pytest.raises(NotFound):
        supplements.attach(neighbour, case.reference, item.id, "token", now=now)
    with pytest.raises(NotFound):
        supplements.attach(citizen, case.reference, "another-item", "token", now=now)
    with pytest.raises(NotFound):
        supplements.ask(elsewhere, case.reference, [Missing("authority")], now=now)
    with pytest.raises(Forbidden):
        supplements.ask(citizen, case.reference, [Missing("authority")], now=now)
    with pytest.raises(NotSignedIn):
        supplements.supply(ANYONE, case.reference, {}, now=now)
    for stranger in neighbour, elsewhere, ANYONE:
        with pytest.raises(NotFound):
            casefiles.find(stranger, case.reference)


def test_who_forgot_is_reminded_once_three_days_before(citizen, case, now):
    notice = supplements.ask(make.staff(), case.reference, [Missing("case_material")], now=now)
    errand = session().query(Errand).filter_by(kind="application.supplement_due").one()
    assert errand.due_at.isoformat() == "2026-11-30T01:00:00+00:00"

    supplements.remind(errand.payload, now=errand.due_at)
    session().flush()
    assert session().query(Errand).filter_by(kind="application.supplement_reminded").count() == 1

    session().query(Errand).filter_by(kind="application.supplement_reminded").delete()
    supplements.supply(citizen, case.reference, {notice.items[0].id: "没有"}, now=now)
    supplements.remind(errand.payload, now=errand.due_at)
    assert session().query(Errand).filter_by(kind="application.supplement_reminded").count() == 0


def deemed_withdrawn(case, now):
    (item,) = supplements.ask(make.staff(), case.reference, [Missing("case_material")], now=now).items
    decisions.deem_withdrawn(make.staff(), case.reference, "read", now=now + timedelta(days=11))
    return item.id


def test_what_comes_late_goes_on_where_it_stood(citizen, case, now):
    item = deemed_withdrawn(case, now)
    late = now + timedelta(days=40)

    supplements.supply(citizen, case.reference, {item: "现在有了"}, now=late)

    assert case.state == State.SUBMITTED
    assert case.due_on.isoformat() == "2027-01-11"  # seven days from then, the last of them a Saturday and moved on
    with pytest.raises(Rejected):
        supplements.supply(citizen, case.reference, {item: "再来"}, now=late)


def test_what_comes_much_too_late_is_another_case(citizen, case, now):
    item = deemed_withdrawn(case, now)

    with pytest.raises(Rejected) as rejected:
        supplements.supply(citizen, case.reference, {item: "现在有了"}, now=now + timedelta(days=43))

    assert rejected.value.problems == (Problem("nothing_to_supply"),)
    with pytest.raises(NotFound):
        supplements.attach(citizen, case.reference, item, "x", now=now + timedelta(days=43))
