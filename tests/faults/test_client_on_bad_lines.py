"""The client of the apps against the running service, over lines that lose what is asked and what is answered."""

import itertools
import json
import re
import shutil

import pytest
from sqlalchemy import func, select

from accounts.models import SignIn
from applications.models.draft import Draft
from applications.models.evidence import Upload
from core.db import keep, reading, session
from tests.applications.conftest import make_divisions
from tests.faults.test_lossy_line import a_photograph
from tests.lossy import Fate, Line

MOBILE = "13800003002"
COUNTY = "430121"


@pytest.fixture
def line(house):
    keep(make_divisions)
    house.start()
    with Line(house.port) as made:
        yield made


def fates(line, *first):
    """Say what becomes of the next requests; all that come after them pass."""
    line.fates = itertools.chain(first, itertools.repeat(Fate.PASSES))


def enter(phone, house):
    sent = phone.sendCode(MOBILE)
    came = phone.signIn(sent["data"]["codeRequest"]["request"], house.text_to(MOBILE))
    assert came["ok"], came
    return phone


def count(model):
    with reading():
        return session().scalar(select(func.count()).select_from(model))


def step(draft, name, **answers):
    written = [{"field": field, "values": [value]} for field, value in answers.items()]
    return {"input": {"draftId": draft["id"], "step": name, "baseVersion": draft["version"], "answers": written}}


def begun_when_the_battery_ran_out(house, line, phone):
    """Begin an application, lose the telephone's power before the answer, and begin it once more."""
    before, line.fates = (len(line.seen), line.fates), itertools.repeat(Fate.AFTER)
    phone.begin("do", "BeginDraft", {"input": {"code": None}})
    house.until(lambda: len(line.seen) > before[0] + 1)
    phone.drop()
    line.fates = before[1]
    phone.switch_on()
    return phone.do("BeginDraft", {"input": {"code": None}})["data"]["draft"]


def test_an_evening_on_a_line_that_loses_every_second_request(house, line, phone_on, tmp_path):
    phone = enter(phone_on(line.address), house)
    codes = re.findall(rf"\[短信 [^\]]*{MOBILE[-4:]}\] 您的验证码", house.log.read_text())
    assert (len(codes), count(SignIn)) == (1, 1)

    draft = begun_when_the_battery_ran_out(house, line, phone)
    read = [phone.ask("Matters", {"region": COUNTY}, {"keep": True}), phone.fetch(f"/api/directory/{COUNTY}")]
    line.is_cut = True
    for name, answers in [("area", {"area": "WORK"}), ("matter", {"matter": "WAGES"})]:
        phone.add("SaveDraftStep", step(draft, name, **answers), {"lane": draft["id"], "label": name})
    assert [one["state"] for one in phone.flush()] == ["waiting", "waiting"]
    phone.drop()
    phone.switch_on()
    phone.forward("SaveDraftStep")
    assert [one["label"] for one in phone.waiting()] == ["area", "matter"]
    kept = [phone.ask("Matters", {"region": COUNTY}, {"keep": True}), phone.fetch(f"/api/directory/{COUNTY}")]
    assert [(one["data"], one["keptAt"] is None) for one in kept] == [(one["data"], False) for one in read]
    assert phone.ask("Matters", {"region": "430100"})["fault"]["kind"] == "unreachable"
    line.is_cut = False
    left = phone.flush()
    assert left == [], left

    picture = tmp_path / "欠条.jpg"
    picture.write_bytes(a_photograph())
    uploaded = phone.send(str(picture), {"chunkBytes": 16 << 10})
    assert (uploaded["ok"], uploaded["data"]["name"]) == (True, "欠条.jpg")
    assert (count(Draft), count(Upload)) == (1, 1)
    lost = [fate for _, _, fate in line.seen if fate is not Fate.PASSES]
    assert {Fate.BEFORE, Fate.AFTER, Fate.HALFWAY} <= set(lost)
    assert phone.signOut()["ok"]
    (public,) = (tmp_path / "device").iterdir()  # the county's places stay; they are nobody's
    assert json.loads(public.read_text())["value"] == read[1]["data"]


def test_a_lost_exchange_of_tokens_signs_nobody_out_and_a_copied_one_does(house, line, phone_on, tmp_path):
    fates(line)
    phone = enter(phone_on(line.address), house)
    shutil.copytree(tmp_path / "device", tmp_path / "copy")

    fates(line, Fate.AFTER, Fate.AFTER)
    phone.skip(20)
    assert phone.ask("Me", {})["data"]["me"]["kind"] == "CITIZEN"
    assert [fate for _, _, fate in line.seen[-4:]] == [Fate.AFTER, Fate.AFTER, Fate.PASSES, Fate.PASSES]
    fates(line, Fate.AFTER)
    phone.drop()
    phone.switch_on()
    phone.skip(20)
    assert phone.ask("Me", {})["data"]["me"]["kind"] == "CITIZEN"

    thief = phone_on(line.address, "copy")
    thief.skip(20)
    refused = thief.do("BeginDraft", {"input": {"code": None}})
    assert (refused["fault"]["kind"], thief.state()) == ("signed_out", "ended")
    assert phone.ask("Me", {})["data"]["me"] is None  # the owner notices too, and reads on as a stranger
    assert (phone.state(), count(Draft)) == ("ended", 0)
