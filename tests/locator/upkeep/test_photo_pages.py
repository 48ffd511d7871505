"""Photographs of entrances, from the form of an office to the page of the place."""

import io

import pytest

from core.db import keep, session
from core.errors import Problem, Rejected
from locator.models import Station
from locator.upkeep import photos
from tests.evidence import samples
from tests.locator.upkeep.entrances import ALT, PLACE, PLAIN, keys
from tests.portal.browser import SITE, Browser
from tests.portal.working import sign_staff_in

pytestmark = pytest.mark.usefixtures("store")


@pytest.fixture
def desk(brought_in, client):
    sign_staff_in(client, "station_clerk", region="430211")
    return Browser(client)


def test_from_the_office_to_the_page_of_the_place(desk, store):
    code = keep(lambda: session().get_one(Station, PLACE).code)
    desk.look(f"/desk/directory/{code}/photo").fill("/photo", alt="门")
    assert (desk.status, desk.problems) == (422, ["#field-photo", "#field-alt"])
    assert desk.value("alt") == "门"
    assert keys(store) == []

    desk.fill("/photo", alt=ALT, photo=(io.BytesIO(samples.jpeg()), "门口.jpg"))
    assert "已提出" in desk.words
    waiting = desk.page.css_first("picture img").attributes
    assert waiting["alt"] == ALT
    assert desk.client.get(waiting["src"], base_url=SITE).headers["Cache-Control"] == "private, no-store"
    assert desk.client.get(waiting["src"].removeprefix("/m/v1"), base_url=SITE).status_code == 404
    edit = desk.path

    sign_staff_in(desk.client, "supervisor", region="430211", name="某某")
    desk.look(edit).fill("/apply")
    desk.look(f"/stations/at/{code}")

    image = desk.page.css_first("picture img").attributes
    assert (image["alt"], image["width"], image["height"], image["loading"]) == (ALT, "640", "480", "lazy")
    assert "320.webp 320w" in desk.page.css_first("picture source").attributes["srcset"]
    given = desk.client.get(image["src"], base_url=SITE)
    assert (given.status_code, given.content_type, given.data[:2]) == (200, "image/jpeg", b"\xff\xd8")
    assert given.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert given.headers["X-Content-Type-Options"] == "nosniff"
    assert given.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"
    assert "Set-Cookie" not in given.headers
    assert "<picture" not in desk.client.get(f"/stations/{'430211'}", base_url=SITE).get_data(as_text=True)

    sign_staff_in(desk.client, "station_clerk", region="4302")
    desk.look(f"/desk/directory/{code}/photo").fill("/photo/remove")
    assert "已提出" in desk.words
    sign_staff_in(desk.client, "supervisor", region="4302", name="某某")
    desk.look(desk.path).fill("/apply")
    assert desk.look(f"/stations/at/{code}").page.css_first("picture") is None


def test_a_detention_centre_is_told_so_on_the_page(desk):
    def restrict():
        session().get_one(Station, PLACE).kind = "detention_centre"
        return session().get_one(Station, PLACE).code

    desk.look(f"/desk/directory/{keep(restrict)}/photo")
    desk.fill("/photo", alt=ALT, photo=(io.BytesIO(samples.jpeg()), "门口.jpg"))

    assert desk.status == 422
    assert "不公布照片" in desk.answer.get_data(as_text=True)


def test_an_app_sends_one_and_the_same_try_gives_the_same_edit(brought_in, client, store):
    code = keep(lambda: session().get_one(Station, PLACE).code)
    sign_staff_in(client, "station_clerk", region="430211")
    token = client.get_cookie("__Host-access", domain="127.0.0.1").value
    client.delete_cookie("__Host-access", domain="127.0.0.1")
    said = {"Idempotency-Key": "a-try-of-an-office-1", "Authorization": f"Bearer {token}"}

    def send():
        given = {"station": code, "alt": ALT, "file": (io.BytesIO(PLAIN), "a.jpg")}
        return client.post("/m/v1/directory/photos", data=given, headers=said, base_url=SITE)

    first, again = send(), send()

    assert (first.status_code, again.json) == (201, first.json)
    assert len(keys(store)) == 4
    large = {"data": b"--x\r\n" + bytes(12_000_000), "content_type": "multipart/form-data; boundary=x"}
    assert client.post("/m/v1/directory/photos", base_url=SITE, headers=said, **large).status_code == 413
    assert client.post("/m/v1/directory/photos", base_url=SITE).status_code == 401


def test_files_of_a_try_that_failed_are_taken_away(brought_in, client, store, monkeypatch):
    code = keep(lambda: session().get_one(Station, PLACE).code)
    sign_staff_in(client, "station_clerk", region="430211")
    desk = Browser(client).look(f"/desk/directory/{code}/photo")

    def away(*_args, **_named):
        raise Rejected((Problem("entry_unchanged"),))

    monkeypatch.setattr(photos, "propose", away)
    desk.fill("/photo", alt=ALT, photo=(io.BytesIO(samples.jpeg()), "a.jpg"))

    assert desk.status == 422
    assert keys(store) == []


def test_who_shares_the_building_is_named_where_it_is_changed(desk):
    def move_in():
        other = session().get_one(Station, "demo-430211-1")
        other.venue_id = session().get_one(Station, PLACE).venue_id
        return session().get_one(Station, PLACE).code, other.name

    code, name = keep(move_in)

    for page in "photo", "edit":
        assert name in desk.look(f"/desk/directory/{code}/{page}").page.css_first(".notice").text()
