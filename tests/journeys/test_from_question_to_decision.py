"""The main promise, in a browser, by keyboard: from "may I?" to the decision in one's hands."""

import io
import re
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from tests.journeys.browser import axe, fits
from tests.journeys.keyboard import Keyboard

HEIC = Path(__file__).parents[1] / "evidence" / "data" / "phone.heic"
REGION = ("43", "4302", "430211")
PASSWORD = "rufa-demo-only"
ANSWERS = {  # step → (how, field, answer)
    "urgency": [("choose", "preservation_needed", "NO")],
    "groups": [("tick", "priority_groups", "NONE")],
    "agency": [("choose", "agency", "430211")],
    "story": [
        ("write", "story", "今年三月到八月我在工地做木工，还欠两万三千元工钱。"),
        ("write", "wanted", "要回工钱"),
    ],
    "opponent": [("write", "opponent_name", "某建筑公司"), ("choose", "opponent_relation", "EMPLOYER")],
    "identity": [("write", "name", "李芳"), ("choose", "id_kind", "resident_id")],
    "id_number": [("write", "id_number", "11010519491231002x")],
    "contact": [("write", "phone", "138 0000 4321"), ("choose", "phone_owner", "SELF")],
    "calling": [
        ("choose", "safe_to_call", "YES"),
        ("choose", "safe_to_text", "YES"),
        ("choose", "say_who_calls", "YES"),
    ],
    "verification": [("choose", "verification", "PLEDGE")],
}


def photograph(folder, name):
    place = folder / name
    tags = Image.Exif()
    tags.get_ifd(0x8825).update({1: "N", 2: (28.0, 13.0, 41.5), 3: "E", 4: (112.0, 56.0, 20.0)})
    Image.effect_mandelbrot((900, 700), (-2, -1.2, 0.7, 1.2), 60).convert("RGB").save(place, "JPEG", exif=tags)
    return place


def said(pdf):
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def find_out(keys):
    """Answer the pre-check until there is an outcome, and start an application from it."""
    keys.press('main button:has-text("开始")')
    for name, value in (("area", "WORK"), ("matter", "WAGES")):
        keys.choose(name, value)
        keys.press('main button:has-text("继续")')
    keys.tick('input[name="exemptions"][value="NONE"]')
    keys.press('main button:has-text("继续")')
    keys.choose("registry", "NO")
    keys.press('main button:has-text("继续")')
    keys.tick('input[name="circumstances"][value="ILLNESS"]')
    keys.press('main button:has-text("继续")')
    assert "不是决定" in keys.page.locator("main").inner_text()
    keys.press('main form[action="/apply/start"] button')


def sign_in(keys, live, phone):
    keys.write("#field-phone", phone)
    keys.press('main button:has-text("发送验证码")')
    keys.write("#field-code", live.code_to(phone))
    keys.press('main button:has-text("登录")')
    keys.press('main button:has-text("继续申请")')


def step_of(page):
    return page.url.rstrip("/").rsplit("/", 1)[-1]


def answer_step(keys):
    for how, field, value in ANSWERS[step_of(keys.page)]:
        if how == "write":
            keys.write(f"#field-{field}", value)
        elif how == "tick":
            keys.tick(f'input[name="{field}"][value="{value}"]')
        else:
            keys.choose(field, value)


def choose_region(keys):
    for code in REGION:
        if not keys.page.locator(f'select[name="region"] option[value="{code}"]').count():
            continue  # the pre-check knew the province
        keys.pick('select[name="region"]', code)
        keys.press('button[name="region_next"]')


def fill_in(keys):
    """Go from step to step as they come, until the evidence is asked for."""
    for _ in range(30):
        step = step_of(keys.page)
        if step == "evidence":
            return
        if step == "region":
            choose_region(keys)
        else:
            answer_step(keys)
        keys.press('.actions button:has-text("保存，继续")')
        assert step_of(keys.page) != step, keys.page.locator("main").inner_text()
    raise AssertionError("the form does not end")


