import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from core import serving

HERE = Path(__file__).parent


@contextmanager
def server(*, slowest_header=30, finish=12):
    """A real process that serves, with its port."""
    process = subprocess.Popen(
        [sys.executable, str(HERE / "serve_slowly.py"), str(slowest_header), str(finish)],
        stdout=subprocess.PIPE,
        cwd=HERE.parents[1],
        env=os.environ | {"PYTHONPATH": str(HERE.parents[1])},
        text=True,
    )
    process.port = int(process.stdout.readline())
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def ask(port, path, body=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("POST" if body else "GET", path, body=body)
    answer = connection.getresponse()
    said = answer.read()
    connection.close()
    return answer, said


def test_finishes_what_is_under_way_and_turns_others_away():
    with server() as process:
        answers = []
        threads = [
            threading.Thread(target=lambda path=path: answers.append(ask(process.port, path)))
            for path in ("/slow", "/slow", "/slow", "/big")
        ]
        for thread in threads:
            thread.start()
        time.sleep(0.3)
        process.send_signal(signal.SIGTERM)
        process.send_signal(signal.SIGINT)  # somebody impatient changes nothing
        time.sleep(0.3)
        draining, said = ask(process.port, "/readyz")
        began = time.monotonic()
        code = process.wait(20)

        for thread in threads:
            thread.join()
        assert said == b"draining"
        assert draining.headers["Connection"] == "close"
        assert [answer.status for answer, _ in answers] == [200] * 4
        assert sorted(len(said) for _, said in answers) == [2, 2, 2, 3_000_000]
        assert code == 0
        assert time.monotonic() - began < 15
        with pytest.raises(ConnectionRefusedError):
            ask(process.port, "/")


def test_lets_a_half_sent_request_finish():
    with server() as process, socket.create_connection(("127.0.0.1", process.port), 10) as mouth:
        mouth.sendall(b"POST /echo HTTP/1.1\r\nHost: here\r\nContent-Length: 10\r\n\r\nhalf ")
        time.sleep(0.3)
        process.send_signal(signal.SIGTERM)
        time.sleep(1.5)
        mouth.sendall(b"a loaf")

        said = b"".join(iter(lambda: mouth.recv(4096), b""))
        assert said.endswith(b"\r\n\r\n10")
        assert process.wait(20) == 0


def test_ends_idle_connections_at_once():
    with server() as process:
        idle = http.client.HTTPConnection("127.0.0.1", process.port, timeout=10)
        idle.request("GET", "/")
        idle.getresponse().read()
        process.send_signal(signal.SIGINT)
        began = time.monotonic()

        assert process.wait(20) == 0
        assert time.monotonic() - began < 5
        idle.close()


def test_does_not_wait_for_ever_and_says_so():
    with server(finish=0.2) as process, socket.create_connection(("127.0.0.1", process.port), 10) as mouth:
        mouth.sendall(b"POST /echo HTTP/1.1\r\nHost: here\r\nContent-Length: 10\r\n\r\nhalf ")
        time.sleep(0.3)
        process.send_signal(signal.SIGTERM)

        assert process.wait(20) == 1


def test_turns_out_who_cannot_make_up_their_mind():
    with server(slowest_header=0.5) as process, socket.create_connection(("127.0.0.1", process.port), 10) as mouth:
        mouth.sendall(b"GET / HTTP/1.1\r\n")
        began = time.monotonic()

        assert mouth.recv(10) == b""
        assert time.monotonic() - began < 5
        assert ask(process.port, "/")[1] == b"ok"


def test_serves_others_while_many_dawdle():
    with server() as process:
        dawdlers = [socket.create_connection(("127.0.0.1", process.port), 10) for _ in range(100)]
        for one in dawdlers:
            one.sendall(b"GET / HTTP/1.1\r\nHost: h")
        began = time.monotonic()

        assert ask(process.port, "/")[1] == b"ok"
        assert time.monotonic() - began < 2
        for one in dawdlers:
            one.close()


@pytest.mark.parametrize(
    ("request_line", "status"),
    [
        (b"GET / HTTP/1.1\r\nHost: h\r\nX: " + b"x" * 20_000 + b"\r\n\r\n", b"431"),
        (b"POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999999\r\n\r\n", b"413"),
    ],
)
def test_refuses_what_is_huge(request_line, status):
    with server() as process, socket.create_connection(("127.0.0.1", process.port), 10) as mouth:
        mouth.sendall(request_line)
        said = mouth.recv(4096)

        assert said.startswith((b"HTTP/1.1 " + status, b"HTTP/1.0 " + status))
        assert b"Server:" not in said


def test_does_not_say_what_serves():
    with server() as process:
        answer, _ = ask(process.port, "/")

        assert "Server" not in answer.headers


@pytest.mark.parametrize(("asked", "status"), [("Content-Length: 40000000\r\n", 413), ("X: " + "x" * 20_000, 431)])
def test_says_in_words_of_ours_what_never_reaches_the_application(asked, status):
    with server() as process, socket.create_connection(("127.0.0.1", process.port), timeout=20) as talk:
        talk.sendall(f"POST / HTTP/1.1\r\nHost: x\r\n{asked}\r\n\r\n".encode())
        said = http.client.HTTPResponse(talk)
        said.begin()

        assert (said.status, said.read()) == (status, f"<h1>{status}".encode())
        assert said.headers["Content-Type"] == "text/html; charset=utf-8"
        assert said.headers["Connection"] == "close"
        process.terminate()
        assert process.wait(timeout=20) == 0


def test_threads_share_heaps_where_the_library_can(monkeypatch):
    asked = []

    class Library:
        """Notes what it is told."""

        def __init__(self, _name):
            self.mallopt = lambda *told: asked.append(told) or 1

    monkeypatch.setattr(serving.ctypes, "CDLL", Library)
    assert serving.share_heaps()
    assert asked == [(-8, 2)]

    monkeypatch.setattr(serving.ctypes, "CDLL", lambda _name: object())
    assert not serving.share_heaps()
