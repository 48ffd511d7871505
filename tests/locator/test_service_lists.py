"""The seven fields of an office's services, as they are today; what is not published is said so (D24)."""

import pytest

from api import execution
from api.viewer import Viewer
from content import statements
from core.db import keep, session
from core.errors import Forbidden, NotFound, Rejected
from core.identity import ANYONE, Actor, ActorKind, Permission
from locator.models import Station
from tests.portal.browser import Browser
from tests.portal.working import sign_staff_in

OFFICE = "demo-430211-1"
SEVEN = ["援助范围", "申请材料", "办理时限", "值班律师", "监督方式", "联系电话", "服务承诺"]


def keeper(region="430211"):
    return Actor(id="keeper-1", kind=ActorKind.STAFF, permissions=frozenset({Permission.DIRECTORY_EDIT}), region=region)


@pytest.fixture
def ask(brought_in, db, now):
    def asked(name, *, actor=ANYONE, **variables):
        return execution.run(Viewer(actor, now), name, **variables)

    return asked


@pytest.fixture
def code(ask):
    return keep(lambda: session().get_one(Station, OFFICE).code)


def fields(ask, code, name="ServiceList"):
    return {one["code"]: one for one in ask(name, station=code)["serviceList"]["fields"]}


@pytest.mark.parametrize("name", ["ServiceList", "OfficeServices"])
def test_a_list_has_exactly_seven_fields_and_says_what_is_not_published(ask, code, name):
    found = fields(ask, code, name)

    assert [one["title"] for one in found.values()] == SEVEN
    assert "老板欠我工资" in found["scope"]["lines"]
    assert found["limits"]["lines"][0] == "审查并作出决定：7 日内（法律援助法第四十三条第一款）"
    assert found["materials"]["isPublished"]
    assert found["phone"]["isPublished"]
    assert not found["supervision"]["isPublished"]
    assert not found["promise"]["isPublished"]


def test_who_keeps_an_office_says_what_is_missing(ask, code, now):
    key = "key-key-key-key-key"
    given = {"station": code, "supervision": "石峰区司法局\n 0731-1 ", "promise": " 笑脸相迎 "}
    before = ask("ServiceListGaps", actor=keeper(), first=50)["serviceListGaps"]["nodes"]

    answer = ask("StateServiceList", actor=keeper(), input=given, idempotencyKey=key)["stateServiceList"]

    assert answer["statement"] == {"supervision": "石峰区司法局\n 0731-1", "promise": "笑脸相迎"}
    assert fields(ask, code)["supervision"]["lines"] == ["石峰区司法局", "0731-1"]
    assert ask("ServiceStatement", actor=keeper(), station=code)["serviceStatement"]["promise"] == "笑脸相迎"
    after = ask("ServiceListGaps", actor=keeper(), first=50)["serviceListGaps"]["nodes"]
    mine = [next(one for one in rows if one["station"]["code"] == code)["missing"] for rows in (before, after)]
    assert {"监督方式", "服务承诺"} <= set(mine[0])
    assert not {"监督方式", "服务承诺"} & set(mine[1])
    keep(lambda: statements.state(keeper(), code, statements.Said(), now=now))
    assert not fields(ask, code)["promise"]["isPublished"]


def test_strangers_see_and_say_nothing_of_offices_that_are_not_theirs(ask, code):
    given = {"station": code, "supervision": "x", "promise": "y"}
    stranger = keeper("430304")

    for asked in (
        lambda: ask("ServiceStatement", actor=stranger, station=code),
        lambda: ask("StateServiceList", actor=stranger, input=given, idempotencyKey="k" * 20),
    ):
        with pytest.raises(NotFound):
            asked()
    theirs = ask("ServiceListGaps", actor=stranger, first=50)["serviceListGaps"]["nodes"]
    assert code not in {one["station"]["code"] for one in theirs}
    with pytest.raises(Forbidden):
        ask("ServiceListGaps", actor=Actor(id="x", kind=ActorKind.STAFF, region="43"), first=5)


def test_what_is_too_long_is_told_all_at_once(ask, code, now):
    with pytest.raises(Rejected) as rejected:
        keep(lambda: statements.state(keeper(), code, statements.Said("x" * 301, "y" * 301), now=now))

    assert [one.field for one in rejected.value.problems] == ["supervision", "promise"]


def test_a_province_is_looked_at_in_few_statements(ask, code, count_statements):
    def sent(first):
        with count_statements() as statements_sent:
            ask("ServiceListGaps", actor=keeper("43"), first=first)
        return len(statements_sent)

    sent(5)  # regions are remembered from then on
    assert sent(5) == sent(50) <= 4
    with count_statements() as one:
        ask("ServiceList", station=code)
    assert len(one) <= 4


def test_staff_fill_it_in_page_by_page(brought_in, client, code):
    browser = Browser(client)
    sign_staff_in(client, "station_clerk")
    browser.look("/desk/services")
    assert browser.heading == "服务清单"
    assert "监督方式" in browser.words
    browser.look(f"/desk/services/{code}").fill(f"/desk/services/{code}", supervision="x" * 400, promise="笑脸相迎")
    assert browser.status == 422
    browser.fill(f"/desk/services/{code}", supervision="石峰区司法局", promise="笑脸相迎")
    assert browser.path == "/desk/services"

    shown = Browser(client).look(f"/services/{code}")

    assert [one.text().split(". ")[1] for one in shown.page.css("main h2")] == SEVEN
    assert "笑脸相迎" in shown.words
    assert "尚未公布" in shown.words  # nobody is on duty in a demo place
