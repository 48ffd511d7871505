"""Scene codes through the door, as pictures, and where they lead (FEATURES E19)."""

from datetime import UTC, datetime

import pytest

from api import execution
from api.viewer import Viewer
from applications import drafts
from core import scenes, storage
from core import settings as house
from core.db import keep
from core.errors import Malformed, NotFound, NotSignedIn
from core.identity import ANYONE
from core.scenes import SceneKind
from core.wechat import client as wechat
from locator import queries as places
from tests import make, wechat_double
from tests.appointments import town

STATION = "00G5-RKFV"


@pytest.fixture
def stranger(db):
    return Viewer(ANYONE, datetime.now(UTC), "203.0.113.7")


@pytest.fixture
def somewhere(db):
    keep(town.put_up)
    yield
    places.forget()


@pytest.fixture
def double(settings, monkeypatch, tmp_path):
    with wechat_double.serving() as made:
        monkeypatch.setattr(house, "_settings", house.replace(settings, **made.settings))
        storage.use(storage.make(f"file://{tmp_path}"))
        wechat._made.cache_clear()
        yield made
        wechat._made.cache_clear()
        storage.use(None)


def code_of(viewer, kind, key):
    return execution.run(viewer, "SceneCode", kind=kind, key=key)["sceneCode"]


def test_a_place_has_a_code_that_leads_to_it(client, stranger, somewhere):
    made = code_of(stranger, "STATION", town.code())
    assert (made["kind"], made["path"]) == ("STATION", f"/stations/at/{town.code()}")
    assert len(made["scene"]) <= 32

    found = execution.run(stranger, "SceneTarget", scene=made["scene"])["scene"]
    assert found == {"kind": "STATION", "key": town.code(), "path": made["path"]}
    led = client.get(f"/c/{made['scene']}")
    assert (led.status_code, led.location) == (302, made["path"])


def test_something_begun_leads_on_and_only_its_owner_has_its_code(client, stranger):
    citizen = keep(make.person)
    draft = keep(lambda: drafts.start(citizen, drafts.Start(), now=stranger.now).id)
    made = code_of(Viewer(citizen, stranger.now), "DRAFT", draft)

    assert made["path"] == f"/apply/{draft}"
    neighbour = Viewer(keep(lambda: make.person("13800000002", "citizen-2")), stranger.now)
    with pytest.raises(NotFound):
        code_of(neighbour, "DRAFT", draft)
    with pytest.raises(NotSignedIn):
        code_of(stranger, "DRAFT", draft)
    assert client.get(client.get(f"/c/{made['scene']}").location).location.startswith("/sign-in")


def test_a_door_code_fills_in_the_check(client, stranger):
    made = code_of(stranger, "DOOR", "4827 1936")

    led = client.get(f"/c/{made['scene']}", follow_redirects=True)
    assert 'value="48271936"' in led.text


@pytest.mark.parametrize("kind", ["STATION", "LIAISON", "EVENT", "DOOR"])
def test_what_is_not_there_has_no_code(stranger, somewhere, kind):
    with pytest.raises(NotFound):
        code_of(stranger, kind, "XXXX-9999")


def test_a_code_that_is_not_ours_leads_nowhere(client, stranger):
    gone = scenes.make(SceneKind.EVENT, "A" * 22).written()

    for written in ("x", "s" * 33, "sXXXX-9999.aaaaaaaa", gone):
        with pytest.raises(NotFound):
            execution.run(stranger, "SceneTarget", scene=written)
        answer = client.get(f"/c/{written}")
        assert answer.status_code == 404
        assert "12348" in answer.text
    with pytest.raises(Malformed):
        code_of(stranger, "NOWHERE", "x")


def picture(client, kind=SceneKind.STATION, key=STATION):
    return client.get(f"/m/v1/scenes/{scenes.make(kind, key).written()}.png")


def test_wechat_draws_a_code_once(client, double):
    answers = [picture(client) for _ in range(3)]

    assert {one.data[:8] for one in answers} == {wechat_double.PNG}
    assert answers[0].headers["Cache-Control"] == "public, max-age=86400"
    (asked,) = double.pictures
    assert (asked["scene"], asked["page"]) == (scenes.make(SceneKind.STATION, STATION).written(), "pages/scene/scene")


@pytest.mark.parametrize(("kind", "key"), [(SceneKind.DOOR, "48271936"), (SceneKind.DRAFT, "A" * 22)])
def test_a_code_of_one_persons_own_is_kept_nowhere(client, double, kind, key):
    answers = [picture(client, kind, key) for _ in range(2)]

    assert {one.headers["Cache-Control"] for one in answers} == {"no-store"}
    assert len(double.pictures) == 2


@pytest.mark.parametrize("trouble", ["away", "refused"])
def test_a_wechat_that_does_not_draw_is_stood_in_for_and_asked_again(client, double, trouble):
    double.hangs_up = trouble == "away"
    double.refuse_next(*[41030] * (trouble == "refused"))
    first = picture(client)
    double.hangs_up = False
    second = picture(client)

    assert (first.status_code, first.headers["Cache-Control"]) == (200, "no-store")
    assert first.data.startswith(wechat_double.PNG)
    assert len(double.pictures) == 1
    assert second.data != first.data


def test_without_wechat_a_plain_code_leads_to_the_same(client):
    answer = picture(client)

    assert (answer.status_code, answer.content_type) == (200, "image/png")
    assert answer.data.startswith(wechat_double.PNG)


def test_only_codes_of_ours_are_drawn(client, double):
    assert client.get("/m/v1/scenes/sXXXX-9999.aaaaaaaa.png").status_code == 404
    assert double.asked == []
