"""Pages of visits without scripts: one thing a page, nothing typed is lost; what staff answer and see."""

import re

import pytest
import time_machine
from sqlalchemy import select

from appointments.models.home_visit import HomeVisit, VisitRequest
from appointments.visits import jobs as errands
from core.db import keep, reading, session
from core.outbox import Errand
from locator import queries as places
from locator.models import Division
from tests.appointments import town
from tests.appointments.town import at
from tests.appointments.visits import village
from tests.portal.applying import sign_somebody_in
from tests.portal.browser import Browser
from tests.portal.working import sign_staff_in

STREET = "430211001"
ORDER = "/home-visits/order"
LINK = re.compile(r"/home-visits/(?:of|asked)/([\w-]+)")


def with_street():
    town.put_up()
    village.put_up()
    lineage = f"/43/4302/430211/{STREET}/"
    told = {"status": "active", "full_name": "天元区嵩山路街道", "lineage": lineage, "pinyin": "", "initials": ""}
    session().add(Division(code=STREET, name="嵩山路街道", level=4, parent_code="430211", **told))


@pytest.fixture
def browser(client, now):
    places.forget()
    keep(with_street)
    with time_machine.travel(now, tick=False):
        yield Browser(client)
    places.forget()


def texted():
    sent = keep(lambda: session().query(Errand).filter_by(kind="accounts.code_requested").all())
    return max(sent, key=lambda one: one.due_at).payload["code"]


def to_the_times(browser, **filled):
    """Go through the first pages."""
    browser.look(ORDER).fill(ORDER, region="430211").fill(ORDER, region=STREET, address="幸福路 3 号")
    assert browser.heading == "谁要办事"
    browser.fill(ORDER, name="王女士", reasons=["AGE"])
    assert browser.heading == "我们要准备什么"
    return browser.fill(ORDER, needs=["WHEELCHAIR"], **filled)


def choose(browser, number=0):
    times = [one.attributes["value"] for one in browser.page.css("[name=starts_at]")]
    return browser.fill(ORDER, starts_at=times[number])


def test_somebody_unknown_orders_with_a_code_and_moves_it(browser):
    to_the_times(browser)
    assert "2026年11月24日" in browser.words
    choose(browser)
    assert browser.heading == "您的手机号"
    assert browser.fill(ORDER, phone="12").problems == ["#field-phone"]
    browser.fill(ORDER, phone="13900000001")
    assert browser.fill(ORDER, code="000000").problems == ["#field-code"]
    browser.fill(ORDER, code=texted())

    assert "约好了" in browser.words
    assert "10:00 到 11:00 之间" in browser.words
    link = LINK.search(browser.path)[1]
    assert "约好了" not in browser.look(f"/visits/of/{link}").words
    browser.look(f"/home-visits/of/{link}/change")
    assert browser.fill("/change").problems == ["#field-starts_at"]
    times = [one.attributes["value"] for one in browser.page.css("[name=starts_at]")]
    assert browser.fill("/change", starts_at=times[0]).path == f"/home-visits/of/{link}"
    browser.look(f"/visits/of/{link}/cancel").fill("/cancel")
    assert "已取消" in browser.words


def test_each_page_says_what_it_still_needs_and_keeps_what_was_typed(browser):
    browser.look(ORDER).fill(ORDER, address="")
    assert browser.problems == ["#field-region", "#field-address"]
    browser.fill(ORDER, region="430211", button=("region_next", "yes"), address="幸福路 3 号")
    assert browser.value("address") == "幸福路 3 号"
    assert browser.fill(ORDER, region="").problems == ["#field-region"]
    browser.fill(ORDER, region=STREET)
    browser.fill(ORDER, relation="CARER")
    assert browser.problems == [
        f"#field-{name}" for name in ("name", "visitee_name", "visitee_phone", "agreed", "reasons")
    ]
    browser.fill(ORDER, button=("back", "yes"), name="李阿姨")
    assert (browser.heading, browser.value("address")) == ("住在哪里", "幸福路 3 号")
    browser.fill(ORDER)
    assert browser.value("name") == "李阿姨"
    whom = {"relation": "CARER", "visitee_name": "老王", "visitee_phone": "12", "agreed": "yes", "reasons": ["AGE"]}
    browser.fill(ORDER, **whom).fill(ORDER)
    assert browser.fill(ORDER, starts_at="").problems == ["#field-starts_at"]
    choose(browser).fill(ORDER, phone="13900000001").fill(ORDER, code=texted())
    assert (browser.heading, browser.problems) == ("谁要办事", ["#field-visitee_phone"])


