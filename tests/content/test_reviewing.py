"""Two pairs of eyes, a clear reason, and a page that is true to the second."""

import dataclasses
from datetime import timedelta

import pytest
from sqlalchemy import select

from content import drafting, experts, live, publishing, queries, reviewing, seeding, version
from content.experts import Guest
from content.models import Comment
from content.queries import Shelf, State
from content.reviewing import Wish
from content.said import Said
from core import audit
from core.db import session
from core.errors import Conflict, Forbidden, Malformed, NotFound, NotSignedIn, Rejected
from core.identity import ANYONE, SYSTEM
from tests import make
from tests.content.newsroom import BOTH, COLLEAGUE, EDITOR, FIT, NOW, REVIEWER, STRANGERS, article, asked, published

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)
EXPERT = Guest("周律师", "某某律师事务所")


def shown_at(moment):
    """Give the number of the revision readers see."""
    rows = session().execute(live.shown(moment)).all()
    return [row.Revision.number for row in rows]


def state_of(one, now=NOW):
    return queries.find(EDITOR, one.id, now=now).entry.state


def test_goes_from_a_draft_to_readers_through_two_people(desk):
    made = article()
    assert state_of(made) is State.DRAFT

    review = asked(made)
    assert state_of(made) is State.WAITING
    assert review.due_at == NOW + reviewing.USUAL
    reviewing.claim(REVIEWER, review.id, yes=True, now=NOW)
    assert (review.claimed_by, review.claimed_at) == (REVIEWER.id, NOW)
    reviewing.claim(REVIEWER, review.id, yes=False, now=NOW)
    assert review.claimed_by is None
    reviewing.publish(REVIEWER, review.id, now=NOW)

    assert shown_at(NOW) == [1]
    assert shown_at(NOW - SECOND) == []
    assert state_of(made) is State.LIVE
    acts = session().info["audit"]
    assert [one.act for one in acts][-2:] == ["content.review_asked", "content.published"]


def test_nobody_publishes_or_returns_what_they_wrote_or_asked_for(desk):
    made = article(by=BOTH)
    drafting.save(EDITOR, made.id, dataclasses.replace(FIT, summary="改了。"), parent=1, now=NOW)
    review = asked(made)

    for act in (
        lambda: reviewing.publish(BOTH, review.id, now=NOW),
        lambda: reviewing.send_back(BOTH, review.id, reason="不好", now=NOW),
        lambda: reviewing.claim(BOTH, review.id, yes=True, now=NOW),
        lambda: experts.invite(BOTH, review.id, EXPERT, now=NOW),
    ):
        with pytest.raises(Forbidden, match="four_eyes"):
            act()
    reviewing.publish(REVIEWER, review.id, now=NOW)
    drafting.save(EDITOR, made.id, dataclasses.replace(FIT, summary="又改。"), parent=2, now=NOW)
    reviewing.publish(BOTH, asked(made).id, now=NOW + SECOND)  # what they wrote was seen by others before


def test_a_guard_stops_what_is_asked_for(desk):
    made = article(dataclasses.replace(FIT, body="打13800000001"))

    with pytest.raises(Rejected) as rejected:
        asked(made)
    assert [one.code for one in rejected.value.problems] == ["guard_stops"]


def test_a_guard_looks_again_when_it_is_published(desk, monkeypatch):
    made = article()
    review = asked(made)
    monkeypatch.setattr("content.guards.stops", lambda _found: True)

    with pytest.raises(Rejected):
        reviewing.publish(REVIEWER, review.id, now=NOW)
    assert shown_at(NOW) == []


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        ({"due_at": NOW}, "review_due_unfit"),
        ({"due_at": NOW + timedelta(days=61)}, "review_due_unfit"),
        ({"starts_at": NOW}, "starts_in_the_past"),
        ({"expires_at": NOW}, "expires_before"),
        ({"starts_at": NOW + HOUR, "expires_at": NOW + HOUR}, "expires_before"),
    ],
)
def test_times_that_cannot_be_are_said(desk, wish, code):
    made = article()

    with pytest.raises(Rejected) as rejected:
        asked(made, **wish)
    assert [one.code for one in rejected.value.problems] == [code]


