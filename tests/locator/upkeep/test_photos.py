"""Photographs of entrances: made anew, described, approved by another person, shown to all, swept when replaced."""

import io
from datetime import timedelta

import pytest
from PIL import Image
from sqlalchemy import select

from core import imaging, jobs
from core.db import keep, session
from core.errors import Conflict, Forbidden, NotFound, NotSignedIn, Rejected, TooMany
from core.identity import ANYONE
from locator import pictures, queries, shown
from locator.models import Station, Venue, VenuePhoto
from locator.upkeep import changes, photos
from tests.evidence import samples
from tests.locator.upkeep.entrances import ALT, PLACE, keys

WITH_A_PLACE = samples.jpeg((1600, 1200), exif=samples.exif(orientation=6))

pytestmark = pytest.mark.usefixtures("store")


@pytest.fixture
def code(country):
    return session().get_one(Station, PLACE).code


def propose(actor, code, *, now, data=None, alt=ALT):
    photos.allow(actor, code, alt, now=now)
    return photos.propose(actor, code, photos.prepare(actor, data or samples.jpeg()), alt=alt, now=now)


def shows(now):
    (one,) = shown.together([queries.station(which=PLACE)], now=now)
    return one.photo


def sweep(now):
    """Sweep as the errand does, within the unit of work of the test."""
    pictures._forget(now)
    return set(session().scalars(select(VenuePhoto.id)))


def test_is_made_anew_in_two_widths_and_two_kinds():
    made = imaging.pictures(WITH_A_PLACE)

    files = {name: Image.open(io.BytesIO(data)) for name, data in made.files.items()}
    assert {name: (one.format, one.size) for name, one in files.items()} == {
        "800.jpg": ("JPEG", (800, 1067)),
        "800.webp": ("WEBP", (800, 1067)),
        "320.jpg": ("JPEG", (320, 427)),
        "320.webp": ("WEBP", (320, 427)),
    }
    assert (made.width, made.height) == (800, 1067)
    assert not any(one.getexif() for one in files.values())
    assert not any(b"CANARY" in data or b"Exif\0\0" in data for data in made.files.values())


def test_is_never_made_wider_than_it_came():
    assert imaging.pictures(samples.png((500, 480))).width == 500


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (samples.jpeg((479, 900)), "photo_too_small"),
        (samples.jpeg((480, 1200)), "photo_too_tall"),
        (samples.pdf(), "photo_no_picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "file_kind_not_allowed"),
        (samples.jpeg()[:900], "file_damaged"),
        (b"", "file_empty"),
    ],
)
def test_says_why_a_photograph_is_not_taken(data, code):
    with pytest.raises(Rejected) as rejected:
        imaging.pictures(data)

    assert [(one.code, one.field) for one in rejected.value.problems] == [(code, "photo")]


def test_waits_for_another_person_and_may_be_undone(code, clerk, supervisor, now):
    laid = propose(clerk, code, now=now)
    assert shows(now) is None
    with pytest.raises(Forbidden):
        changes.apply(clerk, laid.id, now=now)

    changes.apply(supervisor, laid.id, now=now)
    assert (shows(now).alt, shows(now).width, shows(now).height) == (ALT, 640, 480)

    changes.undo(supervisor, laid.id, now=now)
    assert shows(now) is None


def test_all_that_keeps_an_edit_from_counting_is_said(code, clerk, now):
    with pytest.raises(Rejected) as rejected:
        photos.allow(clerk, code, " 门 ", now=now)
    assert [(one.code, one.field) for one in rejected.value.problems] == [("photo_alt_missing", "alt")]
    for attempt, why in (
        (lambda: photos.allow(clerk, code, "门" * 101, now=now), "text_too_long"),
        (lambda: photos.propose_none(clerk, code, now=now), "entry_unchanged"),
    ):
        with pytest.raises(Rejected) as rejected:
            attempt()
        assert [one.code for one in rejected.value.problems] == [why]


def test_places_nobody_walks_into_show_none(code, clerk, now):
    station = session().get_one(Station, PLACE)
    session().get_one(Venue, PLACE).photo = "x-640x480"
    station.kind = "detention_centre"
    session().flush()

    with pytest.raises(Conflict, match="photo_not_here"):
        photos.allow(clerk, code, ALT, now=now)
    assert shows(now) is None


def test_nobody_sends_without_end(code, clerk, now, monkeypatch):
    monkeypatch.setattr(photos, "MOST_A_DAY", 1)
    propose(clerk, code, now=now)

    with pytest.raises(TooMany, match="photo_quota"):
        photos.allow(clerk, code, ALT, now=now)
    photos.allow(clerk, code, ALT, now=now + timedelta(days=1))


def test_is_nobody_elses_business_before_it_is_shown(code, clerk, supervisor, neighbour, now):
    laid = propose(clerk, code, now=now)
    photo = session().scalar(select(VenuePhoto.id))

    for stranger in neighbour, ANYONE:
        with pytest.raises((NotFound, NotSignedIn)):
            photos.allow(stranger, code, ALT, now=now)
        with pytest.raises(NotFound):
            pictures.look(stranger, photo, "800.jpg")
    assert pictures.look(supervisor, photo, "320.webp").media_type == "image/webp"

    changes.apply(supervisor, laid.id, now=now)
    assert pictures.look(ANYONE, photo, "800.jpg").key == f"places/{photo}/800.jpg"
    for name in ("800.svg", "../secret"):
        with pytest.raises(NotFound):
            pictures.look(ANYONE, photo, name)


def test_what_is_replaced_is_kept_as_long_as_it_may_come_back(code, clerk, supervisor, now):
    def edit(moment):
        laid = propose(clerk, code, now=moment, alt=f"{ALT}{moment:%d}")
        changes.apply(supervisor, laid.id, now=moment)
        return laid

    first, second = edit(now), edit(now + timedelta(days=1))
    later = now + timedelta(days=2)
    assert len(sweep(later)) == 2
    changes.undo(supervisor, second.id, now=later)
    assert shows(later).alt.endswith(f"{now:%d}")

    third = edit(later)
    sweep(later)
    assert len(sweep(later + timedelta(days=89))) == 3
    assert len(sweep(later + timedelta(days=90))) == 1
    with pytest.raises(Conflict, match="photo_gone"):
        changes.undo(supervisor, third.id, now=later)
    assert first.state == "applied"


def test_what_was_turned_down_goes_at_once_what_waits_stays(code, clerk, supervisor, now):
    waits = propose(clerk, code, now=now)
    assert len(sweep(now + timedelta(days=400))) == 1

    changes.reject(supervisor, waits.id, reason="拍到了人", now=now)

    assert sweep(now) == set()


def test_the_sweep_takes_files_no_row_knows(db, store, now):
    for name in imaging.PICTURES:
        store.put(f"places/unknown/{name}", b"x", "image/jpeg")
    store.put("uploads/aa/theirs", b"x", "image/jpeg")

    pictures.carry_sweep({}, now=now - timedelta(days=400))
    assert len(keys(store)) == 5
    assert pictures.sweep(now=now + timedelta(days=400)) == 4
    assert keys(store) == ["uploads/aa/theirs"]
    keep(lambda: pictures.plan_sweep({}, now=now))
    assert {"venue_photo.sweep", "venue_photo.sweep_due"} <= jobs.kinds()


def test_what_was_made_for_nothing_is_taken_away(store):
    made = imaging.Pictures(320, 240, dict.fromkeys(imaging.PICTURES, b"x"))

    pictures.store("p1", made)
    assert len(keys(store)) == len(imaging.PICTURES)
    pictures.discard("p1")

    assert keys(store) == []
