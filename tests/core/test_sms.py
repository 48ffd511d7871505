import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from core import settings, sms
from core.errors import Unavailable


class Gateway(BaseHTTPRequestHandler):
    """A gateway over a real socket that behaves as the path says."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.seen.append((self.path, self.headers["Authorization"], json.loads(body)))
        if self.path == "/stall":
            self.server.enough.wait(5)
            return
        if self.path == "/drip":
            self.drip()
            return
        status = {"/ok": 200, "/broken": 500, "/elsewhere": 302}.get(self.path, 404)
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/ok")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def drip(self):
        for letter in b"HTTP/1.1 200 OK\r\n" * 9:
            if self.server.enough.wait(0.05):
                return
            try:
                self.wfile.write(bytes([letter]))
            except OSError:
                return

    def log_message(self, *said):
        pass


@pytest.fixture
def gateway():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Gateway)
    server.seen, server.enough = [], threading.Event()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.enough.set()
    server.shutdown()
    thread.join()
    server.server_close()


def texter(gateway, path, total=0.4, **more):
    return sms.Http(f"http://127.0.0.1:{gateway.server_port}{path}", "token-1", total=total, **more)


def test_hands_the_text_over_with_the_token(gateway):
    texter(gateway, "/ok").send("13900000001", "验证码 123456")

    assert gateway.seen == [("/ok", "Bearer token-1", {"phone": "13900000001", "text": "验证码 123456"})]


@pytest.mark.parametrize("path", ["/broken", "/elsewhere", "/nowhere"])
def test_says_so_when_the_gateway_refuses(gateway, path):
    with pytest.raises(Unavailable) as refused:
        texter(gateway, path).send("13900000001", "x")

    assert refused.value.code == "sms_unavailable"
    assert [seen[0] for seen in gateway.seen] == [path]  # a redirect is not followed


@pytest.mark.parametrize("path", ["/stall", "/drip"])
def test_waits_no_longer_than_allowed(gateway, path):
    began = time.monotonic()
    with pytest.raises(Unavailable):
        texter(gateway, path).send("13900000001", "x")

    assert time.monotonic() - began < 2


def test_says_so_when_nobody_listens():
    with pytest.raises(Unavailable):
        sms.Http("http://127.0.0.1:1/", "t", total=1).send("13900000001", "x")


def test_asks_no_more_after_repeated_failures_until_a_rest_is_over(gateway):
    breaker = sms.Breaker(failures=2, rest=0.2)
    broken = texter(gateway, "/broken", breaker=breaker)
    for _ in range(4):
        with pytest.raises(Unavailable):
            broken.send("13900000001", "x")
    assert len(gateway.seen) == 2

    time.sleep(0.25)
    texter(gateway, "/ok", breaker=breaker).send("13900000001", "x")
    texter(gateway, "/ok", breaker=breaker).send("13900000001", "x")
    assert len(gateway.seen) == 4


def test_one_tries_for_all_after_the_rest():
    breaker = sms.Breaker(failures=1, rest=0.05)
    breaker.note(went_well=False)
    time.sleep(0.06)
    breaker.check()

    with pytest.raises(Unavailable):
        breaker.check()


def test_takes_no_environment_for_granted(gateway, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("NO_PROXY", "")

    texter(gateway, "/ok").send("13900000001", "x")

    assert gateway.seen


@pytest.mark.parametrize("url", ["ftp://host/x", "https://user:pass@host/x", "https:///x", "file:///etc/passwd"])
def test_refuses_an_address_that_is_no_gateway(url):
    with pytest.raises(ValueError, match="SMS gateway"):
        sms.Http(url, "t")


def test_the_terminal_shows_the_code_and_masks_the_number(capsys):
    sms.Console().send("13912345678", "验证码 123456")

    assert capsys.readouterr().err == "[短信 139****5678] 验证码 123456\n"
    assert sms.masked("123") == "****"


def test_settings_choose_who_carries_texts(capsys):
    settings.use(settings.load({}))
    sms.use(None)
    sms.send("13912345678", "您好")
    assert "您好" in capsys.readouterr().err
    sms.use(None)

    given = settings.load({"RUFA_SMS": "http", "RUFA_SMS_URL": "https://sms.example/send"})
    assert isinstance(sms.chosen(given), sms.Http)


def test_a_text_in_a_traceback_shows_neither_number_nor_words():
    assert repr(sms.Text("13912345678", "验证码 123456")) == "Text()"