def test_one_review_at_a_time_and_it_can_be_taken_back(desk):
    made = article()
    review = asked(made)
    with pytest.raises(Conflict, match="review_open"):
        asked(made)

    reviewing.take_back(EDITOR, review.id, now=NOW)

    assert state_of(made) is State.DRAFT
    with pytest.raises(Conflict, match="review_closed"):
        reviewing.publish(REVIEWER, review.id, now=NOW)
    asked(made)


def test_is_returned_with_a_reason(desk):
    made = article()
    review = asked(made)
    for reason in " ", "长" * 501:
        with pytest.raises(Rejected):
            reviewing.send_back(REVIEWER, review.id, reason=reason, now=NOW)

    reviewing.send_back(REVIEWER, review.id, reason=" 条号不对 ", now=NOW)

    assert state_of(made) is State.RETURNED
    assert queries.find(EDITOR, made.id, now=NOW).entry.review.reason == "条号不对"


def test_comments_stand_by_their_passage(desk):
    made = article()
    reviewing.comment(REVIEWER, made.id, "这句太长", quote="先留证据", now=NOW)
    with pytest.raises(Rejected) as rejected:
        reviewing.comment(EDITOR, made.id, " ", quote="长" * 201, now=NOW)

    assert [one.code for one in rejected.value.problems] == ["comment_missing", "content_too_long"]
    (said,) = queries.find(EDITOR, made.id, now=NOW).comments
    assert (said.staff_id, said.words, said.quote) == (REVIEWER.id, "这句太长", "先留证据")


def test_the_page_that_is_live_stays_until_the_second_the_next_begins(desk):
    made = article()
    published(made)
    drafting.save(EDITOR, made.id, dataclasses.replace(FIT, summary="新的。"), parent=1, now=NOW)
    published(made, starts_at=NOW + HOUR, expires_at=NOW + 2 * HOUR)

    assert [shown_at(NOW + step) for step in (HOUR - SECOND, HOUR, 2 * HOUR - SECOND, 2 * HOUR)] == [[1], [2], [2], []]
    assert [state_of(made, NOW + step) for step in (SECOND, HOUR, 2 * HOUR)] == [
        State.SCHEDULED,
        State.LIVE,
        State.ENDED,
    ]


def test_the_version_moves_on_by_itself_when_a_moment_has_passed(desk):
    made = article()
    before = version.current(NOW)
    published(made, starts_at=NOW + HOUR, expires_at=NOW + 2 * HOUR)

    told = [version.current(NOW + step) for step in (SECOND, HOUR - SECOND, HOUR, 2 * HOUR, 3 * HOUR)]
    assert before != told[0] == told[1] != told[2] != told[3] == told[4]


def test_the_version_is_nought_before_anything(unit):
    assert version.current(NOW) == "0"


def test_a_term_that_is_over_is_not_published(desk):
    review = asked(article(), expires_at=NOW + HOUR)

    with pytest.raises(Rejected) as rejected:
        reviewing.publish(REVIEWER, review.id, now=NOW + HOUR)
    assert [one.code for one in rejected.value.problems] == ["term_over"]


def test_is_withdrawn_at_once_with_what_was_set_for_later(desk):
    made = article()
    published(made)
    drafting.save(EDITOR, made.id, dataclasses.replace(FIT, summary="新的。"), parent=1, now=NOW)
    published(made, starts_at=NOW + HOUR)
    with pytest.raises(Rejected):
        publishing.withdraw(REVIEWER, made.id, reason="", now=NOW)

    publishing.withdraw(REVIEWER, made.id, reason="有错", now=NOW + SECOND)

    assert [shown_at(NOW + step) for step in (timedelta(), SECOND, HOUR)] == [[1], [], []]
    assert state_of(made, NOW + SECOND) is State.ENDED
    with pytest.raises(Conflict, match="nothing_shown"):
        publishing.withdraw(REVIEWER, made.id, reason="有错", now=NOW + SECOND)


