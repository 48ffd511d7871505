import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts import phone

mobiles = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("13800001234", "13800001234"),
        (" 138 0000 1234 ", "13800001234"),
        ("138-0000-1234", "13800001234"),
        ("+86 138 0000 1234", "13800001234"),
        ("0086-13800001234", "13800001234"),
        ("＋８６１３８００００１２３４", "13800001234"),
        ("１３８００００１２３４", "13800001234"),
        ("(0731) 8888–1234", "073188881234"),
    ],
)
def test_writes_a_number_in_one_way(typed, stored):
    assert phone.normalise(typed) == stored


@pytest.mark.parametrize("number", ["13800001234", "19900001234"])
def test_knows_a_mobile(number):
    assert phone.is_mobile(number)
    assert phone.can_be_called(number)


@pytest.mark.parametrize(
    "number", ["12800001234", "1380000123", "138000012345", "0731", "", "1380000123a", "+8613800001234"]
)
def test_knows_what_is_no_mobile(number):
    assert not phone.is_mobile(number)


@pytest.mark.parametrize("number", ["073188881234", "01066668888", "07348123456"])
def test_knows_a_landline(number):
    assert phone.is_landline(number)
    assert phone.can_be_called(number)


@pytest.mark.parametrize("number", ["13800001234", "0731888", "000012345678", "12348"])
def test_knows_what_is_no_landline(number):
    assert not phone.is_landline(number)


@given(st.text(max_size=30))
def test_writing_it_twice_changes_nothing_of_a_number_we_take(text):
    number = phone.normalise(text)

    assert not phone.can_be_called(number) or phone.normalise(number) == number


@given(mobiles)
def test_a_masked_mobile_hides_the_middle(number):
    assert phone.mask(number) == f"{number[:3]}****{number[-4:]}"


def test_masks_a_short_number_whole():
    assert phone.mask("12348") == "*****"
