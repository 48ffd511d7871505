"""A line that breaks: it stands between a client and the service, on a real socket, and loses what it is told to.

    with lossy.Line(port) as line:      # every second request is lost, before or after the service has answered
        requests.get(f"{line.address}/healthz")

One request a connection. `fates` says what happens to one request after the other, over and over; `is_cut` loses all
of them while it is set. `bytes_per_second` is shared by nobody: each request has the line to itself.
"""

import contextlib
import itertools
import socket
import threading
import time
from enum import Enum

PIECE = 2_048
PATIENCE = 60


class Fate(Enum):
    """What becomes of a request."""

    PASSES = "it comes through, and so does the answer"
    BEFORE = "the service never hears of it"
    HALFWAY = "the service hears the half of it"
    AFTER = "the service has answered, and nobody hears it"


EVERY_SECOND = (Fate.BEFORE, Fate.PASSES, Fate.AFTER, Fate.PASSES, Fate.HALFWAY, Fate.PASSES)
# 2G is about 20 kilobit up and 600 ms there and back (GPRS class 8): here, a hundred times as quick.
QUICKENED = 100
BYTES_PER_SECOND = 20_000 / 8 * QUICKENED
SECONDS_THERE = 0.6 / QUICKENED


class Line:
    """Forwards to a port of this machine; `.seen` says of each request what it was and what became of it."""

    def __init__(self, port, fates=EVERY_SECOND, bytes_per_second=BYTES_PER_SECOND):
        self.target, self.bytes_per_second = port, bytes_per_second
        self.fates, self.lock = itertools.cycle(fates), threading.Lock()
        self.seen, self.is_cut = [], False
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = self.door.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.threads = []

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()

    def start(self):
        listening = threading.Thread(target=self._listen, daemon=True)
        self.threads.append(listening)
        listening.start()

    def stop(self):
        with contextlib.suppress(OSError):
            self.door.shutdown(socket.SHUT_RDWR)
        self.door.close()
        for thread in self.threads:
            thread.join(PATIENCE)

    def _listen(self):
        while True:
            try:
                mouth, _ = self.door.accept()
            except OSError:  # somebody hung up for good
                return
            mouth.settimeout(PATIENCE)
            answering = threading.Thread(target=self._answer, args=(mouth,), daemon=True)
            self.threads.append(answering)
            answering.start()

    def _answer(self, mouth):
        with mouth, contextlib.suppress(OSError):
            head, body = _read(mouth)
            if not head:
                return
            fate = self._fate(head)
            if fate is Fate.BEFORE:
                return
            with socket.create_connection(("127.0.0.1", self.target), PATIENCE) as service:
                said = _alone(head) + body
                self._send(service, said[: len(said) - 1 - len(body) // 2] if fate is Fate.HALFWAY else said)
                if fate is Fate.HALFWAY:
                    return
                answer = b"".join(iter(lambda: service.recv(PIECE), b""))
            if fate is Fate.PASSES:
                self._send(mouth, answer)

    def _fate(self, head):
        with self.lock:
            fate = Fate.BEFORE if self.is_cut else next(self.fates)
            method, path, _ = head.split(b"\r\n", 1)[0].decode().split(" ", 2)
            self.seen.append((method, path, fate))
            return fate

    def _send(self, wire, data):
        time.sleep(SECONDS_THERE)
        for at in range(0, len(data), PIECE):
            wire.sendall(data[at : at + PIECE])
            time.sleep(len(data[at : at + PIECE]) / self.bytes_per_second)


def _read(mouth):
    """Read one request: its head, and as much body as it says."""
    data = b""
    while b"\r\n\r\n" not in data:
        piece = mouth.recv(PIECE)
        if not piece:
            return b"", b""
        data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    lines = head.lower().split(b"\r\n")
    length = next((int(line.split(b":")[1]) for line in lines if line.startswith(b"content-length:")), 0)
    while len(body) < length and (piece := mouth.recv(PIECE)):
        body += piece
    return head, body


def _alone(head):
    """Say that the connection is for this request only."""
    first, *lines = head.split(b"\r\n")
    kept = [line for line in lines if not line.lower().startswith(b"connection:")]
    return b"\r\n".join([first, *kept, b"Connection: close", b"", b""])
