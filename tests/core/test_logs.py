import io
import json
import logging

import pytest
import structlog

from core import logs

CANARY = "王小明 13800138000 430102199001011234"


@pytest.fixture
def lines():
    """What is written, as it would stand in the log."""
    stream = io.StringIO()
    logs.configure(stream)

    def read():
        return [json.loads(line) for line in stream.getvalue().splitlines()]

    yield read
    structlog.reset_defaults()
    root = logging.getLogger()
    root.handlers = [one for one in root.handlers if not isinstance(one, logs.Library)]


def test_writes_what_is_known(lines):
    logs.get("access").info("request.answered", status=200, ms=1.5, route="/apply")

    (line,) = lines()
    assert (line["event"], line["level"], line["area"]) == ("request.answered", "info", "access")
    assert (line["status"], line["ms"], line["route"]) == (200, 1.5, "/apply")
    assert line["at"].endswith("Z")


def test_leaves_out_what_is_not_on_the_list_and_says_so(lines):
    logs.get("access").info("request.answered", phone=CANARY, name=CANARY, status={"told": CANARY})

    (line,) = lines()
    assert line["left_out"] == "name,phone,status"
    assert CANARY not in json.dumps(line, ensure_ascii=False)


def test_takes_no_sentence_for_an_event(lines):
    logs.get("access").info(f"{CANARY} signed in")

    assert lines()[0]["event"] == "unnamed"


def test_says_where_a_fault_was_not_what_it_quoted(lines):
    def look_up():
        try:
            {}[CANARY]
        except KeyError as cause:
            raise ValueError(f"no such person: {CANARY}") from cause

    try:
        look_up()
    except ValueError:
        logs.get("access").exception("request.failed")

    (line,) = lines()
    assert line["fault"].startswith("ValueError from KeyError at core/test_logs.py:")
    assert CANARY not in json.dumps(line, ensure_ascii=False)


def test_describes_a_fault_that_is_handed_over(lines):
    logs.get("access").error("request.failed", exc_info=ValueError(CANARY))

    assert lines()[0]["fault"] == "ValueError at nowhere"


def test_writes_no_fault_where_there_is_none(lines):
    logs.get("access").error("request.failed", exc_info=True)

    assert "fault" not in lines()[0]


def test_does_not_repeat_what_a_library_says(lines):
    try:
        int(CANARY)
    except ValueError:
        logging.getLogger("some.library").exception("cannot send to %s", CANARY)

    (line,) = lines()
    assert (line["area"], line["event"], line["level"]) == ("some.library", "library.spoke", "error")
    assert CANARY not in json.dumps(line, ensure_ascii=False)


def test_can_be_configured_twice_without_saying_things_twice(lines):
    stream = io.StringIO()
    logs.configure(stream)

    logging.getLogger("some.library").warning("once")

    assert len(stream.getvalue().splitlines()) == 1


def test_cuts_what_is_long(lines):
    logs.get("access").info("request.answered", route="x" * 1000)

    assert len(lines()[0]["route"]) == logs.LONGEST


def test_loses_a_line_rather_than_the_request_it_tells_of():
    class FullDisk(io.StringIO):
        def write(self, _text):
            raise OSError

        def flush(self):
            raise OSError

    said = logs.Patient(FullDisk())

    assert said.write("a line") == len("a line")
    said.flush()
