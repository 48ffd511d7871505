from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, text

from api import execution
from api.viewer import Viewer
from applications import precheck
from applications.judgement import Verdict
from applications.models.precheck import PreCheck
from core.db import session, transaction
from core.errors import Malformed, Rejected, TooMany
from core.identity import ANYONE, Actor, ActorKind

ANSWERS = {"region": ["43"], "area": ["WORK"], "matter": ["WAGES"], "exemptions": ["MIGRANT_WORKER"]}
HERE, ELSEWHERE = "10.0.0.1", "10.0.0.2"
KEY = "k" * 20


def written(answers):
    return [{"field": name, "values": values} for name, values in answers.items()]


@pytest.fixture
def viewer(now):
    return Viewer(actor=ANYONE, now=now, address=HERE)


def test_is_open_to_anybody_and_keeps_nothing(unit, now):
    checked = precheck.check(ANYONE, {"region": ["43"]}, now=now)

    assert checked.walk.next.name == "area"
    assert session().scalars(select(PreCheck)).all() == []


def test_is_opened_again_by_its_code(unit, now):
    saved = precheck.save(ANYONE, ANSWERS, now=now)

    found = precheck.find(ANYONE, saved.code.lower().replace("-", " "), address=HERE, now=now)

    assert found == saved
    assert found.judgement.verdict is Verdict.LIKELY
    assert found.expires_at == now + timedelta(days=30)
    assert [question.name for question, _ in precheck.replay(found).asked] == list(ANSWERS)


def test_is_sealed_and_its_code_is_not_kept(unit, now):
    saved = precheck.save(ANYONE, ANSWERS, now=now)

    row = session().execute(text("SELECT * FROM precheck")).mappings().one()

    kept = " ".join(str(value) for value in row.values())
    assert "WAGES" not in kept
    assert saved.code not in kept
    assert saved.code.replace("-", "") not in kept


def test_is_opened_by_whoever_has_the_code_and_nobody_else(unit, now):
    saved = precheck.save(ANYONE, ANSWERS, now=now)
    clerk = Actor(id="clerk", kind=ActorKind.STAFF)

    assert precheck.find(clerk, saved.code, address=HERE, now=now) == saved
    for guess in "AAAA-AAAA", "", "FY-7K3MQ-9Q2PX-4TB6R", saved.code[:-1]:
        assert precheck.find(ANYONE, guess, address=ELSEWHERE, now=now) is None


def test_is_gone_after_thirty_days(unit, now):
    saved = precheck.save(ANYONE, ANSWERS, now=now)
    later = now + timedelta(days=30)

    assert precheck.find(ANYONE, saved.code, address=HERE, now=later) is None

    precheck.forget_expired({}, now=now)
    assert len(session().scalars(select(PreCheck)).all()) == 1
    precheck.forget_expired({}, now=later)
    assert session().scalars(select(PreCheck)).all() == []


def test_is_forgotten_at_once(unit, now):
    saved = precheck.save(ANYONE, ANSWERS, now=now)

    assert precheck.forget(ANYONE, saved.code, address=HERE, now=now)
    assert not precheck.forget(ANYONE, saved.code, address=HERE, now=now)


def test_is_kept_only_when_finished(unit, now):
    with pytest.raises(Rejected) as unfinished:
        precheck.save(ANYONE, {"region": ["43"]}, now=now)
    with pytest.raises(Rejected) as unfit:
        precheck.save(ANYONE, {**ANSWERS, "exemptions": []}, now=now)

    assert [one.code for one in unfinished.value.problems] == ["precheck_unfinished"]
    assert [one.code for one in unfit.value.problems] == ["answer_missing"]


def test_counts_every_try_of_an_address(db, now):
    for _ in range(20):
        with transaction():
            assert precheck.find(ANYONE, "AAAA-AAAA", address=HERE, now=now) is None

    with pytest.raises(TooMany) as often, transaction():
        precheck.find(ANYONE, "AAAA-AAAA", address=HERE, now=now)

    assert often.value.code == "too_often_precheck_code"
    with transaction():
        assert precheck.find(ANYONE, "AAAA-AAAA", address=ELSEWHERE, now=now) is None


def test_goes_through_the_door_question_by_question(db, viewer):
    answers = {}
    titles = []
    while (checked := execution.run(viewer, "PreCheck", answers=written(answers))["preCheck"])["nextQuestion"]:
        titles.append(checked["nextQuestion"]["title"])
        answers[checked["nextQuestion"]["name"]] = ANSWERS[checked["nextQuestion"]["name"]]

    assert len(titles) == 4
    assert checked["judgement"]["verdict"] == "LIKELY"
    assert checked["judgement"]["regionName"] == "湖南省"
    assert [one["text"] for one in checked["answered"]][-1] == "离开家乡进城打工的人"


def test_says_at_the_door_what_does_not_fit(db, viewer):
    checked = execution.run(viewer, "PreCheck", answers=written({**ANSWERS, "exemptions": ["NONE", "MIGRANT_WORKER"]}))

    (problem,) = checked["preCheck"]["problems"]
    assert (problem["code"], problem["field"]) == ("answer_contradicts", "exemptions")
    assert problem["message"]
    assert checked["preCheck"]["judgement"] is None


def test_is_kept_once_for_a_key(db, viewer):
    asked = {"input": {"answers": written(ANSWERS)}, "idempotencyKey": KEY}

    first = execution.run(viewer, "SavePreCheck", **asked)["savePreCheck"]["savedPreCheck"]
    again = execution.run(viewer, "SavePreCheck", **asked)["savePreCheck"]["savedPreCheck"]

    assert first["code"] == again["code"]
    found = execution.run(viewer, "PreCheckByCode", code=first["code"])["preCheckByCode"]
    assert found["judgement"]["headline"] == "您很可能符合法律援助条件"
    gone = execution.run(viewer, "ForgetPreCheck", input={"code": first["code"]}, idempotencyKey="f" * 20)
    assert gone["forgetPreCheck"]["forgotten"]
    assert execution.run(viewer, "PreCheckByCode", code=first["code"])["preCheckByCode"] is None


def test_counts_guesses_at_the_door(db, viewer):
    for _ in range(20):
        assert execution.run(viewer, "PreCheckByCode", code="AAAA-AAAA")["preCheckByCode"] is None

    with pytest.raises(TooMany):
        execution.run(viewer, "PreCheckByCode", code="AAAA-AAAA")


def test_says_at_the_door_that_it_is_unfinished(db, viewer):
    asked = {"input": {"answers": [], "region": "43"}, "idempotencyKey": KEY}

    saved = execution.run(viewer, "SavePreCheck", **asked)["savePreCheck"]

    assert saved["savedPreCheck"] is None
    assert [one["code"] for one in saved["problems"]] == ["precheck_unfinished"]


def test_lists_the_matters_of_a_region(db, viewer):
    here = execution.run(viewer, "Matters")["matters"]
    there = execution.run(viewer, "Matters", region="11")["matters"]

    assert len(here) > len(there)
    assert {one["code"] for one in here if not one["hardshipRequired"]} >= {"GOOD_SAMARITAN"}
    assert {one["code"] for one in here if not one["inScope"]} == {"FAMILY_OTHER", "MONEY_OR_PROPERTY"}
    with pytest.raises(Malformed):
        execution.run(viewer, "Matters", region="Hunan")
