"""Somebody who fills in the pages of signing in, without scripts."""

from datetime import UTC, datetime

from selectolax.lexbor import LexborHTMLParser
from sqlalchemy import select

from accounts import demo, passwords
from core.db import reading, session
from core.outbox import Errand

PHONE = "13900001111"


class Browser:
    """Fills in forms as somebody would."""

    def __init__(self, client):
        self.client = client

    def get(self, path):
        return self.client.get(path)

    def submit(self, page, action, **typed):
        """Send the form of this page that goes to `action`."""
        form = LexborHTMLParser(self.get(page).text).css_first(f'main form[action="{action}"]')
        hidden = {one.attributes["name"]: one.attributes["value"] for one in form.css("input[type=hidden]")}
        return self.client.post(action, data=hidden | typed)

    def sign_in(self, phone=PHONE, **typed):
        self.submit("/sign-in", "/sign-in", phone=phone)
        return self.submit("/sign-in/code", "/sign-in/code", code=texted_code(), **typed)

    def sign_in_as(self, username):
        totp = passwords.code_at(demo.secret_of(username), now=datetime.now(UTC))
        shown = {"username": username, "password": demo.PASSWORD, "totp": totp}
        return self.submit("/desk/sign-in", "/desk/sign-in", **shown)


def texted_code():
    newest = select(Errand).where(Errand.kind == "accounts.code_requested").order_by(Errand.due_at.desc())
    with reading():
        return session().scalars(newest).first().payload["code"]


def asks_to_sign_in(answer):
    return answer.status_code == 303 and answer.location.partition("?")[0] == "/sign-in"


def heading(answer):
    return LexborHTMLParser(answer.text).css_first("h1").text(strip=True)


def cookies(answer):
    return {line.split("=")[0]: line for line in answer.headers.getlist("Set-Cookie")}
