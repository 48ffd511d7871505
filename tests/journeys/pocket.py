"""A telephone with the mini-program on it, in a process of its own: its pages rendered and driven as people do."""

import json
import os
import subprocess
from pathlib import Path

from tests.clients.conftest import ROOT, node

MINIPROGRAM = ROOT / "clients" / "miniprogram"
PLAYER = Path(__file__).with_name("miniprogram.mjs")
BUILDING_SECONDS = 120


def build(folder):
    """Make the package WeChat's tools would open."""
    made = [*node(), str(MINIPROGRAM / "build.mjs"), str(folder)]
    done = subprocess.run(made, cwd=ROOT, capture_output=True, text=True, check=False, timeout=BUILDING_SECONDS)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


class Pocket:
    """`pocket.tap("登录")`, `pocket.type("姓名", "李芳")`, `pocket.text`, `pocket.route`: whatever a stage can do."""

    def __init__(self, package, address):
        told = {"STAGE": (MINIPROGRAM / "tests" / "stage.mjs").as_uri(), "DIST": str(package), "RUFA": address}
        self.text = self.route = ""
        self.process = subprocess.Popen(
            [*node(), str(PLAYER)],
            cwd=ROOT,
            env=os.environ | told,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __getattr__(self, name):
        def play(*given):
            self.process.stdin.write(json.dumps([name, *given]) + "\n")
            self.process.stdin.flush()
            shown = json.loads(self.process.stdout.readline())
            assert "thrown" not in shown, shown["thrown"]
            self.text, self.route = shown["text"], shown["route"]
            return shown["came"]

        return play

    def choose(self, *words):
        """Answer a step, and go on."""
        for each in words:
            self.tap(each)
        self.tap("保存，下一步")

    def put_away(self):
        self.process.stdin.close()
        self.process.wait(20)
        self.process.stdout.close()
