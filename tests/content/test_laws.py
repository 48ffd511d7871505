"""Laws change; pages that cite them are found, and readers are told what was checked when."""

import dataclasses
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content import citations, currency, laws, live, publishing, queries, version
from content.citations import Cited, read_number
from content.laws import Edition
from content.models import Publication
from content.queries import Shelf
from core.db import session
from core.errors import Conflict, Forbidden, NotFound, NotSignedIn, Rejected
from core.identity import ANYONE, SYSTEM
from tests.content.newsroom import EDITOR, FIT, NOW, REVIEWER, STRANGERS, article, published

LAW = "laodonghetongfa"
TITLES = {"劳动合同法": LAW, "民法典": "minfadian"}
TOMORROW = date(2026, 11, 24)
NEW = Edition(date(2026, 11, 20), TOMORROW, "https://flk.npc.gov.cn")
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("written", "number"),
    [("三十", 30), ("十", 10), ("十二", 12), ("一百零五", 105), ("一千二百六十", 1260), ("二〇一", 201), ("47", 47)],
)
def test_numbers_are_read_as_laws_write_them(written, number):
    assert read_number(written) == number


@given(st.text("第条一二三十百0123456789《》劳动合同法民典，。", max_size=40))
def test_any_text_is_read_without_a_fault(text):
    citations.found_in(text, TITLES)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("《劳动合同法》第三十条", {Cited(LAW, 30)}),
        ("《中华人民共和国劳动合同法（2012修正）》第30条、第三十一条", {Cited(LAW, 30), Cited(LAW, 31)}),
        ("依照《劳动合同法》办。第二条另说", {Cited(LAW, 0)}),
        ("《劳动合同法》第一条和《民法典》第一千二百六十条", {Cited(LAW, 1), Cited("minfadian", 1260)}),
        ("《没有的法》第一条", set()),
        ("《民法典》第零条", {Cited("minfadian", 0)}),
    ],
)
def test_citations_are_read_as_people_write_them(text, found):
    assert citations.found_in(text, TITLES) == found


def test_laws_that_are_not_on_the_list_are_named():
    assert citations.unknown_in("《没有的法》《劳动合同法》《红楼梦》", TITLES) == ["没有的法"]


def test_the_file_is_brought_in_once(desk):
    before = version.current(NOW)

    assert laws.load(SYSTEM, now=NOW) == 0
    assert version.current(NOW) == before
    assert laws.titles()["法律援助法"] == "falvyuanzhufa"
    with pytest.raises(NotSignedIn):
        laws.load(ANYONE, now=NOW)


def test_readers_see_what_was_checked_when_and_against_what(desk):
    made = article()
    published(made)

    (standing,) = currency.standing_of([made.id], now=NOW)[made.id]
    assert (standing.title, standing.articles) == ("中华人民共和国劳动合同法", (30,))
    assert (standing.adopted_on, standing.checked_at, standing.is_stale) == (date(2012, 12, 28), NOW, False)
    assert currency.citing([LAW], now=NOW) == {LAW: 1}


def test_a_page_is_flagged_from_the_day_the_new_law_counts_and_until_it_was_looked_at(desk):
    made = article()
    published(made)
    laws.note_edition(REVIEWER, LAW, NEW, now=NOW)
    assert currency.stale(EDITOR, now=NOW) == {}

    assert [one.law_code for one in currency.stale(EDITOR, now=NOW + DAY)[made.id]] == [LAW]
    (listed,) = queries.page(EDITOR, Shelf.STALE, first=5, now=NOW + DAY)
    assert listed.article is made
    assert version.current(NOW) != version.current(NOW + DAY)
    for stranger in STRANGERS:
        assert currency.stale(stranger, now=NOW + DAY) == {}
        with pytest.raises(NotFound):
            currency.recheck(stranger, made.id, now=NOW + DAY)
    with pytest.raises(Forbidden):
        currency.recheck(EDITOR, made.id, now=NOW + DAY)
    currency.recheck(REVIEWER, made.id, now=NOW + DAY)
    currency.recheck(REVIEWER, made.id, now=NOW + 2 * DAY)

    (standing,) = currency.standing_of([made.id], now=NOW + 2 * DAY)[made.id]
    assert (standing.adopted_on, standing.checked_at, standing.is_stale) == (NEW.adopted_on, NOW + 2 * DAY, False)
    assert currency.live_citing(EDITOR, now=NOW, law_code="minfadian") == []
    assert currency.live_citing(EDITOR, now=NOW, law_code=LAW) == [made.id]


