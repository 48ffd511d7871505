"""Photographs of papers: once however often they are sent, for the staff of the region, forgotten in a month."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from appointments import booking
from appointments.doorstep import jobs, photos, sheet
from appointments.models.visit_day import VisitPhoto
from core.db import session
from core.errors import Conflict, Forbidden, Malformed, NotFound, NotSignedIn, Rejected
from core.identity import ANYONE
from tests.appointments import town
from tests.appointments.town import NOW, SIGNED_IN, at, order
from tests.evidence import samples

LATER = at("10:20", 1)
KEY = "photo-0000000001"


def keep(made, key=KEY, actor=None, now=LATER):
    photos.keep(actor or town.clerk(), made.id, key, b"picture", now=now)
    session().flush()


def test_a_photograph_counts_once_and_is_shown_to_the_region(made):
    for _ in range(2):
        keep(made)

    assert photos.of(town.clerk(), made.id, now=LATER) == ["data:image/jpeg;base64,cGljdHVyZQ=="]
    assert sheet.find(town.clerk(), made.id, now=LATER).photos == 1


def test_it_is_made_anew_and_a_paper_that_is_no_photograph_is_refused(made):
    assert photos.prepare(town.clerk(), samples.jpeg()).startswith(b"\xff\xd8")
    with pytest.raises(Rejected) as rejected:
        photos.prepare(town.clerk(), samples.pdf())
    assert rejected.value.problems[0].code == "photo_no_picture"


def test_what_stands_in_its_way_is_said_before_anything_is_decoded(made, citizen):
    talk = booking.book(citizen, order(), SIGNED_IN, now=NOW)
    for which, key, now, refusal in (
        (made.id, "short", LATER, Malformed),
        (made.id, "x" * 65, LATER, Malformed),
        (made.id, KEY, NOW, Conflict),
        (talk.id, KEY, LATER, NotFound),
        ("nothing", KEY, LATER, NotFound),
    ):
        with pytest.raises(refusal):
            photos.allow(town.clerk(), which, key, now=now)


def test_of_one_visit_there_are_so_many_at_most(made, monkeypatch):
    monkeypatch.setattr(photos, "MOST", 1)
    keep(made)
    with pytest.raises(Rejected) as rejected:
        keep(made, "photo-0000000002")
    assert rejected.value.problems[0].code == "visit_photos_many"
    keep(made)  # the one that is here already may be sent again


def test_strangers_take_and_see_nothing(made, citizen):
    keep(made)
    for stranger, refusal in ((ANYONE, NotSignedIn), (citizen, Forbidden), (town.clerk("430281"), NotFound)):
        with pytest.raises(refusal):
            keep(made, "photo-0000000002", actor=stranger)
        with pytest.raises(refusal):
            photos.of(stranger, made.id, now=LATER)
    for stranger in (ANYONE, citizen):
        with pytest.raises((NotSignedIn, Forbidden)):
            photos.prepare(stranger, b"x")
    assert photos.of(town.clerk(), booking.book(citizen, order(), SIGNED_IN, now=NOW).id, now=LATER) == []


def test_they_are_forgotten_after_a_month(made):
    keep(made)
    for days, left in ((29, 1), (31, 0)):
        jobs.forget({}, now=LATER + timedelta(days=days))
        assert len(session().scalars(select(VisitPhoto)).all()) == left
