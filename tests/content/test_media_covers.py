"""What matters in a picture is what lists show of it."""

import io

import pytest
from PIL import Image

from api import execution
from api.viewer import Viewer
from content import media
from core import storage
from core.db import keep, transaction
from core.errors import Forbidden, NotFound, Rejected
from core.imaging import library
from mobile_api import media as editors
from tests.content.shelf import page
from tests.content.test_media import ALT, EDITOR, STRANGER, bring, photograph
from tests.portal.browser import SITE, Browser
from tests.portal.working import sign_staff_in


@pytest.fixture(autouse=True)
def stored(tmp_path):
    storage.use(storage.LocalStore(tmp_path))
    yield
    storage.use(None)


def half_and_half():
    whole = Image.new("RGB", (800, 800), "red")
    whole.paste("blue", (0, 400, 800, 800))
    out = io.BytesIO()
    whole.save(out, "PNG")
    return out.getvalue()


def seen(picture, focus):
    key, _ = keep(lambda: media.opened(picture.id, f"cover-{focus}.jpg"))
    cut = Image.open(io.BytesIO(storage.current().get(key)))
    return cut.size, "red" if cut.getpixel((9, 100))[0] > 128 else "blue"


def test_lists_show_what_matters_in_a_picture(db, now):
    picture = bring(half_and_half(), now=now)
    assert seen(picture, "cm") == ((640, 360), "red")

    viewer = Viewer(EDITOR, now)
    editors.refocus(viewer, picture.id, "cb")
    assert seen(picture, "cb") == ((640, 360), "blue")
    with pytest.raises(NotFound):
        seen(picture, "cm")
    editors.refocus(viewer, picture.id, "cb")
    assert seen(picture, "cb")[1] == "blue"
    names = {one.key.rpartition("/")[2] for one in storage.current().stored("library/")}
    assert {one for one in names if one.startswith("cover")} == {f"cover-cb.{one}" for one in ("avif", "webp", "jpg")}


def test_a_small_picture_is_cut_and_not_blown_up():
    cut = library.cover(Image.new("RGB", (100, 300)), "lt")
    wide = library.cover(Image.new("RGB", (3000, 200)), "rm")

    assert (cut.size, wide.size) == ((100, 56), (356, 200))


def test_what_matters_is_for_editors_to_say(db, now):
    picture = bring(photograph(), now=now)
    for asked in (
        lambda: media.recut(STRANGER, picture.id, "lt"),
        lambda: keep(lambda: media.refocus(STRANGER, picture.id, "lt", now=now)),
    ):
        with pytest.raises(Forbidden):
            asked()
    with pytest.raises(Rejected) as rejected:
        media.recut(EDITOR, picture.id, "xx")
    assert [one.code for one in rejected.value.problems] == ["focus_missing"]
    for asked in (
        lambda: media.recut(EDITOR, "gone", "lt"),
        lambda: keep(lambda: media.refocus(EDITOR, "gone", "lt", now=now)),
    ):
        with pytest.raises(NotFound, match="picture_unknown"):
            asked()


def test_a_list_shows_the_first_picture_of_each_page(db, now, count_statements):
    picture, other = bring(photograph(), now=now), bring(photograph(colour="blue"), now=now)
    with transaction():
        page("with-cover", "有图", f"看\n\n![图](picture:{picture.id})\n\n![图](picture:{other.id})", now=now)
        page("without", "没图", "正文", now=now)
        page("unknown", "不见了", "![x](picture:gone)", now=now)

    with count_statements() as sent:
        nodes = execution.run(Viewer(EDITOR, now), "LearnHome")["pages"]["nodes"]

    assert {one["slug"]: one["cover"] and one["cover"]["jpg"] for one in nodes} == {
        "with-cover": f"/media/{picture.id}/cover-cm.jpg",
        "without": None,
        "unknown": None,
    }
    assert len(sent) <= 5


def test_an_editor_points_at_what_matters(db, client):
    sign_staff_in(client, "publicity_editor")
    browser = Browser(client).look("/desk/pictures")
    browser.fill("/desk/pictures", alt=ALT, file=[(io.BytesIO(photograph()), "a.jpg")])
    browser.fill("/focus", focus="rt")
    assert "cover-rt.jpg" in browser.page.css(".library img")[-1].attributes["src"]
    browser.fill("/focus", focus="nowhere")
    assert browser.status == 422
    which = browser.page.css_first("form[action$='/focus']").attributes["action"].split("/")[3]
    said = {"Authorization": f"Bearer {client.get_cookie('__Host-access', domain='127.0.0.1').value}"}
    client.delete_cookie("__Host-access", domain="127.0.0.1")
    answer = client.post(f"/m/v1/pictures/{which}/focus", data={"focus": "lb"}, headers=said, base_url=SITE)
    assert answer.json == {"picture": which}
