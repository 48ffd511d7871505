"""Both sides hold the same code on the day; whoever guesses learns nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appointments import booking
from appointments.doorstep import codes
from appointments.visits import ordering
from appointments.visits.form import Whom
from appointments.visits.wishes import Relation
from core.db import session
from core.errors import NotFound, TooMany
from core.identity import ANYONE
from tests.appointments.town import NOW, at
from tests.appointments.visits import village
from tests.appointments.visits.village import TUESDAY

DAY = at("09:50", 1)


def check(code, *, now=DAY, address="192.0.2.1"):
    return codes.check(ANYONE, code, address=address, now=now)


def test_the_card_and_whoever_checks_see_the_same_people(made):
    card = codes.card(ANYONE, made.link, now=DAY)

    assert [(one.name, one.work_number) for one in card.crew] == [("周敏", "team0-0"), ("周敏", "team0-1")]
    assert (card.station.name, card.begins_at, card.ends_at) == ("near 中心", at("10:00", 1), at("11:00", 1))
    for typed in (card.code, card.code.replace(" ", ""), f" {card.code[:4]}-{card.code[5:]} "):
        assert check(typed).visit is card.visit


def test_whoever_is_visited_holds_the_card_too(here):
    whom = Whom("李大爷", "13900000009", Relation.FAMILY, agreed=True)
    made = village.ordered(whom=whom)

    link = village.visit(made).visitee_link
    assert codes.card(ANYONE, link, now=DAY).code == codes.card(ANYONE, made.link, now=DAY).code


def test_the_code_is_for_its_day_alone(made):
    code = codes.code_of(made.id, TUESDAY)

    assert codes.card(ANYONE, made.link, now=NOW).code == ""
    assert codes.card(ANYONE, made.link, now=NOW).crew == ()
    for clock, ahead in (("23:59", 0), ("00:00", 2)):
        assert check(code, now=at(clock, ahead)) is None
    with pytest.raises(NotFound, match="door_card_unknown"):
        codes.card(ANYONE, made.link, now=at("00:00", 2))
    ordering.change(ANYONE, made.link, at("10:00", 2), now=NOW)
    session().flush()
    assert codes.card(ANYONE, made.link, now=at("10:00", 2)).code != code


def test_a_visit_that_was_cancelled_has_no_code(made):
    code = codes.code_of(made.id, TUESDAY)
    booking.cancel(ANYONE, made.link, now=NOW)
    session().flush()

    assert check(code) is None
    with pytest.raises(NotFound, match="door_card_unknown"):
        codes.card(ANYONE, made.link, now=NOW)


@given(st.text(max_size=12))
def test_what_is_typed_is_never_a_fault(typed):
    assert codes._is_same("4827 1936", "".join(c for c in typed if c.isdecimal() and c.isascii())) in {True, False}


def test_a_wrong_guess_opens_nothing_that_is_sealed(made, count_statements):
    session().flush()
    session().expunge_all()
    with count_statements() as sent:
        assert check("0000 0000") is None

    assert not any("home_visit.address" in one for one in sent)
    assert check(codes.code_of(made.id, TUESDAY)).visit.appointment_id == made.id


def test_guessing_is_counted(made):
    for _ in range(10):
        assert check("0000 0000") is None
    with pytest.raises(TooMany, match="too_often_door_code"):
        check(codes.code_of(made.id, TUESDAY))
    assert check(codes.code_of(made.id, TUESDAY), address="192.0.2.2")
