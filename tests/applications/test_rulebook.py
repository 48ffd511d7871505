from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from applications import rulebook
from applications.rule import Effect, HardshipRule, Period, Scope, Showing, StandardKind
from applications.rulefiles import BUNDLED, RulesError

RULES = rulebook.load()
TODAY = date(2026, 11, 23)
STANDARD = """
[[standard]]
id = "{id}"
region = "{region}"
kind = "{kind}"
title = "标准"
article = "条文"
base_name = "基数"
source = "POLICY"
confidence = "OWN"
{more}
"""


def a_standard(rule="S1", region="43", kind="FIXED_MONTHLY", more=""):
    return STANDARD.format(id=rule, region=region, kind=kind, more=more)


@pytest.fixture
def folder(tmp_path):
    def write(name: str, text: str):
        (tmp_path / name).write_text(text, "utf-8")
        rulebook.load.cache_clear()
        return tmp_path

    return write


def test_names_every_statutory_kind_of_matter():
    kinds = {one.kind for one in RULES.matters("43", TODAY)}

    assert kinds >= {
        "STATE_COMPENSATION",
        "SOCIAL_INSURANCE_OR_ASSISTANCE",
        "SURVIVOR_PENSION",
        "MAINTENANCE",
        "LABOUR_RELATION_OR_WAGES",
        "CAPACITY_DECLARATION",
        "PERSONAL_INJURY",
        "ENVIRONMENTAL_DAMAGE",
        "OTHER_STATUTORY",
        "CRIMINAL_SUSPECT_OR_DEFENDANT",
        "CRIMINAL_VICTIM",
        "RETRIAL",
    }


def test_asks_for_no_hardship_in_the_four_matters_of_article_32():
    free = {one.id for one in RULES.matters("43", TODAY) if one.hardship is HardshipRule.NOT_REQUIRED}

    assert free == {"LAL-32-1", "LAL-32-2", "LAL-32-3", "LAL-32-4"}


def test_asks_person_and_matter_of_migrant_workers():
    codes = {
        matter.code
        for matter in RULES.matters("43", TODAY)
        if "MIGRANT_WORKER" in {one.code for one in RULES.exemptions(matter, "43", TODAY)}
    }

    assert codes == {"WAGES", "WORK_INJURY"}


def test_says_for_every_exempt_class_how_it_may_be_shown():
    for one in RULES.all_exemptions:
        assert one.accepts
        assert one.proof
        assert Showing.PLEDGE not in one.accepts or one.effect is Effect.CHECK_EXEMPT


def test_lists_the_groups_that_come_first():
    assert len(RULES.priorities("43", TODAY)) == 11


def test_adds_what_a_province_adds():
    here = {one.code for one in RULES.matters("430203", TODAY)}
    there = {one.code for one in RULES.matters("110101", TODAY)}

    assert here - there >= {"FAKE_GOODS_DAMAGE", "PUBLIC_ACCIDENT_DAMAGE", "SCHOOLING_OR_HOSPITAL"}
    assert there < here


@pytest.mark.parametrize("region", ["430203001002", "430203001", "430203", "430200", "4302", "430000", "43"])
def test_finds_the_nearest_region_that_has_a_standard(region):
    assert [one.id for one in RULES.standards(region, TODAY)] == ["HN24-3-1", "HN24-3-2"]


def test_has_none_for_a_region_it_does_not_know():
    assert RULES.standards("65", TODAY) == ()
    assert RULES.region_name("65") == ""
    assert RULES.region_name("430203") == "湖南省"


@pytest.mark.parametrize(
    ("region", "day", "rule"),
    [
        ("43", date(2024, 8, 4), "HN16-S"),
        ("43", date(2024, 8, 5), "HN24-3-1"),
        ("11", date(2025, 8, 31), "BJ17-2023"),
        ("11", date(2025, 9, 1), "BJ17-2025"),
    ],
)
def test_takes_the_rule_of_the_day(region, day, rule):
    assert RULES.standards(region, day)[0].id == rule


def test_takes_a_nearer_standard_before_a_wider_one(folder):
    near = a_standard("S1", "4302", more="base_amount_fen = 100000") + a_standard("S2", "43")

    rules = rulebook.load(folder("standards.toml", near))

    assert [one.id for one in rules.standards("430203", TODAY)] == ["S1"]
    assert [one.id for one in rules.standards("4301", TODAY)] == ["S2"]


def test_takes_a_nearer_matter_before_a_wider_one(folder):
    text = (BUNDLED / "matters.toml").read_text("utf-8")
    own = text[text.index('[[matter]]\nid = "LAL-31-5a"') : text.index('[[matter]]\nid = "LAL-31-5b"')]
    own = (
        own.replace("LAL-31-5a", "X-1")
        .replace("老板欠我工资", "欠薪")
        .replace('code = "WAGES"', 'code = "WAGES"\nregion = "4302"')
    )

    for order in own + text, text + own:
        rules = rulebook.load(folder("matters.toml", order))
        assert rules.matter("WAGES", "430203", TODAY).title == "欠薪"
        assert rules.matter("WAGES", "4301", TODAY).title == "老板欠我工资"


def test_expresses_all_six_kinds():
    assert {one.kind for one in RULES.all_standards} == set(StandardKind)


