"""The pages of the directory at the desk, in a browser without scripts: from the file to undoing it."""

import io
import re

import pytest
from openpyxl import load_workbook

from core.db import keep, reading, session
from locator.models import Station
from locator.upkeep import quality
from tests.locator.upkeep.files import OFFICE, office, written
from tests.locator.upkeep.test_import import DEMO
from tests.portal.browser import SITE, Browser
from tests.portal.working import instant, sign_staff_in

LIST, CHANGES, IMPORT = "/desk/directory", "/desk/directory/changes", "/desk/directory/import"


@pytest.fixture
def keeper(brought_in, client):
    sign_staff_in(client, "directory_keeper", region="43")
    return Browser(client)


def as_(browser, *roles, region="430211"):
    """Let somebody else sit down at the desk."""
    sign_staff_in(browser.client, *roles, region=region, name="某某")
    return browser


def code_of(station_id):
    with reading():
        return session().get_one(Station, station_id).code


def bring(browser, data, name="某某.csv"):
    return browser.look(IMPORT).fill("/import", file=(io.BytesIO(data), name))


def test_a_file_is_looked_at_brought_in_and_undone(keeper):
    data = written([office(), office(name="", phone="x"), office(name="某某公证处", kind="公证处", hours="看牌子")])
    bring(keeper, data)

    assert (keeper.status, keeper.heading) == (200, "某某.csv")
    assert "新增 2" in keeper.words
    assert "停用或让位 1" in keeper.words
    assert "没有名称" in keeper.words
    assert "开放时间没有读懂" in keeper.words
    assert "0731-12345678" in keeper.words

    keeper.fill("/apply")
    assert "已生效" in keeper.words
    assert f"{OFFICE['name']}" in keeper.look(f"{LIST}?text=天元区某某").words

    assert "没有差别" in bring(keeper, data).words
    keeper.look(f"{CHANGES}?settled=yes")
    rows = keeper.page.css("tbody tr")
    applied = next(row.css_first("a").attributes["href"] for row in rows if "已生效" in row.text())
    keeper.look(applied).fill("/undo")

    assert "已生效" in keeper.words
    assert "撤回：某某.csv" in keeper.words
    assert OFFICE["name"] not in keeper.look(f"{LIST}?text=天元区某某").words
    assert keeper.answer.headers["Cache-Control"] == "no-store"


def test_a_broken_file_says_so_and_changes_nothing(keeper):
    bring(keeper, '名称,类型\n"没有写完,司法所'.encode())

    assert (keeper.status, keeper.problems) == (422, ["#field-file"])
    assert "名录没有任何改动" in keeper.words
    assert "这里没有变更" in keeper.look(CHANGES).words
    keeper.look(IMPORT).fill("/import")
    assert (keeper.status, keeper.problems) == (422, ["#field-file"])


def test_a_set_that_was_overtaken_says_which_station(keeper):
    bring(keeper, written([office()]))
    keeper.fill("/apply")
    bring(keeper, written([office(phone="12348")]))
    waiting = keeper.path
    bring(keeper, written([office(phone="12333")]))
    keeper.fill("/apply")

    keeper.look(waiting).fill("/apply")

    assert keeper.status == 409
    assert "有 1 个服务点在您看过以后被别人改了" in keeper.words
    assert "后来被别人改过" in keeper.words
    keeper.fill("/reject")
    assert "已退回" in keeper.words


def test_the_template_is_a_file_to_fill_in(keeper):
    answer = keeper.client.get("/m/v1/directory/template", base_url=SITE)

    assert load_workbook(io.BytesIO(answer.data)).sheetnames == ["服务点", "填写示例"]


def test_an_app_brings_a_file_in_once_however_often_it_sends_it(keeper):
    page = keeper.look(IMPORT)
    token = page.value("csrf_token")

    def send(data, key="key-of-the-upload-1"):
        form = {"file": (io.BytesIO(data), "某某.csv"), "csrf_token": token}
        return keeper.client.post(
            "/m/v1/directory/imports", data=form, base_url=SITE, headers={"Idempotency-Key": key, "Referer": SITE}
        )

    one, again = (send(written([office()])) for _ in range(2))
    assert (one.status_code, one.json) == (201, again.json)
    assert send(written([])).status_code == 409
    large = {"data": b"--x\r\n" + bytes(12_000_000), "content_type": "multipart/form-data; boundary=x"}
    assert keeper.client.post("/m/v1/directory/imports", base_url=SITE, **large).status_code == 413


