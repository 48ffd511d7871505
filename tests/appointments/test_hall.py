"""What shows that somebody is in the hall: a sign that was photographed gives no number at home."""

from contextlib import suppress
from datetime import timedelta

import pytest

from appointments.queue import arrival, hall
from appointments.queue import sign as signs
from appointments.queue.hall import Read
from core.errors import NotFound, Problem, Rejected, TooMany
from core.identity import ANYONE
from tests.appointments import town
from tests.appointments.test_queue import HERE, sign


def test_a_sign_that_was_photographed_gives_no_number_at_home(here, now):
    told = sign(now).sign
    assert arrival.come(ANYONE, town.code(), Read(told), "", **HERE, now=now + timedelta(minutes=5)).row.number == 1
    with pytest.raises(NotFound, match="queue_sign_unknown"):
        arrival.come(ANYONE, town.code(), Read(told), "", **HERE, now=now + timedelta(minutes=10))

    paper, word = hall.printed(town.code()), hall.word(town.code(), now)
    assert arrival.come(ANYONE, town.code(), Read(paper, f" {word} "), "", **HERE, now=now).row.number == 2
    tomorrow = now + timedelta(days=1)
    assert hall.word(town.code(), tomorrow) != word
    for said, when in (("", now), ("x", now), (word, tomorrow)):
        with pytest.raises(Rejected) as rejected:
            arrival.come(ANYONE, town.code(), Read(paper, said), "", **HERE, now=when)
        assert rejected.value.problems == (Problem("queue_word_wrong", "word"),)


def test_the_word_of_the_day_cannot_be_guessed_for_long(here, now):
    def guess():
        with suppress(Rejected):
            arrival.come(ANYONE, town.code(), Read(hall.printed(town.code()), "0"), "", **HERE, now=now)

    with pytest.raises(TooMany):
        [guess() for _ in range(1000)]


def test_the_sign_of_a_hall_is_made_for_those_who_work_there(here, now):
    made = signs.of_station(town.clerk(), town.code(), now=now)

    assert (made.sign, made.word) == (hall.printed(town.code()), hall.word(town.code(), now))
    assert made.picture.startswith("data:image/svg+xml")
    with pytest.raises(NotFound):
        signs.of_station(town.clerk("430281"), town.code(), now=now)


def test_the_display_shows_a_code_that_changes_to_whoever_has_its_key(here, now):
    key = signs.of_station(town.clerk(), town.code(), now=now).display

    first, later = (signs.on_display(ANYONE, town.code(), key, now=now + timedelta(minutes=ahead)) for ahead in (0, 5))

    assert first != later
    for wrong in (hall.printed(town.code()), sign(now).sign, "x"):
        with pytest.raises(NotFound):
            signs.on_display(ANYONE, town.code(), wrong, now=now)
