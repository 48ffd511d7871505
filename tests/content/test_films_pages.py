"""An editor brings a film with its captions; players ask for pieces of it."""

import io

import pytest

from content.films import container, library
from core import storage
from core.errors import Problem, Rejected
from mobile_api import films
from tests.content.test_films import TITLE, VTT, film
from tests.portal.browser import SITE, Browser
from tests.portal.working import sign_staff_in


def sent(data, name="a.mp4"):
    return [(io.BytesIO(data), name)]


@pytest.fixture(autouse=True)
def stored(tmp_path):
    before = storage.current()
    storage.use(storage.LocalStore(tmp_path))
    yield
    storage.use(before)


@pytest.fixture
def brought(db, client):
    sign_staff_in(client, "publicity_editor")
    browser = Browser(client).look("/desk/films")
    browser.fill("/desk/films", title=TITLE, file=sent(film()), captions=sent(VTT.encode(), "a.vtt"))
    return browser


def test_a_film_without_captions_does_not_come_in(db, client):
    sign_staff_in(client, "publicity_editor")
    browser = Browser(client).look("/desk/films")
    browser.fill("/desk/films", title="", file=sent(film()))
    assert (browser.status, set(browser.problems)) == (422, {"#field-captions", "#field-title"})
    browser.fill("/desk/films", title="长" * 101)
    assert browser.problems == ["#field-title"]
    browser.fill("/desk/films", title=TITLE)
    assert set(browser.problems) == {"#field-file", "#field-captions"}


def test_players_get_as_much_as_they_ask_for(brought, client):
    (source,) = brought.page.css(".library source")
    (track,) = brought.page.css(".library track")
    where, whole = source.attributes["src"], container.cleaned(film()).data

    def get(asked=None):
        return client.get(where, base_url=SITE, headers={"Range": asked} if asked else {})

    assert (get().status_code, get().data, get().headers["Accept-Ranges"]) == (200, whole, "bytes")
    part = get("bytes=4-11")
    assert (part.status_code, part.data) == (206, whole[4:12])
    assert part.headers["Content-Range"] == f"bytes 4-11/{len(whole)}"
    assert get("bytes=-5").data == whole[-5:]
    assert get("bytes=5-").data == whole[5:]
    assert get(f"bytes={len(whole)}-").status_code == 416
    assert get("bytes=0-1,4-5").data == whole
    assert get("lines=0-1").status_code == 200
    assert "immutable" in part.headers["Cache-Control"]
    said = client.get(track.attributes["src"], base_url=SITE)
    assert (said.content_type, said.text.startswith("WEBVTT")) == ("text/vtt; charset=utf-8", True)
    assert client.get("/films/nobody/film.mp4", base_url=SITE).status_code == 404
    assert client.get(where.replace("film.mp4", "film.webm"), base_url=SITE).status_code == 404


def test_a_program_brings_one_too_and_the_same_is_one(brought, client):
    token = client.get_cookie("__Host-access", domain="127.0.0.1").value
    client.delete_cookie("__Host-access", domain="127.0.0.1")
    told = {"Authorization": f"Bearer {token}"}
    data = {"title": TITLE, "file": sent(film())[0], "captions": sent(VTT.encode())[0]}

    again = client.post("/m/v1/films", data=data, headers=told, base_url=SITE)

    assert (again.status_code, again.json["field"].startswith("film:")) == (201, True)
    assert len(list(storage.current().stored("films/"))) == 1
    large = {
        "data": io.BytesIO(b"--x\r\n" + bytes(films.BODY_BYTES)),
        "content_type": "multipart/form-data; boundary=x",
    }
    assert client.post("/m/v1/films", base_url=SITE, headers=told, **large).status_code == 413


def test_the_file_of_a_try_that_failed_is_taken_away(brought, client, monkeypatch):
    def away(*_args, **_named):
        raise Rejected((Problem("film_title_missing", "title"),))

    monkeypatch.setattr(library, "record", away)
    brought.look("/desk/films")
    other = film(before=b"\0\0\0\x08free")
    brought.fill("/desk/films", title=TITLE, file=sent(other), captions=sent(VTT.encode(), "a.vtt"))

    assert brought.status == 422
    assert len(list(storage.current().stored("films/"))) == 1
