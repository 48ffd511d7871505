"""After an event: who came is said in figures, once its day has come, by editors of its region."""

import dataclasses

import pytest

from content import media, version
from content.events import reporting
from content.events.reporting import Told
from core.errors import Conflict, Forbidden, NotFound, NotSignedIn, Rejected
from core.identity import ANYONE
from tests import make
from tests.content.newsroom import EDITOR, FIT, NOW, STRANGERS, article, asked
from tests.content.test_events import DAY, PHONE, held, join

FIGURES = Told(40, 12, 60, "问得最多的是讨薪。")


def test_what_came_of_it_is_reported_once_its_day_has_come(desk, monkeypatch):
    made = held()
    join(2)
    join(2)
    before = version.current(NOW)
    assert reporting.tally(EDITOR, made.id, now=NOW).may_report is False
    with pytest.raises(Conflict, match="event_not_yet"):
        reporting.report(EDITOR, made.id, FIGURES, now=NOW)
    monkeypatch.setattr(media, "known", dict.fromkeys)

    then = NOW + 11 * DAY
    reporting.report(EDITOR, made.id, FIGURES, now=then)
    reporting.report(EDITOR, made.id, dataclasses.replace(FIGURES, came=41, pictures=["a"]), now=then)

    found = reporting.tally(EDITOR, made.id, now=then)
    assert (found.capacity, found.taken, found.coming, found.waiting) == (3, 2, 1, 1)
    assert (found.report.came, found.report.pictures, found.may_report) == (41, ["a"], True)
    assert reporting.came(made.id) == 41
    assert version.current(NOW) != before


def test_a_report_says_figures_and_names_nobody(desk):
    made = held()

    with pytest.raises(Rejected) as rejected:
        reporting.report(
            EDITOR, made.id, Told(None, -1, 100_001, f"找 {PHONE}" + "长" * 500, ["nope"]), now=NOW + 11 * DAY
        )

    assert [(one.code, one.field) for one in rejected.value.problems] == [
        ("event_figure_unfit", "came"),
        ("event_figure_unfit", "asked"),
        ("event_figure_unfit", "copies"),
        ("content_too_long", "words"),
        ("event_words_name_somebody", "words"),
        ("event_pictures_unfit", "pictures"),
    ]


def test_reports_are_for_editors_of_the_region_and_of_events_alone(desk):
    made, other = held(), article(FIT)
    asked(other)

    for stranger in STRANGERS:
        for asked_for in (
            lambda who: reporting.tally(who, made.id, now=NOW),
            lambda who: reporting.report(who, made.id, FIGURES, now=NOW + 11 * DAY),
        ):
            with pytest.raises(NotFound):
                asked_for(stranger)
    for outsider, refusal in ((ANYONE, NotSignedIn), (make.staff("4302"), Forbidden)):
        with pytest.raises(refusal):
            reporting.report(outsider, made.id, FIGURES, now=NOW)
    with pytest.raises(Conflict, match="event_is_none"):
        reporting.tally(EDITOR, other.id, now=NOW)
