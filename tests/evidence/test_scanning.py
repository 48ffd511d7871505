"""Malware: our own signatures, and a clamd where one is set. No clear answer means no."""

import dataclasses
import socketserver
import struct
import threading

import pytest

import core.settings
from core import scanning
from core.errors import Rejected, Unavailable
from tests.evidence import samples

FILE = b"a file" * 20_000


class Daemon(socketserver.ThreadingTCPServer):
    """Speaks INSTREAM as clamd does."""

    allow_reuse_address = True
    daemon_threads = True
    answer = None
    seen = b""


class Line(socketserver.StreamRequestHandler):
    def handle(self):
        assert self.rfile.read(10) == b"zINSTREAM\0"
        data = b""
        while size := struct.unpack(">I", self.rfile.read(4))[0]:
            data += self.rfile.read(size)
        self.server.seen = data
        found = b"stream: Eicar-Test FOUND\0" if b"EICAR" in data else b"stream: OK\0"
        self.wfile.write(found if self.server.answer is None else self.server.answer)


@pytest.fixture
def daemon(settings):
    with Daemon(("127.0.0.1", 0), Line) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        address = f"127.0.0.1:{server.server_address[1]}"
        core.settings.use(dataclasses.replace(settings, scanner_address=address))
        yield server
        core.settings.use(settings)
        server.shutdown()


def refusal(data):
    with pytest.raises(Rejected) as rejected:
        scanning.refuse_infected(data, "file")
    (problem,) = rejected.value.problems
    return problem.code, problem.field


def test_knows_the_test_virus_without_any_service(settings):
    assert refusal(samples.EICAR) == ("file_infected", "file")
    assert refusal(samples.jpeg() + samples.EICAR) == ("file_infected", "file")
    scanning.refuse_infected(FILE, "file")


def test_hands_the_whole_file_to_clamd(daemon):
    scanning.refuse_infected(FILE, "file")

    assert daemon.seen == FILE


def test_believes_clamd(daemon):
    daemon.answer = b"stream: Win.Trojan.X-1 FOUND\0"

    assert refusal(FILE) == ("file_infected", "file")


@pytest.mark.parametrize("answer", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream: O", b"x" * 5_000])
def test_takes_no_unclear_answer(daemon, answer):
    daemon.answer = answer

    with pytest.raises(Unavailable) as away:
        scanning.refuse_infected(FILE, "file")

    assert away.value.code == "scanner_unavailable"


def test_keeps_nothing_while_clamd_is_away(settings):
    core.settings.use(dataclasses.replace(settings, scanner_address="[::1]:9"))
    try:
        with pytest.raises(Unavailable):
            scanning.refuse_infected(FILE, "file")
    finally:
        core.settings.use(settings)
