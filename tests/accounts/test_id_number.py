from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts import id_number
from accounts.id_number import Finding, IdDocumentType

TODAY = date(2026, 11, 23)
TRUE_NUMBERS = [
    "11010519491231002X",
    "440524188001010014",
    "34052419800101001X",
    "810000199001010019",
    "830000199001010012",
]

digits = st.text("0123456789", min_size=17, max_size=17)
days = st.dates(date(1900, 1, 1), TODAY)
areas = st.sampled_from([*sorted(id_number.PROVINCES), "81", "82", "83", "91"])


def number_of(area, born, sequence):
    body = f"{area}0105{born:%Y%m%d}{sequence:03}"
    return body + id_number.check_character(body)


@pytest.mark.parametrize("number", [n for n in TRUE_NUMBERS if n[6:10] != "1880"])
def test_takes_a_true_number(number):
    assert id_number.judge(number, today=TODAY) == Finding(number)


def test_takes_the_oldest_person_of_the_standard_in_their_day():
    assert id_number.judge("440524188001010014", today=date(1990, 1, 1)).problem is None


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("11010519491231002x", "11010519491231002X"),
        ("110105194912310 02x", "11010519491231002X"),
        (" 110105 19491231 002X ", "11010519491231002X"),
        ("１１０１０５１９４９１２３１００２Ｘ", "11010519491231002X"),
        ("110105\u300019491231\u00a0002ｘ", "11010519491231002X"),
    ],
)
def test_folds_what_people_type(typed, stored):
    assert id_number.judge(typed, today=TODAY) == Finding(stored)


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", "id_number_missing"),
        ("   ", "id_number_missing"),
        ("110105491231002", "id_number_form"),
        ("1101051949123100211", "id_number_form"),
        ("X1010519491231002X", "id_number_form"),
        ("1101051949123100二X", "id_number_form"),
        ("110105194902300020", "id_number_birth_date"),
        ("110105194913010020", "id_number_birth_date"),
        ("110105000001010020", "id_number_birth_date"),
        ("110105205001010020", "id_number_birth_date"),
        ("110105180001010020", "id_number_birth_date"),
        ("110105194912310021", "id_number_check"),
    ],
)
def test_says_what_is_wrong(typed, problem):
    assert id_number.judge(typed, today=TODAY).problem == problem


def test_takes_somebody_born_today_and_nobody_born_tomorrow():
    born_today = number_of("43", TODAY, 1)
    born_tomorrow = number_of("43", TODAY + timedelta(days=1), 1)

    assert id_number.judge(born_today, today=TODAY).problem is None
    assert id_number.judge(born_tomorrow, today=TODAY).problem == "id_number_birth_date"


def test_only_wonders_about_an_unknown_area():
    number = number_of("17", date(1980, 1, 1), 1)

    assert id_number.judge(number, today=TODAY) == Finding(number, warning="id_number_area_unknown")


@pytest.mark.parametrize(
    ("kind", "typed", "problem"),
    [
        (IdDocumentType.PASSPORT, "e１２３４５６７８", None),
        (IdDocumentType.MILITARY_ID, "南字第1234567号", None),
        (IdDocumentType.HOUSEHOLD_REGISTER, "110105194912310021", None),
        (IdDocumentType.OTHER, "<b>", "id_number_form"),
        (IdDocumentType.PASSPORT, "", "id_number_missing"),
    ],
)
def test_does_not_judge_other_documents_by_a_checksum(kind, typed, problem):
    assert id_number.judge(typed, kind, today=TODAY).problem == problem


@given(areas, days, st.integers(1, 999))
def test_every_made_number_is_taken(area, born, sequence):
    number = number_of(area, born, sequence)

    assert id_number.judge(number, today=TODAY) == Finding(number)
    assert id_number.born_on(number) == born


@given(areas, days, st.integers(1, 999), st.integers(0, 16), st.integers(1, 9))
def test_a_single_wrong_digit_is_always_found(area, born, sequence, place, shift):
    number = number_of(area, born, sequence)
    wrong = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]

    assert id_number.judge(wrong, today=TODAY).problem


@given(areas, days, st.integers(1, 999), st.integers(0, 15))
def test_two_neighbours_swapped_are_always_found(area, born, sequence, place):
    number = number_of(area, born, sequence)
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]

    assert swapped == number or id_number.judge(swapped, today=TODAY).problem


@pytest.mark.no_cover
@given(st.text(max_size=40))
def test_any_text_gets_an_answer_and_what_is_taken_is_stored_in_one_way(text):
    for kind in IdDocumentType:
        finding = id_number.judge(text, kind, today=TODAY)

        assert finding.problem or id_number.normalise(finding.number) == finding.number


@given(digits)
def test_a_masked_number_shows_no_birth_date(number):
    masked = id_number.mask(number + "X")

    assert masked == f"{number[:4]}**********{number[-3:]}X"


def test_masks_a_short_number_whole():
    assert id_number.mask("A12345") == "******"


@pytest.mark.parametrize("number", ["123", "110105194902300020"])
def test_reads_no_birth_date_where_there_is_none(number):
    assert id_number.born_on(number) is None