@pytest.mark.parametrize(
    ("factor", "base", "period", "limit"),
    [
        ("2", 65_000, Period.MONTH, 130_000),
        ("1/2", 2_000_001, Period.YEAR, 83_333),
        ("1", 254_000, Period.MONTH, 254_000),
    ],
)
def test_reckons_in_fen(factor, base, period, limit):
    standard = replace(RULES.all_standards[2], factor=Fraction(factor), base_amount_fen=base, period=period)

    assert standard.limit_fen == limit


def test_invents_no_amount():
    assert all(one.limit_fen is None for one in RULES.all_standards if one.region != "11")
    assert not any(one.is_firm for one in RULES.all_standards if one.region == "11")


def test_changes_its_version_with_what_it_says(folder):
    other = (BUNDLED / "time_limits.toml").read_text("utf-8").replace("days = 10", "days = 12")

    changed = rulebook.load(folder("time_limits.toml", other))

    assert changed.version != RULES.version
    assert changed.version.startswith("2026-11-")
    assert changed.supplement_days == 12
    assert rulebook.load().version == RULES.version


def test_leaves_other_files_of_the_folder_alone(folder):
    assert rulebook.load(folder("limits.toml", "[code_site]\nhits = 3")).version == RULES.version


def test_is_read_once(settings):
    assert rulebook.rulebook() is rulebook.rulebook()


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("standards.toml", a_standard(kind="GUESS"), "standard S1: kind: 'GUESS' is not a valid StandardKind"),
        ("standards.toml", a_standard(more='source_url = "x"'), "standard S1: no such key: source_url"),
        ("standards.toml", a_standard(more="base_amount_fen = 0"), "standard S1: base_amount_fen: a whole number"),
        ("standards.toml", a_standard(more="base_amount_fen = 12.5"), "standard S1: base_amount_fen: a whole number"),
        ("standards.toml", a_standard(more='factor = "two"'), "standard S1: factor: "),
        ("standards.toml", a_standard(more='factor = "-1"'), "S1: factor must be more than 0"),
        ("standards.toml", a_standard(more='active_from = "soon"'), "standard S1: active_from: date expected"),
        ("standards.toml", a_standard(more='is_example = "yes"'), "standard S1: is_example: bool expected"),
        ("standards.toml", a_standard(more="circumstances = 3"), "standard S1: circumstances: a list"),
        (
            "standards.toml",
            a_standard(more="active_from = 2026-01-02\nactive_to = 2026-01-01"),
            "S1: ends before it starts",
        ),
        ("standards.toml", a_standard(region="430"), "S1: region must be"),
        ("standards.toml", a_standard(kind="FREE_TEXT_DISCRETION"), "S1: circumstances are missing"),
        ("standards.toml", a_standard(kind="REGISTRY_LISTED", more="base_amount_fen = 3"), "S1: a REGISTRY_LISTED"),
        ("standards.toml", a_standard(kind="REGISTRY_LISTED"), "S1: question is missing"),
        ("standards.toml", a_standard().replace('"基数"', '""'), "S1: base_name is missing"),
        ("standards.toml", a_standard().replace("POLICY", "RUMOUR"), "S1: no such source: RUMOUR"),
        ("standards.toml", a_standard() + a_standard(), "S1: used twice"),
        ("standards.toml", a_standard().replace('title = "标准"', ""), "standard S1: title is missing"),
        ("standards.toml", "[[wish]]", "standards.toml: no such table: wish"),
        ("standards.toml", "[[", "standards.toml: "),
        ("time_limits.toml", "", "limit TL-REV: missing"),
        ("edition.toml", "", "edition.label: missing"),
        ("matters.toml", "", "no such matter: WAGES"),
        ("matters.toml", "", "matters: none for people who cannot say"),
        ("matters.toml", '[[area]]\ncode = "X"\ntitle = "x"', "area X: has no matter"),
    ],
)
def test_says_what_is_wrong_at_start(folder, name, text, problem):
    with pytest.raises(RulesError) as wrong:
        rulebook.load(folder(name, text))

    assert [one for one in wrong.value.problems if one.startswith(problem) or problem in one]


def test_says_that_two_rules_hold_at_once(folder):
    text = (BUNDLED / "matters.toml").read_text("utf-8")

    with pytest.raises(RulesError, match="both say WAGES in region everywhere"):
        rulebook.load(folder("matters.toml", text.replace('code = "LABOUR_RELATION"', 'code = "WAGES"')))


def test_says_that_an_area_is_unknown(folder):
    text = (BUNDLED / "matters.toml").read_text("utf-8")

    with pytest.raises(RulesError, match="LAL-31-5a: no such area: TOIL"):
        rulebook.load(folder("matters.toml", text.replace('area = "WORK"', 'area = "TOIL"', 1)))


def test_says_that_the_folder_is_missing(tmp_path):
    with pytest.raises(RulesError, match="no folder"):
        rulebook.load(tmp_path / "nowhere")


def test_remembers_no_more_than_it_may(monkeypatch):
    monkeypatch.setattr(rulebook, "REMEMBERED", 3)
    rules = replace(RULES, found={})

    for code in ("WAGES", "A", "B", "C", "WAGES"):
        assert (rules.matter(code, "43", TODAY) is None) == (code != "WAGES")

    assert len(rules.found) <= 3


def test_offers_a_way_for_who_cannot_say():
    assert any(one.scope is Scope.UNSURE for one in RULES.matters("11", TODAY))
