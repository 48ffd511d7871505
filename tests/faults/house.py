"""The service as a process on a data folder of its own, to be treated badly."""

import contextlib
import json
import os
import re
import resource
import signal
import socket
import subprocess
import sys
import time
from http import HTTPStatus
from pathlib import Path

import psutil
import requests

from tests.outside_adapter import Adapter

ROOT = Path(__file__).parents[2]
LOWEST, HIGHEST = 24_000, 32_000  # below the range the kernel hands out to clients
PATIENCE = 60  # seconds to start on a machine that is busy with other tests
UNLIMITED = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)


class Forge:
    """Starts the service again within a blink: a process that has everything imported, and forks."""

    def __init__(self, folder):
        command = [sys.executable, str(Path(__file__).with_name("serve_again.py")), str(folder)]
        path = os.pathsep.join([str(ROOT), str(ROOT / "graphql")])
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, env=plain() | {"PYTHONPATH": path}
        )

    def start(self, environ, log, dies=None):
        order = {"environ": environ, "log": str(log), "dies": dies}
        self.process.stdin.write(json.dumps(order).encode() + b"\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())

    def stop(self):
        self.process.stdin.close()
        self.process.wait(20)
        self.process.stdout.close()


def free_port():
    """Find a port nobody listens on; other test processes start looking elsewhere."""
    for port in range(LOWEST + os.getpid() * 17 % 7_000, HIGHEST):
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)):
                return port
    raise RuntimeError("no port is free")


def plain():
    """Give the environment without anybody's settings."""
    ours = ("RUFA_", "DATABASE_URL", "REDIS_URL", "COVERAGE_")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


class House:
    """A place: a database, a folder, and now and then a process that serves it."""

    def __init__(self, forge, folder, database_url, **settings):
        self.forge, self.folder, self.database_url, self.settings = forge, folder, database_url, settings
        self.log = folder / "log"
        self.log.touch()
        self.port = free_port()
        self.adapter = Adapter(f"http://127.0.0.1:{self.port}")
        self.pid = None

    @property
    def environ(self):
        said = {"RUFA_DATA_DIR": str(self.folder / "data"), "RUFA_PORT": str(self.port)}
        return said | {"DATABASE_URL": self.database_url} | self.settings

    def start(self, dies=None):
        self.pid = self.forge.start(self.environ, self.log, dies)
        self.until(lambda: self.answers("/healthz") or not self.is_alive())
        assert self.is_alive(), "it did not start:\n" + self.log.read_text()[-3000:]

    def answers(self, path, timeout=5):
        with contextlib.suppress(requests.RequestException):
            return requests.get(self.adapter.base + path, timeout=timeout, allow_redirects=False).status_code < 500
        return False

    def until(self, done, seconds=PATIENCE):
        """Wait for something that will come; say what the service said when it does not."""
        ends = time.monotonic() + seconds
        while not done():
            if time.monotonic() > ends:
                raise AssertionError("it did not happen in time:\n" + self.log.read_text()[-3000:])
            time.sleep(0.02)

    def is_alive(self):
        return self.pid is not None and psutil.pid_exists(self.pid)

    def kill(self):
        """Pull the plug; nothing is finished."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        self.until_dead()

    def until_dead(self, seconds=PATIENCE):
        self.until(lambda: not self.is_alive(), seconds)
        self.until(self._port_is_free)

    def _port_is_free(self):
        with socket.socket() as tried:
            return bool(tried.connect_ex(("127.0.0.1", self.port)))

    def fill_the_disk(self, limit):
        """Let no file of the service grow beyond this: what a full disk is to whoever writes."""
        resource.prlimit(self.pid, resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))

    def empty_the_disk(self):
        resource.prlimit(self.pid, resource.RLIMIT_FSIZE, UNLIMITED)

    def text_to(self, phone):
        """Give the last code a number was sent; numbers are masked, so its end must do."""
        sent = []

        def came():
            sent[:] = re.findall(rf"\[短信 [^\]]*{phone[-4:]}\].*?(\d{{6}})", self.log.read_text())
            return sent

        self.until(came)
        return sent[-1]

    def sign_in(self, *phones):
        """Sign citizens in with the codes that were texted to them; give their headers."""
        asked = {phone: self.adapter.do("SendCode", {"phone": phone}) for phone in phones}
        return [self._answer(phone, said.json()["data"]["sendCode"]) for phone, said in asked.items()]

    def _answer(self, phone, sent):
        given = {"request": sent["codeRequest"]["request"], "code": self.text_to(phone)}
        signed_in = self.adapter.do("SignIn", given).json()["data"]["signIn"]
        return {"Authorization": f"Bearer {signed_in['session']['accessToken']}"}

    def send(self, user, data, name="身份证.png"):
        """Hand in a file; give the answer, or None where nobody answered."""
        with contextlib.suppress(requests.RequestException):
            return requests.post(
                f"{self.adapter.base}/m/v1/uploads", files={"file": (name, data)}, headers=user, timeout=PATIENCE
            )
        return None

    def submit(self, user, draft_id, key):
        """Hand a draft in; give its number, or None where nobody answered."""
        try:
            said = self.adapter.ask(
                "SubmitApplication", user, PATIENCE, input={"draftId": draft_id}, idempotencyKey=key
            )
        except requests.RequestException:
            return None
        assert said.status_code == HTTPStatus.OK, said.text
        payload = said.json()["data"]["submitApplication"]
        assert payload["problems"] == [], payload
        return payload["application"]["reference"]
