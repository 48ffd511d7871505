"""Reports through the door, the way apps send them."""

import pytest

from api import execution
from api.viewer import Viewer
from core.db import keep, session
from core.errors import Forbidden, NotSignedIn, TooMany
from core.identity import ANYONE, Permission
from locator.models import Station
from tests import make

KEY = "key-number-{:08}"


@pytest.fixture
def ask(brought_in, db, now):
    def run(name, actor=ANYONE, **variables):
        return execution.run(Viewer(actor, now, address="192.0.2.7"), name, **variables)

    return run


@pytest.fixture
def clerk():
    return make.staff("4302", frozenset({Permission.DIRECTORY_EDIT}))


@pytest.fixture
def code(brought_in, db):
    return keep(lambda: session().get_one(Station, "demo-430211-0").code)


def test_go_from_the_form_to_the_answer(ask, clerk, code):
    form = ask("ReportForm", station=code)["reportForm"]
    assert form["station"]["demoNote"] == "演示数据，非真实机构"
    assert {"code": "HOURS", "label": "开门时间不对"} in form["subjects"]
    said = {"station": code, "subject": "HOURS", "words": "周六也开"}
    made = ask("ReportStation", input=said, idempotencyKey=KEY.format(1))["reportStation"]

    (waiting,) = ask("StationReports", clerk, open=True, first=5)["stationReports"]["nodes"]
    assert (waiting["words"], waiting["wantsText"], waiting["code"]) == ("周六也开", False, made["code"])
    reply = {"report": waiting["id"], "accepted": True, "answer": ""}
    assert ask("AnswerReport", clerk, input=reply, idempotencyKey=KEY.format(2))["answerReport"]["problems"] == []
    answered = ask("Correction", code=made["code"])["correction"]
    assert (answered["state"], answered["stateText"], str(answered["correctedOn"])) == (
        "ACCEPTED",
        "已更正",
        "2026-11-23",
    )
    assert "words" not in answered


def test_problems_of_words_and_number_come_together(ask, code):
    said = {"station": code, "words": " ", "phone": "12"}
    made = ask("ReportStation", input=said, idempotencyKey=KEY.format(3))["reportStation"]

    assert [one["field"] for one in made["problems"]] == ["subject", "words", "phone"]
    assert made["code"] is None


def test_lists_of_reports_turn_strangers_away(ask):
    with pytest.raises(NotSignedIn):
        ask("StationReports", open=True, first=5)
    with pytest.raises(Forbidden):
        ask("StationReports", make.staff("43"), open=True, first=5)


def test_codes_are_counted_found_or_not(ask):
    for _ in range(20):
        assert ask("Correction", code="0000-0000")["correction"] is None

    with pytest.raises(TooMany, match="too_often_report_code"):
        ask("Correction", code="0000-0000")


def test_more_reports_cost_no_more_statements(ask, clerk, code, count_statements):
    spent = []
    for number in (10, 11, 12):
        said = {"station": code, "subject": "OTHER", "words": "x"}
        ask("ReportStation", input=said, idempotencyKey=KEY.format(number))
        with count_statements() as sent:
            ask("StationReports", clerk, open=True, first=5)
        spent.append(len(sent))

    assert spent[2] <= spent[1] <= spent[0] <= 3
