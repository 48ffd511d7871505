"""Pictures come into the library clean, once, described; pages show them small."""

import io

import pytest
from PIL import Image

from api import execution
from api.viewer import Viewer
from content import markdown, media
from core import imaging, storage
from core.db import keep, transaction
from core.errors import Forbidden, Malformed, Problem, Rejected, TooMany, Unavailable
from core.identity import Actor, ActorKind, Permission
from core.imaging import library, trying
from core.imaging.sniffing import kind_of
from tests.content.shelf import page
from tests.portal.browser import SITE, Browser
from tests.portal.working import sign_staff_in

EDITOR = Actor(id="editor-1", kind=ActorKind.STAFF, permissions=frozenset({Permission.CONTENT_WRITE}), region="43")
STRANGER = Actor(id="clerk-1", kind=ActorKind.STAFF, region="43")
ALT = "窗口前，工作人员给老人看申请表"
GPS, ORIENTATION, ON_ITS_SIDE = 0x8825, 0x0112, 6


@pytest.fixture(autouse=True)
def stored(tmp_path):
    before = storage.current()
    storage.use(storage.LocalStore(tmp_path))
    yield
    storage.use(before)


def photograph(size=(1000, 600), colour="red", format_="JPEG", **how):
    notes = Image.Exif()
    notes[ORIENTATION] = ON_ITS_SIDE
    notes.get_ifd(GPS)[1] = "N"
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, format_, exif=notes, **how)
    return out.getvalue()


def bring(data, alt=ALT, *, now, actor=EDITOR):
    prepared = media.prepare(actor, data)
    return keep(lambda: media.record(actor, prepared, alt=alt, now=now))


def test_a_picture_is_made_anew_upright_in_three_widths_and_formats(db, now):
    picture = bring(photograph(comment=b"secret"), now=now)

    for name, kind in imaging.LIBRARY.items():
        key, media_type = keep(lambda name=name: media.opened(picture.id, name))
        data = storage.current().get(key)
        shown = Image.open(io.BytesIO(data))
        assert media_type == kind
        assert shown.width == min(600, int(name.split(".")[0]))
        assert not shown.getexif()
        assert b"secret" not in data


def test_no_width_is_wider_than_what_came():
    head, files = library.make(photograph((2000, 500)), "jpeg", "cm")

    assert head == {"width": 500, "height": 2000}
    widths = [Image.open(io.BytesIO(one)).width for one in files]
    assert widths == [500] * 6 + [320] * 3 + [500] * 3


def test_the_same_picture_is_kept_once(db, now):
    first = bring(photograph(), now=now)
    again = bring(photograph(), "别的话也行的描述", now=now)

    assert (again.id, again.alt) == (first.id, ALT)
    assert len({one.key.split("/")[1] for one in storage.current().stored("library/")}) == 1


@pytest.mark.parametrize("data", [b"", b"<svg onload=alert(1)>", b"GIF89a", b"%PDF-1.4", b"\xff\xd8\xff damaged"])
def test_what_is_no_picture_is_refused(db, data):
    with pytest.raises(Rejected):
        media.prepare(EDITOR, data)

    assert list(storage.current().stored("library/")) == []


def test_bombs_and_films_are_refused(db):
    frames = [Image.new("RGB", (9, 9), one) for one in ("red", "blue")]
    film = io.BytesIO()
    frames[0].save(film, "WEBP", save_all=True, append_images=frames[1:])
    bomb = io.BytesIO()
    Image.new("1", (9000, 9000)).save(bomb, "PNG")

    for data, code in ((film.getvalue(), "image_animated"), (bomb.getvalue(), "image_too_large")):
        with pytest.raises(Rejected) as rejected:
            media.prepare(EDITOR, data)
        assert [one.code for one in rejected.value.problems] == [code]


@pytest.mark.parametrize(("alt", "code"), [("", "photo_alt_missing"), ("x" * 101, "text_too_long")])
def test_a_picture_is_described(unit, now, alt, code):
    with pytest.raises(Rejected) as rejected:
        media.allow(EDITOR, alt, now=now)

    assert [one.code for one in rejected.value.problems] == [code]


def test_a_day_has_an_end(db, now, monkeypatch):
    monkeypatch.setattr(media, "MOST_A_DAY", 1)
    bring(photograph(), now=now)

    with pytest.raises(TooMany):
        bring(photograph(colour="blue"), now=now)


def test_it_is_for_editors_alone(unit, now):
    for asked in (
        lambda: media.prepare(STRANGER, b""),
        lambda: media.allow(STRANGER, ALT, now=now),
        lambda: media.shelf(STRANGER, first=5, after=None),
    ):
        with pytest.raises(Forbidden):
            asked()


def test_pages_show_small_files_first(db, now):
    picture = bring(photograph((2000, 500)), now=now)
    with transaction():
        page("with-picture", "有图", f"![]({markdown.reading.PICTURE}{picture.id})\n\n![x](picture:gone)", now=now)

    html = execution.run(Viewer(EDITOR, now), "LearnPage", slug="with-picture")["page"]["html"]

    assert f'srcset="/media/{picture.id}/320.avif 320w, /media/{picture.id}/800.avif 500w' in html
    assert f'<img src="/media/{picture.id}/800.jpg" alt="{ALT}" width="500" height="2000"' in html
    assert "（图片：x）" in html