def hand_in_papers(keys, folder):
    files = [photograph(folder, "正面.jpg"), photograph(folder, "反面.jpg"), HEIC]
    keys.hand_in("#field-file-identity_document", *files)
    keys.press('main button:has-text("上传选好的文件")')
    assert keys.page.locator("#item-identity_document .files li").count() == 3
    keys.press('.actions button:has-text("保存，继续")')


def draw_signature(page):
    pad = page.locator("[data-signature] canvas")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    page.mouse.move(box["x"] + 30, box["y"] + 30)
    page.mouse.down()
    for at in range(0, 200, 10):
        page.mouse.move(box["x"] + 30 + at, box["y"] + 30 + (at * 7) % 60)
    page.mouse.up()


def sign(keys, *, drawn):
    for box in keys.page.locator('input[name="acknowledged"]').all():
        keys.tick(f"#{box.get_attribute('id')}")
    keys.write("#field-name", "李芳")
    if drawn:
        draw_signature(keys.page)
    keys.press('main button:has-text("签名"):not([data-undo]):not([data-clear])')


def submit(keys):
    keys.press('main button:has-text("交申请")')
    return re.search(r"FY-[0-9A-Z-]+", keys.page.locator("main").inner_text())[0]


def staff(visit, live, username, *, javascript):
    keys = Keyboard(visit("/desk/sign-in", javascript=javascript))
    keys.write("#field-username", username)
    keys.write("#field-password", PASSWORD)
    keys.write("#field-totp", live.totp(username))
    keys.press('main button[type="submit"]')
    return keys


def ask_for_more(keys, reference):
    keys.press(f'a:has-text("{reference}")')
    keys.unfold("details.act > summary", "一次告知")
    keys.tick('input[name="items"][value="case_material"]')
    keys.write("#field-note-case_material", "工资条或者记工本的照片")
    keys.press('button:has-text("发出补充通知")')
    assert "等申请人补交到" in keys.page.locator("main").inner_text()


def supply(keys, live, reference, folder):
    keys.page.goto(f"{live.url}/me/applications/{reference}")
    assert "工资条或者记工本的照片" in keys.page.locator("main").inner_text()
    keys.hand_in('.missing input[type="file"]', photograph(folder, "记工本.jpg"))
    keys.press('main button:has-text("交上去")')
    assert "已收到，等待审查" in keys.page.locator("main").inner_text()


def grant(keys, live, reference):
    keys.page.goto(f"{live.url}/desk/cases/{reference}")
    keys.unfold("details.act > summary", "给予法律援助")
    keys.tick('input[name="grant_reasons"][value="conditions_met"]')
    keys.press('button:has-text("决定给予")')
    assert "已给予" in keys.page.locator("main").inner_text()


@pytest.mark.parametrize(("javascript", "phone"), [(True, "13800004321"), (False, "13800004322")])
def test_from_the_first_question_to_the_decision(visit, live, tmp_path, javascript, phone):
    citizen = Keyboard(visit("/check", javascript=javascript))
    find_out(citizen)
    sign_in(citizen, live, phone)
    fill_in(citizen)
    hand_in_papers(citizen, tmp_path)
    sign(citizen, drawn=javascript)
    if javascript:
        axe(citizen.page)
    reference = submit(citizen)
    citizen.page.goto(f"{live.url}/me/applications/{reference}")
    receipt = citizen.fetch('a:has-text("接收凭证")')
    assert reference in said(receipt)
    assert said(receipt).count("身份证件") == 3

    reviewer = staff(visit, live, "reviewer", javascript=javascript)
    ask_for_more(reviewer, reference)
    supply(citizen, live, reference, tmp_path)
    decider = staff(visit, live, "decider", javascript=javascript)
    grant(decider, live, reference)

    citizen.page.reload()
    assert "已决定给予您法律援助" in citizen.page.locator("main").inner_text()
    fits(citizen.page)
    if javascript:  # the rules are scripts
        axe(citizen.page)
    assert "给予法律援助" in said(citizen.fetch('a:has-text("给予法律援助决定书")'))
