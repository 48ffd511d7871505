"""Bringing a file in from the command line."""

import re

import pytest
from click.testing import CliRunner

from api.directory_commands import import_stations, undo_stations
from core.db import reading, session
from locator.models import Station
from tests.locator.upkeep.files import office, written
from tests.locator.upkeep.test_import import DEMO


@pytest.fixture
def run(brought_in, db, tmp_path):
    """Run the command on rows (or on bytes), and give what it says."""

    def go(*rows, data=None, apply=False):
        file = tmp_path / "某某.csv"
        file.write_bytes(written(rows) if data is None else data)
        return CliRunner().invoke(import_stations, [str(file), *(["--apply"] if apply else [])])

    return go


def stands(station_id):
    with reading():
        return session().get_one(Station, station_id).retired_on is None


def test_shows_first_brings_in_when_told_and_undoes(run):
    shown = run(office(), office(name=""))
    assert "新增 1，修改 0，停用或让位 1，不变 0。" in shown.output
    assert "没有导入：没有名称。" in shown.output
    assert "加上 --apply 才会生效" in shown.output
    assert stands(DEMO)

    done = run(office(), apply=True)
    assert not stands(DEMO)
    assert "没有差别。" in run(office(), apply=True).output
    assert "电话：0731-12345678 → 12348" in run(office(phone="12348")).output

    undoing = [re.search(r"undo-stations (\S+)", done.output)[1]]
    assert CliRunner().invoke(undo_stations, undoing).output == "已撤回。\n"
    assert stands(DEMO)
    again = CliRunner().invoke(undo_stations, undoing)
    assert (again.exit_code, "不能再撤回" in again.output) == (1, True)


def test_says_how_many_more_there_are(run):
    shown = run(*(office(name=f"第{number}号中心") for number in range(60)))

    assert "另有 21 个，没有列出" in shown.output


def test_a_broken_file_changes_nothing(run):
    shown = run(data='名称,类型\n"没有写完'.encode(), apply=True)

    assert shown.exit_code == 1
    assert "名录没有任何改动" in shown.output
