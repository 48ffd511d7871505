"""Pages in other languages: begun at the desk, marked behind once the original says something else."""

import dataclasses
from datetime import timedelta

import pytest

from content import drafting, keeping, languages, translating
from content.kinds import Language
from content.translating import TranslationState
from core.errors import Conflict, Forbidden, NotFound, NotSignedIn, Rejected
from core.identity import ANYONE
from tests import make
from tests.content.newsroom import EDITOR, FIT, NOW, STRANGERS, article, published

ENGLISH = Language.ENGLISH.value
SAID = dataclasses.replace(FIT, title="Can I claim wages without a contract?", summary="Yes.")


def states(one, now=NOW):
    return {each.language: (each.state, each.of, each.now_at) for each in translating.of(EDITOR, one.id, now=now)}


def written(one, said, now=NOW):
    return drafting.save(EDITOR, one.id, said, parent=one.revisions, now=now).revision


def test_a_translation_begins_with_what_the_original_says_to_readers(desk):
    original = article(FIT, slug="wages")
    published(original)
    written(original, dataclasses.replace(FIT, title="还没发布的？"))
    assert states(original)[Language.ENGLISH] == (TranslationState.MISSING, 0, 1)

    made = translating.begin(EDITOR, original.id, ENGLISH, now=NOW)

    assert (made.slug, made.original_id, made.kind, made.region) == ("wages-en", original.id, "faq", "430211")
    assert keeping.said_in(keeping.revision(made)).title == FIT.title
    assert states(original)[Language.ENGLISH] == (TranslationState.BEGUN, 1, 1)
    assert states(made) == states(original)
    assert states(original)[Language.TRADITIONAL][0] is TranslationState.MISSING


def test_it_is_shown_then_behind_then_follows(desk):
    original = article(FIT, slug="wages")
    published(original)
    made = translating.begin(EDITOR, original.id, ENGLISH, now=NOW)
    written(made, SAID)
    published(made)
    assert states(original)[Language.ENGLISH] == (TranslationState.SHOWN, 1, 1)
    assert languages.read("wages", ENGLISH, now=NOW).edition.is_behind is False

    later = NOW + timedelta(minutes=1)
    written(original, dataclasses.replace(FIT, summary="能。先留证据，再去仲裁。"), later)
    published(original, now=later)

    assert states(made, later)[Language.ENGLISH] == (TranslationState.BEHIND, 1, 2)
    assert languages.read("wages", ENGLISH, now=later).edition.is_behind is True
    written(made, dataclasses.replace(SAID, summary="Yes. Keep evidence."), later)
    row = translating.follow(EDITOR, made.id, now=later)
    assert (row.number, row.note) == (4, "和原文第 2 版一致")
    published(made, now=later)
    assert states(original, later)[Language.ENGLISH] == (TranslationState.SHOWN, 2, 2)
    with pytest.raises(Conflict, match="translation_agrees"):
        translating.follow(EDITOR, made.id, now=later)


def test_what_nobody_said_it_translates_is_behind(desk):
    original = article(FIT)
    made = translating.begin(EDITOR, original.id, ENGLISH, now=NOW)
    keeping.revision(made).translates_id = None

    assert states(original)[Language.ENGLISH] == (TranslationState.BEHIND, 0, 1)


def test_a_language_is_begun_once_and_never_the_one_it_is_in(desk):
    original = article(FIT)
    for language in ("zh-Hans", "xx"):
        with pytest.raises(Rejected):
            translating.begin(EDITOR, original.id, language, now=NOW)
    made = translating.begin(EDITOR, original.id, ENGLISH, now=NOW)
    for one in original, made:
        with pytest.raises(Conflict, match="translation_begun"):
            translating.begin(EDITOR, one.id, ENGLISH, now=NOW)
    with pytest.raises(Conflict, match="translation_is_none"):
        translating.follow(EDITOR, original.id, now=NOW)


def test_a_name_that_is_taken_gives_way_to_a_code(desk):
    original = article(FIT, slug="wages")
    article(FIT, slug="wages-en")

    assert translating.begin(EDITOR, original.id, ENGLISH, now=NOW).slug != "wages-en"
    long = article(FIT, slug="w" * 79)
    assert len(translating.begin(EDITOR, long.id, ENGLISH, now=NOW).slug) == 9


def test_strangers_translate_nothing(desk):
    original = article(FIT)

    for stranger in STRANGERS:
        for asked_for in (
            lambda who: translating.begin(who, original.id, ENGLISH, now=NOW),
            lambda who: translating.follow(who, original.id, now=NOW),
            lambda who: translating.of(who, original.id, now=NOW),
        ):
            with pytest.raises(NotFound):
                asked_for(stranger)
    for outsider, refusal in ((ANYONE, NotSignedIn), (make.staff("4302"), Forbidden)):
        with pytest.raises(refusal):
            translating.begin(outsider, original.id, ENGLISH, now=NOW)
