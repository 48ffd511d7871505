"""Films come in with captions or not at all, tell nothing of where they were made, and are given in pieces."""

import struct
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api import execution
from api.viewer import Viewer
from content import guards, shown, sweeping
from content.films import captions, container, library
from content.guards import Weight
from content.kinds import Kind
from content.said import Said
from core import imaging, jobs, storage
from core.db import keep, transaction
from core.errors import Forbidden, NotFound, Rejected, TooMany
from tests.content.shelf import page
from tests.content.test_media import EDITOR, STRANGER, bring, photograph

TITLE = "三分钟看懂怎么申请法律援助"
VTT = (
    "WEBVTT\n\n00:00.000 --> 00:04.000 align:start\n<v 讲解员>申请法律援助，</v>\n不收钱。\n\n"
    "2\n00:04.500 --> 00:09.000\n打 12348 &amp; 问。\n"
)
SRT = (
    "1\r\n00:00:00,000 --> 00:00:05,000\r\n<i>申请</i>不收钱。\r\n\r\n"
    "2\r\n00:00:05,000 --> 00:00:09,000\r\n{\\an8}打 12348。\r\n"
)
PLACE = b"+27.8274+113.1518/"


@pytest.fixture(autouse=True)
def stored(tmp_path):
    storage.use(storage.LocalStore(tmp_path))
    yield
    storage.use(None)


def box(kind, *inside):
    body = b"".join(inside)
    return struct.pack(">I", 8 + len(body)) + kind + body


def track(handler=b"vide", codec=b"avc1", more=b""):
    hdlr = box(b"hdlr", bytes(8), handler, bytes(12), b"\0")
    stsd = box(b"stsd", bytes(4), struct.pack(">I", 1), box(codec, bytes(8)))
    media = box(b"mdia", hdlr, box(b"minf", box(b"stbl", stsd)))
    return box(b"trak", box(b"tkhd", bytes(84)), media, more)


def head(seconds=10, scale=1000, version=0):
    if version:
        return box(b"mvhd", b"\1", bytes(3 + 16), struct.pack(">IQ", scale, seconds * scale), bytes(80))
    return box(b"mvhd", bytes(12), struct.pack(">II", scale, seconds * scale), bytes(80))


def film(*inside, brand=b"isom", before=b"", moov=None):
    ftyp = box(b"ftyp", brand, bytes(4), b"isommp42" if brand == b"isom" else b"")
    tell = box(b"udta", box(b"\xa9xyz", PLACE))
    known = moov if moov is not None else box(b"moov", head(), *(inside or (track(), track(b"soun", b"mp4a"))), tell)
    return ftyp + before + known + box(b"mdat", b"pictures and sound") + box(b"meta", PLACE)


def codes(task):
    with pytest.raises(Rejected) as rejected:
        task()
    return [one.code for one in rejected.value.problems]


def take(data=None, said=VTT, *, now, title=TITLE, actor=EDITOR):
    prepared = library.prepare(actor, data or film(), said)
    return keep(lambda: library.record(actor, prepared, title=title, now=now))


def test_a_film_tells_nothing_of_where_it_was_made_and_plays_as_before():
    data = film(track(more=box(b"udta", PLACE)), before=box(b"uuid", PLACE))

    made = container.cleaned(data)

    assert made.seconds == 10
    assert PLACE in data
    assert PLACE not in made.data
    assert b"pictures and sound" in made.data
    assert len(made.data) == len(data)
    assert made.data.index(b"mdat") == data.index(b"mdat")
    assert container.cleaned(film(moov=box(b"moov", head(7, version=1), track()))).seconds == 7


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "film_kind"),
        (b"GIF89a", "film_damaged"),
        (film(brand=b"qt  "), "film_kind"),
        (film(before=box(b"moof")), "film_kind"),
        (film(track(codec=b"hvc1")), "film_codec"),
        (film(track(b"soun", b"mp4a")), "film_codec"),
        (film(track(b"soun", b"ac-3"), track()), "film_codec"),
        (film(track(), track(b"meta", b"mebx")), "film_tracks"),
        (film(moov=box(b"moov", head(1801), track())), "film_too_long"),
        (film(moov=box(b"moov", head(0), track())), "film_too_long"),
        (film(moov=box(b"moov", head(9, scale=0), track())), "film_damaged"),
        (film(moov=box(b"moov", box(b"mvhd", bytes(13)), track())), "film_damaged"),
        (film(moov=b""), "film_damaged"),
        (film(box(b"trak", box(b"mdia"))), "film_damaged"),
        (film()[:-9], "film_damaged"),
        (film(before=struct.pack(">I", 4) + b"free"), "film_damaged"),
        (film(before=box(b"moov", *[b"\0\0\0\x08moov"] * 4001)), "film_damaged"),
    ],
)
def test_what_not_every_telephone_plays_is_refused(data, code):
    assert codes(lambda: container.cleaned(data)) == [code]


