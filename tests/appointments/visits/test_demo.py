import pytest
from sqlalchemy import select

from appointments import commands
from appointments.models.home_visit import VisitRequest
from appointments.visits import demo
from core.db import keep, reading, session
from core.settings import Settings
from locator import queries as places
from locator.models import Division
from tests.appointments import town
from tests.appointments.visits import village


@pytest.fixture
def tried_out(db, monkeypatch):
    def work():
        town.put_up()
        told = {"status": "active", "full_name": "天元区嵩山路街道", "pinyin": "", "initials": ""}
        lineage = "/43/4302/430211/430211001/"
        session().add(
            Division(code="430211001", name="嵩山路街道", level=4, parent_code="430211", lineage=lineage, **told)
        )
        for number in demo.people.PHONES:
            town.citizen(number)

    monkeypatch.setattr(demo, "AREAS", ("430211",))
    monkeypatch.setattr(demo, "BASE", "near")
    monkeypatch.setattr(Settings, "is_demo", True)
    places.forget()
    keep(work)
    yield
    places.forget()


def test_a_place_that_is_tried_out_has_teams_visits_and_a_request(tried_out, now):
    commands.load_demo(now)

    assert demo.load(now=now) == 0
    with reading():
        assert len(session().scalars(village.every_visit()).all()) == len(demo.VISITS)
        assert session().scalars(select(VisitRequest)).one().state == "asked"


def test_where_there_are_no_demo_stations_there_are_no_teams(tried_out, now, monkeypatch):
    monkeypatch.setattr(demo, "BASE", "nowhere")

    assert demo.load(now=now) == 0


def test_where_nothing_can_be_promised_nobody_orders(tried_out, now, monkeypatch):
    monkeypatch.setattr(demo, "FORTNIGHT", 1)

    assert demo.load(now=now) == 2
    with reading():
        assert session().scalars(village.every_visit()).all() == []


def test_never_where_people_are_served(tried_out, now, monkeypatch):
    monkeypatch.setattr(Settings, "is_demo", False)

    commands.load_demo(now)
    with pytest.raises(RuntimeError):
        demo.load(now=now)
