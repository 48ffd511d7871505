"""The rule files of this slice, and an office's own in their place."""

import dataclasses
import tomllib

import pytest

import core.settings
from content import calendar, kinds, rulebook, steps
from content.kinds import Kind


@pytest.fixture
def office(settings, tmp_path):
    core.settings.use(dataclasses.replace(settings, rules_dir=str(tmp_path)))
    yield tmp_path
    core.settings.use(settings)


def test_an_office_puts_its_own_file_in_the_place_of_ours(office):
    (office / "quotas.toml").write_text("campaigns_a_quarter = 2\nworks_a_year = 9\n")
    (office / "content").mkdir()
    kinds_file = (rulebook.FOLDER / "kinds.toml").read_text().replace('title = "问答"', 'title = "一问一答"')
    (office / "content" / "kinds.toml").write_text(kinds_file)

    assert calendar.quotas()["works_a_year"] == 9
    assert kinds.definitions()[Kind.FAQ].title == "一问一答"
    assert steps.after(["wages"], [])[0].code == "check"


def test_ours_come_back_with_the_settings(settings):
    assert calendar.quotas()["works_a_year"] == 5
    assert kinds.definitions()[Kind.FAQ].title == "问答"


def test_before_the_settings_are_known_ours_hold(monkeypatch):
    monkeypatch.setattr(core.settings, "_settings", None)

    assert kinds.definitions()[Kind.FAQ].title == "问答"


def test_a_file_that_cannot_be_read_stops_the_start(office):
    rulebook.check("")
    (office / "steps.toml").write_text("= nonsense")

    with pytest.raises(tomllib.TOMLDecodeError):
        rulebook.check(str(office))
