"""The desk in a browser without scripts: write, be stopped, mend, ask, decide; notices and reports."""

import re
from datetime import timedelta

import pytest

from core import jobs, sms
from core.db import keep
from locator import queries as places
from portal import notices
from portal.filters import CHINA
from tests.content import newsroom
from tests.content.newsroom import FIT
from tests.portal.browser import SITE, Browser
from tests.portal.working import instant, links, sign_staff_in

EDITOR, REVIEWER = ("publicity_editor",), ("content_reviewer",)


@pytest.fixture
def browser(client):
    keep(newsroom.put_up)
    notices.forget()
    yield Browser(client)
    notices.forget()
    places.forget()


def come(browser, roles=EDITOR, region="4302", name="苏映雪"):
    sign_staff_in(browser.client, *roles, region=region, name=name)


def again(browser, roles, name):
    """Come as somebody else of the same region."""
    sign_staff_in(browser.client, *roles, region="430211", name=name)


def begun(browser, **given):
    """Begin a page and give its address on the desk."""
    typed = {"title": FIT.title, "kind": "FAQ", "region": "430211", "language": "SIMPLIFIED", "slug": "no-contract"}
    browser.look("/desk/content/new").fill("/new", **(typed | given))
    assert browser.status == 200, browser.problems
    return browser.path.removesuffix("/edit")


def written(browser, where, **given):
    typed = {"summary": FIT.summary, "body": FIT.body, "groups": ["migrant_workers"], "topics": ["wages"]}
    return browser.look(f"{where}/edit").fill("/edit", button=("act", given.pop("act", "save")), **(typed | given))


def asked(browser, where, **given):
    return browser.look(where).fill("/ask", **given)


def published(browser, where):
    again(browser, REVIEWER, "程守一")
    browser.look(where).fill("/publish")
    assert "已发布" in browser.words, browser.words


def test_is_written_stopped_mended_reviewed_and_shown(browser):
    come(browser)
    where = begun(browser)
    written(browser, where, body="打张三的手机13800000001。")
    assert "还不能送审" in browser.words
    asked(browser, where)
    assert (browser.status, browser.problems) == (422, ["#field-body"])
    assert "13800000001" in browser.words

    written(browser, where)
    assert "已保存" in browser.words
    asked(browser, where)
    assert "已送审" in browser.words
    again(browser, REVIEWER, "程守一")
    browser.look("/desk/content?shelf=waiting")
    assert FIT.title in browser.words
    browser.look(where).fill("/claim")
    assert "程守一 正在看" in browser.words
    browser.fill("/claim")
    assert "程守一 正在看" not in browser.words
    browser.fill("/return", reason="")
    assert (browser.status, browser.problems) == (422, ["#field-reason"])
    browser.fill("/return", reason="第三十条写清楚")
    assert "已退回" in browser.words

    again(browser, EDITOR, "吴编辑")
    browser.look(where)
    assert "第三十条写清楚" in browser.words
    asked(browser, where)
    published(browser, where)
    assert browser.look("/desk/content").page.css_first("td .tag").text()
    browser.look(where).fill("/withdraw", withdraw_reason="有错")
    assert "已下线" in browser.words
    browser.fill("/roll-back")
    assert "已恢复以前的一版" in browser.words


def test_what_was_typed_is_kept_without_scripts_and_never_lost(browser):
    come(browser)
    where = begun(browser)
    written(browser, where, act="preview", body="## 标题\n\n**要紧**的话")
    assert browser.status == 200
    assert "<strong>要紧</strong>" in browser.answer.text
    assert "替您留着" in browser.words
    browser.look(f"{where}/edit")
    assert "接着写" in browser.words
    assert "**要紧**的话" in browser.page.css_first("textarea[name=body]").text()
    browser.fill("/edit", button=("act", "discard"))
    assert "接着写" not in browser.words

    written(browser, where, summary="长" * 401)
    assert (browser.status, browser.problems) == (422, ["#field-summary"])
    assert "长" * 401 in browser.answer.text
    written(browser, where, title="")
    assert (browser.status, browser.problems) == (422, ["#field-title"])
    assert FIT.summary in browser.answer.text


def test_two_peoples_work_meets_on_the_page(browser):
    come(browser)
    where = begun(browser)
    browser.look(f"{where}/edit")
    written(browser, where, summary="同事写的。")
    written(browser, where, summary="我写的。", parent="1")

    assert (browser.status, browser.heading[:2]) == (409, "问答")
    assert "同事写的。" in browser.words
    typed = browser.page.css_first("textarea[name=summary]").text()
    assert "同事写的。" in typed
    assert "我写的。" in typed
    browser.fill("/edit", button=("act", "save"), summary="一起写的。")
    assert "已保存" in browser.words
    written(browser, where, summary="一起写的。", body=FIT.body + "\n\n再打 12348。", parent="2")
    assert browser.status == 409 or "合到了一起" in browser.words

    compare = links(browser.look(where), "compare")[0]
    browser.look(compare)
    assert browser.page.css("ins, del")
    browser.look(where).fill("/restore")
    assert "已恢复成最新的一版" in browser.words


