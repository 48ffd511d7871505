"""How far pages reach, counted by nobody; what offices owe; what was handed out."""

import dataclasses
from datetime import date, timedelta

import pytest
from sqlalchemy import inspect, select

from content import steps
from content.events import reporting
from content.events.reporting import Told
from content.models import HandedOut, PageCount
from content.reach import board, figures, handing, tally
from content.reach.board import Standing
from content.reach.handing import Handed, Sheet
from content.reach.tally import Done, Tally
from core import db as database
from core import jobs
from core.db import session
from core.errors import Forbidden, NotSignedIn, Rejected
from core.identity import ANYONE
from tests import make
from tests.content.newsroom import EDITOR, FIT, NOW, STRANGERS, article, published

DAY = timedelta(days=1)
ON = date(2026, 11, 23)
EVENT = dataclasses.replace(FIT, title="宪法日咨询")


def read(*slugs, done=Done.READ, now=NOW):
    counts = Tally()
    for slug in slugs:
        counts.note(slug, done, now=now)
    tally.write(counts.take())


def held(day, region="430211", title="宪法日咨询"):
    said = dataclasses.replace(EVENT, title=title, fields={"held_on": day, "place": "广场"})
    made = article(said, kind="event", region=region)
    published(made)
    return made


def test_a_count_is_a_page_a_day_and_what_was_done_and_nothing_else(desk):
    published(article(slug="wages"))
    read("wages", "wages", "no-such-page")
    read("wages")
    read("wages", now=NOW + DAY)

    rows = session().scalars(select(PageCount).order_by(PageCount.counted_on))
    assert [(row.counted_on, row.what, row.times) for row in rows] == [(ON, "read", 3), (ON + DAY, "read", 1)]
    assert set(inspect(PageCount).columns.keys()) == {"article_id", "counted_on", "what", "times"}
    tally.write({})


def test_counts_wait_a_minute_in_memory_and_no_longer_than_there_is_room(monkeypatch):
    counts = Tally()
    monkeypatch.setattr(tally, "MOST_WAITING", 1)
    assert not counts.is_due
    for slug in "a", "b", "a":
        counts.note(slug, Done.READ, now=NOW)
    assert not counts.is_due
    later = database.monotonic() + tally.EVERY
    monkeypatch.setattr(tally, "monotonic", lambda: later)

    assert counts.is_due
    assert counts.take() == {("a", ON, "read"): 2}
    assert not counts.is_due


@pytest.mark.parametrize(
    ("agent", "program"),
    [
        ("", True),
        ("Mozilla/5.0 (compatible; Baiduspider/2.0)", True),
        ("curl/8.0", True),
        ("Mozilla/5.0 (Linux; Android 10) MicroMessenger/8.0", False),
    ],
)
def test_programs_are_left_out(agent, program):
    assert tally.is_program(agent) is program


@pytest.mark.parametrize(
    ("came", "path", "slug"),
    [
        ("/learn/wages", "/check", "wages"),
        ("/learn/wages", "/check/area", "wages"),
        ("/learn/wages", "/checkers", None),
        ("/learn/wages", "/learn/other", None),
        ("/learn/for/women", "/check", None),
        ("/learn/", "/check", None),
        ("/", "/check", None),
    ],
)
def test_a_next_step_is_known_by_where_it_was_taken(came, path, slug):
    assert tally.came_from(came, path) == slug
    assert "/check" in steps.ways()


def test_old_counts_are_forgotten(desk):
    published(article(slug="wages"))
    read("wages")

    for days, left in ((800, 1), (801, 0)):
        tally.forget_old({}, now=NOW + days * DAY)
        assert len(session().scalars(select(PageCount)).all()) == left
    assert "page_count.swept" in jobs.kinds()


