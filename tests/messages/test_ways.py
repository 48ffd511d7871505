"""What is agreed about the ways to reach people."""

import json
import re

import pytest

from messages import ways
from mobile_api import scenes
from tests.source import ROOT
from tests.wechat_double import FIELDS, TEMPLATES


@pytest.fixture
def in_folder(tmp_path):
    def read(text):
        (tmp_path / "ways.toml").write_text(text, encoding="utf-8")
        return ways._read(str(tmp_path))

    return read


def test_a_place_may_agree_on_something_else(in_folder):
    said = in_folder(ways.BUNDLED.read_text("utf-8").replace("kept_days = 365", "kept_days = 30"))

    assert said.kept.days == 30


@pytest.mark.parametrize(
    "text", ["", "x", "[quiet]\nbegins = 1", "kept_days = 1\nmost_allowed = 1\nquiet = 7\ntries = 1"]
)
def test_what_cannot_be_read_stops_the_start(in_folder, text):
    with pytest.raises(ways.WaysError, match=r"ways\.toml"):
        in_folder(text)


def test_every_kind_leads_to_a_template_there_is_and_words_fit_its_fields(settings):
    said = ways.agreed()

    for manner in said.kinds.values():
        assert manner.template in {"", *said.templates}
    for name, told in zip(("news", "reminder"), TEMPLATES.values(), strict=True):
        filled = said.templates[name].filled(moment="2026年11月23日 09:30", when="2026年11月23日 09:30")
        assert set(filled) == told
        for field, words in filled.items():
            assert re.fullmatch(FIELDS[re.sub(r"\d+$", "", field)], words)
            assert not any(word in words for word in ("法律", "援助", "案"))


def test_messages_and_codes_lead_to_pages_the_mini_program_has(settings):
    pages = json.loads((ROOT / "clients/miniprogram/src/app.json").read_text("utf-8"))["pages"]

    assert {one.page for one in ways.agreed().templates.values()} | {scenes.PAGE} <= set(pages)
