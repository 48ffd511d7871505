"""Somebody who works here, in a browser, and a case of their region."""

import re
from datetime import UTC, datetime

from accounts import roles, sign_in
from accounts.models import StaffMember
from api import tokens
from core.db import keep, session
from core.identity import SYSTEM
from tests import make
from tests.portal.applying import leave

REFERENCE = "FY-AAAAA-AAAAA-AAAA"
ANSWERS = {
    "area": "WORK",
    "matter": "WAGES",
    "id_kind": "resident_id",
    "id_number": "11010519491231002X",
    "name": "张三丰",
    "phone": "13800000001",
}


def instant():
    """Give the real moment: pages go by the clock."""
    return datetime.now(UTC)


def case(phone="13800000001", reference=REFERENCE, **given):
    """Make a case of somebody who may be known already."""

    def make_it():
        owner = make.person(phone, f"citizen-{phone[-1]}")
        made = make.application(owner, reference=reference, now=given.pop("now", instant()), **given)
        return owner, made.reference

    return keep(make_it)


def sign_staff_in(client, *held, region="430211", name="李明"):
    """Let a member of staff with these roles come in."""
    now = instant()

    def open_door():
        roles.sync(SYSTEM)
        told = {"password_hash": "-", "totp_secret": "-", "work_number": "YS1", "created_at": now}
        member = StaffMember(username=f"staff-{region}-{'-'.join(held)}", name=name, region=region, **told)
        session().add(member)
        session().flush()
        for role in held:
            roles.put_down(SYSTEM, member, role, now=now)
            roles.vouch_for(SYSTEM, member, role, now=now)
        session().flush()
        opened = sign_in.start(sign_in.Device("测试"), sign_in.STAFF_LIFE, staff_id=member.id, now=now)
        session().flush()
        return opened

    leave(client)
    pair = tokens.issue(keep(open_door), now=now)
    client.set_cookie("__Host-access", pair.access_token, domain="127.0.0.1", secure=True, path="/")


def links(browser, pattern):
    """Give the addresses on the page that fit."""
    found = [one.attributes.get("href") or "" for one in browser.page.css("main a")]
    return [one for one in found if re.search(pattern, one)]