def test_boxes_may_be_long_to_the_end_or_too_deep():
    large = film() + b"\0\0\0\1free" + struct.pack(">Q", 20) + bytes(4)
    assert container.cleaned(large).seconds == 10
    assert container.cleaned(film() + b"\0\0\0\0free" + PLACE).data.endswith(bytes(len(PLACE)))
    deep = box(b"stbl")
    for _ in range(12):
        deep = box(b"minf", deep)
    assert codes(lambda: container.cleaned(film(track(), deep))) == ["film_damaged"]


def test_there_is_an_end_to_the_size_of_a_film(monkeypatch):
    monkeypatch.setattr(container, "FILM_BYTES", 10)

    assert codes(lambda: container.cleaned(film())) == ["film_too_big"]


@given(st.integers(0, len(film()) - 1), st.binary(min_size=1, max_size=8))
def test_whatever_is_in_a_file_it_is_a_film_or_refused(at, noise):
    data = film()
    torn = data[:at] + noise + data[at + len(noise) :]

    try:
        made = container.cleaned(torn)
    except Rejected:
        return
    assert len(made.data) == len(torn)


@pytest.mark.parametrize("written", [VTT, SRT, "\ufeff" + VTT])
def test_captions_are_written_anew_without_marks(written):
    made = captions.written(captions.read(written, seconds=10))

    assert made.startswith("WEBVTT\n\n00:00:00.000 --> 00:00:0")
    assert "<" not in made.replace("&lt;", "")
    assert "12348" in captions.words(made)
    assert captions.written(captions.read(made, seconds=10)) == made


def cue(start, end, words="话"):
    return f"00:{start:02}.000 --> 00:{end:02}.000\n{words}"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("", "captions_missing"),
        ("WEBVTT\n\nno time here", "captions_missing"),
        (f"WEBVTT\n\n{cue(0, 5, '<i></i>')}", "captions_missing"),
        (f"WEBVTT\n\n{cue(0, 59)}", "captions_do_not_fit"),
        (f"WEBVTT\n\n{cue(5, 5)}", "captions_do_not_fit"),
        (f"WEBVTT\n\n{cue(5, 9)}\n\n{cue(1, 4)}", "captions_do_not_fit"),
        (f"WEBVTT\n\n{cue(0, 1)}", "captions_sparse"),
        ("x" * 200_001, "captions_too_long"),
    ],
)
def test_captions_that_are_none_are_refused(written, code):
    assert codes(lambda: captions.read(written, seconds=10)) == [code]


def test_the_same_film_is_kept_once(db, now):
    first = take(now=now)
    again = take(now=now, title="别的名字也行")

    assert (again.id, again.title) == (first.id, TITLE)
    assert [one.key for one in storage.current().stored("films/")] == [library.key(first.id)]
    with transaction():
        assert [one.id for one in library.shelf(EDITOR)] == [first.id]
        assert library.opened(first.id).seconds == 10
        assert library.known(["x", first.id]) == {first.id}
        with pytest.raises(NotFound):
            library.opened("x")


