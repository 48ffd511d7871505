"""Cards and signs: what stands on them, where the code leads, and what is counted."""

import io

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from core import settings
from core.calendar import china_day
from core.db import keep, session
from core.errors import NotFound, NotSignedIn
from core.identity import ANYONE, Permission
from locator import contacts, shown, signs
from locator.contacts import Person
from locator.models import Scan, Station, Venue
from tests import make
from tests.portal.browser import SITE

PLACE = "demo-430211-0"


@pytest.fixture
def code(country):
    return session().get_one(Station, PLACE).code


@pytest.fixture
def clerk():
    return make.staff("430211", frozenset({Permission.DIRECTORY_EDIT}))


def pages(which, said):
    return [page.extract_text() for page in PdfReader(io.BytesIO(signs.as_pdf(which, said))).pages]


def test_a_card_says_how_to_get_there(code, clerk, now):
    session().get_one(Venue, PLACE).transport = "乘 12 路到长江广场站"
    contacts.put(clerk, code, Person("李明", "T1", "0731-28000000"), now=now)

    said = signs.content(code, now=now)
    (page,) = pages(signs.Paper.CARD, said)

    for words in ("12348", "李明", "乘 12 路到长江广场站", code, "演示数据，非真实机构", "以现场公告为准"):
        assert words.replace(" ", "") in page.replace(" ", "").replace("\n", "")


def test_a_sign_is_one_page_with_its_label_and_code(code, now):
    (page,) = pages(signs.Paper.SIGN, signs.content(code, now=now))

    assert "演示数据，非真实机构" in page
    assert code in page


@pytest.mark.parametrize("which", signs.Paper)
def test_however_much_there_is_to_say_it_fits_one_page(code, now, which):
    said = signs.content(code, now=now)
    much = said | {"name": "名" * 120, "address": "长" * 200, "transport": "车" * 300, "phone": "0743-8222222 " * 4}

    assert len(pages(which, much)) == 1


def test_papers_are_accessible_and_the_picture_has_words(code, now):
    for which in signs.Paper:
        made = signs.as_pdf(which, signs.content(code, now=now))
        root = PdfReader(io.BytesIO(made)).root_object
        assert root["/MarkInfo"]["/Marked"]
        assert root["/Lang"] == "zh-CN"


def test_what_is_not_known_is_said_so(code, now):
    station = session().get_one(Station, PLACE)
    station.hours = station.hours_text = ""
    session().flush()

    said = signs.content(code, now=now)

    assert said["transport"] == signs.NO_BUS
    assert said["hours"] == [shown.UNKNOWN]
    assert said["link"] == f"{settings.current().public_url}/s/{code}"


def test_scans_are_counted_by_day_and_by_nobody(code, clerk, now):
    for _ in range(3):
        assert signs.scanned(ANYONE, code.lower(), now=now) == code

    row = session().execute(select(Scan)).scalar_one()
    assert (row.station_id, row.on, row.scans) == (PLACE, china_day(now), 3)
    assert set(Scan.__table__.c.keys()) == {"station_id", "on", "scans"}
    assert signs.scans(clerk, code, now=now) == 3
    with pytest.raises(NotSignedIn):
        signs.scans(ANYONE, code, now=now)
    with pytest.raises(NotFound):
        signs.scans(make.staff("430281", clerk.permissions), code, now=now)


def test_a_retired_station_has_no_sign(code, now):
    session().get_one(Station, PLACE).retired_on = china_day(now)

    for attempt in (lambda: signs.scanned(ANYONE, code, now=now), lambda: signs.content(code, now=now)):
        with pytest.raises(NotFound, match="station_unknown"):
            attempt()


def test_the_short_link_leads_to_the_place_and_keeps_nothing(brought_in, client):
    code = keep(lambda: session().get_one(Station, PLACE).code)

    answer = client.get(f"/s/{code}", base_url=SITE)

    assert (answer.status_code, answer.location) == (302, f"/stations/at/{code}")
    assert "Set-Cookie" not in answer.headers
    assert client.get("/s/0000-0000", base_url=SITE).status_code == 404
    assert keep(lambda: session().scalar(select(Scan.scans))) == 1


def test_a_sign_leads_on_for_ever_but_one_address_counts_only_so_often(brought_in, client):
    code = keep(lambda: session().get_one(Station, PLACE).code)

    answers = {client.get(f"/s/{code}", base_url=SITE).location for _ in range(33)}

    assert answers == {f"/stations/at/{code}"}
    assert keep(lambda: session().scalar(select(Scan.scans))) == 30


@pytest.mark.no_cover
def test_papers_are_given_to_anybody_a_reasonable_number_of_times(brought_in, client, monkeypatch):
    code = keep(lambda: session().get_one(Station, PLACE).code)

    for which in signs.Paper:
        answer = client.get(f"/m/v1/stations/{code}/{which}.pdf", base_url=SITE)
        assert (answer.status_code, answer.data[:5]) == (200, b"%PDF-")
    assert client.get(f"/m/v1/stations/{code}/poster.pdf", base_url=SITE).status_code == 404
    monkeypatch.setattr(signs, "as_pdf", lambda *_: b"")
    last = [client.get(f"/m/v1/stations/{code}/card.pdf", base_url=SITE).status_code for _ in range(59)][-1]
    assert last == 429
