"""An expert outside: a link, once, on the record."""

import dataclasses
from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from accounts.models import StaffRole
from content import experts, live, queries, reviewing
from content.experts import Guest, Opinion
from content.models import Article, Comment, Invitation
from content.queries import State
from core.db import session
from core.errors import Conflict, NotFound, Rejected
from core.identity import ANYONE
from tests.content.newsroom import EDITOR, FIT, NOW, REVIEWER, article, asked, employ

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)
EXPERT = Guest("周律师", "某某律师事务所")


def shown_at(moment):
    """Give the number of the revision readers see."""
    return [row.Revision.number for row in session().execute(live.shown(moment))]


def test_an_expert_approves_by_a_link_once(desk):
    employ(REVIEWER)
    made = article()
    review = asked(made, starts_at=NOW + HOUR)
    invitation, link = experts.invite(REVIEWER, review.id, dataclasses.replace(EXPERT, publishes=True), now=NOW)
    assert link not in (invitation.link_index, invitation.id)

    seen = experts.opened(ANYONE, link, now=NOW)
    experts.opened(ANYONE, link, now=NOW + SECOND)
    assert (seen.said.title, seen.invitation.opened_at) == (FIT.title, NOW)
    experts.decide(ANYONE, link, Opinion(approves=True, words="很好"), now=NOW)

    assert [shown_at(NOW + step) for step in (HOUR - SECOND, HOUR)] == [[], [1]]
    opened = queries.find(EDITOR, made.id, now=NOW)
    assert opened.entry.state is State.SCHEDULED
    assert opened.reviews[0].decided_by == REVIEWER.id
    assert [(one.words, one.invitation_id) for one in opened.comments] == [("很好", invitation.id)]
    with pytest.raises(Conflict, match="expert_decided"):
        experts.decide(ANYONE, link, Opinion(approves=False, words="不"), now=NOW)
    acts = [one.act for one in session().info["audit"]]
    assert {"content.expert_asked", "content.expert_opened", "content.expert_approved"} <= set(acts)


def test_an_expert_who_says_no_must_say_why(desk):
    employ(REVIEWER)
    made = article()
    review = asked(made)
    _, link = experts.invite(REVIEWER, review.id, dataclasses.replace(EXPERT, publishes=True), now=NOW)
    with pytest.raises(Rejected):
        experts.decide(ANYONE, link, Opinion(approves=False), now=NOW)

    experts.decide(ANYONE, link, Opinion(approves=False, words="第三十条说的不是这个"), now=NOW)

    assert (review.state, review.reason) == ("returned", "第三十条说的不是这个")


def test_a_reason_is_as_long_as_a_reason_may_be_and_all_that_was_said_is_kept(desk):
    employ(REVIEWER)
    review = asked(article())
    invitation, link = experts.invite(REVIEWER, review.id, dataclasses.replace(EXPERT, publishes=True), now=NOW)
    long = "不对" * 500

    experts.decide(ANYONE, link, Opinion(approves=False, words=long), now=NOW)
    session().flush()

    assert (review.state, review.reason) == ("returned", long[: reviewing.LONGEST_REASON])
    assert session().scalars(select(Comment.words).where(Comment.invitation_id == invitation.id)).one() == long


@pytest.mark.parametrize("approves", [True, False])
@pytest.mark.parametrize("lost", ["account", "role", "region"])
def test_whoever_may_not_publish_any_more_publishes_and_returns_by_no_link(desk, lost, approves):
    member = employ(REVIEWER)
    review = asked(article())
    invitation, link = experts.invite(REVIEWER, review.id, dataclasses.replace(EXPERT, publishes=True), now=NOW)
    if lost == "account":
        member.disabled_at = NOW
    elif lost == "role":
        session().execute(delete(StaffRole).where(StaffRole.staff_id == REVIEWER.id))
    else:
        member.region = "4301"
    session().flush()

    experts.decide(ANYONE, link, Opinion(approves=approves, words="说过了"), now=NOW)

    assert (review.state, shown_at(NOW), invitation.approves) == ("waiting", [], approves)


def test_an_opinion_alone_leaves_the_decision_to_the_reviewer(desk):
    review = asked(article())
    invitation, link = experts.invite(REVIEWER, review.id, EXPERT, now=NOW)

    experts.decide(ANYONE, link, Opinion(approves=True), now=NOW)

    assert (review.state, invitation.approves) == ("waiting", True)
    reviewing.publish(REVIEWER, review.id, now=NOW)
    _, late = experts.invite(REVIEWER, asked_again(review).id, EXPERT, now=NOW)
    reviewing.publish(REVIEWER, open_review().id, now=NOW + SECOND)
    with pytest.raises(Conflict, match="review_closed"):
        experts.decide(ANYONE, late, Opinion(approves=True), now=NOW + SECOND)


def asked_again(review):
    return asked(session().get_one(Article, review.article_id))


def open_review():
    return session().scalars(select(reviewing.Review).where(reviewing.Review.state == "waiting")).one()


def test_a_link_ends_and_others_open_nothing(desk):
    _, link = experts.invite(REVIEWER, asked(article()).id, EXPERT, now=NOW)

    for wrong, moment in ((link[:-1], NOW), ("", NOW), (link, NOW + experts.LIFE)):
        with pytest.raises(NotFound, match="expert_link_unknown"):
            experts.opened(ANYONE, wrong, now=moment)
        with pytest.raises(NotFound, match="expert_link_unknown"):
            experts.decide(ANYONE, wrong, Opinion(approves=True), now=moment)


def test_an_expert_has_a_name_and_an_employer(desk):
    review = asked(article())

    with pytest.raises(Rejected) as rejected:
        experts.invite(REVIEWER, review.id, Guest(" ", "长" * 81), now=NOW)
    assert [one.code for one in rejected.value.problems] == ["expert_name_missing", "content_too_long"]
    assert session().scalars(select(Invitation)).all() == []
