"""The desk through the door, the way pages ask it: from the first word to the day the law changes."""

from datetime import timedelta

import pytest

from core.db import keep
from core.errors import Forbidden, NotFound, NotSignedIn
from core.identity import ANYONE
from tests.content import newsroom
from tests.content.newsroom import COLLEAGUE, FIT, NOW, REVIEWER, STRANGERS

DAY = timedelta(days=1)
SAID = {
    "title": FIT.title,
    "summary": FIT.summary,
    "body": FIT.body,
    "fields": [],
    "groups": ["migrant_workers"],
    "topics": ["wages"],
}


@pytest.fixture
def begun(ask):
    beginning = {"kind": "FAQ", "language": "SIMPLIFIED", "region": "430211", "slug": "no-contract", "said": SAID}
    return ask("StartContent", input=beginning)["id"]


def review_of(ask, page, **wish):
    return ask("AskReview", input={"id": page, "number": 1, **wish})["review"]


def test_goes_from_a_first_word_to_readers_and_back(ask, begun):
    form = ask("ContentForm")
    assert [one["label"] for one in form["regions"]] == ["株洲市", "天元区", "醴陵市"]
    review = review_of(ask, begun, expiresAt=NOW + 2 * DAY)
    (listed,) = ask("ContentItems", REVIEWER, shelf="WAITING", first=5)["nodes"]
    assert (listed["state"], listed["regionName"], listed["claimedBy"]) == ("WAITING", "天元区", None)

    ask("ClaimReview", REVIEWER, input={"review": review, "claimed": True})
    ask("CommentContent", REVIEWER, input={"id": begun, "words": "好", "quote": ""})
    waiting = ask("ContentOpened", REVIEWER, id=begun)
    assert (waiting["mayDecide"], waiting["mustLeave"], waiting["reviews"][0]["isMine"]) == (True, False, True)
    ask("PublishContent", REVIEWER, input={"review": review})
    shown = ask("ContentOpened", REVIEWER, id=begun)

    assert (shown["item"]["isLive"], shown["publications"][0]["endsAt"]) == (True, NOW + 2 * DAY)
    assert [(one["articles"], one["isStale"]) for one in shown["laws"]] == [([30], False)]
    ask("WithdrawContent", REVIEWER, input={"id": begun, "reason": "有错"}, now=NOW + DAY)
    over = ask("ContentOpened", REVIEWER, id=begun, now=NOW + DAY)
    assert (over["item"]["state"], over["publications"][0]["isOver"]) == ("ENDED", True)
    which = {"id": begun, "publication": over["publications"][0]["id"]}
    assert ask("RollBackContent", REVIEWER, input=which, now=NOW + DAY)["problems"] == []
    assert ask("ContentItems", shelf="ALL", first=5, now=NOW + DAY)["nodes"][0]["state"] == "LIVE"


def test_is_returned_taken_back_and_commented(ask, begun):
    review = review_of(ask, begun)
    ask("ReturnContent", REVIEWER, input={"review": review, "reason": "条号"})
    assert ask("ContentOpened", id=begun)["reviews"][0]["reason"] == "条号"

    again = review_of(ask, begun)
    assert ask("TakeBackReview", input={"review": again})["review"] == again


def test_typing_saving_clashing_and_going_back(ask, begun):
    typed = {"id": begun, "parent": 1, "said": SAID | {"summary": "打到一半"}}
    ask("KeepContent", input=typed)
    draft = ask("ContentDraft", id=begun)["contentDraft"]
    assert (draft["said"]["summary"], draft["keptAt"]) == ("打到一半", NOW)
    ask("DiscardTyping", input={"id": begun})
    assert ask("ContentDraft", id=begun)["contentDraft"]["keptAt"] is None

    assert ask("SaveContent", COLLEAGUE, input=typed)["number"] == 2
    mine = {"id": begun, "parent": 1, "said": SAID | {"summary": "另一种写法"}}
    clash = ask("SaveContent", input=mine)
    assert (clash["number"], clash["newest"]) == (None, 2)
    assert [(one["mine"], one["theirs"]) for one in clash["clashes"]] == [("另一种写法", "打到一半")]
    assert "打到一半" in clash["said"]["summary"]
    assert "另一种写法" in clash["said"]["summary"]

    passages = ask("ContentDifference", id=begun, before=1, after=2)["contentDifference"]
    assert ("ADDED", "打到一半\n") in [(one["change"], one["text"]) for one in passages]
    first = ask("ContentDifference", id=begun, before=0, after=1)["contentDifference"]
    assert [one["change"] for one in first] == ["ADDED"]
    assert ask("RestoreContent", input={"id": begun, "number": 1})["number"] == 3
    assert ask("ContentRevision", id=begun, number=3)["summary"] == FIT.summary


