"""Made-up cases: every state the desk knows, made the way real ones are, once."""

import dataclasses

import pytest

import core.settings
from accounts import demo as people
from applications import commands, decisions, demo, desk
from applications.desk import Pile
from applications.models.application import PRIORITY_LANE, URGENT_LANE, Application
from applications.models.letter import Letter
from core import audit, storage
from core.db import keep, reading, session
from core.outbox import Errand
from locator import queries as places
from locator.models import Division

DIVISIONS = (
    ("43", "湖南省", 1, None),
    ("4302", "株洲市", 2, "43"),
    ("430211", "天元区", 3, "4302"),
    ("430281", "醴陵市", 3, "4302"),
    ("430211001", "嵩山路街道", 4, "430211"),
    ("430211002", "泰山路街道", 4, "430211"),
    ("430211102", "雷打石镇", 4, "430211"),
    ("430281106", "东富镇", 4, "430281"),
)


@pytest.fixture
def town(db, now, tmp_path):
    storage.use(storage.LocalStore(tmp_path / "files"))
    places.forget()
    keep(divisions)
    keep(lambda: people.load(now=now))
    yield
    storage.use(None)
    places.forget()


def divisions():
    for code, name, level, parent in DIVISIONS:
        lineage = "".join(f"/{code[:end]}" for end in (2, 4, 6, 9) if end <= len(code)) + "/"
        told = {"status": "active", "full_name": name, "pinyin": "", "initials": "", "lineage": lineage}
        session().add(Division(code=code, name=name, level=level, parent_code=parent, **told))
        session().flush()


def test_makes_a_case_in_every_state_once(town, now, capsys):
    commands.load_demo(now)
    commands.load_demo(now)

    assert capsys.readouterr().err.count("演示案件") == 1
    with reading():
        reviewer, neighbour = people.member("reviewer"), people.member("neighbour")
        assert [desk.count(reviewer, pile) for pile in Pile] == [3, 1, 2]
        assert desk.count(neighbour, Pile.TO_REVIEW) == 1
        lanes = [row.lane for row in desk.queue(reviewer, Pile.TO_REVIEW, first=10)]
        assert lanes[:2] == [URGENT_LANE, PRIORITY_LANE]
        kinds = {kind for (kind,) in session().query(Letter.kind)}
        assert kinds == {"receipt", "pledge", "supplement", "grant", "refusal"}
        assert {state for (state,) in session().query(Application.state)} == {
            "submitted",
            "supplement_required",
            "granted",
            "refused",
        }
        assert audit.verify().broken_at is None


def test_texts_nobody(town, now):
    commands.load_demo(now)

    with reading():
        assert session().query(Errand).filter(Errand.kind.startswith("application.")).count() == 0


def test_is_not_for_production(town, now):
    before = core.settings.current()
    core.settings.use(dataclasses.replace(before, mode="production"))
    try:
        commands.load_demo(now)
        with pytest.raises(RuntimeError):
            demo.load(now=now)
    finally:
        core.settings.use(before)


def test_stops_where_a_case_does_not_fit_the_form(town, now):
    told = demo.Told(of=0, received_ago=1, answers={"area": "NO_SUCH_AREA"}, papers=())

    with pytest.raises(RuntimeError, match="area"):
        keep(lambda: demo.make(people.citizen(people.PHONES[0]), told, {}, now=now))


def test_decides_through_the_real_services():
    assert demo.ACTS.keys() == {"open", "supplement", "grant", "refuse"}
    assert decisions.grant.open_to
