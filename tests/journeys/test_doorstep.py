"""The day of a visit, without scripts: the code at the door, the pledge signed there, home well, a rating."""

import io
import json
import re
import subprocess
import sys
from collections import Counter

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import expect

from tests.journeys.browser import ROOT, axe, fits
from tests.journeys.filled import Citizen
from tests.journeys.readers import TELEPHONE
from tests.journeys.test_cases import sign_staff_in

PHONE = "13800000066"


def see_to_it(live, *words):
    """Change what is due in the place that is served."""
    command = [sys.executable, "-m", "tests.journeys.a_visit_today", *words]
    told = subprocess.run(command, cwd=ROOT, env=live.environment, capture_output=True, check=True)
    return json.loads(told.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def today(live):
    """A visit that is expected today."""
    return see_to_it(live)


def judged(visit, live, page, *paths):
    """Look at pages as whoever looks at this one sees them, with scripts on: axe needs some."""
    tab = visit("/robots.txt", **TELEPHONE)
    tab.context.add_cookies(page.context.cookies())
    for path in paths:
        tab.goto(live.url + path)
        axe(tab)
        fits(tab)


def press(page, words):
    page.get_by_role("button", name=words, exact=True).click()


def thumb(folder):
    """Photograph a thumb-print on paper."""
    paper = Image.effect_noise((900, 700), 30).convert("RGB")
    ImageDraw.Draw(paper).ellipse((350, 200, 550, 480), fill=(170, 30, 30))
    file = io.BytesIO()
    paper.save(file, "JPEG")
    place = folder / "thumb.jpg"
    place.write_bytes(file.getvalue())
    return place


def test_staff_go_there_sit_beside_somebody_who_signs_and_say_that_they_are_well(visit, live, today, tmp_path):
    staff = visit("/", javascript=False, **TELEPHONE)
    sign_staff_in(staff, live, "clerk")
    sheet = f"/desk/rounds/{today['team']}/{today['on']}"
    staff.goto(live.url + sheet)
    fits(staff)
    judged(visit, live, staff, sheet, f"/desk/doorstep/{today['id']}", "/desk/tasks")
    staff.get_by_role("link", name=re.compile(today["name"])).first.click()
    staff.wait_for_url(re.compile(today["id"]))
    fits(staff)

    home = visit(f"/visits/of/{today['link']}/door", javascript=False, **TELEPHONE)
    fits(home)
    code = home.locator(".door-code").inner_text()
    assert code in staff.inner_text("main")
    home.get_by_role("link", name="在网上核对对方说的数字").click()
    home.fill("#field-code", code)
    press(home, "核对")
    assert "今天确实有这次上门" in home.inner_text("main")
    fits(home)
    judged(visit, live, home, f"/visits/of/{today['link']}/door", "/door")

    press(staff, "到了，开始")
    assert "到达" in staff.inner_text("main")
    press(staff, "给我一个见证码")
    witness = staff.locator(".door-code").inner_text()
    fits(staff)
    signed_beside(home, live, witness, tmp_path)

    staff.get_by_role("link", name="这次上门").click()
    press(staff, "办完离开，平安")
    assert "离开" in staff.inner_text("main")
    staff.get_by_role("link", name="写结果和下一步").click()
    fits(staff)
    staff.check("[name=outcome][value=APPLIED]")
    staff.fill("#field-next_step", "三天内打电话告诉您结果。")
    press(staff, "记下，算办完")
    rated(home, live, f"/visits/of/{today['link']}/rate")
    staff.goto(live.url + "/desk/tasks")
    fits(staff)
    told = staff.locator("main .panel", has_text="不满意").first.inner_text()
    assert today["name"] not in told  # the bad word names nobody; another task may
    judged(visit, live, staff, "/desk/tasks", f"/visits/of/{today['link']}/rate")


def test_without_a_signal_nothing_is_lost_and_all_of_it_counts_once(visit, live, tmp_path):
    before = see_to_it(live, "acts")  # of other journeys, on the same day
    today = see_to_it(live)
    staff = visit("/", **TELEPHONE)
    sign_staff_in(staff, live, "clerk")
    staff.goto(f"{live.url}/desk/rounds/{today['team']}/{today['on']}")
    staff.get_by_text("到了门口，在这里记").click()
    staff.context.set_offline(True)

    press(staff, "到了，开始")
    expect(staff.locator("[data-acts-waiting]")).to_contain_text("还有 1 件没有送出")
    staff.fill("[name=words]", "身份证复印件 1 份")
    for button in ("记下收了的材料", "对方在纸上签了承诺书", "还要 30 分钟", "还要 30 分钟"):
        press(staff, button)
        expect(staff.locator("[data-acts-waiting]")).to_contain_text(button)
    staff.set_input_files("[name=photo]", thumb(tmp_path))
    press(staff, "存照片")
    expect(staff.locator("[data-acts-waiting]")).to_contain_text("还有 6 件没有送出")
    press(staff, "办完离开，平安")
    expect(staff.locator("[data-acts-waiting]")).to_contain_text("还有 7 件没有送出")

    with staff.expect_navigation(timeout=90_000):  # seven acts, one after the other, on a machine that is busy
        staff.context.set_offline(False)  # the signal is back: it is sent by itself, and the page is looked at anew
    assert staff.evaluate(LEFT_WAITING) == 0
    staff.goto(f"{live.url}/desk/doorstep/{today['id']}")
    words = staff.inner_text("main")
    for said in ("到达", "离开", "身份证复印件 1 份", "已经有 1 张", "在纸上签了"):
        assert said in words
    done = Counter(see_to_it(live, "acts")) - Counter(before)
    assert done == {"arrived": 1, "papers": 1, "pledge": 1, "staying": 2, "finished": 1}


def test_what_the_service_does_not_take_is_said_in_words(visit, live):
    today = see_to_it(live)
    staff = visit("/", **TELEPHONE)
    sign_staff_in(staff, live, "clerk")
    staff.goto(f"{live.url}/desk/rounds/{today['team']}/{today['on']}")
    staff.get_by_text("到了门口，在这里记").click()
    staff.context.set_offline(True)
    press(staff, "没有人在家")
    expect(staff.locator("[data-acts-waiting]")).to_contain_text("还有 1 件")
    see_to_it(live, "tomorrow")  # somebody moved it meanwhile

    staff.context.set_offline(False)
    refused = staff.locator("[data-acts-refused]")
    expect(refused).to_contain_text("没有人在家")
    expect(refused).to_contain_text("这次上门不是今天")
    axe(staff)
    press(staff, "知道了")
    expect(refused).to_be_hidden()


LEFT_WAITING = """async () => {
  const asked = indexedDB.open("rufa-acts", 1);
  const db = await new Promise((done) => (asked.onsuccess = () => done(asked.result)));
  const all = db.transaction("waiting").objectStore("waiting").count();
  return new Promise((done) => (all.onsuccess = () => done(all.result)));
}"""


def rated(page, live, address):
    """Say with one tap how it was, once one is asked."""
    see_to_it(live, "hurry")
    for _ in range(50):
        if page.goto(live.url + address).ok:
            break
        page.wait_for_timeout(100)
    assert "三天内打电话告诉您结果" in page.inner_text("main")
    fits(page)
    press(page, "不满意")
    assert "您说：不满意" in page.inner_text("main")
    fits(page)


def signed_beside(page, live, witness, folder):
    """Sign by thumb-print, on one's own telephone, with somebody of the staff beside."""
    citizen = Citizen(live, PHONE)
    draft = citizen.draft()
    citizen.enter(page)
    page.goto(f"{live.url}/apply/{draft}/pledge")
    for box in page.locator("[name=acknowledged]").all():
        box.check()
    page.fill("#field-name", "李芳")
    page.get_by_text("有工作人员在旁边帮您").click()
    page.set_input_files("#field-thumb", thumb(folder))
    press(page, "签名")
    assert "按手印要有工作人员在旁边见证" in page.inner_text("main")
    fits(page)
    for box in page.locator("[name=acknowledged]").all():
        box.check()
    page.fill("#field-witness", witness)
    page.set_input_files("#field-thumb", thumb(folder))
    press(page, "签名")
    page.goto(f"{live.url}/apply/{draft}/pledge")
    assert "您已经签了" in page.inner_text("main")
