"""What whoever runs the house brings in at a command line: laws, samples, the index; twice changes nothing."""

from click.testing import CliRunner
from sqlalchemy import func, select

from content import commands
from content.models import Article
from content.models.search import SearchEntry
from core import settings
from core.db import reading, session


def said(command):
    result = CliRunner().invoke(command, catch_exceptions=False)
    assert result.exit_code == 0
    return int(result.output.rstrip(".\n").split(": ")[1])


def count(model):
    with reading():
        return session().scalar(select(func.count()).select_from(model))


def test_laws_and_samples_are_brought_in_once_and_the_index_is_made_anew(db):
    assert [said(commands.load_laws) > 0 for _ in range(2)] == [True, False]
    assert said(commands.load_samples) == said(commands.load_samples) == count(Article)
    assert said(commands.search_index) == count(SearchEntry) > 0


def test_a_house_that_is_not_tried_out_gets_no_samples_by_itself(db, now, monkeypatch):
    monkeypatch.setattr(settings, "_settings", settings.Settings(mode="production"))
    commands.load_demo(now)
    assert count(Article) == 0

    monkeypatch.undo()
    commands.load_demo(now)
    there = count(Article)
    commands.load_demo(now)
    assert count(Article) == there > 0
