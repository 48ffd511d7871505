import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import references

MADE = st.builds(lambda: references.fresh("FY"))
CHARACTERS = st.sampled_from([3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 15, 16, 17, 18])  # the hyphens are in between


def test_can_be_read_aloud_and_typed_back():
    made = references.fresh("FY")

    assert references.tidy(made.lower().replace("-", " ")) == made
    assert references.is_sound(made)
    assert not set(made[2:].replace("-", "")) - set(references.ALPHABET)


def test_forgives_wide_letters_and_look_alikes():
    assert references.tidy("ｆｙ-o1l23-45678-9abc") == "FY-01123-45678-9ABC"


@given(made=MADE, place=st.integers(3, 18), other=st.sampled_from(references.ALPHABET))
def test_finds_any_slip_of_the_pen(made, place, other):
    slipped = made[:place] + other + made[place + 1 :]

    assert references.is_sound(slipped) == (slipped == made)


@given(made=MADE, first=CHARACTERS, second=CHARACTERS)
def test_finds_any_two_characters_swapped(made, first, second):
    characters = list(made)
    characters[first], characters[second] = characters[second], characters[first]
    swapped = "".join(characters)

    assert references.is_sound(swapped) == (swapped == made)


def test_a_part_of_a_reference_is_not_sound():
    assert not references.is_sound("FY-123")


def test_what_is_no_letter_of_ours_is_not_sound():
    assert not references.is_sound("FY-UUUUU-UUUUU-UUUU")
    assert not references.is_sound("FY-UUUUU-UUUUU-UUU0")


def test_a_short_code_has_eight_characters():
    code = references.short_code()

    assert len(code) == 9
    assert references.tidy(code.lower().replace("-", "")) == code


@pytest.mark.parametrize("text", ["", "王", "🙂"])
def test_takes_nonsense_calmly(text):
    assert not references.is_sound(text)


@given(sha256=st.text("0123456789abcdef", min_size=64, max_size=64))
def test_the_code_of_a_hash_says_how_it_begins(sha256):
    code = references.code_of_hash(sha256)

    assert references.hash_of_code(code.lower().replace("-", " ")) == sha256[: references.HASH_DIGITS]
    assert references.hash_of_code(f"https://x.example/verify/{sha256.upper()}/") == sha256


def test_what_is_no_hash_has_no_beginning():
    for said in "", "7K3M", "U" * 16, "x" * 64, "法" * 16:
        assert references.hash_of_code(said) == ""