def test_scripts_keep_and_look_while_one_writes(browser):
    come(browser)
    where = begun(browser)
    token = browser.look(f"{where}/edit").value("csrf_token")
    typed = {"csrf_token": token, "parent": "1", "title": "甲？", "summary": "", "body": "[点这里](/x)"}

    kept = browser.client.post(f"{where}/keep", data=typed, base_url=SITE)
    assert re.fullmatch(r"\d\d:\d\d", kept.json["savedAt"])
    assert browser.client.post(f"{where}/keep", data=typed | {"title": ""}, base_url=SITE).status_code == 422
    looked = browser.client.post(f"{where}/look", data=typed, base_url=SITE)
    assert "链接文字没有说出去哪里" in looked.text
    assert "<html" not in looked.text
    looked = browser.client.post(f"{where}/look", data=typed | {"title": "长" * 121}, base_url=SITE)
    assert "最多填 120 个字" in looked.text


def test_an_expert_answers_by_the_link(browser):
    come(browser)
    where = begun(browser)
    written(browser, where)
    asked(browser, where, starts=f"{instant().astimezone(CHINA) + timedelta(days=1):%Y-%m-%dT%H:%M}")
    again(browser, REVIEWER, "程守一")
    browser.look(where).fill("/invite", name="", employer="")
    assert (browser.status, browser.problems) == (422, ["#field-name", "#field-employer"])
    browser.look(where).fill("/invite", name="周律师", employer="某某律师事务所", publishes="yes")
    link = browser.page.css_first(".copy-line").attributes["value"].split("/expert/")[1]
    browser.client.delete_cookie("__Host-access", domain="127.0.0.1", path="/")

    browser.look(f"/expert/{link}")
    assert browser.heading == f"请您审读：{FIT.title}"
    assert browser.answer.headers["Referrer-Policy"] == "no-referrer"
    browser.fill("/expert/", button=("verdict", "no"))
    assert (browser.status, browser.problems) == (422, ["#field-words"])
    browser.fill("/expert/", button=("verdict", "no"), words="长" * 1001)
    assert browser.status == 422
    browser.fill("/expert/", button=("verdict", "yes"))
    assert "意见已经收到" in browser.words
    form = {"csrf_token": browser.look("/corrections").value("csrf_token"), "verdict": "yes"}
    late = {**form, "idempotency_key": "late-key-0123456789"}
    assert browser.client.post(f"/expert/{link}", data=late, base_url=SITE).status_code == 409
    assert browser.look("/expert/nothing").status == 404


def test_times_that_cannot_be_read_are_said(browser):
    come(browser)
    where = begun(browser)
    written(browser, where)

    asked(browser, where, starts="明天")
    assert (browser.status, browser.problems) == (422, ["#field-starts"])
    asked(browser, where, starts="2020-01-01 09:00:30")
    assert (browser.status, browser.problems) == (422, ["#field-starts"])
    asked(browser, where)
    again(browser, EDITOR, "吴编辑")
    first = browser.look(where).page.css_first("form[action$='take-back']")
    review = first.css_first("[name=review]").attributes["value"]
    browser.fill("/take-back")
    assert "已撤回" in browser.words
    token = browser.value("csrf_token")
    again_ = {"csrf_token": token, "review": review, "idempotency_key": "again-key-0123456789"}
    assert browser.client.post(f"{where}/take-back", data=again_, base_url=SITE).status_code == 409
    assert browser.client.post(f"{where}/burn", data=again_, base_url=SITE).status_code == 404
    browser.look(where).fill("/comment", words="看过了", quote="先留证据")
    assert "看过了" in browser.words
    browser.fill("/comment", words="长" * 1001)
    assert (browser.status, browser.problems) == (422, ["#field-words"])


def test_what_cannot_be_begun_is_said(browser):
    come(browser)
    browser.look("/desk/content/new").fill("/new", title="", slug="A B")
    assert (browser.status, browser.problems) == (422, ["#field-kind", "#field-slug", "#field-title"])
    browser.fill("/new", title="x", kind="POEM")
    assert (browser.status, browser.problems) == (422, ["#field-kind"])
    assert browser.look("/desk/content?shelf=attic").status == 400


