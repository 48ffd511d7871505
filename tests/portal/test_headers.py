import re

import pytest


@pytest.mark.parametrize("path", ["/", "/no-such-page", "/robots.txt", "/favicon.ico", "/preferences"])
def test_every_answer_is_strict(client, path):
    headers = client.get(path).headers

    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert policy["base-uri"] == policy["frame-ancestors"] == policy["object-src"] == "'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert int(re.search(r"max-age=(\d+)", headers["Strict-Transport-Security"])[1]) >= 31536000
    assert "geolocation=(self)" in headers["Permissions-Policy"]


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost@evil.example", "", "127.0.0.1:x"]
)
def test_a_foreign_name_is_refused_and_written_nowhere(client, host):
    answer = client.get("/", headers={"Host": host})

    assert answer.status_code == 400
    assert "evil" not in answer.text + str(answer.headers)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8000", "localhost:18000", "LOCALHOST"])
def test_our_own_names_are_answered_on_any_port(client, host):
    assert client.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "path", ["/check", "/sign-in", "/account", "/desk/sign-in", "/verify/no-such-code", "/door", "/corrections/no-such"]
)
def test_nothing_personal_is_kept(client, path):
    assert client.get(path).headers["Cache-Control"] == "no-store"


def test_public_pages_may_be_kept_by_the_reader_alone(client):
    assert client.get("/help").headers["Cache-Control"] == "private, no-cache"


def test_the_session_cookie_is_kept_from_scripts_and_other_sites(client):
    cookie = client.get("/").headers["Set-Cookie"]

    assert cookie.startswith("__Host-session=")
    for flag in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert flag in cookie


def test_assets_are_named_by_content_and_kept_for_ever(client):
    address = re.search(r"/static/css/site\.[0-9a-f]{12}\.css", client.get("/").text)[0]
    answer = client.get(address, headers={"Accept-Encoding": "gzip, br"})

    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Content-Encoding"] == "br"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert "Set-Cookie" not in answer.headers
    assert (
        client.get(address, headers={"If-None-Match": answer.headers["ETag"], "Accept-Encoding": "br"}).status_code
        == 304
    )


def test_scripts_name_the_modules_they_need_by_content(client):
    address = re.search(r"/static/js/site\.[0-9a-f]{12}\.js", client.get("/").text)[0]
    script = client.get(address).text

    modules = re.findall(r'"(/static/js/[^"]+)"', script)
    assert len(modules) > 5
    assert "./" not in script
    for module in modules:
        assert client.get(module).status_code == 200


@pytest.mark.parametrize("name", ["css/site.css", "../wsgi.py", "%2e%2e/wsgi.py", "css/site.000000000000.css", ""])
def test_nothing_else_is_served(client, name):
    assert client.get(f"/static/{name}").status_code == 404
