"""Searching finds what is there, and nothing else: the same on both engines, and the same as a substring."""

import random

import pytest
from sqlalchemy import select

from content.models import Article
from content.models.search import SearchEntry, SearchWord
from content.search import finding, folding, index, meaning, newest, sounds, wanted
from content.search.finding import Way, find
from content.search.wanted import AllOf, AnyOf
from core import deadline
from core.db import session, transaction
from tests.content.shelf import later, page, version

SIGNS = "讨薪水农民工法院律师费用中心𠮷𫝆薪工资A1b2 ，。《》９９ｆ\n"


def times(word):
    return session().scalar(select(SearchWord.times).where(SearchWord.word == word))


def sentence(dice, longest=40):
    return "".join(dice.choice(SIGNS) for _ in range(dice.randint(1, longest)))


def numbers(rows):
    return [row.number for row in rows]


@pytest.fixture
def patient(db):
    """A unit of work for what takes a while on a busy machine."""
    with deadline.running(120), transaction() as current:
        yield current


def test_finds_exactly_what_a_substring_would(patient, now):
    dice = random.Random(1)  # noqa: S311  # sentences for a test
    for number in range(60):
        page(f"p{number}", f"题{sentence(dice, 8)}", sentence(dice), now=now)
    entries = session().scalars(select(SearchEntry).order_by(SearchEntry.number.desc())).all()

    some_found = 0
    for _ in range(150):
        runs = folding.fold(sentence(dice, 5)).split()[:2]
        if not runs:
            continue
        for sought in (AllOf(tuple(runs)), AnyOf(tuple(runs)), AllOf((AnyOf(tuple(runs)), runs[0]))):
            truth = [one.number for one in entries if wanted.is_in(sought, one.words)]
            titled = [one.number for one in entries if wanted.is_in(sought, one.title)]
            assert numbers(finding.newest(sought, 100, now=now)) == truth
            assert numbers(finding.newest(sought, 100, now=now, in_title=True)) == titled
            some_found += len(truth) > 0
    assert some_found > 100


@pytest.mark.parametrize("sought", ["讨薪水", "薪水", "水", "ab"])
def test_pairs_never_reach_over_what_parts_them(unit, now, sought):
    page("a", "讨薪，薪水", "a，b", now=now)
    page("b", "讨薪水", "AB", now=now)

    found = finding.newest(sought, 10, now=now)

    assert [row.revision_id[0] for row in found] == (["b", "a"] if sought in {"薪水", "水"} else ["b"])


@pytest.mark.parametrize(
    "typed", ["讨薪", "欠薪", "支付劳动报酬", "taoxin", "TaoXin", "tao xin", "讨新", "农民工讨薪", "《讨薪》"]
)
def test_finds_what_is_meant_however_it_is_said(unit, now, typed):
    page("wages", "农民工讨薪：先留哪些证据", "工地没有合同，也能请求支付劳动报酬。", now=now)
    page("divorce", "离婚冷静期怎么算", "三十天。", now=now)

    assert find(typed, now=now).revisions == ["wages-1"]


def test_initials_do_too(unit, now):
    page("wages", "讨薪先留证据", now=now)
    page("ordering", "天天提醒", now=now)

    found = find("tx", now=now)

    assert found.way is Way.SOUND
    assert (found.instead, found.revisions) == ("讨薪", ["wages-1"])


def test_several_words_by_their_sound(unit, now):
    page("wages", "农民工怎样讨薪", now=now)

    found = find("nongmingongtaoxin", now=now)

    assert (found.instead, found.revisions) == ("农民工 讨薪", ["wages-1"])


def test_a_slip_is_told_and_what_is_near_is_shown(unit, now):
    page("aid", "法律援助怎样申请", "到法律援助中心", now=now)
    page("other", "法律常识", now=now)

    found = find("法律援住申清", now=now)

    assert (found.way, found.revisions) == (Way.SOUND, ["aid-1"])
    assert find("法律援用怎样申请", now=now).way is Way.LOOSE
    assert find("法律援用怎样申请", now=now).revisions == ["aid-1"]


@pytest.mark.parametrize("typed", ["", "，。", "量子力学", "zzzz", "yizhu", "\U00101234", "x" * 200, "鳖"])
def test_finds_nothing_where_there_is_nothing(unit, now, typed):
    page("aid", "法律援助怎样申请", now=now)

    assert find(typed, now=now).way is Way.NOTHING
    assert find(typed, now=now).revisions == []


def test_titles_come_before_texts_and_typed_words_before_meant_ones(unit, now):
    page("in-title", "讨薪怎么办", now=now)
    page("meant-in-title", "拖欠工资怎么办", now=now)
    page("in-text", "别的事", "怎样讨薪", now=now)
    page("newer-in-text", "又一件事", "怎样讨薪", now=now)
    page("meant-in-text", "再一件事", "工资被拖欠", now=now)

    found = find("讨薪", now=now)

    order = [one[:-2] for one in found.revisions]
    assert order == ["in-title", "meant-in-title", "newer-in-text", "in-text", "meant-in-text"]


