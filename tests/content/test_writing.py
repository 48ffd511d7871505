"""What is typed is kept; what two people write is put together; nothing is lost."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from content import difference, drafting, keeping, merging, sentences
from content.difference import Change
from content.drafting import Beginning
from content.merging import Clash
from content.models import Citation, Revision, WorkingCopy
from core.db import session
from core.errors import Conflict, Forbidden, NotFound, NotSignedIn, Rejected
from core.identity import ANYONE
from tests import make
from tests.content.newsroom import COLLEAGUE, EDITOR, FIT, NOW, REVIEWER, STRANGERS, article

TEXTS = st.lists(st.sampled_from(["甲。", "乙。", "丙！", "丁\n", "戊", "\n\n"]), max_size=8).map("".join)


@given(st.text(max_size=40))
def test_sentences_joined_are_the_text(text):
    assert "".join(sentences.split(text)) == text


@given(TEXTS, TEXTS)
def test_a_difference_holds_both_texts(before, after):
    found = difference.between(before, after)

    assert "".join(one.text for one in found if one.change is not Change.ADDED) == before
    assert "".join(one.text for one in found if one.change is not Change.REMOVED) == after


@given(TEXTS, TEXTS)
def test_one_persons_work_is_taken_over_whole(before, after):
    for merge in merging.merge, merging.merge_line:
        assert merge(before, after, before) == merging.Merged(after)
        assert merge(before, before, after) == merging.Merged(after)
        assert merge(before, after, after) == merging.Merged(after)


@given(TEXTS, TEXTS, TEXTS)
def test_no_sentence_of_either_is_lost(before, mine, theirs):
    was = set(sentences.split(before))
    merged = merging.merge(before, mine, theirs).text

    for text in mine, theirs:
        for sentence in set(sentences.split(text)) - was:
            assert sentence.strip() in merged


def test_work_in_different_places_goes_together():
    before = "一。二。三。四。五。"

    assert merging.merge(before, "一。二改。三。四。五。", "一。二。三。五。六。").text == "一。二改。三。五。六。"


def test_a_clash_keeps_both_and_says_so():
    merged = merging.merge("一。二。三。", "一。二甲。三。", "一。二乙。三。")

    assert merged.clashes == (Clash("二。", "二甲。", "二乙。"),)
    assert merged.text == "一。二乙。\n二甲。三。"
    assert merging.merge_line("旧", "甲", "乙") == merging.Merged("乙 / 甲", (Clash("旧", "甲", "乙"),))


def test_begins_with_its_first_revision_and_what_it_cites(desk):
    made = article(dataclasses.replace(FIT, title="  没签合同\u202e  能要工资吗？ "), slug="no-contract")

    row = keeping.revision(made)
    assert (made.slug, row.number, row.title) == ("no-contract", 1, "没签合同 能要工资吗？")
    assert keeping.said_in(row).groups == ["migrant_workers"]
    cited = session().scalars(select(Citation).where(Citation.revision_id == row.id)).all()
    assert [(one.law_code, one.article) for one in cited] == [("laodonghetongfa", 30)]


def test_what_is_wrong_is_said_at_once(desk):
    article(slug="taken")
    bad = dataclasses.replace(
        FIT, title=" ", body="长" * 40_001, groups=("x",), topics=("y",), fields={"a": "长" * 20_001}
    )

    with pytest.raises(Rejected) as rejected:
        drafting.start(EDITOR, Beginning("poem", "4301", "fr", "Bad Slug"), bad, now=NOW)
    assert [one.code for one in rejected.value.problems] == [
        "kind_missing",
        "language_missing",
        "region_not_yours",
        "slug_unfit",
        "title_missing",
        "content_too_long",
        "group_unknown",
        "topic_unknown",
        "content_too_long",
    ]
    with pytest.raises(Rejected):
        article(slug="taken")


def test_a_region_nobody_knows_is_nobodys(desk):
    with pytest.raises(Rejected):
        article(region="99")


def test_typing_is_kept_for_oneself_until_it_is_saved(desk):
    made = article()
    typed = dataclasses.replace(FIT, body="打到一半")

    drafting.keep(EDITOR, made.id, typed, parent=1, now=NOW)
    kept = drafting.keep(EDITOR, made.id, dataclasses.replace(typed, body="打到一半了"), parent=1, now=NOW)

    assert drafting.typed_by(EDITOR, made) is kept
    assert drafting.typed_by(COLLEAGUE, made) is None
    assert kept.said["body"] == "打到一半了"
    drafting.save(EDITOR, made.id, typed, parent=1, now=NOW)
    assert session().scalars(select(WorkingCopy)).all() == []
    drafting.keep(EDITOR, made.id, typed, parent=2, now=NOW)
    drafting.discard(EDITOR, made.id, now=NOW)
    assert drafting.typed_by(EDITOR, made) is None


def test_saving_what_has_not_changed_makes_no_revision(desk):
    made = article()

    assert drafting.save(EDITOR, made.id, FIT, parent=1, now=NOW).revision.number == 1
    assert made.revisions == 1


def test_two_peoples_work_is_put_together(desk):
    made = article()
    drafting.save(COLLEAGUE, made.id, dataclasses.replace(FIT, summary="能。找仲裁。"), parent=1, now=NOW)
    mine = dataclasses.replace(FIT, body=FIT.body + "\n\n再打 12348。", topics=(), groups=("migrant_workers", "women"))

    saved = drafting.save(EDITOR, made.id, mine, parent=1, now=NOW)

    assert (saved.revision.number, saved.revision.parent, saved.revision.merged) == (3, 2, 1)
    said = keeping.said_in(saved.revision)
    assert (said.summary, said.body[-9:]) == ("能。找仲裁。", "再打 12348。")
    assert (said.groups, said.topics) == (["migrant_workers", "women"], [])


def test_a_clash_is_shown_and_nothing_is_kept_or_lost(desk):
    made = article(kind="case")
    drafting.save(
        COLLEAGUE, made.id, dataclasses.replace(FIT, title="乙？", fields={"source": "某县"}), parent=1, now=NOW
    )
    mine = dataclasses.replace(FIT, title="甲？", fields={"source": "某市", "anonymised": "yes"})

    saved = drafting.save(EDITOR, made.id, mine, parent=1, now=NOW)

    assert (saved.revision, made.revisions) == (None, 2)
    assert saved.said.title == "乙？ / 甲？"
    assert saved.said.fields == {"source": "某县 / 某市", "anonymised": "yes"}
    assert len(saved.clashes) == 2
    settled = dataclasses.replace(saved.said, title="甲？", fields={"source": "某市"})
    assert drafting.save(EDITOR, made.id, settled, parent=2, now=NOW).revision.number == 3


def test_an_earlier_revision_comes_back_as_the_newest(desk):
    made = article()
    drafting.save(EDITOR, made.id, dataclasses.replace(FIT, body="新"), parent=1, now=NOW)

    row = drafting.restore(COLLEAGUE, made.id, 1, now=NOW)

    assert (row.number, row.body, row.note) == (3, FIT.body.strip(), "恢复到第 1 版")
    assert len(session().scalars(select(Revision)).all()) == 3
    with pytest.raises(Conflict, match="revision_is_newest"):
        drafting.restore(EDITOR, made.id, 3, now=NOW)
    with pytest.raises(NotFound, match="revision_unknown"):
        drafting.restore(EDITOR, made.id, 9, now=NOW)


def test_a_revision_that_never_was_is_no_parent(desk):
    made = article()

    for act in drafting.save, drafting.keep:
        with pytest.raises(Rejected):
            act(EDITOR, made.id, FIT, parent=2, now=NOW)


def test_is_nobody_elses_business(desk):
    made = article()
    acts = (
        lambda who: drafting.keep(who, made.id, FIT, parent=1, now=NOW),
        lambda who: drafting.save(who, made.id, FIT, parent=1, now=NOW),
        lambda who: drafting.discard(who, made.id, now=NOW),
        lambda who: drafting.restore(who, made.id, 1, now=NOW),
    )

    for act in acts:
        for stranger in STRANGERS:
            with pytest.raises(NotFound, match="article_unknown"):
                act(stranger)
        for outsider, refusal in ((REVIEWER, Forbidden), (make.staff("4302"), Forbidden), (ANYONE, NotSignedIn)):
            with pytest.raises(refusal):
                act(outsider)