def test_the_month_the_laws_and_what_is_owed(browser):
    come(browser)
    where = begun(browser)
    written(browser, where)
    asked(browser, where)
    published(browser, where)

    browser.look("/desk/content/calendar")
    assert FIT.title in browser.words
    assert "还欠" in browser.words
    assert browser.look("/desk/content/calendar?month=2026-02").heading == "2026年2月"
    assert browser.look("/desk/content/calendar?month=soon").status == 400
    feed = browser.client.get("/desk/content/calendar/feed.ics", base_url=SITE)
    assert feed.content_type == "text/calendar; charset=utf-8"
    assert "BEGIN:VEVENT" in feed.text

    browser.look("/desk/content/laws").fill("/laws", law="laodonghetongfa", source="")
    assert (browser.status, browser.problems) == (422, ["#field-adopted", "#field-effective", "#field-source"])
    browser.fill("/laws", adopted_year="x", adopted_month="1", adopted_day="1")
    assert browser.problems == ["#field-adopted"]
    day = instant().astimezone(CHINA).date()
    told = {
        f"{name}_{part}": str(getattr(day, part))
        for name in ("adopted", "effective")
        for part in ("year", "month", "day")
    }
    browser.fill("/laws", law="laodonghetongfa", source="https://flk.npc.gov.cn", **told)
    assert "引用它的页面有 1 篇" in browser.words
    assert FIT.title in browser.words
    browser.look(where)
    assert "引用的法律变了" in browser.words
    browser.fill("/recheck")
    assert "今天按现行法律核对过" in browser.words


def test_a_notice_is_on_top_of_every_page_of_its_region(browser):
    come(browser, REVIEWER)
    browser.look("/desk/content/bulletins").fill("/bulletins", title="", words="")
    assert browser.problems == ["#field-kind", "#field-title", "#field-words", "#field-ends"]
    ends = f"{instant().astimezone(CHINA) + timedelta(days=1):%Y-%m-%d %H:%M}"
    browser.fill("/bulletins", kind="EMERGENCY", title="暴雨停办", words="改打 12348。", ends="x")
    assert browser.problems == ["#field-ends"]
    browser.fill("/bulletins", kind="EMERGENCY", title="暴雨停办", words="改打 12348。", ends=ends)
    notices.forget()

    assert "暴雨停办" in browser.look("/desk/content").page.css_first(".bulletin").text()
    again(browser, REVIEWER, "下级")
    assert browser.look("/desk/content").page.css_first(".bulletin")
    browser.client.delete_cookie("__Host-access", domain="127.0.0.1", path="/")
    assert browser.look("/privacy").page.css_first(".bulletin") is None  # of another region than all of the province
    come(browser, (*REVIEWER, "auditor"))
    form = browser.look("/desk/content/bulletins").page.css_first("form[action$='/down']")
    data = {
        "csrf_token": browser.value("csrf_token"),
        "idempotency_key": "down-key-0123456789",
    }
    path = form.attributes["action"]
    assert browser.client.post(path, data=data, base_url=SITE).status_code == 303
    late = data | {"idempotency_key": "late-key-0123456789"}
    assert browser.client.post(path, data=late, base_url=SITE).status_code == 409


@pytest.fixture
def texts():
    memory = sms.Memory()
    sms.use(memory)
    yield memory.outgoing
    sms.use(None)


def test_a_reader_reports_and_finds_the_answer(browser, texts):
    come(browser)
    where = begun(browser)
    written(browser, where)
    asked(browser, where)
    published(browser, where)
    told = {"subject": "OUTDATED", "words": "条号变了", "phone": "13800000001"}
    browser.look("/learn/no-contract/correct").fill("/correct", **(told | {"words": ""}))
    assert (browser.status, browser.problems) == (422, ["#field-words"])
    browser.fill("/correct", **(told | {"words": "长" * 501}))
    assert (browser.status, browser.problems) == (422, ["#field-words"])
    browser.fill("/correct", **told)
    number = browser.page.css_first(".reference").text()
    assert "条号变了" not in browser.words

    browser.look("/desk/content/reports")
    assert "条号变了" in browser.words
    browser.fill("/reports", button=("verdict", "explained"))
    assert browser.status == 422
    browser.fill("/reports", button=("verdict", "explained"), answer="条号没有变")
    jobs.run_due(instant())
    assert [one.phone for one in texts] == ["13800000001"]
    browser.look("/corrections").fill("/corrections", code=number)
    assert "条号没有变" in browser.words
    assert browser.look("/corrections/pages/0000-0000").status == 404
    assert browser.look("/learn/nothing/correct").status == 404


def test_strangers_see_nothing_of_the_desk(browser):
    come(browser)
    where = begun(browser)
    sign_staff_in(browser.client, *EDITOR, region="4301", name="外地人")
    for path in (where, f"{where}/edit", f"{where}/compare?after=1"):
        assert browser.look(path).status == 404
    sign_staff_in(browser.client, "station_clerk", region="4302", name="别人")
    for path in ("/desk/content", where, "/desk/content/calendar", "/desk/content/laws", "/desk/content/bulletins"):
        assert browser.look(path).status == 403
    come(browser, EDITOR, region="430211", name="本地人")
    assert browser.look("/desk").path == "/desk/content"
