"""Files over HTTP: sent by multipart, given back to their owner alone, by links that expire."""

import dataclasses
import io
from datetime import UTC, datetime, timedelta

import pytest
from PIL import Image
from sqlalchemy import func, select

import core.settings
from applications.models.evidence import Upload
from core.db import keep, reading, session
from core.links import signed
from tests.evidence import people, samples

UPLOADS = "/m/v1/uploads"
MULTIPART = "multipart/form-data; boundary=x"


@pytest.fixture
def instant():
    """The real moment: tokens and links are judged by the clock at the edge."""
    return datetime.now(UTC)


@pytest.fixture
def citizen(client, instant):
    return keep(lambda: people.person("citizen", instant))


@pytest.fixture
def neighbour(client, instant):
    return keep(lambda: people.person("neighbour", instant))


@pytest.fixture
def as_app(instant):
    """Give the headers of somebody's app."""
    return lambda actor: keep(lambda: people.bearer(actor, instant))


@pytest.fixture
def send(client, citizen, as_app):
    headers = as_app(citizen)

    def send(data=samples.PNG_SMALL, name="a.jpg", kind="image/jpeg", key=None, **form):
        more = {"Idempotency-Key": key} if key else {}
        files = {"file": (io.BytesIO(data), name, kind)} | form
        return client.post(UPLOADS, data=files, headers=headers | more)

    return send


def multipart(data, name="a.jpg"):
    """Write a body by hand: the test client would keep a large one in a file it does not close."""
    head = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    return {"data": head.encode() + data + b"\r\n--x--\r\n", "content_type": MULTIPART}


def code(answer):
    return answer.json["errors"][0]["extensions"]["code"]


def problem(answer):
    (only,) = answer.json["errors"][0]["extensions"]["problems"]
    assert only["message"]
    assert only["remedy"]
    return only["code"]


def rows():
    with reading():
        return session().scalar(select(func.count()).select_from(Upload))


def test_describes_what_was_kept(send):
    answer = send(name="../../身份证\u202e.jpg")

    said = answer.json
    assert answer.status_code == 201
    assert answer.headers["Cache-Control"] == "no-store"
    assert (said["mediaType"], said["width"], said["height"], said["pages"]) == ("image/jpeg", 64, 48, None)
    assert (said["name"], said["purpose"], len(said["sha256"]), len(said["token"])) == (
        "身份证.jpg",
        "evidence",
        64,
        22,
    )
    (warning,) = said["warnings"]
    assert warning["code"] == "photo_small"
    assert "重拍" in warning["remedy"]


def test_gives_files_back_as_locked_attachments(client, citizen, as_app, send):
    said = send().json

    answer = client.get(said["url"], headers=as_app(citizen))

    assert answer.status_code == 200
    assert len(answer.data) == said["bytes"]
    assert Image.open(io.BytesIO(answer.data)).size == (64, 48)
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="rufa-{said["token"][:8]}.jpg"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    small = client.get(said["thumbnailUrl"], headers=as_app(citizen))
    assert small.headers["Content-Type"] == "image/jpeg"


def test_keeps_the_senders_name_out_of_address_and_headers(client, citizen, as_app, send):
    said = send(name='x";filename="y.html.jpg').json

    answer = client.get(said["url"], headers=as_app(citizen))

    assert "html" not in said["url"] + str(answer.headers)


def test_links_are_for_one_person(client, citizen, neighbour, as_app, send, instant):
    url = send().json["url"]
    own = signed(url.split("?")[0], neighbour, now=instant)

    for stolen in url, own:
        answer = client.get(stolen, headers=as_app(neighbour))
        assert (answer.status_code, code(answer)) == (404, "not_found")
    assert client.get(url).status_code == 401
    assert client.get(url, headers={"Authorization": "Bearer forged"}).status_code == 401


def test_links_expire(client, citizen, as_app, send, instant):
    path = send().json["url"].split("?")[0]

    stale = client.get(signed(path, citizen, now=instant - timedelta(minutes=11)), headers=as_app(citizen))

    assert (stale.status_code, code(stale)) == (404, "link_expired")


@pytest.mark.parametrize("change", ["", "?expires=9999999999&signature=x", "?expires=x&signature=", "?expires=²"])
def test_links_are_signed(client, citizen, as_app, send, change):
    path = send().json["url"].split("?")[0]

    assert client.get(path + change, headers=as_app(citizen)).status_code == 404


@pytest.mark.parametrize("rest", ["none/master", "none/other", "../x/master"])
def test_signed_links_to_nothing_find_nothing(client, citizen, as_app, instant, rest):
    link = signed(f"/m/v1/files/{rest}", citizen, now=instant)

    assert client.get(link, headers=as_app(citizen)).status_code == 404


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "file_empty"),
        (b"<html>" + samples.SCRIPT, "file_kind_not_allowed"),
        (samples.EICAR, "file_infected"),
        (samples.png_claiming(30_000, 30_000, 1), "image_too_large"),
        (samples.jpeg()[:5_000], "file_damaged"),
    ],
)
def test_refusals_say_what_to_do(send, store, data, expected):
    answer = send(data)

    assert (answer.status_code, problem(answer)) == (422, expected)
    assert (rows(), list(store.stored())) == (0, [])