def test_an_office_edits_and_a_supervisor_approves(keeper):
    office_page = f"{LIST}/{code_of(DEMO)}"
    clerk = as_(keeper, "station_clerk")
    clerk.look(f"{office_page}/edit")
    clerk.fill("/edit", phone="打总机", name="")
    assert (clerk.status, clerk.problems) == (422, ["#field-name", "#field-phone"])
    assert clerk.value("phone") == "打总机"

    clerk.fill("/edit", name="〔演示〕某某中心", phone="0731-12345678", services=["法律咨询"], **{"fact-9": "no"})
    assert "已提出" in clerk.words
    assert "自己提出的修改，等另一个人批准" in clerk.words
    edit = clerk.path

    supervisor = as_(clerk, "supervisor")
    assert supervisor.look(LIST).path == CHANGES
    assert "网点修改" in supervisor.words
    supervisor.look(edit).fill("/reject")
    assert (supervisor.status, supervisor.problems) == (422, ["#field-reason"])
    assert supervisor.look(edit).fill("/reject", reason="长" * 301).status == 422
    supervisor.look(edit).fill("/apply")

    assert "已生效" in supervisor.words
    assert "没有导盲犬可进" in supervisor.words
    with reading():
        assert session().get_one(Station, DEMO).phone == "0731-12345678"


def test_an_office_announces_a_closure_and_takes_it_back(keeper):
    clerk = as_(keeper, "station_clerk")
    page, today = f"{LIST}/{code_of(DEMO)}", instant()

    clerk.look(page).fill("/closures", reason="停电")
    assert (clerk.status, clerk.problems) == (422, ["#field-first_on"])
    day = {"first_on_year": str(today.year + 1), "first_on_month": "1", "first_on_day": "5"}
    clerk.look(page).fill("/closures", **day, spans="上午")
    assert (clerk.status, clerk.problems) == (422, ["#field-spans", "#field-reason"])
    clerk.fill("/closures", **day, spans="", reason="停电")
    assert "通知已发布" in clerk.words
    assert "不开门" in clerk.words

    clerk.fill("/closures/remove")
    assert "没有通知" in clerk.words


def test_an_office_confirms_its_entry(keeper):
    clerk = as_(keeper, "station_clerk")
    keep(lambda: quality.ask({}, now=instant()))
    assert clerk.look(f"{LIST}?pile=please_confirm").page.css("tbody tr")

    clerk.look(f"{LIST}/{code_of(DEMO)}").fill("/confirm")

    assert "已核实，谢谢" in clerk.words
    assert "请核实" not in clerk.words
    assert clerk.look(f"{LIST}?pile=elsewhere").status == 400


def test_pages_say_when_there_is_nothing(keeper):
    assert "没有找到网点" in keeper.look(f"{LIST}?text=没有这样的名称").words
    assert "现在没有要核实的" in keeper.look(f"{LIST}?pile=please_confirm").words
    assert "这里没有变更" in keeper.look(f"{CHANGES}?settled=yes").words


def test_lists_go_on_over_pages(keeper):
    keeper.look(f"{LIST}?text=公共法律")
    first = keeper.page.css("tbody tr")[0].text()
    keeper.look(keeper.page.css_first("nav.pagination a").attributes["href"])
    assert len(keeper.page.css("tbody tr")) == 25
    assert keeper.page.css("tbody tr")[0].text() != first

    bring(keeper, written([office(name=f"第{number}号", phone="?", source_url="") for number in range(60)]))
    shown = {one.attributes["href"] for one in keeper.page.css("nav.pagination a")}
    assert len(shown) == 2
    for one in shown:
        assert "第" in keeper.look(f"{re.sub('[?].*', '', keeper.path)}?{one.partition('?')[2]}").words


@pytest.mark.parametrize("roles", [("reviewer",), ("auditor",)])
def test_is_nobody_elses_business(keeper, roles):
    bring(keeper, written([office()]))
    laid = keeper.path
    stranger = as_(keeper, *roles)

    for path in (LIST, CHANGES, IMPORT, laid, f"{LIST}/{code_of(DEMO)}", "/m/v1/directory/template"):
        assert stranger.look(path).status in (403, 404), path
    assert "名录" not in [one.text().strip() for one in stranger.look("/desk/people").page.css("nav.sections a")]


def test_the_neighbour_sees_nothing_of_it(keeper):
    bring(keeper, written([office()]))
    laid = keeper.path
    neighbour = as_(keeper, "directory_keeper", region="430281")

    assert neighbour.look(laid).status == 404
    assert neighbour.look(f"{LIST}/{code_of(DEMO)}").status == 404
    assert neighbour.look(f"{LIST}/{code_of(DEMO)}/edit").status == 404