def test_the_library_is_listed_page_by_page(db, now, count_statements):
    for colour in "red", "blue", "green":
        bring(photograph((200, 100), colour), now=now)
    editor = Viewer(EDITOR, now)

    with count_statements() as sent:
        first = execution.run(editor, "LibraryPictures", first=2)["libraryPictures"]
    rest = execution.run(editor, "LibraryPictures", first=2, after=first["pageInfo"]["endCursor"])["libraryPictures"]

    assert len(sent) == 1
    assert len({one["id"] for one in (*first["nodes"], *rest["nodes"])}) == 3
    assert first["nodes"][0]["markdown"].startswith(f"![{ALT}](picture:")
    for cursor in "WzFd", "WyJ4IiwieSJd":
        with pytest.raises(Malformed):
            execution.run(editor, "LibraryPictures", first=2, after=cursor)


def test_an_editor_brings_one_and_anybody_sees_it(db, client):
    sign_staff_in(client, "publicity_editor")
    browser = Browser(client).look("/desk/pictures")
    assert browser.fill("/desk/pictures", alt="").status == 422
    assert set(browser.problems) == {"#field-file", "#field-alt"}

    browser.fill("/desk/pictures", alt=ALT, file=[(io.BytesIO(photograph()), "a.jpg")])

    shown = browser.page.css_first(".library img")
    given = client.get(shown.attributes["src"])
    assert (given.status_code, given.content_type) == (200, "image/jpeg")
    assert "immutable" in given.headers["Cache-Control"]
    assert client.get("/media/nobody/320.jpg").status_code == 404
    assert client.get(shown.attributes["src"].replace("320.jpg", "999.jpg")).status_code == 404
    token = client.get_cookie("__Host-access", domain="127.0.0.1").value
    client.delete_cookie("__Host-access", domain="127.0.0.1")
    said = {"Authorization": f"Bearer {token}"}
    given = {"alt": ALT, "file": (io.BytesIO(photograph()), "b.jpg")}
    again = client.post("/m/v1/pictures", data=given, headers=said, base_url=SITE)
    assert again.status_code == 201
    assert again.json["markdown"].startswith("![")
    large = {"data": b"--x\r\n" + bytes(12_000_000), "content_type": "multipart/form-data; boundary=x"}
    assert client.post("/m/v1/pictures", base_url=SITE, headers=said, **large).status_code == 413


def test_files_of_a_try_that_failed_are_taken_away(db, client, monkeypatch):
    sign_staff_in(client, "publicity_editor")
    browser = Browser(client).look("/desk/pictures")

    def away(*_args, **_named):
        raise Rejected((Problem("photo_alt_missing", "alt"),))

    monkeypatch.setattr(media, "record", away)
    browser.fill("/desk/pictures", alt=ALT, file=[(io.BytesIO(photograph()), "a.jpg")])

    assert browser.status == 422
    assert list(storage.current().stored("library/")) == []


def test_avif_comes_in_too_and_a_film_of_it_does_not(db, now):
    picture = bring(photograph(format_="AVIF"), now=now)
    frames = [Image.new("RGB", (90, 90), one) for one in ("red", "blue")]
    moving = io.BytesIO()
    frames[0].save(moving, "AVIF", save_all=True, append_images=frames[1:])

    assert keep(lambda: media.opened(picture.id, "320.avif"))[1] == "image/avif"
    with pytest.raises(Rejected) as rejected:
        media.prepare(EDITOR, moving.getvalue())
    assert [one.code for one in rejected.value.problems] == ["image_animated"]


def in_(mode, size=(400, 300), format_="JPEG"):
    out = io.BytesIO()
    Image.new(mode, size, 128 if mode in ("L", "I;16") else None).save(out, format_)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "colour"),
    [
        (in_("CMYK"), (255, 255, 255)),
        (in_("I;16", format_="PNG"), (0, 0, 0)),
        (in_("L", format_="PNG"), (128, 128, 128)),
        (in_("RGBA", format_="PNG"), (255, 255, 255)),
    ],
)
def test_odd_colours_come_out_right(data, colour):
    head, files = library.make(data, kind_of(data).value, "cm")

    shown = Image.open(io.BytesIO(files[2]))
    assert (shown.mode, head["width"]) == ("RGB", 400)
    assert max(abs(one - other) for one, other in zip(shown.getpixel((9, 9)), colour, strict=True)) < 4


def test_a_picture_that_is_something_else_too_is_only_a_picture(db, now):
    evil = b"<script>alert(1)</script><?php system($_GET[0]); ?>PK\x03\x04%PDF-1.4"
    picture = bring(photograph(comment=evil) + evil, now=now)

    for one in storage.current().stored(f"library/{picture.id}/"):
        data = storage.current().get(one.key)
        assert not any(part in data for part in (b"<script", b"<?php", b"%PDF", b"PK\x03\x04"))


def test_a_folder_of_pictures_is_tried_file_by_file(db, app, tmp_path, monkeypatch):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "good.jpg").write_bytes(photograph())
    (folder / "bad.svg").write_text("<svg/>")
    (tmp_path / "list.csv").write_text("path,note\nin/good.jpg,\nelsewhere.png,\n")
    asked = [str(folder), "--manifest", str(tmp_path / "list.csv"), "--out", str(tmp_path / "out.csv")]

    said = app.test_cli_runner().invoke(args=["images", "try", str(folder)]).output
    few = app.test_cli_runner().invoke(args=["images", "try", str(tmp_path), *asked[1:]]).output

    assert "Made: 1. Refused: 1.\n  file_kind_not_allowed: 1" in said
    assert "Files: 1, not there: 1." in few
    assert "good.jpg" in (tmp_path / "out.csv").read_text()

    def busy(_data):
        raise Unavailable("imaging_busy")

    monkeypatch.setattr(trying.making, "library_pictures", busy)
    assert next(trying.tried([folder / "good.jpg"])).refused == "imaging_busy"
    monkeypatch.setattr(trying, "Path", lambda _path: tmp_path / "no-such-file")
    assert trying.memory(trying.PEAK) == 0
