"""What is held about oneself, in a browser without scripts: taken away, taken back, closed."""

import io
import json
import zipfile
from datetime import timedelta

import pytest

from accounts import sign_in
from accounts.models import Person
from api import tokens
from applications import decisions, uploads
from applications.models.evidence import Evidence
from applications.uploads import Purpose
from appointments.visits import profile
from appointments.visits.profile import EDITION, Profile
from core.db import keep, reading, session
from core.identity import Actor, ActorKind
from tests import make
from tests.accounts.conftest import PHONE
from tests.portal.applying import leave, photograph, sign_somebody_in
from tests.portal.browser import SITE, Browser
from tests.portal.working import REFERENCE, case, instant, sign_staff_in

PAGE = "/account/data"
OWNER = Actor(id="citizen-1", kind=ActorKind.CITIZEN)


@pytest.fixture
def browser(client):
    case()
    sign_somebody_in(client, PHONE)
    return Browser(client)


def hand_in():
    prepared = uploads.prepare(OWNER, Purpose.EVIDENCE, photograph())

    def kept():
        made = uploads.record(OWNER, prepared, "工资条.jpg", now=instant())
        session().flush()
        made.attached_at = instant()
        row = {"application_id": f"case{REFERENCE}"[-22:], "item": "case_material", "position": 1}
        session().add(Evidence(upload_id=made.id, **row, created_at=instant()))

    keep(kept)


def take_out(browser):
    browser.look(PAGE)
    sent = {"csrf_token": browser.value("csrf_token"), "idempotency_key": "key-0123456789abcdef"}
    return browser.client.post(f"{PAGE}/takeout", data=sent, base_url=SITE)


def unpacked(answer):
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer.headers["Cache-Control"]
    return zipfile.ZipFile(io.BytesIO(answer.data))


def test_everything_is_taken_away_in_one_file(browser):
    hand_in()

    file = unpacked(take_out(browser))

    said = json.loads(file.read("我的信息.json"))
    assert said["account"]["phone"] == PHONE
    assert said["applications"][0]["answers"]["id_number"] == "11010519491231002X"
    assert said["applications"][0]["received_at"].endswith("+08:00")
    assert {"devices", "consents", "appointments", "drafts"} <= set(said)
    assert file.read("材料/001-case_material.jpg").startswith(b"\xff\xd8")
    assert "12348" in file.read("请先读.txt").decode()
    assert file.testzip() is None


def test_letters_are_set_as_they_were_issued(browser):
    keep(lambda: decisions.grant(make.staff(), REFERENCE, ["conditions_met"], "", now=instant()))

    file = unpacked(take_out(browser))

    (name,) = [one for one in file.namelist() if one.startswith("文书/")]
    assert file.read(name).startswith(b"%PDF")


def test_so_often_a_day_and_no_more(browser):
    for _ in range(5):
        take_out(browser)

    assert take_out(browser).status_code == 429


def test_a_consent_is_seen_and_taken_back(browser):
    keep(lambda: profile.save(OWNER, Profile(address="3 栋"), EDITION, now=instant()))
    assert "同意把这些需要记下来" in browser.look(PAGE).words

    browser.fill("/consents/withdraw", purpose="ACCESS_NEEDS")

    assert "已撤回" in browser.words
    assert "起不再有效" in browser.words
    with reading():
        assert profile.mine(OWNER) is None


def test_an_account_is_closed_in_a_week_or_kept_after_all(browser):
    assert "还有正在办的申请" in browser.look(PAGE).words
    browser.look(f"{PAGE}/close").fill("/close")
    assert browser.status == 422
    assert "现在注销会断了联系" in browser.words

    browser.look(f"/me/applications/{REFERENCE}/withdraw").fill("/withdraw")
    browser.look(f"{PAGE}/close").fill("/close")
    assert browser.path == PAGE
    assert "您的账户将在" in browser.words

    browser.fill("/keep")
    assert "账户留着" in browser.words
    with reading():
        assert session().get_one(Person, "citizen-1").closing_at is None


@pytest.mark.parametrize("act", ["/takeout", "/consents/withdraw", "/close", "/keep"])
def test_is_closed_to_strangers_and_to_staff(browser, act):
    browser.look("/preferences")
    sent = {
        "csrf_token": browser.value("csrf_token"),
        "idempotency_key": "key-0123456789abcdef",
        "purpose": "ACCESS_NEEDS",
    }
    sign_staff_in(browser.client, "reviewer")
    assert "供群众使用" in browser.look(PAGE).words
    browser.look("/preferences")
    sent["csrf_token"] = browser.value("csrf_token")
    assert browser.client.post(PAGE + act, data=sent, base_url=SITE).status_code == 403

    leave(browser.client)
    browser.look("/preferences")
    sent["csrf_token"] = browser.value("csrf_token")
    assert browser.client.post(PAGE + act, data=sent, base_url=SITE).status_code in {303, 401}


def test_an_app_takes_everything_away_by_its_token(browser, client):
    now = instant()
    opened = keep(lambda: sign_in.start(sign_in.Device("手机"), timedelta(days=1), person_id="citizen-1", now=now))
    pair = tokens.issue(opened, now=now)
    leave(client)

    answer = client.post("/m/v1/me/takeout", headers={"Authorization": f"Bearer {pair.access_token}"})

    assert "我的信息.json" in unpacked(answer).namelist()
    assert client.post("/m/v1/me/takeout").status_code == 401
