"""Somebody who applies in a browser: a country to live in, a door to come in by, pages filled in one by one."""

import base64
import io
from datetime import UTC, datetime

from PIL import Image, ImageDraw

from accounts import sign_in
from accounts.models import Person
from api import tokens
from core.crypto import blind_index
from core.db import keep, session
from locator.models import Division

VILLAGE = "430121001001"
DIVISIONS = (
    ("43", "湖南省", 1, None, "/43/"),
    ("4301", "长沙市", 2, "43", "/43/4301/"),
    ("430121", "长沙县", 3, "4301", "/43/4301/430121/"),
    ("430121001", "星沙街道", 4, "430121", "/43/4301/430121/430121001/"),
    (VILLAGE, "开元路社区居委会", 5, "430121001", f"/43/4301/430121/430121001/{VILLAGE}/"),
)


def photograph():
    picture = Image.new("RGB", (900, 600), "#eee")
    draw = ImageDraw.Draw(picture)
    for at in range(0, 900, 12):
        draw.line((at, 0, 900 - at, 600), fill=(at % 255, 80, 160), width=2)
    out = io.BytesIO()
    picture.save(out, "JPEG")
    return out.getvalue()


def country():
    for code, name, level, parent, lineage in DIVISIONS:
        told = {"status": "active", "full_name": name, "lineage": lineage, "pinyin": "", "initials": ""}
        session().add(Division(code=code, name=name, level=level, parent_code=parent, **told))
        session().flush()


def sign_somebody_in(client, number):
    now = datetime.now(UTC)

    def open_door():
        index = blind_index(number, "person.phone")
        person = session().query(Person).filter_by(phone_index=index).one_or_none()
        if person is None:
            person = Person(phone=number, phone_index=index, created_at=now)
            session().add(person)
            session().flush()
        opened = sign_in.start(sign_in.Device("测试"), sign_in.LIFE, person_id=person.id, now=now)
        session().flush()
        return opened

    pair = tokens.issue(keep(open_door), now=now)
    for name, token in (("__Host-access", pair.access_token), ("__Host-refresh", pair.refresh_token)):
        client.set_cookie(name, token, domain="127.0.0.1", secure=True, path="/")


def leave(client):
    for name in ("__Host-access", "__Host-refresh"):
        client.delete_cookie(name, domain="127.0.0.1", path="/")


def draft_of(browser):
    return browser.path.split("/")[2]


def to_story(browser):
    browser.fill(area="WORK").fill(matter="WAGES").fill(preservation_needed="NO").fill(priority_groups="MIGRANT_WORKER")
    for step in ("4301", "430121", "430121001", VILLAGE):
        browser.fill(region=step, button=("region_next", "yes"))
    return browser.fill(address="3 栋").fill(agency="430121")


def to_verification(browser):
    to_story(browser)
    browser.fill(story="干了半年，没给钱。", wanted="要回工资").fill(
        opponent_name="某公司", opponent_relation="EMPLOYER"
    )
    browser.fill(exemptions="NONE").fill(registry="NO").fill(circumstances="ILLNESS")
    browser.fill(name="李芳", id_kind="resident_id").fill(id_number="11010519491231002x")
    browser.fill(phone="138 0000 0001", phone_owner="SELF")
    return browser.fill(safe_to_call="YES", safe_to_text="YES", say_who_calls="YES")


def hand_in_identity(browser):
    file = (io.BytesIO(photograph()), "IMG_1.jpg")
    return browser.fill("/evidence", button=("go", "on"), **{"file-identity_document": [file]})


def sign(browser, **more):
    clauses = [one.attributes["value"] for one in browser.page.css("[name=acknowledged]")]
    return browser.fill("/pledge", acknowledged=clauses, name="李芳", **more)


def drawn():
    picture = Image.new("RGBA", (600, 200), (0, 0, 0, 0))
    ImageDraw.Draw(picture).line((40, 150, 200, 40, 320, 160, 560, 60), fill=(20, 33, 61, 255), width=8)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()


def checked(browser):
    browser.look("/check").fill(region="43").fill(area="WORK").fill(matter="WAGES").fill(exemptions="MIGRANT_WORKER")
    return browser.page.css_first("[name=code]").attributes["value"]
