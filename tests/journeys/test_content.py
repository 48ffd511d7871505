"""A page from its first word to the day the law changes: an editor, an expert with nothing but a link, a reader."""

import io
import re
import time
from datetime import datetime, timedelta

import pytest
from PIL import Image
from playwright.sync_api import expect

from core.calendar import CHINA
from tests.journeys.keyboard import Keyboard
from tests.journeys.readers import TELEPHONE, judged, judged_at
from tests.journeys.test_cases import sign_staff_in

TITLE = "讨薪时，用电子签名签的合同算数吗？"
BAD = "## 先看什么\n\n刘小军（14岁）替妈妈签的，妈妈的电话是 13800000001。"
GOOD = "## 先看什么\n\n看合同里有没有写明用电子签名。根据《电子签名法》第三条，双方可以约定使用。"
VOICE = """window.heard = [];
Object.defineProperty(window, 'speechSynthesis', {value: {
  speaking: false, pending: false, cancel() {}, addEventListener() {},
  getVoices: () => [{lang: 'zh-CN', localService: true}], speak(said) { window.heard.push(said.text); }}});
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };"""
LAW = "dianziqianmingfa"  # few pages cite it: what is noted here is nobody else's business


def state_of(browser, live, who):
    context = browser.new_context(locale="zh-CN")
    sign_staff_in(context.new_page(), live, who)
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture(scope="module")
def editor(browser, live):
    """What a browser keeps once the editor is signed in: a code counts once."""
    return state_of(browser, live, "editor")


@pytest.fixture(scope="module")
def reviewer(browser, live):
    return state_of(browser, live, "publisher")


def shown_at(page, address):
    """Look at a page until readers see it; give when that was."""
    for _ in range(120):
        asked_at = datetime.now(CHINA)
        if page.goto(address).status == 200:
            return asked_at, datetime.now(CHINA)
        page.wait_for_timeout(100)
    raise AssertionError("nobody ever saw it")


def law_changes(review, live):
    review.goto(live.url + "/desk/content/laws")
    review.get_by_text("登记一部法律的修改或者废止").click()
    review.locator("[name=law]").select_option(LAW)
    today = datetime.now(CHINA).date()
    for name in ("adopted", "effective"):
        for part in ("year", "month", "day"):
            review.fill(f"[name={name}_{part}]", str(getattr(today, part)))
    review.fill("[name=source]", "https://flk.npc.gov.cn")
    review.get_by_role("button", name="登记", exact=True).click()


def test_a_page_goes_from_its_first_word_to_the_day_the_law_changes(visit, live, editor, reviewer):
    slug = f"signing-{time.monotonic_ns()}"
    desk = visit("/desk/content/new", javascript=False, storage_state=editor, **TELEPHONE)
    keys = Keyboard(desk)
    keys.write("[name=title]", TITLE)
    keys.choose("kind", "FAQ")
    keys.write("[name=slug]", slug)
    keys.press("main button.primary")
    keys.write("[name=summary]", "算。双方说好用，就和手写签名一样。")
    keys.write("[name=body]", BAD)
    keys.tick("[name=groups][value=everyone]")
    keys.press("main button[value=save]")
    page = desk.url.partition("?")[0]
    desk.get_by_role("button", name="送审", exact=True).click()
    expect(desk).to_have_title(re.compile("请改正"))
    assert {"13800000001", "刘小军"} <= {one.inner_text() for one in desk.locator("mark").all()}
    judged_page = visit(page.removeprefix(live.url) + "/edit", storage_state=editor, **TELEPHONE)
    judged(judged_page)

    desk.goto(f"{page}/edit")
    desk.fill("[name=body]", GOOD)
    desk.get_by_role("button", name="保存", exact=True).click()
    starts_at = (datetime.now(CHINA) + timedelta(seconds=6)).replace(microsecond=0)
    desk.get_by_text("定时间").click()
    desk.fill("[name=starts]", f"{starts_at:%Y-%m-%dT%H:%M:%S}")
    desk.get_by_role("button", name="送审", exact=True).click()
    expect(desk.locator("main")).to_contain_text("已送审")

    review = visit(page.removeprefix(live.url), javascript=False, storage_state=reviewer)
    review.get_by_text("请外部专家看").click()
    review.get_by_label("专家姓名").fill("周律师")
    review.get_by_label("单位").fill("某某律师事务所")
    review.get_by_label("专家同意就按上面的时间上线").check()
    review.get_by_role("button", name="做一个链接").click()
    link = "/expert/" + review.get_by_label("给专家的链接").input_value().rpartition("/")[2]
    expert = visit(link, javascript=False, **TELEPHONE)
    expert.get_by_role("button", name="同意发布").click()
    expect(expert.locator("main")).to_contain_text("意见已经收到")

    reader = visit("/privacy", javascript=False)
    asked_at, seen_at = shown_at(reader, f"{live.url}/learn/{slug}")
    assert seen_at >= starts_at
    assert asked_at <= starts_at + timedelta(seconds=20)
    assert TITLE in reader.inner_text("h1")
    somebody_finds_hears_prints_and_shares(visit, slug)

    law_changes(review, live)
    assert "引用它的页面有 1 篇" in review.inner_text("main")
    review.get_by_role("link", name=TITLE).click()
    expect(review.locator("main")).to_contain_text("引用的法律变了")
    desk.goto(live.url + "/desk/content?shelf=stale")
    expect(desk.locator("main")).to_contain_text(TITLE)
    reader.goto(f"{live.url}/learn/{slug}")
    expect(reader.locator("#laws ~ ul, section:has(#laws)").first).to_contain_text("待核对")


