"""Who visits is shown by a picture: put in by staff of the region, made anew, seen with the card."""

import io

import pytest
from PIL import Image

from appointments.doorstep import faces
from core.db import session
from core.errors import Forbidden, NotFound, NotSignedIn
from core.identity import ANYONE
from tests.appointments import town
from tests.appointments.doorstep.test_pages import browser, desk, visit  # noqa: F401  # the same day
from tests.appointments.town import NOW


def portrait():
    file = io.BytesIO()
    Image.effect_mandelbrot((600, 700), (-2, -1.2, 0.7, 1.2), 40).convert("RGB").save(file, "JPEG")
    file.seek(0)
    return file


def test_staff_of_the_region_say_what_somebody_looks_like(made, citizen):
    for picture in (b"one", b"two"):
        faces.show(town.clerk(), "team0-0", picture, now=NOW)
        session().flush()
    assert faces.of(["team0-0", "team0-1"]) == {"team0-0": "data:image/jpeg;base64,dHdv"}
    for who, worker, refusal in (
        (town.clerk(), "nobody", NotFound),
        (town.clerk("430281"), "team0-0", NotFound),
        (citizen, "team0-0", Forbidden),
        (ANYONE, "team0-0", NotSignedIn),
    ):
        for ask in (faces.allow, lambda *a: faces.show(*a, b"x", now=NOW)):
            with pytest.raises(refusal):
                ask(who, worker)


def test_a_picture_is_put_in_and_seen_with_the_card(desk, visit):  # noqa: F811
    _, link, _ = visit
    desk.look("/desk/doorstep/team/team0")
    assert desk.fill("/faces/").status == 422
    desk.look("/desk/doorstep/team/team0").fill("/faces/", photo=(portrait(), "a.jpg"))
    assert len(desk.page.css("main img[src^='data:image/jpeg']")) == 1

    desk.look(f"/visits/of/{link}/door")
    assert [one.attributes["alt"] for one in desk.page.css(".visitors img")] == ["周敏的照片"]