def test_a_film_has_a_title_and_a_day_has_an_end(db, now, monkeypatch):
    assert codes(lambda: keep(lambda: library.allow(EDITOR, " ", now=now))) == ["film_title_missing"]
    assert codes(lambda: keep(lambda: library.allow(EDITOR, "长" * 101, now=now))) == ["text_too_long"]
    monkeypatch.setattr(library, "MOST_A_DAY", 1)
    take(now=now)
    with pytest.raises(TooMany):
        take(film(track()), now=now)
    library.discard("nobody")


def test_a_film_of_the_library_is_not_discarded_whoever_fails(db, now):
    made = take(now=now)

    library.discard(made.id)

    assert storage.current().get(library.key(made.id))


def test_films_are_for_editors_alone(unit, now):
    for asked in (
        lambda: library.prepare(STRANGER, b"", ""),
        lambda: library.allow(STRANGER, TITLE, now=now),
        lambda: library.shelf(STRANGER),
    ):
        with pytest.raises(Forbidden):
            asked()


def test_a_page_shows_the_film_with_its_captions_and_its_poster(db, now):
    made, picture = take(now=now), bring(photograph(), now=now)
    fields = {
        "file": f"film:{made.id}",
        "poster": f"picture:{picture.id}",
        "transcript": "不收钱",
        "sign_language": "film:x",
    }
    with transaction():
        page("a-film", "看看", "正文", now=now, kind="video", fields=fields)
        assert shown.known(fields) == {fields["file"], fields["poster"]}

    told = execution.run(Viewer(EDITOR, now), "LearnPage", slug="a-film")["page"]["fields"]

    assert {one["name"]: one["value"] for one in told} == {
        "file": f"/films/{made.id}/film.mp4",
        "captions": f"/films/{made.id}/captions.vtt",
        "poster": f"/media/{picture.id}/800.jpg",
        "transcript": "不收钱",
        "sign_language": "film:x",
    }
    assert execution.run(Viewer(EDITOR, now), "LibraryFilms")["libraryFilms"][0]["field"] == fields["file"]


def test_a_page_with_a_film_nobody_has_is_stopped():
    said = Said("看", "看", "看", {"file": "film:a", "poster": "https://x", "transcript": "x"}, ("everyone",))

    found = guards.examine(Kind.VIDEO, said, cites=False, known={"film:a"})

    assert [one.code for one in found if one.weight is Weight.STOPS] == ["guard_no_picture"]
    assert "guard_no_film" in [one.code for one in guards.examine(Kind.VIDEO, said, cites=False)]


def test_what_no_row_knows_is_swept_after_a_while(db, now):
    made, picture = take(now=now), bring(photograph(), now=now)
    kept = {one.key for one in storage.current().stored()}
    strays = ("films/nobody/film.mp4", f"library/{picture.id}/cover-lt.jpg", "library/gone/320.jpg")
    for key in strays:
        storage.current().put(key, b"x", "image/jpeg")

    written = max(one.written_at for one in storage.current().stored())
    assert sweeping.sweep(now=written) == 0
    assert sweeping.sweep(now=written + timedelta(hours=1)) == 3
    assert {one.key for one in storage.current().stored()} == kept
    assert made.id
    assert {"library.sweep_due", "library.sweep"} <= jobs.kinds()


def test_the_sweep_is_done_outside_of_what_asks_for_it(unit, now, monkeypatch):
    done = []
    monkeypatch.setattr(sweeping, "sweep", lambda *, now: done.append(now))

    sweeping.plan_sweep({}, now=now)
    sweeping.carry_sweep({}, now=now)

    assert done == [now]
    assert imaging.FOCUSES == ("lt", "ct", "rt", "lm", "cm", "rm", "lb", "cb", "rb")


def test_a_part_of_a_file_is_read_alone():
    storage.current().put("films/x/film.mp4", bytes(range(100)), "video/mp4")

    assert b"".join(storage.current().part("films/x/film.mp4", 10, 20)) == bytes(range(10, 20))
    assert b"".join(storage.current().open("films/x/film.mp4")) == bytes(range(100))
    with pytest.raises(NotFound):
        storage.current().part("films/y/film.mp4", 0, 1)
