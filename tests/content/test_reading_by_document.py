"""What readers get through the door: lists, one page, its languages, one search for everything; and its budgets."""

import pytest

from api import execution
from api.viewer import Viewer
from content import laws, publishing
from content.models import Article, LawEdition
from core.db import session, transaction
from core.errors import Malformed, NotFound
from core.identity import ANYONE, SYSTEM, Actor, ActorKind, Permission
from tests.content.shelf import later, page, version

WAGES = ["group:migrant_workers", "topic:wages"]
BODY = "## 先留证据\n\n先申请**劳动仲裁**。见《劳动合同法》第三十条。\n\n<script>alert(1)</script>"
EDITOR = Actor(id="editor-1", kind=ActorKind.STAFF, permissions=frozenset({Permission.CONTENT_WRITE}), region="43")


@pytest.fixture
def ask(db, now):
    def asked(name, *, actor=ANYONE, at=now, **variables):
        return execution.run(Viewer(actor, at), name, **variables)

    return asked


@pytest.fixture
def shelf(db, now):
    """Three pages: two about wages, one about divorce."""
    with transaction():
        page("wages", "讨薪先留证据", BODY, now=now, tags=WAGES, summary="先留好证据。")
        page("unpaid", "没签合同怎么讨薪", now=later(now, -60), kind="faq", tags=[*WAGES, "group:women"])
        page("divorce", "离婚冷静期", now=later(now, -30), tags=["group:women", "topic:family"])


def slugs(answer):
    return [one["slug"] for one in answer["pages"]["nodes"]]


def test_home_tells_how_much_there_is_for_whom(ask, shelf):
    answer = ask("LearnHome")

    counts = {one["code"]: one["count"] for one in answer["pageShelves"]}
    assert (counts["migrant_workers"], counts["women"], counts["wages"], counts["veterans"]) == (2, 2, 2, 0)
    assert slugs(answer) == ["wages", "divorce", "unpaid"]
    assert answer["pages"]["totalCount"] == 3
    assert {one["code"] for one in ask("PageShelves")["pageShelves"]} == set(counts)


@pytest.mark.parametrize(
    ("wish", "found"),
    [
        ({"group": "women"}, ["divorce", "unpaid"]),
        ({"topic": "wages"}, ["wages", "unpaid"]),
        ({"group": "women", "topic": "wages"}, ["unpaid"]),
        ({"kind": "FAQ"}, ["unpaid"]),
        ({"group": "veterans"}, []),
        ({"group": "nobody"}, []),
    ],
)
def test_shelves_are_put_together_from_tags(ask, shelf, wish, found):
    assert slugs(ask("LearnShelf", **wish)) == found
    assert slugs(ask("Pages", first=10, **wish)) == found


def test_a_list_goes_on_where_it_stopped(ask, shelf):
    first = ask("LearnFeed", first=2)["pages"]
    rest = ask("LearnFeed", first=2, after=first["pageInfo"]["endCursor"])["pages"]

    assert [one["slug"] for one in (*first["nodes"], *rest["nodes"])] == ["wages", "divorce", "unpaid"]
    assert (first["pageInfo"]["hasNextPage"], rest["pageInfo"]["hasNextPage"]) == (True, False)


@pytest.mark.parametrize("cursor", ["WzFd", "WyJ4Il0", "WyJ4IiwieSJd", "WyIyMDI2LTAxLTAxIiwieSJd"])
def test_a_cursor_that_is_not_ours_is_malformed(ask, shelf, cursor):
    with pytest.raises(Malformed):
        ask("LearnFeed", first=2, after=cursor)


def test_a_page_says_what_it_is_checked_against_and_what_to_do_next(ask, db, now):
    with transaction():
        laws.load(SYSTEM, now=now)
        revision = page("wages", "讨薪先留证据", BODY, now=later(now, -60), tags=WAGES)
        article = session().get(Article, revision.article_id)
        said = publishing.keeping.said_in(revision)
        cited = publishing.keeping.add(article, said, by="x", now=now, came_from=(1, None))
        publishing.put_out(article, cited, by="x", now=now, term=(None, None))

    found = ask("LearnPage", slug="wages")["page"]

    assert '<h2 id="part-1">先留证据</h2>' in found["html"]
    assert "&lt;script&gt;" in found["html"]
    assert "<script>" not in found["html"]
    assert [one["word"] for one in found["terms"]] == ["劳动仲裁"]
    (law,) = found["laws"]
    assert (law["title"], law["articles"], law["isStale"]) == ("中华人民共和国劳动合同法", [30], False)
    assert [one["code"] for one in found["nextSteps"]] == ["check", "nearest", "call"]
    assert found["nextSteps"][0]["answers"] == ["area:WORK", "matter:WAGES"]
    assert ask("PageText", slug="wages")["page"]["words"].startswith("先留证据\n先申请劳动仲裁")

    with transaction():
        law_code = laws.titles()["劳动合同法"]
        day = {"adopted_on": now.date(), "effective_on": now.date(), "noted_at": now}
        session().add(LawEdition(law_code=law_code, **day))

    assert ask("LearnPage", slug="wages")["page"]["laws"][0]["isStale"]


def test_related_pages_share_what_it_is_about(ask, shelf):
    assert [one["slug"] for one in ask("LearnPage", slug="unpaid")["page"]["related"]] == ["wages", "divorce"]