def test_signatures_are_cleaned(send):
    said = send(samples.drawing(), "signature.png", "image/png", purpose="signature").json

    assert (said["mediaType"], said["purpose"], said["thumbnailUrl"]) == ("image/png", "signature", None)


def test_pdf_keeps_its_pages(client, citizen, as_app, send):
    said = send(samples.pdf(pages=2), "a.pdf", "application/pdf").json

    assert (said["mediaType"], said["pages"]) == ("application/pdf", 2)
    assert client.get(said["url"], headers=as_app(citizen)).data.startswith(b"%PDF-")


def test_one_key_is_one_upload(send, store):
    first, again = send(key="k" * 16).json, send(key="k" * 16).json
    other = send(samples.png((65, 48)), key="k" * 16)
    bad = send(key="short")

    assert first["token"] == again["token"]
    assert (other.status_code, code(other)) == (409, "idempotency_key_reused")
    assert (bad.status_code, code(bad)) == (400, "idempotency_key_malformed")
    assert rows() == 1
    assert len(list(store.stored())) == 2


def test_files_that_are_too_large_are_refused(client, citizen, as_app):
    answer = client.post(UPLOADS, **multipart(samples.jpeg() + b"\0" * 10_000_000), headers=as_app(citizen))

    assert (answer.status_code, problem(answer)) == (422, "file_too_big")


def test_bodies_that_are_too_large_are_cut_off(client, citizen, as_app):
    answer = client.post(UPLOADS, **multipart(b"\0" * 11_500_000), headers=as_app(citizen))

    assert (answer.status_code, code(answer)) == (413, "file_too_big")


@pytest.mark.parametrize(
    ("body", "length", "status"),
    [
        (b"", "0", 422),
        (b"nonsense", "8", 422),
        (b"--x\r\nContent-Disposition: form-data", "36", 422),
        (multipart(b"abc")["data"][:-9], "90", 422),
        (multipart(b"abc")["data"], "9999", 422),
        (multipart(b"\0" * 11_500_000)["data"], None, 413),
    ],
    ids=["empty", "nonsense", "half a head", "half a file", "claims more", "says nothing and goes on"],
)
def test_lying_bodies_are_no_fault_of_ours(client, citizen, as_app, body, length, status):
    stream = {"wsgi.input_terminated": length is None, "CONTENT_LENGTH": length or ""}
    with io.BytesIO(body) as sent:
        answer = client.post(
            UPLOADS, content_type=MULTIPART, headers=as_app(citizen), input_stream=sent, environ_overrides=stream
        )

    assert answer.status_code == status
    assert answer.json["errors"]


def test_without_a_file_says_so(client, citizen, as_app):
    headers = as_app(citizen)

    for given in ({}, {"purpose": "evidence"}, {"file": (io.BytesIO(b""), "")}):
        answer = client.post(UPLOADS, data=given, headers=headers, content_type="multipart/form-data")
        assert (answer.status_code, problem(answer)) == (422, "file_missing")


def test_takes_one_file_for_a_known_purpose(client, citizen, as_app):
    two = {"file": [(io.BytesIO(b"a"), "a.jpg"), (io.BytesIO(b"b"), "b.jpg")]}
    odd = {"file": (io.BytesIO(samples.PNG_SMALL), "a.png"), "purpose": "banner"}

    for given, expected in ((two, "one_file_only"), (odd, "purpose_unknown")):
        answer = client.post(UPLOADS, data=given, headers=as_app(citizen))
        assert (answer.status_code, code(answer)) == (400, expected)


def test_needs_somebody_who_signed_in(client, db):
    files = {"file": (io.BytesIO(samples.PNG_SMALL), "a.png")}

    assert client.post(UPLOADS, data=files).status_code == 401


def test_a_cookie_alone_sends_nothing(client, citizen, instant):
    token = keep(lambda: people.bearer(citizen, instant))["Authorization"].removeprefix("Bearer ")
    client.set_cookie("__Host-access", token, secure=True)
    files = {"file": (io.BytesIO(samples.PNG_SMALL), "a.png")}

    answer = client.post(UPLOADS, data=files, base_url="https://127.0.0.1")

    assert 400 <= answer.status_code < 500
    assert rows() == 0


def test_a_cookie_opens_pictures_on_our_pages(client, citizen, send, instant):
    url = send().json["thumbnailUrl"]
    token = keep(lambda: people.bearer(citizen, instant))["Authorization"].removeprefix("Bearer ")
    client.set_cookie("__Host-access", token, domain="127.0.0.1", secure=True)

    assert client.get(url, base_url="https://127.0.0.1").status_code == 200


def test_keeps_nothing_while_the_scanner_is_away(send, settings, store):
    core.settings.use(dataclasses.replace(core.settings.current(), scanner_address="127.0.0.1:9"))
    try:
        answer = send()
    finally:
        core.settings.use(settings)

    assert (answer.status_code, code(answer)) == (503, "scanner_unavailable")
    assert answer.headers["Retry-After"] == "60"
    assert list(store.stored()) == []