def test_a_preview_shows_what_stops_and_keeps_nothing(ask, begun):
    said = SAID | {"body": "打13800000001，《没有的法》<b>", "fields": [{"code": "x", "value": "y"}]}

    seen = ask("ContentPreview", kind="FAQ", said=said)

    assert (seen["isStopped"], seen["minutes"], seen["unknownLaws"]) == (True, 1, ["没有的法"])
    assert "<b>" not in seen["html"]
    number = next(one for one in seen["findings"] if one["code"] == "guard_mobile")
    assert (number["passage"], number["line"], number["weight"]) == ("13800000001", 1, "STOPS")
    assert "13800000001" in number["message"]


def test_what_a_guard_stops_is_a_problem_not_a_fault(ask, begun):
    ask("SaveContent", input={"id": begun, "parent": 1, "said": SAID | {"body": "13800000001"}})

    answer = ask("AskReview", input={"id": begun, "number": 2})
    assert [one["code"] for one in answer["problems"]] == ["guard_stops"]


def test_an_expert_needs_no_account(ask, begun):
    keep(lambda: newsroom.employ(REVIEWER))
    review = review_of(ask, begun, startsAt=NOW + DAY)
    guest = {"review": review, "name": "周律师", "employer": "某某律师事务所", "publishes": True}
    link = ask("InviteExpert", REVIEWER, input=guest)["link"]

    page = ask("ExpertPage", ANYONE, link=link)
    assert (page["name"], page["isOpen"], page["startsAt"]) == ("周律师", True, NOW + DAY)
    assert "支付令" in page["html"]
    ask("DecideAsExpert", ANYONE, input={"link": link, "approves": True, "words": "可以"})

    assert ask("ExpertPage", ANYONE, link=link)["isOpen"] is False
    opened = ask("ContentOpened", id=begun)
    assert opened["item"]["state"] == "SCHEDULED"
    assert opened["comments"][0]["madeBy"] == "周律师（某某律师事务所）"
    assert opened["reviews"][0]["experts"][0]["approves"] is True


def test_a_link_nobody_was_given_opens_nothing(ask):
    with pytest.raises(NotFound, match="expert_link_unknown"):
        ask("ExpertPage", ANYONE, link="x")


def test_a_law_changes_and_the_page_is_looked_at_again(ask, begun):
    ask("PublishContent", REVIEWER, input={"review": review_of(ask, begun)})
    law = next(one for one in ask("Laws")["laws"] if one["pages"])
    edition = {
        "law": law["code"],
        "adoptedOn": NOW.date(),
        "effectiveOn": (NOW + DAY).date(),
        "source": "https://flk.npc.gov.cn",
        "repealed": False,
    }
    assert ask("NoteLawEdition", REVIEWER, input=edition)["pages"] == 1

    (stale,) = ask("Laws", now=NOW + DAY)["stalePages"]
    assert (stale["id"], stale["laws"][0]["lawCode"]) == (begun, law["code"])
    assert ask("ContentItems", shelf="STALE", first=5, now=NOW + DAY)["nodes"][0]["isStale"]
    ask("RecheckContent", REVIEWER, input={"id": begun}, now=NOW + DAY)
    assert ask("Laws", now=NOW + DAY)["stalePages"] == []


def test_a_month_shows_what_happens_and_who_owes(ask, begun):
    ask("PublishContent", REVIEWER, input={"review": review_of(ask, begun)})

    month = ask("ContentCalendar", month=NOW.date())["contentCalendar"]
    assert [(one["whatText"], one["title"]) for one in month["entries"]] == [("上线", FIT.title)]
    first = month["offices"][0]
    assert (first["name"], first["isBehind"]) == ("株洲市", True)
    key = ask("ContentCalendar", month=NOW.date())["contentFeedKey"]
    for wrong in (key, f"{key}x", "", "editor-1.", "甲.乙"):  # staff who are not in the house have no calendar
        with pytest.raises(NotFound, match="feed_unknown"):
            ask("ContentFeed", ANYONE, key=wrong, address="x")


