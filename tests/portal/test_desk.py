"""The desk, in a browser without scripts: the queue, a case, notices, decisions, what is masked."""

from datetime import timedelta

import pytest

from applications import supplements
from applications.supplements import Missing
from core import audit
from core.audit import AuditEntry
from core.db import keep, reading, session
from core.identity import Actor, ActorKind
from tests import make
from tests.portal.applying import leave, sign_somebody_in
from tests.portal.browser import SITE
from tests.portal.working import REFERENCE, case, instant, links, sign_staff_in

PAGE = f"/desk/cases/{REFERENCE}"


def overdue():
    long_ago = instant() - timedelta(days=40)
    keep(lambda: supplements.ask(make.staff(), REFERENCE, [Missing("case_material")], now=long_ago))


def act_names():
    with reading():
        return [entry.act for entry in session().query(AuditEntry).order_by(AuditEntry.position)]


def test_shows_what_presses_most_first(desk):
    until = instant().date() + timedelta(days=2)
    case("13800000002", "FY-BBBBB-BBBBB-BBBB", lane=0, urgent_until=until)
    case("13800000003", "FY-CCCCC-CCCCC-CCCC", now=instant() - timedelta(days=40))

    desk.look("/desk")

    rows = [row.text(separator=" ") for row in desk.page.css("tbody tr")]
    assert ["FY-B" in rows[0], "FY-C" in rows[1], "FY-A" in rows[2]] == [True, True, True]
    assert f"紧急：{until.month}月{until.day}日到期" in rows[0]
    assert "已超期" in rows[1]
    assert "还剩" in rows[2]
    assert links(desk, "/desk/cases/")[0].endswith("BBBB")
    assert "张**" in rows[2]
    assert "张三丰" not in desk.answer.text
    assert desk.answer.headers["Cache-Control"] == "no-store"


def test_sorts_cases_into_piles(desk):
    overdue()

    assert not desk.look("/desk").page.css("tbody tr")
    assert len(desk.look("/desk?pile=waiting").page.css("tbody tr")) == 1
    assert not desk.look("/desk?pile=decided").page.css("tbody tr")
    assert desk.look("/desk?pile=somewhere").status == 400


def test_opens_a_case_on_the_record_once_a_look(desk):
    desk.look(PAGE)

    assert desk.status == 200
    assert desk.heading == REFERENCE
    assert "轮到我们" in desk.words
    assert "1101**********002X" in desk.words
    assert "11010519491231002X" not in desk.answer.text
    assert desk.answer.headers["Cache-Control"] == "no-store"
    assert act_names().count("application.opened") == 1


def test_asks_once_for_all_that_is_missing(desk):
    desk.look(PAGE).fill("/supplement", items=["case_material", "authority"], **{"note-case_material": "工资条"})

    assert (desk.path, desk.status) == (PAGE, 200)
    assert "等申请人补交" in desk.words
    assert "工资条" in desk.words
    assert not desk.page.css("form[action$='/grant']")


def test_says_what_is_wrong_with_a_notice_and_keeps_what_was_typed(desk):
    desk.look(PAGE).fill("/supplement", **{"note-authority": "户口簿"})

    assert desk.status == 422
    assert desk.problems == ["#field-items"]
    assert desk.page.css_first("#field-items").attributes["aria-invalid"] == "true"
    assert desk.value("note-authority") == "户口簿"
    assert "open" in desk.page.css_first("details.act").attributes


def test_takes_no_note_that_is_too_long(desk):
    desk.look(PAGE).fill("/supplement", items=["authority"], **{"note-authority": "长" * 301})

    assert desk.status == 422
    assert desk.problems == ["#field-note-authority"]


def test_never_offers_what_was_asked_for_before(desk):
    notice = keep(lambda: supplements.ask(make.staff(), REFERENCE, [Missing("authority")], now=instant()))
    owner = Actor(id="citizen-1", kind=ActorKind.CITIZEN)
    keep(lambda: supplements.supply(owner, REFERENCE, {notice.items[0].id: "没有"}, now=instant()))

    desk.look(PAGE)

    offered = [one.attributes["value"] for one in desk.page.css("input[name=items]")]
    assert "authority" not in offered
    assert "explanation" in offered
    assert "申请人说明：没有" in desk.words


def test_grants(desk):
    desk.look(PAGE).fill("/grant", grant_reasons=["conditions_met"], grant_explanation="")

    assert (desk.path, desk.status) == (PAGE, 200)
    assert "已给予" in desk.words
    assert links(desk, "/m/v1/letters/")


def test_never_refuses_without_words(desk):
    desk.look(PAGE).fill("/refuse", refuse_reasons=["outside_scope"], refuse_explanation=" ")

    assert desk.status == 422
    assert desk.problems == ["#field-refuse_explanation"]
    assert desk.page.css_first("input[name=refuse_reasons][checked]").attributes["value"] == "outside_scope"
    desk.fill("/refuse", refuse_reasons=["outside_scope"], refuse_explanation="不在范围内")
    assert desk.status == 200
    assert "已不予" in desk.words


