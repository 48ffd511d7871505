"""A telephone in a process of its own, with the compiled client on it; it can be dropped and switched on again."""

import json
import os
import subprocess
from pathlib import Path

from tests.clients.conftest import node

SCRIPT = Path(__file__).with_name("phone.mjs")


class Phone:
    """`phone.ask("Me", {})`, `phone.do(…)`, `phone.send(path, wish)`: whatever `phone.mjs` can do."""

    def __init__(self, built, address, device):
        self.built, self.address, self.device = built, address, device
        self.process = None
        self.switch_on()

    def switch_on(self):
        told = {"RUFA": self.address, "RUFA_CLIENT": self.built.as_uri(), "DEVICE": str(self.device)}
        self.process = subprocess.Popen(
            [*node(), str(SCRIPT)],
            env=os.environ | told,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def drop(self):
        """Take the battery out in the middle of whatever it does."""
        if self.process.stdout.closed:
            return
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()

    def begin(self, name, *given):
        """Start something without waiting for what comes of it."""
        self.process.stdin.write(json.dumps([name, *given]) + "\n")
        self.process.stdin.flush()

    def __getattr__(self, name):
        def ask(*given):
            self.begin(name, *given)
            came = json.loads(self.process.stdout.readline())
            assert not (isinstance(came, dict) and "thrown" in came), came["thrown"]
            return came

        return ask
