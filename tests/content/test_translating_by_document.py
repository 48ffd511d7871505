"""Other languages and paper that was handed out, through the door."""

import dataclasses
from datetime import timedelta

import pytest

from content import drafting
from content.models import Article
from core.db import keep, session
from core.errors import Conflict, Forbidden, NotFound, NotSignedIn
from core.identity import ANYONE
from tests import make
from tests.content.newsroom import COLLEAGUE, EDITOR, FIT, NOW, STRANGERS, article, published

LATER = NOW + timedelta(minutes=1)
NOTE = {"kind": "LEAFLET", "slug": "wages", "region": "430211", "copies": 200, "on": NOW.date(), "place": "工地"}


def shown():
    one = article(FIT, slug="wages")
    published(one)
    return one


@pytest.fixture
def original(ask):
    return keep(shown)


@pytest.fixture
def english(ask, original):
    return ask("TranslateContent", input={"id": original.id, "language": "ENGLISH"})["id"]


def said_anew(original):
    drafting.save(EDITOR, original.id, dataclasses.replace(FIT, summary="能。"), parent=1, now=LATER)
    published(session().get_one(Article, original.id), now=LATER)


def of(ask, page, **more):
    """Give how a page stands in each language."""
    return {one["language"]: one for one in ask("ContentTranslations", id=page, **more)}


def test_a_page_is_begun_in_english_falls_behind_and_follows(ask, original):
    missing = of(ask, original.id)["ENGLISH"]
    assert (missing["state"], missing["articleId"], missing["of"], missing["nowAt"]) == ("MISSING", None, 0, 1)

    page = ask("TranslateContent", input={"id": original.id, "language": "ENGLISH"})["id"]

    begun = of(ask, original.id)["ENGLISH"]
    assert (begun["state"], begun["articleId"], begun["languageText"]) == ("BEGUN", page, "English")
    assert begun["stateText"]
    assert ask("ContentOpened", id=page)["item"]["title"] == FIT.title
    with pytest.raises(Conflict, match="translation_begun"):
        ask("TranslateContent", COLLEAGUE, input={"id": original.id, "language": "ENGLISH"})
    with pytest.raises(Conflict, match="translation_agrees"):
        ask("FollowOriginal", input={"id": page})

    keep(lambda: said_anew(original))
    assert [(one["of"], one["nowAt"]) for one in of(ask, page, now=LATER).values() if one["articleId"]] == [(1, 2)]
    assert ask("FollowOriginal", input={"id": page}, now=LATER)["number"] == 2
    assert of(ask, page, now=LATER)["ENGLISH"]["of"] == 2
    same = ask("TranslateContent", input={"id": original.id, "language": "SIMPLIFIED"})
    assert len(same["problems"]) == 1


def test_paper_that_was_handed_out_is_noted_where_it_was(ask, original):
    assert ask("NoteHandedOut", input=NOTE)["problems"] == []

    board = ask("QuotaBoard", on=NOW.date())
    lines = {one["name"]: one["copies"] for one in board["quotaBoard"]["lines"]}
    assert (lines["天元区"], lines["醴陵市"]) == (200, 0)
    (noted,) = board["handedOut"]
    assert (noted["title"], noted["copies"], noted["place"]) == (FIT.title, 200, "工地")
    unfit = ask("NoteHandedOut", input=NOTE | {"slug": "x", "region": "4301", "copies": 0})
    assert [one["code"] for one in unfit["problems"]] == [
        "handed_what_missing",
        "region_not_yours",
        "handed_copies_unfit",
    ]


def test_strangers_are_turned_away(ask, original, english):
    of_pages = (
        ("ContentTranslations", {"id": original.id}),
        ("TranslateContent", {"input": {"id": original.id, "language": "TRADITIONAL"}}),
        ("FollowOriginal", {"input": {"id": english}}),
    )
    for name, variables in (*of_pages, ("NoteHandedOut", {"input": NOTE})):
        with pytest.raises(NotSignedIn):
            ask(name, ANYONE, **variables)
        with pytest.raises(Forbidden):
            ask(name, make.staff("4302"), **variables)
    for stranger in STRANGERS:
        for name, variables in of_pages:
            with pytest.raises(NotFound):
                ask(name, stranger, **variables)
        (problem,) = ask("NoteHandedOut", stranger, input=NOTE)["problems"]
        assert problem["code"] == "region_not_yours"


def test_more_languages_and_more_pages_stay_within_what_it_may_cost(ask, original, count_statements):
    def spent():
        with count_statements() as sent:
            ask("ContentTranslations", id=original.id)
        return len(sent)

    assert spent() <= 3
    for language in "ENGLISH", "TRADITIONAL":
        ask("TranslateContent", input={"id": original.id, "language": language})
    few = spent()
    keep(lambda: [published(article(dataclasses.replace(FIT, title=f"第{one}篇？"))) for one in range(3)])

    assert spent() == few <= 7  # two statements for each language there is a page in: there are three languages