def test_a_law_that_was_repealed_cannot_be_waved_through(desk):
    made = article()
    published(made)
    laws.note_edition(REVIEWER, LAW, dataclasses.replace(NEW, repealed=True), now=NOW)

    with pytest.raises(Conflict, match="law_repealed"):
        currency.recheck(REVIEWER, made.id, now=NOW + DAY)


def test_nothing_is_checked_where_nothing_is_cited(desk):
    made = article(dataclasses.replace(FIT, body="## 一\n\n字。"))
    published(made)

    assert currency.standing_of([made.id], now=NOW) == {}
    with pytest.raises(Conflict, match="nothing_to_check"):
        currency.recheck(REVIEWER, made.id, now=NOW)


def test_an_edition_that_cannot_be_is_said(desk):
    def codes(edition):
        with pytest.raises(Rejected) as rejected:
            laws.note_edition(REVIEWER, LAW, edition, now=NOW)
        return [one.code for one in rejected.value.problems]

    assert codes(Edition(None, None)) == ["law_adopted_missing", "law_effective_missing", "law_source_missing"]
    assert codes(Edition(date(2012, 12, 28), date(2012, 1, 1), "长" * 201)) == [
        "law_edition_known",
        "law_days_reversed",
        "law_source_long",
    ]
    with pytest.raises(NotFound, match="law_unknown"):
        laws.note_edition(REVIEWER, "nothing", NEW, now=NOW)
    with pytest.raises(Forbidden):
        laws.note_edition(EDITOR, LAW, NEW, now=NOW)


def test_a_law_known_only_for_the_future_says_nothing_yet(desk):
    made = article(dataclasses.replace(FIT, body="《医疗保障法》第一条"))
    published(made)

    assert currency.standing_of([made.id], now=NOW) == {}


TERMS = st.lists(
    st.tuples(st.integers(0, 9), st.one_of(st.none(), st.integers(1, 12)), st.one_of(st.none(), st.integers(0, 12))),
    max_size=6,
)


@given(TERMS)
def test_never_more_than_one_revision_is_live(terms):
    rows = []
    for place, (starts, expires, withdrawn) in enumerate(terms):
        moments = [None if one is None else NOW + timedelta(hours=one) for one in (starts, expires, withdrawn)]
        one = Publication(id=str(place), starts_at=moments[0], expires_at=moments[1], withdrawn_at=moments[2])
        one.published_at = NOW + timedelta(seconds=place)
        rows.append(one)

    publishing.chain(rows)

    for hour in range(13):
        moment = NOW + timedelta(hours=hour)
        alive = [one for one in rows if one.starts_at <= moment < one.ends_at]
        begun = [
            one
            for one in rows
            if one.starts_at <= moment and not (one.withdrawn_at and one.withdrawn_at <= one.starts_at)
        ]
        last = max(begun, key=lambda one: (one.starts_at, one.published_at), default=None)
        over = last is None or any(end is not None and end <= moment for end in (last.expires_at, last.withdrawn_at))
        assert alive == ([] if over else [last])


def test_live_says_the_same_in_the_database(desk):
    made = article()
    one = published(made)

    assert [row.Publication.id for row in session().execute(live.shown(NOW))] == [one.id]
