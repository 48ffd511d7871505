"""Pledges that were not true: two people, a right to explain, and no second pledge while it stands (RULEBOOK MV-HN)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from applications import drafts, findings, journey, rulebook, signing
from applications.judgement import Route
from applications.models.pledge import Pledge
from applications.pledge import SignatureMethod
from applications.rulefiles import BUNDLED
from applications.signing import Wish
from core import settings
from core.calendar import china_day
from core.db import session
from core.errors import Conflict, Forbidden, NotFound, NotSignedIn, Problem, Rejected
from core.identity import ANYONE, Permission
from core.jobs import kinds
from core.outbox import Errand
from tests import make
from tests.applications.conftest import WAGES

REFERENCE = "FY-AAAAA-AAAAA-AAAA"
REASON = "工资表上每月有六千元，承诺里写的是没有收入。"
AGAIN = """
[[limit]]
id = "PLEDGE-AGAIN"
title = "再次可以承诺"
days = 12
unit = "MONTH"
roll = false
source = "POLICY"
confidence = "OWN"
"""


@pytest.fixture
def case(citizen, now):
    made = make.application(citizen, now=now)
    said = {"template": "x", "template_version": "2026-11", "acknowledged": [], "method": "typed", "signed": {}}
    said |= {"signed_at": now, "sha256": "b" * 64, "draft_id": made.draft_id, "person_id": citizen.id}
    session().add(Pledge(application_id=made.id, **said))
    session().flush()
    return made


@pytest.fixture
def decider():
    return make.staff(staff_id="staff-2")


@pytest.fixture
def doubted(case, now):
    made = findings.doubt(make.staff(), REFERENCE, REASON, now=now)
    session().flush()
    return made


@pytest.fixture
def confirmed(doubted, citizen, decider, now):
    findings.explain(citizen, REFERENCE, "填的时候还没有开工。", now=now)
    made = findings.confirm(decider, REFERENCE, now=now)
    session().flush()
    return made


def offered(draft, now):
    here = drafts.situation(draft, now=now)
    (question,) = journey.questions_of(journey.find("verification", here), here)
    return [one.value for one in question.options], question.help


def test_counts_for_nothing_before_a_second_person_confirms_it(citizen, doubted, now):
    assert doubted.explain_until.isoformat() == "2026-12-03"
    assert not findings.is_closed(citizen.id, on=china_day(now))
    assert [one.kind for one in session().query(Errand)] == ["application.pledge_doubted"]


def test_offers_no_second_pledge_and_says_why_and_what_else(citizen, draft, fill, confirmed, now):
    fill(citizen, draft, {name: given for name, given in WAGES.items() if name != "verification"})

    options, words = offered(draft, now)

    assert options == [Route.DATA_SHARING, Route.CERTIFICATE]
    assert "照样可以申请" in words
    assert "12348" in words


def test_asks_again_how_to_verify_where_the_pledge_was_chosen_before(citizen, draft, fill, doubted, decider, now):
    fill(citizen, draft, WAGES | {"verification": {"verification": ["PLEDGE"]}})
    shown = signing.edition_of(drafts.situation(draft, now=now))
    findings.explain(citizen, REFERENCE, "记错了一个月。", now=now)
    findings.confirm(decider, REFERENCE, now=now)
    session().flush()

    here = drafts.situation(draft, now=now)

    assert [one.name for one in journey.missing(journey.find("verification", here), here)] == ["verification"]
    with pytest.raises(NotFound):
        journey.find("pledge", here)
    with pytest.raises(Conflict) as refused:
        signing.sign(citizen, draft.id, Wish(shown.version, shown.codes, SignatureMethod.TYPED, "李芳"), now=now)
    assert refused.value.code == "pledge_not_chosen"


def test_leaves_everybody_else_the_pledge(neighbour, confirmed, fill, now):
    draft = drafts.start(neighbour, drafts.Start(), now=now)
    fill(neighbour, draft, {name: given for name, given in WAGES.items() if name != "verification"})

    options, words = offered(draft, now)

    assert Route.PLEDGE in options
    assert words == ""


def test_is_confirmed_by_somebody_else(citizen, doubted, now):
    findings.explain(citizen, REFERENCE, "填的时候还没有开工。", now=now)

    with pytest.raises(Forbidden) as refused:
        findings.confirm(make.staff(), REFERENCE, now=now)

    assert refused.value.code == "finding_own"


def test_waits_for_the_explanation_or_until_its_time_is_over(citizen, doubted, decider, now):
    with pytest.raises(Conflict) as refused:
        findings.confirm(decider, REFERENCE, now=now + timedelta(days=10))
    assert refused.value.code == "finding_too_early"

    findings.confirm(decider, REFERENCE, now=now + timedelta(days=11))
    session().flush()

    assert findings.is_closed(citizen.id, on=china_day(now))


def test_has_no_end_of_its_own_where_the_rules_name_none(citizen, confirmed, now):
    assert confirmed.ends_on is None
    assert findings.is_closed(citizen.id, on=china_day(now) + timedelta(days=20_000))


def test_ends_by_itself_where_the_rules_name_a_time(citizen, doubted, decider, now, tmp_path):
    (tmp_path / "time_limits.toml").write_text((BUNDLED / "time_limits.toml").read_text("utf-8") + AGAIN, "utf-8")
    before = settings.current()
    settings.use(replace(before, rules_dir=str(tmp_path)))
    rulebook.load.cache_clear()
    findings.explain(citizen, REFERENCE, "填的时候还没有开工。", now=now)

    ends_on = findings.confirm(decider, REFERENCE, now=now).ends_on
    session().flush()
    settings.use(before)
    rulebook.load.cache_clear()

    assert ends_on.isoformat() == "2027-11-23"
    assert findings.is_closed(citizen.id, on=ends_on - timedelta(days=1))
    assert not findings.is_closed(citizen.id, on=ends_on)


@pytest.mark.parametrize("counts", [True, False])
def test_is_lifted_at_any_time_with_a_reason(citizen, doubted, decider, now, counts):
    if counts:
        findings.explain(citizen, REFERENCE, "填的时候还没有开工。", now=now)
        findings.confirm(decider, REFERENCE, now=now)

    findings.lift(decider, REFERENCE, "核对错了人。", now=now)
    session().flush()

    assert not findings.is_closed(citizen.id, on=china_day(now))
    for late in (
        lambda: findings.lift(decider, REFERENCE, "核对错了人。", now=now),
        lambda: findings.confirm(decider, REFERENCE, now=now),
        lambda: findings.explain(citizen, REFERENCE, "填的时候还没有开工。", now=now),
        lambda: findings.doubt(make.staff(), REFERENCE, REASON, now=now),
    ):
        with pytest.raises(Conflict):
            late()


@pytest.mark.parametrize("words", ["", "  不实 ", "长" * 501])
def test_wants_words_that_say_something(citizen, case, now, words):
    with pytest.raises(Rejected) as rejected:
        findings.doubt(make.staff(), REFERENCE, words, now=now)

    assert rejected.value.problems == (Problem("finding_words", "words"),)


def test_needs_a_pledge(citizen, now):
    make.application(citizen, now=now)

    with pytest.raises(Conflict) as refused:
        findings.doubt(make.staff(), REFERENCE, REASON, now=now)

    assert refused.value.code == "finding_not_possible"


def test_is_on_record_without_words_about_anybody(citizen, confirmed, decider, now):
    findings.lift(decider, REFERENCE, "核对错了人。", now=now)

    told = [one for one in session().info["audit"] if one.act.startswith("pledge.")]

    names = ("doubted", "explained", "found_false", "finding_lifted")
    assert [one.act for one in told] == [f"pledge.{name}" for name in names]
    assert not any("工资" in f"{one.reason}{one.details}" for one in told)


def test_is_sealed_at_rest(doubted):
    (kept,) = session().connection().exec_driver_sql("SELECT reason FROM pledge_finding").scalars()

    assert "工资" not in kept


@pytest.mark.parametrize("kind", ["pledge_doubted", "pledge_found_false", "pledge_finding_lifted"])
def test_is_told_by_somebody(kind):
    assert f"application.{kind}" in kinds()


def test_is_nobody_elses_business(citizen, neighbour, doubted, decider, now):
    elsewhere = make.staff(region="430104", staff_id="staff-3")
    only_looks = make.staff(permissions=frozenset({Permission.APPLICATIONS_REVIEW}), staff_id="staff-4")

    assert findings.at(citizen, REFERENCE).id == findings.of_application(doubted.application_id).id
    for stranger in neighbour, elsewhere, ANYONE:
        assert findings.at(stranger, REFERENCE) is None
    with pytest.raises(NotFound):
        findings.explain(neighbour, REFERENCE, "不是我的事情。", now=now)
    for act in (findings.doubt, findings.lift):
        with pytest.raises(NotFound):
            act(elsewhere, REFERENCE, REASON, now=now)
        for somebody in citizen, only_looks:
            with pytest.raises(Forbidden):
                act(somebody, REFERENCE, REASON, now=now)
        with pytest.raises(NotSignedIn):
            act(ANYONE, REFERENCE, REASON, now=now)
    with pytest.raises(NotFound):
        findings.confirm(elsewhere, REFERENCE, now=now)
    with pytest.raises(Forbidden):
        findings.confirm(citizen, REFERENCE, now=now)


def test_cannot_be_confirmed_where_nobody_doubted(case, decider, now):
    with pytest.raises(NotFound):
        findings.confirm(decider, REFERENCE, now=now)
