import dataclasses

import pytest
from sqlalchemy import text

import core.db
import core.settings
from core import outbox, schema, serving
from core.db import session, transaction
from core.errors import Unavailable

TOKEN = "a token for the one who measures"


@pytest.fixture
def draining():
    serving._draining.set()
    yield
    serving._draining.clear()


@pytest.fixture
def at_head(db):
    with transaction():
        session().execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
        session().execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": schema.head() or ""})


@pytest.fixture
def away(client):
    """A database that does not answer."""

    def refuse():
        raise Unavailable

    refuse.kw = {"bind": core.db.engine()}  # as a maker of sessions has
    core.db.use(refuse, refuse)


@pytest.fixture
def measured(client, monkeypatch):
    monkeypatch.setattr(core.settings, "_settings", dataclasses.replace(core.settings.current(), metrics_token=TOKEN))
    return client


def scrape(client):
    return client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})


def test_is_alive_without_the_database(client, away):
    answer = client.get("/healthz")

    assert (answer.status_code, answer.text) == (200, "ok\n")
    assert answer.headers["Cache-Control"] == "no-store"


def test_is_ready(client, at_head):
    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json == {"database": "answers", "draining": False, "tables": "current", "writes": "taken"}


def test_is_not_ready_before_the_tables_are_there(client):
    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json["tables"] == "other revision"


def test_is_not_ready_without_the_database(client, away):
    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json == {"database": "away", "draining": False, "tables": "unknown", "writes": "taken"}


def test_is_not_ready_while_draining(client, at_head, draining):
    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json["draining"] is True


@pytest.mark.parametrize("said", [None, "Bearer wrong", f"Basic {TOKEN}", "Bearer 错"])
def test_shows_no_figures_to_a_stranger(measured, said):
    answer = measured.get("/metrics", headers={"Authorization": said.encode().decode("latin-1")} if said else {})

    assert answer.status_code == 404
    assert "rufa_" not in answer.text


def test_shows_no_figures_where_no_token_is_set(client):
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


def test_counts_answers_and_errands(measured, now):
    with transaction():
        outbox.put("test.happened", due_at=now.replace(year=2020))
    measured.get("/healthz")

    said = scrape(measured).text

    assert 'rufa_answers_total{route="/healthz",status="200"}' in said
    assert "rufa_errands_waiting 1.0" in said
    assert "rufa_database_up 1.0" in said


def test_an_empty_queue_is_no_fault(measured):
    assert "rufa_errands_oldest_seconds 0.0" in scrape(measured).text


def test_figures_say_when_the_database_is_away(measured, away):
    said = scrape(measured).text

    assert "rufa_database_up 0.0" in said
    assert "rufa_errands_waiting" not in said