def test_more_days_are_shown_on_request(browser):
    to_the_times(browser)
    later = browser.page.css_first("button[name=from]").attributes["value"]
    browser.fill(ORDER, button=("from", later))
    assert "2026年11月24日" not in browser.words
    browser.fill(ORDER, button=("from", "2026-11-25"))
    assert "回到最早的日子" in browser.words
    assert "2026年11月24日" in browser.fill(ORDER, button=("from", "")).words


def test_needs_are_remembered_where_that_is_wished_for_and_forgotten(browser):
    sign_somebody_in(browser.client, "13800000001")
    browser.look("/me/needs").fill("/me/needs", needs=["WRITING"])
    assert browser.problems == ["#field-agreed"]
    to_the_times(browser, remember="yes")
    choose(browser)
    assert "约好了" in browser.words

    browser.look("/me/needs")
    assert "全部删掉" in browser.words
    assert browser.page.css_first("[name=needs][value=WHEELCHAIR][checked]") is not None
    browser.fill("/me/needs", agreed="yes", safe_times="长" * 81)
    assert browser.problems == ["#field-safe_times"]
    assert "记下来了" in browser.fill("/me/needs", agreed="yes", safe_times="上午").words
    assert browser.look(ORDER).value("address") == "幸福路 3 号"
    browser.look("/me/needs").fill("/me/needs/forget")
    assert "全部删掉" not in browser.words
    sign_staff_in(browser.client, "station_clerk")
    assert "工作台" in browser.look("/me/needs").words


def test_an_edition_that_was_never_shown_is_not_agreed_to(browser):
    sign_somebody_in(browser.client, "13800000001")

    browser.look("/me/needs").fill("/me/needs", agreed="yes", edition="old")

    assert browser.problems == ["#field-agreed"]


def test_a_window_that_is_gone_gives_others(browser):
    sign_somebody_in(browser.client, "13800000001")
    to_the_times(browser)
    for number, clock in enumerate(["10:00", "11:00", "13:00", "14:00", "15:00"]):
        keep(lambda clock=clock, number=number: village.ordered(at(clock, ahead=1), number=f"1390000010{number}"))

    choose(browser)

    assert browser.problems == ["#field-starts_at"]
    assert "离您选的时间最近的" in browser.words


def test_who_was_never_answered_is_told_so(browser):
    sign_somebody_in(browser.client, "13800000001")
    to_the_times(browser).fill(ORDER, button=("ask", "yes"))
    asked = browser.path
    keep(lambda: errands.forget({}, now=at(ahead=190)))

    assert browser.look(asked).heading == "没能答复您，很抱歉"
    assert "还需要上门，请重新登记，或打 12348" in browser.words
    assert "理由：" not in browser.words


def test_who_finds_no_time_asks_and_staff_answer(browser):
    sign_somebody_in(browser.client, "13800000001")
    to_the_times(browser)
    browser.fill(ORDER, button=("ask", "yes"))
    assert browser.heading == "工作人员正在安排"
    asked = browser.path
    to_the_times(browser).fill(ORDER, button=("ask", "yes"))
    assert browser.fill("/asked").heading == "已经撤回"
    to_the_times(browser).fill(ORDER, button=("ask", "yes"))
    other = browser.path
    ids = keep(lambda: [one.id for one in session().scalars(select(VisitRequest).order_by(VisitRequest.asked_at))])

    sign_staff_in(browser.client, "station_clerk")
    assert "等答复的请求（2）" in browser.look("/desk/rounds").words
    waiting = [one.attributes["href"] for one in browser.page.css("a[href*=requests]")]
    assert browser.look(waiting[0]).fill("/words").problems == ["#field-reply", "#field-words"][:1]
    assert browser.fill("/words", reply="PHONE").problems == ["#field-words"]
    assert browser.fill("/time").problems == ["#field-starts_at"]
    assert browser.fill("/time", starts_at=at("03:00", ahead=1).isoformat()).problems == ["#field-starts_at"]
    browser.fill("/time", starts_at=browser.page.css_first("[name=starts_at]").attributes["value"])
    assert browser.path == "/desk/rounds"
    browser.look(waiting[1]).fill("/words", reply="VIDEO", words="这几天路不通。")
    assert "等答复的请求" not in browser.words
    assert len(ids) == 3
    pages = [browser.look(path).words for path in (asked, other)]
    assert any("约好" in words or "谁到您家来" in words for words in pages)
    assert any("这几天路不通。" in words for words in pages)


