"""Asking an agency of another province, in a browser without scripts; the applicant sees where it went."""

import pytest

from api import execution
from api.viewer import Viewer
from core.db import keep, session
from core.errors import Forbidden, NotFound, NotSignedIn
from core.identity import ANYONE
from locator import queries as places
from locator.models import Division
from tests import make
from tests.portal.applying import country, leave, sign_somebody_in
from tests.portal.browser import SITE, Browser
from tests.portal.working import REFERENCE, case, instant, sign_staff_in

PAGE = f"/desk/cases/{REFERENCE}/assistance"
ASKED = {"kind": "TAKE_OVER", "to_region": "44", "to_name": "广州市法律援助中心", "about": "在广州开庭"}


@pytest.fixture
def desk(client):
    def put_up():
        country()
        told = {"status": "active", "full_name": "广东省", "lineage": "/44/", "pinyin": "", "initials": ""}
        session().add(Division(code="44", name="广东省", level=1, parent_code=None, **told))

    keep(put_up)
    places.forget()
    case()
    sign_staff_in(client, "reviewer", "decision_maker")
    yield Browser(client)
    places.forget()


def test_a_case_is_handed_over_once_somebody_has_agreed_to_it(desk):
    desk.look(f"/desk/cases/{REFERENCE}").look(PAGE).fill("/assistance", **ASKED | {"to_name": " "})
    assert desk.status == 422
    assert desk.problems == ["#field-to_name"]
    assert "在广州开庭" in desk.answer.text

    desk.look(PAGE).fill("/assistance", **ASKED)
    assert "等对方答复" in desk.words
    assert "广州市法律援助中心" in desk.look("/desk").words
    sign_somebody_in(desk.client, "13800000001")
    assert "对方答应以前，还由我们办" in desk.look(f"/me/applications/{REFERENCE}").words
    assert "在广州开庭" not in desk.answer.text

    sign_staff_in(desk.client, "decision_maker")
    desk.look(PAGE).fill("/answer", answer="ACCEPTED", contact="")
    assert desk.problems == ["#field-contact"]
    desk.fill("/answer", answer="ACCEPTED", contact="020-12348，陈主任")
    assert "已接办" in desk.words

    sign_somebody_in(desk.client, "13800000001")
    desk.look(f"/me/applications/{REFERENCE}")
    assert "020-12348，陈主任" in desk.words
    assert "法律援助申请转交告知书" in desk.words
    assert "您不用重新申请" in desk.words


def test_only_who_decides_gives_a_case_away(desk):
    sign_staff_in(desk.client, "reviewer")

    desk.look(PAGE)

    assert [one.attributes["value"] for one in desk.page.css("input[name=kind]")] == ["VERIFY"]


def test_is_closed_to_strangers(desk):
    desk.look("/preferences")
    sent = {"csrf_token": desk.value("csrf_token"), "idempotency_key": "key-0123456789abcdef", **ASKED}
    for act, more, region in (("", {}, "430104"), ("/answer", {"answer": "DECLINED", "words": "x"}, "430105")):
        sign_staff_in(desk.client, "decision_maker", region=region)
        desk.look("/preferences")
        sent["csrf_token"] = desk.value("csrf_token")
        assert desk.client.post(PAGE + act, data=sent | more, base_url=SITE).status_code == 404
        sign_somebody_in(desk.client, "13800000001")
        desk.look("/preferences")
        sent["csrf_token"] = desk.value("csrf_token")
        assert desk.client.post(PAGE + act, data=sent | more, base_url=SITE).status_code == 403
        leave(desk.client)


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("AskAssistance", {"kind": "VERIFY", "toRegion": "44", "toName": "x", "about": "y"}),
        ("AnswerAssistance", {"answer": "DECLINED", "words": "x"}),
    ],
)
def test_documents_are_closed_to_strangers(desk, name, given):
    def act(who):
        viewer = Viewer(who, instant())
        execution.run(viewer, name, input={"reference": REFERENCE, **given}, idempotencyKey=f"key-{name}-0123456789")

    for stranger, refusal in ((make.staff(region="430104"), NotFound), (ANYONE, NotSignedIn)):
        with pytest.raises(refusal):
            act(stranger)
    with pytest.raises(Forbidden):
        execution.run(Viewer(make.staff(permissions=frozenset()), instant()), "AssistanceWaitedFor")