def somebody_finds_hears_prints_and_shares(visit, slug):
    """Without scripts but for the voice, which is the telephone's own."""
    reader = visit("/learn/search", javascript=False, **TELEPHONE)
    for typed in "讨薪", "taoxin":
        reader.get_by_label("找文章、服务、服务点").fill(typed)
        reader.get_by_role("button", name="找一找").click()
        expect(reader.locator(".hits")).to_contain_text(TITLE)
    reader.locator(f".hits a[href$='/{slug}']").click()
    expect(reader.locator("h1")).to_have_text(TITLE)
    poster = reader.request.get(reader.get_by_role("link", name="海报").evaluate("e => e.href"))
    assert Image.open(io.BytesIO(poster.body())).size == (900, 1200)
    reader.emulate_media(media="print")
    assert reader.locator(".qr img").is_visible()
    assert reader.locator(".prose").is_visible()
    assert not reader.locator(".take").is_visible()

    listener = visit("/privacy", **TELEPHONE)
    listener.add_init_script(VOICE)
    listener.goto(reader.url)
    listener.get_by_role("button", name="读给我听").click()
    assert TITLE in listener.evaluate("window.heard.join('')")


def test_what_is_typed_is_kept_and_drawn_while_one_writes(visit, live, editor):
    page = visit("/desk/content/new", storage_state=editor)
    page.fill("[name=title]", "边写边看")
    page.locator("[name=kind][value=ARTICLE]").check()
    page.get_by_role("button", name="开始写").click()
    page.wait_for_url(re.compile(r"/edit$"))
    page.fill("[name=body]", "## 标题\n\n**要紧**的话。<script>alert(1)</script>")
    page.locator(".preview-large strong", has_text="要紧").wait_for()
    page.locator(".saved", has_text="已保存").wait_for()
    assert page.locator(".desk-beside script").count() == 0
    judged(page)

    page.reload()
    assert "要紧" in page.input_value("[name=body]")
    expect(page.locator("main")).to_contain_text("接着写")


OF_REVIEWERS = ("", "/calendar", "/bulletins", "/laws", "/reports", "/reach", "/board")
OF_EDITORS = ("/desk/pictures", "/desk/films", "/desk/content/new", "/desk/content/board")


def test_nobody_is_shut_out_of_the_desk(visit, reviewer, editor):
    page = visit("/desk/content", storage_state=reviewer, **TELEPHONE)
    judged_at(page, "on a telephone", *(f"/desk/content{where}" for where in OF_REVIEWERS))
    judged_at(visit("/desk/pictures", storage_state=editor, **TELEPHONE), "on a telephone", *OF_EDITORS)
