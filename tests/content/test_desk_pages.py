"""The desk in a browser without scripts: write, be stopped, mend, ask, decide."""

import re
from datetime import timedelta

from portal.filters import CHINA
from tests.content.desk import ACCESS, EDITOR, REVIEWER, again, asked, begun, come, published, written
from tests.content.newsroom import FIT
from tests.portal.browser import SITE
from tests.portal.working import instant, links, sign_staff_in


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
    browser.client.delete_cookie(ACCESS, domain="127.0.0.1", path="/")

    browser.look(f"/expert/{link}")
    assert browser.heading == f"请您审读：{FIT.title}"
    assert browser.answer.headers["Referrer-Policy"] == "same-origin"
    browser.fill("/expert/", button=("verdict", "no"))
    assert (browser.status, browser.problems) == (422, ["#field-words"])
    browser.fill("/expert/", button=("verdict", "no"), words="长" * 1001)
    assert browser.status == 422
    browser.fill("/expert/", button=("verdict", "yes"), words="")
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
