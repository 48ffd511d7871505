"""What a code leads to: signed, short, of the letters WeChat takes (FEATURES E19, RULEBOOK WX-7)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import scenes
from core.errors import NotFound
from core.scenes import KEYS, SceneKind
from tests.wechat_rules import SCENE

EXAMPLES = {
    SceneKind.STATION: "00G5-RKFV",
    SceneKind.LIAISON: "01SQ-6CYS",
    SceneKind.DRAFT: "dMkr1uBmXT9Zmf038Sa1mw",
    SceneKind.DOOR: "48271936",
    SceneKind.EVENT: "AAAAAAAAAAAAAAAAAAAA-_",
}


@pytest.mark.parametrize("kind", SceneKind)
def test_is_short_and_reads_back(settings, kind):
    made = scenes.make(kind, EXAMPLES[kind])

    assert SCENE.fullmatch(made.written())
    assert scenes.read(made.written()) == made


@pytest.mark.parametrize("kind", SceneKind)
def test_a_key_that_can_be_none_is_none(settings, kind):
    for key in ("", "x", EXAMPLES[kind] + "x", EXAMPLES[kind][:-1] + "！"):
        with pytest.raises(NotFound, match="scene_unknown"):
            scenes.make(kind, key)


@given(st.text(max_size=40))
def test_what_is_not_ours_leads_nowhere(text):
    with pytest.raises(NotFound):
        scenes.read(text)


@given(st.sampled_from(sorted(EXAMPLES)), st.integers(0, 31), st.sampled_from("0aZ-_.s"))
def test_one_letter_changed_is_not_ours(kind, place, letter):
    written = scenes.make(kind, EXAMPLES[kind]).written()
    changed = written[:place] + letter + written[place + 1 :]
    if changed not in {written, written + letter}:
        with pytest.raises(NotFound):
            scenes.read(changed)


def test_a_signature_of_one_kind_is_none_of_another(settings):
    station = scenes.make(SceneKind.STATION, EXAMPLES[SceneKind.STATION]).written()

    with pytest.raises(NotFound):
        scenes.read("l" + station[1:])
    assert set(KEYS) == set(SceneKind)


def test_a_signed_key_that_can_be_none_is_refused_all_the_same(settings):
    said = "vnot-a-code"
    with pytest.raises(NotFound):
        scenes.read(f"{said}.{scenes._signature(said)}")