def test_what_was_shown_before_comes_back_at_once(desk):
    made = article()
    first = published(made)
    drafting.save(EDITOR, made.id, dataclasses.replace(FIT, summary="新的。"), parent=1, now=NOW)
    second = published(made, now=NOW + SECOND)
    drafting.save(EDITOR, made.id, dataclasses.replace(FIT, summary="更新。"), parent=2, now=NOW)
    third = published(made, now=NOW + 2 * SECOND, starts_at=NOW + HOUR)
    with pytest.raises(Conflict, match="already_shown"):
        publishing.roll_back(REVIEWER, made.id, second.id, now=NOW + 3 * SECOND)
    with pytest.raises(NotFound, match="publication_unknown"):
        publishing.roll_back(REVIEWER, made.id, third.id, now=NOW + 3 * SECOND)

    publishing.roll_back(REVIEWER, made.id, first.id, now=NOW + 3 * SECOND)

    assert [shown_at(NOW + step) for step in (2 * SECOND, 3 * SECOND, HOUR)] == [[2], [1], [1]]


def test_lists_say_what_waits_and_whose_it_is(desk):
    first, second = article(), article(by=COLLEAGUE, now=NOW + SECOND)
    asked(second)

    def listed(shelf, **given):
        return [one.article.id for one in queries.page(EDITOR, shelf, first=5, now=NOW, **given)]

    assert listed(Shelf.ALL) == [second.id, first.id]
    assert listed(Shelf.MINE) == [first.id]
    assert listed(Shelf.WAITING) == [second.id]
    assert listed(Shelf.STALE) == []
    assert listed(Shelf.ALL, after=((NOW + SECOND).isoformat(), second.id)) == [first.id]
    assert queries.count(REVIEWER, Shelf.ALL, now=NOW) == 2
    for wrong in (["x"], ["x", "y"], [1, "y"]):
        with pytest.raises(Malformed):
            listed(Shelf.ALL, after=wrong)


def test_is_nobody_elses_business(desk):
    made = article()
    review = asked(made)
    reads = (
        lambda who: queries.find(who, made.id, now=NOW),
        lambda who: reviewing.comment(who, made.id, "字", now=NOW),
    )
    writes = (
        lambda who: reviewing.ask(who, made.id, Wish(1), now=NOW),
        lambda who: reviewing.take_back(who, review.id, now=NOW),
    )
    decisions = (
        lambda who: reviewing.claim(who, review.id, yes=True, now=NOW),
        lambda who: reviewing.send_back(who, review.id, reason="字", now=NOW),
        lambda who: reviewing.publish(who, review.id, now=NOW),
        lambda who: experts.invite(who, review.id, EXPERT, now=NOW),
        lambda who: publishing.withdraw(who, made.id, reason="字", now=NOW),
        lambda who: publishing.roll_back(who, made.id, "x", now=NOW),
    )
    for act in (*reads, *writes, *decisions):
        for stranger in STRANGERS:
            with pytest.raises(NotFound):
                act(stranger)
        with pytest.raises(NotSignedIn):
            act(ANYONE)
        with pytest.raises(Forbidden):
            act(make.staff("4302"))
    for act in decisions:
        with pytest.raises(Forbidden):
            act(EDITOR)
    for act in writes:
        with pytest.raises(Forbidden):
            act(REVIEWER)
    for stranger in STRANGERS:
        assert queries.page(stranger, Shelf.ALL, first=5, now=NOW) == []
        assert queries.count(stranger, Shelf.WAITING, now=NOW) == 0
    with pytest.raises(NotFound, match="review_unknown"):
        reviewing.publish(REVIEWER, "nothing", now=NOW)


def test_the_record_of_all_this_holds(desk):
    made = article()
    published(made)
    for work in session().info.pop("before_commit"):
        work()
    assert audit.verify().broken_at is None


def test_seeds_are_put_down_once_and_marked_as_samples(desk):
    seed = seeding.Seed("sample", "faq", FIT.title, FIT.summary, FIT.body, ["everyone"])
    made = seeding.put(SYSTEM, seed, now=NOW)

    assert seeding.put(SYSTEM, dataclasses.replace(seed, title="别的"), now=NOW) is made
    assert (made.is_sample, shown_at(NOW)) == (True, [1])
    with pytest.raises(NotSignedIn):
        seeding.put(ANYONE, seed, now=NOW)
    assert Said.read(Said("甲").kept()) == Said("甲", groups=[], topics=[])
    assert session().scalars(select(Comment)).all() == []
