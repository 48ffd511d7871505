"""Who works on what at the desk: the next case, calls that cannot wait, aid before the papers."""

from datetime import timedelta

from applications import hands
from core.db import keep
from tests import make
from tests.portal.working import ANSWERS, REFERENCE, case, instant

PAGE = f"/desk/cases/{REFERENCE}"


def test_gives_the_next_shows_why_and_takes_it_back(desk):
    case("13800000002", "FY-BBBBB-BBBBB-BBBB", lane=1, groups=["ELDERLY"])

    desk.look("/desk").fill("/desk/next")

    assert desk.path == "/desk/cases/FY-BBBBB-BBBBB-BBBB"
    assert "优先办理：老年人" in desk.words
    assert "您在办，给您留到" in desk.words
    rows = desk.look("/desk").page.css("tbody tr")
    assert "在办" in rows[0].text()
    assert "我手上的" in desk.words

    desk.look("/desk/cases/FY-BBBBB-BBBBB-BBBB").fill("/put-back")
    assert desk.path == "/desk"
    assert "我手上的" not in desk.words
    assert desk.fill("/desk/next").path == PAGE
    assert desk.look("/desk").fill("/desk/next").path == "/desk"
    assert "没有要办的了" in desk.words


def test_says_whom_to_ring_within_the_hour_and_gives_aid_first(desk):
    until = instant().date() + timedelta(days=2)
    told = {"phone": "13800000002", "safe_to_call": "YES"}
    case("13800000002", "FY-BBBBB-BBBBB-BBBB", lane=0, urgent_until=until, answers={**ANSWERS, **told})
    page = "/desk/cases/FY-BBBBB-BBBBB-BBBB"
    assert "马上回电" in desk.look("/desk").words
    assert "分钟" in desk.words

    desk.look(page).fill("/called", button=("reached", "no"))
    assert "没有打通" in desk.words
    desk.fill("/called", button=("reached", "yes"))
    assert not desk.page.css("form[action$='/called']")
    assert "马上回电" not in desk.look("/desk").words

    desk.look(page).fill("/aid-first", aid_first_ground="other_urgent")
    assert desk.status == 422
    assert desk.problems == ["#field-aid_first_explanation"]
    desk.fill("/aid-first", aid_first_ground="term_runs_out", aid_first_explanation="后天开庭")
    assert (desk.path, desk.status) == (page, 200)
    assert "先行援助中" in desk.words
    assert not desk.page.css("form[action$='/aid-first']")
    assert "先行提供法律援助通知书" in desk.words


def test_tells_colleagues_who_works_on_a_case(desk):
    keep(lambda: hands.take_next(make.staff(staff_id="another"), now=instant()))

    assert "李明 在办" in desk.look(PAGE).words
    assert not desk.page.css("form[action$='/put-back']")


def test_gives_no_more_than_two_hands_hold(desk):
    for number in range(2, 7):
        case(f"1380000000{number}", f"FY-BBBBB-BBBBB-BBB{number}")
    for _ in range(5):
        desk.look("/desk").fill("/desk/next")

    assert desk.look("/desk").fill("/desk/next").status == 422
    assert "您手上已经有 5 件" in desk.words
