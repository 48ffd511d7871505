import pytest

from core import references


def test_can_be_read_aloud_and_typed_back():
    made = references.fresh("FY")

    assert references.tidy(made.lower().replace("-", " ")) == made
    assert references.is_sound(made)
    assert not set(made[2:].replace("-", "")) - set(references.ALPHABET)


def test_forgives_wide_letters_and_look_alikes():
    assert references.tidy("ｆｙ-o1l23-45678-9abc") == "FY-01123-45678-9ABC"


def test_finds_a_slip_of_the_pen():
    made = references.fresh("FY")
    other = "2" if made[4] != "2" else "3"

    assert not references.is_sound(made[:4] + other + made[5:])
    assert not references.is_sound("FY-123")


def test_finds_two_neighbours_swapped():
    for _ in range(20):
        made = references.fresh("FY")
        if made[3] != made[4]:
            assert not references.is_sound(made[:3] + made[4] + made[3] + made[5:])


def test_what_is_no_letter_of_ours_is_not_sound():
    assert not references.is_sound("FY-UUUUU-UUUUU-UUUU")


def test_a_short_code_has_eight_characters():
    code = references.short_code()

    assert len(code) == 9
    assert references.tidy(code.lower().replace("-", "")) == code


@pytest.mark.parametrize("text", ["", "王", "🙂"])
def test_takes_nonsense_calmly(text):
    assert not references.is_sound(text)
