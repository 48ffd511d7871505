"""Somebody takes a form along: empty, or with their name."""

import io

from pypdf import PdfReader

from tests.portal.applying import sign_somebody_in
from tests.portal.browser import SITE, Browser
from tests.portal.working import sign_staff_in


def test_a_form_is_taken_along(db, client):
    browser = Browser(client).look("/forms")
    assert "法律援助申请表" in browser.words
    browser.look("/forms/application")
    assert not browser.page.css("main form")
    (link,) = browser.page.css("main a.button")
    empty = client.get(link.attributes["href"], base_url=SITE)
    assert (empty.status_code, empty.content_type) == (200, "application/pdf")
    assert "application-2026" in empty.headers["Content-Disposition"]
    assert browser.look("/forms/nothing").status == 404
    assert client.get("/m/v1/forms/nothing.pdf", base_url=SITE).status_code == 404


def test_whoever_is_signed_in_gets_it_with_their_number(db, client):
    sign_somebody_in(client, "13800000001")
    browser = Browser(client).look("/forms/application")

    given = client.post("/forms/application", base_url=SITE, data={"csrf_token": browser.value("csrf_token")})

    assert given.headers["Cache-Control"] == "no-store"
    assert PdfReader(io.BytesIO(given.data)).get_fields()["phone"]["/V"] == "13800000001"
    token = client.get_cookie("__Host-access", domain="127.0.0.1").value
    client.delete_cookie("__Host-access", domain="127.0.0.1")
    asked = client.post("/m/v1/forms/application.pdf", base_url=SITE, headers={"Authorization": f"Bearer {token}"})
    assert asked.content_type == "application/pdf"
    assert client.post("/m/v1/forms/application.pdf", base_url=SITE).status_code == 400
    sign_staff_in(client, "publicity_editor")
    assert not browser.look("/forms/application").page.css("main form")