def test_takes_no_explanation_that_is_too_long(desk):
    desk.look(PAGE).fill("/refuse", refuse_reasons=["outside_scope"], refuse_explanation="长" * 1001)

    assert desk.status == 422
    assert desk.problems == ["#field-refuse_explanation"]


def test_gives_up_only_what_is_overdue(desk):
    keep(lambda: supplements.ask(make.staff(), REFERENCE, [Missing("case_material")], now=instant()))

    assert not desk.look(PAGE).page.css("form[action$='/deem-withdrawn']")


def test_gives_up_what_did_not_come(desk):
    overdue()

    desk.look(PAGE).fill("/deem-withdrawn")
    assert desk.problems == ["#field-delivered"]
    desk.fill("/deem-withdrawn", delivered="spoken_to")

    assert (desk.path, desk.status) == (PAGE, 200)
    assert "视为撤回" in desk.words


def test_shows_a_number_for_a_reason(desk):
    desk.look(PAGE).fill("/reveal", reason=" ")
    assert desk.status == 422
    assert desk.problems == ["#field-reason"]

    desk.fill("/reveal", reason="核对证件原件")

    assert desk.status == 200
    assert "11010519491231002X" in desk.words
    assert desk.answer.headers["Cache-Control"] == "no-store"
    assert "11010519491231002X" not in desk.look(PAGE).answer.text
    assert act_names().count("application.revealed") == 1


def test_says_who_looked_to_the_applicant_alone(desk):
    desk.look(PAGE).fill("/reveal", reason="核对证件原件")
    assert "谁看过" not in desk.look(PAGE).words.replace("申请人看得到谁看过", "")

    sign_somebody_in(desk.client, "13800000001")
    desk.look(f"/me/applications/{REFERENCE}")

    said = desk.page.css_first("details table").text()
    assert "株洲市天元区法律援助中心（审批人、审查员）" in said
    assert "打开了您的案卷，当天 3 次" in said
    assert "查看了完整的证件号码" in said
    assert "核对证件原件" in said
    assert "李明" not in said


def test_lets_a_supervisor_look_and_nothing_else(desk):
    sign_staff_in(desk.client, "supervisor")

    desk.look(PAGE)

    assert "您可以看，不能办理" in desk.words
    assert not desk.page.css("main form")


@pytest.mark.parametrize(
    "act", ["", "/supplement", "/grant", "/refuse", "/deem-withdrawn", "/put-back", "/called", "/aid-first", "/reveal"]
)
def test_is_closed_to_other_regions(desk, act):
    sign_staff_in(desk.client, "reviewer", "decision_maker", region="430104")

    assert desk.look("/desk").status == 200
    assert REFERENCE not in desk.answer.text
    assert send(desk, act).status_code == 404


@pytest.mark.parametrize(
    "act", ["", "/supplement", "/grant", "/refuse", "/deem-withdrawn", "/put-back", "/called", "/aid-first", "/reveal"]
)
def test_is_closed_to_citizens_and_strangers(desk, act):
    sign_somebody_in(desk.client, "13800000001")
    assert send(desk, act).status_code == 403

    leave(desk.client)
    assert send(desk, act).status_code in {303, 401, 403}


def send(desk, act):
    if not act:
        return desk.client.get(PAGE, base_url=SITE)
    desk.look("/preferences")
    sent = {
        "csrf_token": desk.value("csrf_token"),
        "idempotency_key": "key-0123456789abcdef",
        "items": "authority",
        "grant_reasons": "conditions_met",
        "refuse_reasons": "outside_scope",
        "refuse_explanation": "x",
        "field": "id_number",
        "aid_first_ground": "preservation",
        "delivered": "read",
        "reason": "核对证件原件",
    }
    return desk.client.post(PAGE + act, data=sent, base_url=SITE)


def test_leaves_a_whole_chain(desk):
    desk.look(PAGE).fill("/grant", grant_reasons=["conditions_met"], grant_explanation="")

    with reading():
        assert audit.verify().broken_at is None


def test_gives_each_page_a_title_of_its_own(desk):
    case("13800000002", "FY-BBBBB-BBBBB-BBBB")
    addresses = ("/desk", "/desk?pile=waiting", "/desk?pile=decided", PAGE, "/desk/cases/FY-BBBBB-BBBBB-BBBB")

    titles = {desk.look(address).page.css_first("title").text() for address in addresses}

    assert len(titles) == len(addresses)


@pytest.mark.parametrize("address", ["/apply", "/me/applications"])
def test_tells_staff_that_a_page_is_for_citizens_and_leads_to_neither(desk, address):
    navigation = [one.attributes["href"] for one in desk.look("/").page.css(".sections a")]
    assert address not in navigation
    assert "/desk" in navigation

    assert "供群众使用" in desk.look(address).page.css_first("h1").text()
    assert links(desk, "^/desk$")
    assert links(desk, "^/sign-out$")