def test_editors_see_the_pages_of_their_region_and_what_is_missing(desk):
    published(article(slug="wages"))
    published(article(dataclasses.replace(FIT, title="别处的？"), slug="elsewhere"))
    read("wages", "wages", "elsewhere")
    read("wages", done=Done.WENT_ON)
    read("wages", done=Done.PAPER)
    read("wages", now=NOW - 31 * DAY)

    found = figures.of_region(EDITOR, first=1, now=NOW)

    assert [(one.title, one.read, one.went_on, one.paper) for one in found.pages] == [(FIT.title, 2, 1, 1)]
    assert (found.read, found.went_on, found.paper, found.days) == (3, 1, 1, 30)
    assert "老年人" in found.empty
    assert "农民工" not in found.empty
    for stranger in STRANGERS:
        assert figures.of_region(stranger, first=5, now=NOW).read == 0
    with pytest.raises(NotSignedIn):
        figures.of_region(ANYONE, first=5, now=NOW)


def note(actor=EDITOR, **given):
    told = {"sheet": Sheet.LEAFLET, "slug": "wages", "region": "430211", "copies": 200, "on": ON, "place": "工地"}
    return handing.note(actor, Handed(**(told | given)), now=NOW)


def test_what_is_handed_out_is_noted_and_counted(desk):
    published(article(slug="wages"))
    note()
    note(copies=50, region="4302")
    note(on=ON - 60 * DAY)

    assert [(row.title, row.copies) for row in handing.recent(EDITOR)][-1] == (FIT.title, 200)
    assert handing.copies_of(EDITOR, date(2026, 10, 1), date(2026, 12, 31)) == {"430211": 200, "4302": 50}
    for stranger in STRANGERS:
        assert handing.recent(stranger) == []
    for outsider, refusal in ((ANYONE, NotSignedIn), (make.staff("4302"), Forbidden)):
        with pytest.raises(refusal):
            note(outsider)


def test_what_is_wrong_with_a_note_is_said_at_once(desk):
    with pytest.raises(Rejected) as rejected:
        note(slug="nothing", region="4301", copies=0, on=ON + DAY, place="长" * 81)

    assert [one.code for one in rejected.value.problems] == [
        "handed_what_missing",
        "region_not_yours",
        "handed_copies_unfit",
        "handed_day_unfit",
        "text_too_long",
    ]
    with pytest.raises(Rejected):
        note(STRANGERS[1])
    with pytest.raises(Rejected):
        note(sheet=Sheet.FORM, slug="nothing", copies=None, on=None)
    assert session().scalars(select(HandedOut)).all() == []


def test_the_board_says_who_held_who_planned_and_who_owes(desk):
    over = held("2026-11-20")
    held("2026-12-04", "430281", title="还没到的")
    for number in range(5):
        published(article(dataclasses.replace(FIT, title=f"第{number}篇？"), kind="article"), now=NOW - DAY)
    published(article(slug="wages"))
    note(copies=30)

    lines = {one.region.code: one for one in board.of_quarter(EDITOR, ON, now=NOW)}

    assert [(code, one.standing, one.works) for code, one in lines.items()] == [
        ("4302", Standing.OWED, 5),
        ("430211", Standing.HELD, None),
        ("430281", Standing.PLANNED, None),
    ]
    assert [lines[code].is_behind for code in ("4302", "430211", "430281")] == [True, True, False]
    assert (lines["430211"].unreported, lines["430211"].copies) == (1, 30)

    reporting.report(EDITOR, over.id, Told(40, 3, 70), now=NOW)

    (line,) = [one for one in board.of_quarter(EDITOR, ON, now=NOW) if one.region.code == "430211"]
    assert (line.came, line.copies, line.unreported, line.is_behind) == (40, 100, 0, False)
    (below,) = board.of_quarter(STRANGERS[1], ON, now=NOW)
    assert below.region.code == "430281"


def test_works_that_are_missing_are_owed(desk):
    lines = {one.region.code: one for one in board.of_quarter(EDITOR, ON, now=NOW)}
    assert lines["4302"].is_behind
    assert dataclasses.replace(lines["4302"], standing=Standing.HELD).is_behind
    assert not dataclasses.replace(lines["4302"], standing=Standing.HELD, works=5).is_behind