def test_a_notice_goes_up_and_comes_down(ask):
    notice = {
        "kind": "EMERGENCY",
        "region": "430211",
        "channels": ["PORTAL"],
        "title": "暴雨停办",
        "words": "改打 12348。",
        "endsAt": NOW + DAY,
    }
    which = ask("PutUpBulletin", REVIEWER, input=notice)["id"]

    (seen,) = ask("Bulletins", ANYONE, region="430211", channel="PORTAL")
    assert (seen["kindText"], seen["title"]) == ("突发事件", "暴雨停办")
    (kept,) = ask("DeskBulletins", REVIEWER)["deskBulletins"]
    assert (kept["regionName"], kept["channels"], kept["isStanding"], kept["isOver"]) == (
        "天元区",
        ["网站"],
        True,
        False,
    )
    assert ask("StandingBulletins", ANYONE, region="430211") == []  # it was for the portal alone
    ask("TakeDownBulletin", REVIEWER, input={"id": which})
    assert ask("Bulletins", ANYONE, region="430211", channel="PORTAL") == []
    assert [one["code"] for one in ask("PutUpBulletin", REVIEWER, input=notice | {"channels": []})["problems"]] == [
        "channel_missing"
    ]


def test_a_reader_reports_and_is_answered(ask, begun):
    ask("PublishContent", REVIEWER, input={"review": review_of(ask, begun)})
    form = ask("ContentReportForm", ANYONE, slug="no-contract")
    assert {"code": "OUTDATED", "label": "法律或规定已经变了"} in form["subjects"]
    told = {"slug": "no-contract", "subject": "OUTDATED", "words": "条号变了"}
    code = ask("ReportContent", ANYONE, input=told)["code"]

    (waiting,) = ask("ContentReports", open=True, first=5)["nodes"]
    reply = {"report": waiting["id"], "accepted": False, "answer": "条号没有变"}
    assert ask("AnswerContentReport", input=reply)["code"] == code
    found = ask("ContentCorrection", ANYONE, code=code)
    assert (found["stateText"], found["answer"]) == ("已核实，没有更改", "条号没有变")
    again = ask("ReportPage", ANYONE, input=told)["code"]
    assert ask("PageCorrection", ANYONE, code=again)["stateText"] == "正在核实"
    unfit = ask("ReportContent", ANYONE, input={"slug": "no-contract", "words": " ", "phone": "12"})
    assert [one["field"] for one in unfit["problems"]] == ["subject", "words", "phone"]
    unfit = ask("ReportContent", ANYONE, input=told | {"phone": "12"})
    assert [one["field"] for one in unfit["problems"]] == ["phone"]


READS = (
    ("ContentItems", {"shelf": "ALL", "first": 5}),
    ("ContentForm", {}),
    ("ContentPreview", {"kind": "FAQ", "said": SAID}),
    ("Laws", {}),
    ("ContentCalendar", {"month": NOW.date()}),
    ("DeskBulletins", {}),
    ("ContentReports", {"open": True, "first": 5}),
)
OF_A_PAGE = (
    ("ContentOpened", {}),
    ("ContentDraft", {}),
    ("ContentRevision", {"number": 1}),
    ("ContentDifference", {"before": 0, "after": 1}),
)


def test_strangers_are_turned_away(ask, begun):
    for name, variables in (*READS, *((name, {"id": begun, **more}) for name, more in OF_A_PAGE)):
        with pytest.raises(NotSignedIn):
            ask(name, ANYONE, **variables)
        with pytest.raises(Forbidden):
            ask(name, newsroom.make.staff("4302"), **variables)
    for stranger in STRANGERS:
        assert ask("ContentItems", stranger, shelf="ALL", first=5)["nodes"] == []
        for name, more in OF_A_PAGE:
            with pytest.raises(NotFound):
                ask(name, stranger, id=begun, **more)


def test_more_pages_cost_no_more_statements(ask, begun, count_statements):
    spent = []
    for number in (1, 2):
        ask("PublishContent", REVIEWER, input={"review": review_of(ask, begun)})
        with count_statements() as sent:
            ask("ContentItems", shelf="ALL", first=5)
        spent.append(len(sent))
        said = SAID | {"title": f"第{number}篇？"}
        beginning = {"kind": "FAQ", "language": "SIMPLIFIED", "region": "430281", "slug": "", "said": said}
        begun = ask("StartContent", input=beginning)["id"]

    assert spent[1] <= spent[0] <= 8
    budgets = {"ContentOpened": 15, "ContentDraft": 18, "ContentDifference": 20, "ContentRevision": 4}
    for name, most in budgets.items():
        with count_statements() as sent:
            ask(name, id=begun, **dict(OF_A_PAGE)[name])
        assert len(sent) <= most, name
    others = {"Laws": 8, "ContentCalendar": 6, "DeskBulletins": 2, "ContentReports": 2}
    for name, most in others.items():
        with count_statements() as sent:
            ask(name, **dict(READS)[name])
        assert len(sent) <= most, name
