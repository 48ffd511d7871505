import io
import json

import pytest

from core import logs

CANARY = "canary13800138000"


@pytest.fixture
def lines():
    stream = io.StringIO()
    logs.configure(stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logs.configure()


def test_writes_one_line_with_the_number_the_answer_carries(client, lines):
    answer = client.get("/no-such-page")

    (line,) = [one for one in lines() if one["event"] == "request.answered"]
    assert line["request"] == answer.headers["X-Request-Id"]
    assert (line["route"], line["method"], line["status"], line["level"]) == ("(none)", "GET", 404, "info")
    assert line["ms"] >= 0


def test_writes_nothing_that_somebody_typed(client, lines):
    client.get(f"/{CANARY}?phone={CANARY}", headers={"User-Agent": CANARY, "X-Forwarded-For": CANARY})
    client.post("/graphql", json={"query": f'{{ a(b: "{CANARY}") }}', "variables": {"phone": CANARY}})
    client.post("/graphql", data=CANARY, content_type="text/plain")
    client.open("/", method=f"X-{CANARY}".upper())

    assert CANARY.lower() not in json.dumps(lines()).lower()
    assert len(lines()) >= 4


def test_does_not_mention_those_who_only_look_whether_it_is_alive(client, lines):
    client.get("/healthz")

    assert lines() == []