def test_a_page_with_no_tags_goes_with_nothing(ask, db, now):
    with transaction():
        page("alone", "独一篇", now=now, fields={"held_on": "2026-12-04", "capacity": 3, "place": ""}, kind="event")

    found = ask("LearnPage", slug="alone")["page"]

    assert found["related"] == []
    assert [(one["name"], one["value"]) for one in found["fields"]] == [("held_on", "2026-12-04")]


@pytest.mark.parametrize("slug", ["nobody", "x" * 500, "divorce "])
def test_a_page_that_is_not_there_is_not_found(ask, shelf, slug):
    with pytest.raises(NotFound):
        ask("LearnPage", slug=slug)


def test_traditional_characters_are_turned_and_said_to_be(ask, shelf):
    found = ask("LearnPage", slug="wages", language="TRADITIONAL")["page"]

    assert found["edition"]["isConverted"]
    assert not found["isMissing"]
    assert found["card"]["title"] == "討薪先留證據"
    assert "先留證據</h2>" in found["html"]
    assert found["headings"][0]["text"] == "先留證據"
    assert found["terms"][0]["means"].startswith("打工的人和單位")


def test_english_there_is_only_where_somebody_translated(ask, shelf, now):
    missing = ask("LearnPage", slug="wages", language="ENGLISH")["page"]

    assert (missing["isMissing"], missing["edition"]["language"]) == (True, "zh-Hans")

    with transaction():
        told = {"language": "en", "original_id": "wages", "translates_id": "wages-1"}
        page("wages-en", "Unpaid wages: keep the evidence", "Keep it.", now=now, **told)
    for slug in "wages", "wages-en":
        found = ask("LearnPage", slug=slug, language="ENGLISH")["page"]
        assert (found["isMissing"], found["card"]["slug"], found["edition"]["isBehind"]) == (False, "wages-en", False)
        assert [one["language"] for one in found["editions"]] == ["zh-Hans", "en", "zh-Hant"]

    with transaction():
        version(session().get(Article, "wages"), "讨薪：新的", now=now, number=2, starts=later(now, 5))
    assert ask("LearnPage", slug="wages-en", at=later(now, 5))["page"]["edition"]["isBehind"]
    assert slugs(ask("LearnHome"))[0] == "wages"  # lists are of the language of the house


def test_what_was_written_in_english_is_not_turned(ask, db, now):
    with transaction():
        page("foreigners", "Legal aid for foreigners", "Ask us.", now=now, language="en")

    found = ask("LearnPage", slug="foreigners", language="TRADITIONAL")["page"]

    assert (found["isMissing"], [one["language"] for one in found["editions"]]) == (True, ["en"])


def test_one_search_finds_pages_services_and_places(ask, shelf):
    found = ask("LearnSearch", words="taoxin")["search"]

    assert (found["way"], found["instead"]) == ("SOUND", "讨薪")
    assert {one["card"]["slug"] for one in found["hits"]} == {"wages", "unpaid"}
    assert {"text": "讨薪", "isHit": True} in found["hits"][0]["title"]
    assert [one["code"] for one in ask("Search", words="查进度")["search"]["services"]] == ["progress"]
    assert ask("LearnSearch", words="啊")["search"]["stations"] == []
    assert ask("LearnSearch", words="石峰")["search"]["divisions"] == []  # there are none in this database


def test_a_search_too_long_is_malformed(ask, db):
    with pytest.raises(Malformed):
        ask("LearnSearch", words="讨" * 201)


def test_editors_see_what_nobody_found(ask, db):
    for number in range(3):
        ask("NoteSearchMiss", words="电动车上牌", idempotencyKey=f"key-key-key-key-{number}")

    assert [one["words"] for one in ask("SearchMisses", actor=EDITOR)["searchMisses"]] == ["电动车上牌"]


def test_more_pages_need_no_more_statements(ask, shelf, now, count_statements):
    asked = {
        "LearnHome": ({}, 4),
        "LearnShelf": ({"group": "women"}, 5),
        "LearnPage": ({"slug": "wages"}, 8),
        "LearnSearch": ({"words": "讨薪"}, 9),
        "LearnFeed": ({"first": 50}, 2),
        "Pages": ({"first": 50}, 3),
        "PageShelves": ({}, 2),
        "PageText": ({"slug": "wages"}, 8),
        "Search": ({"words": "讨薪"}, 9),
        "ContentVersion": ({}, 1),
    }

    def sent(name):
        with count_statements() as statements:
            ask(name, **asked[name][0])
        return len(statements)

    few = {name: sent(name) for name in asked}
    with transaction():
        for number in range(12):
            page(f"more-{number}", f"第{number}种讨薪", BODY, now=now, tags=[*WAGES, "group:women"])

    assert {name: sent(name) for name in asked} == few
    assert {name: count for name, count in few.items() if count > asked[name][1]} == {}


def test_the_version_is_told_without_looking_at_pages(ask, shelf, now, count_statements):
    with count_statements() as sent:
        before = ask("ContentVersion")["contentVersion"]

    assert len(sent) == 1
    assert "article" not in sent[0]
    assert "publication" not in sent[0]
    with transaction():
        publishing.version.advance(now=now)
    assert ask("ContentVersion")["contentVersion"] != before