def test_whoever_is_visited_says_no(browser):
    whom = village.Whom("老王", "13800000009", village.Relation.CARER, agreed=True)
    keep(lambda: village.ordered(whom=whom))
    with reading():
        secret = session().scalars(village.every_visit()).one().visitee_link

    browser.look(f"/home-visits/undo/{secret}")
    assert "有人替您约了工作人员上门" in browser.heading
    assert "没有人会来" in browser.fill("/undo").words


def test_staff_see_a_team_s_day_and_write_what_to_be_careful_of(browser):
    keep(village.ordered)
    keep(lambda: village.ordered(at("10:00", ahead=2), number="13900000009"))
    with time_machine.travel(at("11:00"), tick=False):
        sign_staff_in(browser.client, "station_clerk")

        browser.look("/desk/rounds?day=2026-11-24")
        browser.look(browser.page.css_first("a[href*=team0]").attributes["href"]).fill("/safety", words="有狗")
        assert "注意：有狗" in browser.words
        assert "幸福路 3 号" in browser.words
        assert "地址和电话，前一天这个时候起才看得到" in browser.look("/desk/rounds/team0/2026-11-25").words
        assert "这一天没有人要去" in browser.look("/desk/rounds/team0/2026-11-26").words
        assert browser.look("/desk/rounds?day=x").heading == "2026年11月23日 星期一的上门小组"
        assert browser.look("/desk/rounds/nothing/2026-11-25").status == 404


def test_how_it_is_done_is_said_and_the_menu_leads_there(browser):
    assert "不用开证明" in browser.look("/home-visits").words
    assert browser.look(f"/visits/at/{town.code()}").page.css_first("a[href='/home-visits']") is not None


def test_a_home_is_marked_by_steps_and_told_in_words_and_counts(browser):
    browser.look(ORDER).fill(ORDER, region="430211", button=("region_next", "yes"))
    browser.fill(ORDER, region=STREET, button=("region_next", "yes"), address="幸福路 3 号")
    assert "还没有标" in browser.words

    for way in ("north", "north", "east", "east"):
        browser.fill(ORDER, button=("pin", way))
    assert re.search("中心的东北边，大约 2[789]0 米", browser.words)
    assert browser.value("address") == "幸福路 3 号"
    assert browser.path == ORDER
    browser.fill(ORDER, button=("pin", "away"))
    assert browser.value("pin_lat") == ""

    assert browser.fill(ORDER, pin_lat="二十七", pin_lon="113.1").problems == ["#field-pin_lat"]
    assert browser.fill(ORDER, pin_lat="39.9", pin_lon="116.4").problems == ["#field-pin_lat"]
    assert browser.value("pin_lat") == "39.9"
    browser.fill(ORDER, pin_lat="", pin_lon="")
    assert browser.heading == "谁要办事"


def test_where_a_home_was_marked_is_what_the_way_is_reckoned_from(browser):
    browser.look(ORDER).fill(ORDER, region="430211")
    browser.fill(ORDER, region=STREET, button=("region_next", "yes"), address="幸福路 3 号")
    browser.fill(ORDER, button=("pin", "north"))
    browser.fill(ORDER)
    browser.fill(ORDER, name="王女士", reasons=["AGE"])
    browser.fill(ORDER, needs=["WHEELCHAIR"])
    choose(browser)
    browser.fill(ORDER, phone="13900000001").fill(ORDER, code=texted())

    with reading():
        (visit,) = session().scalars(select(HomeVisit))
        assert visit.position["exact"] is True
        assert len(str(visit.position["lat"]).partition(".")[2]) <= 4
    assert "27." not in browser.path
