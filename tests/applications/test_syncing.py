"""Two devices wrote on one draft, one of them without a line: both sides' work is there, and what clashes is said."""

from datetime import timedelta

import pytest

from applications import drafts, syncing
from applications.syncing import MOST_PAGES, LeftOut
from core.errors import Conflict, Malformed, NotFound, NotSignedIn
from core.identity import ANYONE
from tests.applications.conftest import VIOLENCE, WAGES

STORY = WAGES["story"]
BEGUN = ("area", "matter", "urgency", "groups", "region", "agency")


@pytest.fixture
def shown(citizen, draft, fill):
    """A draft with a story, as both devices were shown it; its version."""
    fill(citizen, draft, {name: WAGES[name] for name in BEGUN} | {"story": STORY})
    return draft.version


def sync(actor, draft, now, base, *written):
    return syncing.sync(actor, draft.id, written, base_version=base, now=now)


def elsewhere(actor, draft, now, step, given):
    drafts.save_step(actor, draft.id, step, given, base_version=draft.version, now=now)


def test_what_each_side_wrote_is_there(citizen, draft, shown, now):
    elsewhere(citizen, draft, now, "story", STORY | {"wanted": ["要回工资和补偿"]})

    done = sync(citizen, draft, now, shown, ("story", STORY | {"story": ["干了八个月，老板没给钱。"]}))

    assert (done.clashes, done.problems, done.left_out) == ((), (), ())
    assert draft.answers["wanted"] == "要回工资和补偿"
    assert draft.answers["story"] == "干了八个月，老板没给钱。"
    assert [step.name for step in done.pages] == ["story"]


def test_what_both_changed_comes_back_in_both_versions(citizen, draft, shown, now):
    elsewhere(citizen, draft, now, "story", STORY | {"wanted": ["要回工资和补偿"]})

    done = sync(citizen, draft, now, shown, ("story", {"wanted": ["只要工资"]}))

    (clash,) = done.clashes
    assert (clash.step, clash.question.name, clash.mine, clash.theirs) == (
        "story",
        "wanted",
        "只要工资",
        "要回工资和补偿",
    )
    assert draft.answers["wanted"] == "只要工资"
    assert syncing.values_of(clash) == ("要回工资和补偿",)


def test_taking_the_others_back_is_saving_it(citizen, draft, shown, now):
    elsewhere(citizen, draft, now, "story", STORY | {"wanted": ["要回工资和补偿"]})
    (clash,) = sync(citizen, draft, now, shown, ("story", {"wanted": ["只要工资"]})).clashes

    again = sync(citizen, draft, now, draft.version, ("story", {"wanted": list(syncing.values_of(clash))}))

    assert (again.clashes, draft.answers["wanted"]) == ((), "要回工资和补偿")


def test_sending_the_same_again_changes_nothing(citizen, draft, shown, now):
    written = (("story", {"wanted": ["只要工资"]}), ("opponent", WAGES["opponent"]))
    sync(citizen, draft, now, shown, *written)
    before = dict(draft.answers)

    again = sync(citizen, draft, now, shown, *written)

    assert (draft.answers, again.clashes, again.problems) == (before, (), ())


def test_pages_follow_from_each_other(citizen, draft, now):
    written = [(name, WAGES[name]) for name in (*BEGUN, "story", "opponent")]

    done = sync(citizen, draft, now, draft.version, *written)

    assert (done.problems, done.left_out) == ((), ())
    assert draft.answers["opponent_name"] == "某建筑公司"


def test_what_is_not_asked_any_more_is_left_out_and_said(citizen, draft, shown, now):
    elsewhere(citizen, draft, now, "area", VIOLENCE["area"])
    elsewhere(citizen, draft, now, "matter", VIOLENCE["matter"])

    done = sync(
        citizen,
        draft,
        now,
        shown,
        ("exemptions", WAGES["exemptions"]),
        ("a page of another release", {"x": ["1"]}),
        ("story", {"wanted": ["保护令"], "a question of another release": ["1"]}),
    )

    assert LeftOut("a page of another release") in done.left_out
    assert LeftOut("story", "a question of another release") in done.left_out
    assert draft.answers["wanted"] == "保护令"


def test_problems_come_back_and_the_rest_is_kept(citizen, draft, shown, now):
    done = sync(citizen, draft, now, shown, ("story", STORY | {"happened_on": ["2026-13-45"], "wanted": ["只要工资"]}))

    assert [one.field for one in done.problems] == ["happened_on"]
    assert draft.answers["wanted"] == "只要工资"


def test_a_secret_answer_comes_back_masked(citizen, draft, shown, now, fill):
    fill(citizen, draft, {name: WAGES[name] for name in ("exemptions", "registry", "circumstances", "identity")})
    base = draft.version
    fill(citizen, draft, {"id_number": WAGES["id_number"]})

    done = sync(citizen, draft, now, base, ("id_number", {"id_number": ["430102199003072341"]}))

    (clash,) = done.clashes
    (theirs,) = syncing.values_of(clash)
    assert "*" in theirs
    assert "19491231" not in theirs


def test_a_number_of_another_kind_of_paper_is_asked_again(citizen, draft, shown, now, fill):
    fill(citizen, draft, {name: WAGES[name] for name in ("exemptions", "registry", "circumstances", "identity")})
    base = draft.version
    elsewhere(citizen, draft, now, "identity", {"name": ["李芳芳"], "id_kind": ["resident_id"]})

    done = sync(citizen, draft, now, base, ("identity", {"name": ["李方"], "id_kind": ["none"]}))

    assert [one.question.name for one in done.clashes] == ["name"]


def test_what_was_handed_in_is_not_written_on(citizen, draft, shown, now):
    draft.submitted_at = now

    with pytest.raises(Conflict, match="draft_handed_in"):
        sync(citizen, draft, now, shown, ("story", STORY))


def test_is_nobody_elses_business(citizen, neighbour, draft, shown, now):
    with pytest.raises(NotFound):
        sync(neighbour, draft, now, shown, ("story", STORY))
    with pytest.raises(NotSignedIn):
        sync(ANYONE, draft, now, shown, ("story", STORY))


def test_has_an_end(citizen, draft, shown, now):
    with pytest.raises(Malformed, match="pages_too_many"):
        sync(citizen, draft, now, shown, *[("story", STORY)] * (MOST_PAGES + 1))


def test_a_draft_that_was_synchronised_is_kept_for_another_while(citizen, draft, shown, now):
    sync(citizen, draft, now + timedelta(days=3), shown, ("story", {"wanted": ["只要工资"]}))

    assert draft.saved_at == now + timedelta(days=3)
