"""Around the desk in a browser without scripts: the month, the laws, notices, reports of readers."""

from datetime import timedelta

import pytest

from core import jobs, sms
from portal import notices
from portal.filters import CHINA
from tests.content.desk import ACCESS, REVIEWER, again, asked, begun, come, published, written
from tests.content.newsroom import FIT
from tests.portal.browser import SITE, Browser
from tests.portal.working import instant


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
    address = browser.look("/desk/content/calendar").page.css_first("main a[href$='.ics']").attributes["href"]
    feed = Browser(browser.client.application.test_client()).look(address[address.index("/desk") :]).answer
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
    browser.client.delete_cookie(ACCESS, domain="127.0.0.1", path="/")
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