def test_shows_what_is_shown_now_to_the_second(unit, now):
    revision = page("wages", "讨薪的老说法", now=now, ends=later(now, 60))
    article = session().get(Article, revision.article_id)
    version(article, "讨薪的新说法", now=now, starts=later(now, 60), number=2)

    assert find("讨薪", now=now).revisions == ["wages-1"]
    assert find("讨薪", now=later(now, 59)).revisions == ["wages-1"]
    assert find("讨薪", now=later(now, 60)).revisions == ["wages-2"]
    assert find("讨薪", now=later(now, -1)).revisions == []


def test_taking_in_twice_is_taking_in_once(unit, now):
    revision = page("wages", "讨薪", now=now, tags=["group:migrant_workers"])
    before = times("讨薪")

    index.take_in(revision, [])

    assert times("讨薪") == before == 1
    assert find("农民工", now=now).revisions == ["wages-1"]  # by its tag


def test_is_made_anew_as_it_was(unit, now):
    for number in range(5):
        page(f"p{number}", f"第{number}种讨薪", now=now, tags=["group:women", "topic:wages"])
    before = find("讨薪", now=now).revisions

    assert index.rebuild() == 5

    assert find("讨薪", now=now).revisions == before
    assert find("妇女", now=now).revisions == before
    assert times("讨薪") == 5


@pytest.mark.parametrize("few", [1, 3, 800])
def test_finds_the_same_whether_few_or_most_may_have_it(unit, now, monkeypatch, few):
    """On PostgreSQL what many have is sought from the newest on, step by step, what few have among those."""
    monkeypatch.setattr(newest, "FEW", few)
    monkeypatch.setattr(newest, "SPARE", 1)
    for number in range(30):
        page(
            f"p{number}",
            f"讨{'薪' if number % 3 == 0 else '钱'} 离{'婚' if number < 4 else '讨'}",
            "要讨到薪水",
            now=now,
        )

    for sought in ("讨薪", "离婚", "薪水", "讨到薪", "讨", AllOf(("讨薪", "离婚")), AnyOf(("讨薪", "离婚"))):
        for limit in (1, 2, 5, 40):
            for in_title in (False, True):
                found = numbers(finding.newest(sought, limit, now=now, in_title=in_title))
                assert found == whoever_has(sought, limit, in_title)


def whoever_has(sought, limit, in_title):
    entries = session().scalars(select(SearchEntry).order_by(SearchEntry.number.desc())).all()
    return [one.number for one in entries if wanted.is_in(sought, one.title if in_title else one.words)][:limit]


def test_says_which_runs_must_be_there():
    either = AnyOf(("工资", "薪水"))

    assert wanted.necessary("讨薪") == ["讨薪"]
    assert wanted.necessary(either) == ["工资", "薪水"]
    assert wanted.necessary(AllOf(("讨", either))) == ["工资", "薪水"]
    assert wanted.necessary(AllOf(("讨薪", either))) == ["讨薪"]


def test_asks_few_things_of_the_database_however_much_there_is(unit, now, count_statements):
    for number in range(30):
        page(f"p{number}", "讨薪", now=now)

    with count_statements() as sent:
        assert len(find("讨薪", now=now).revisions) == 30

    assert len(sent) <= 6


def test_marks_what_was_found_as_it_is_written():
    assert folding.hits("《劳动合同法》ＡＢ讨薪，讨薪", ["劳动合同法ab", "讨薪"]) == [(1, 11), (12, 14)]
    assert folding.hits("讨薪", ["没有"]) == []
    assert folding.hits("讨薪水", ["讨薪", "薪水"]) == [(0, 3)]
    assert folding.hits("①号", ["1号"]) == [(0, 2)]


def test_words_that_mean_the_same_stand_in_one_group():
    seen = [word for group in meaning.groups() for word in group]

    assert len(seen) == len(set(seen))
    assert all(len(word) > 1 for word in seen)


def test_a_long_question_is_cut_not_refused(unit, now):
    page("wages", "讨薪", now=now)

    assert find("讨薪 " * 500, now=now).revisions == ["wages-1"]


def test_a_character_nobody_can_say_is_left_out_of_the_sounds(unit, now):
    page("name", "村\U0002cea1\U0002cea1面", now=now)

    assert find("\U0002cea1面", now=now).revisions == ["name-1"]
    assert sounds.readings("12 34") == []


def test_what_is_looked_for_is_written_for_either_engine():
    sought = AllOf(("讨薪", AnyOf(("工资", "薪"))))

    assert wanted.tsquery(sought) == "(('讨薪') & (('工资') | '薪':*))"
    assert wanted.fts5(sought) == '("讨薪" AND ("工资" OR "薪" *))'
