"""Leaflets and posters on paper and screens; what has changed, for whoever keeps pages to read offline."""

import gzip
import io
import json
from datetime import UTC, datetime, timedelta

import pytest
from PIL import Image
from pypdf import PdfReader

from content import delta, leaflets, reading, version
from content.models import Publication
from core.db import session, transaction
from core.errors import Malformed
from core.identity import ANYONE
from tests.content.shelf import later, page

TABLES = "| 路 | 找谁 |\n|---|---|\n| 投诉 | 劳动局 |\n\n| 一 |\n|---|\n| 二 |"
BODY = f"## 怎么做\n\n1. 先报警\n2. 再看伤\n\n- 带身份证\n\n{TABLES}\n\n完。"
PLACE = {
    "name": "石峰区法律援助中心",
    "address": "响石岭 1 号",
    "hours": "9:00–12:00",
    "phone": "0731-1",
    "demo": "演示",
}


def words(pdf):
    return "".join("".join(one.extract_text() for one in PdfReader(io.BytesIO(pdf)).pages).split())


def test_a_text_becomes_the_lines_of_a_leaflet():
    lines = [(one["kind"], one["words"]) for one in leaflets.parts(BODY)]

    assert lines == [
        ("heading", "怎么做"),
        ("step", "先报警"),
        ("step", "再看伤"),
        ("item", "带身份证"),
        ("item", "路：找谁"),
        ("item", "投诉：劳动局"),
        ("item", "一"),
        ("item", "二"),
        ("line", "完。"),
    ]
    assert [one["number"] for one in leaflets.parts(BODY) if one["kind"] == "step"] == [1, 2]


@pytest.mark.parametrize(("which", "width"), [(leaflets.Paper.A4, 595), (leaflets.Paper.A5, 420)])
def test_a_leaflet_says_what_to_do_and_where_to_go(unit, now, which, width):
    page("wages", "挨打以后", BODY, now=now, summary="先到安全的地方。")

    pdf = leaflets.as_pdf(leaflets.content(ANYONE, "wages", which, PLACE, now=now))

    assert round(PdfReader(io.BytesIO(pdf)).pages[0].mediabox.width) == width
    for said in (
        "挨打以后",
        "先到安全的地方。",
        "先报警",
        "石峰区法律援助中心",
        "0731-1",
        "演示",
        "样例",
        "2026年11月23日印",
    ):
        assert said in words(pdf), said


def test_a_poster_is_one_picture_and_needs_no_office(unit, now):
    page("wages", "挨打以后的第一个小时" * 6, now=now, summary="先到安全的地方。" * 20, is_sample=False)

    png = leaflets.as_poster(leaflets.content(ANYONE, "wages", leaflets.Paper.A5, None, now=now))

    poster = Image.open(io.BytesIO(png))
    assert (poster.format, poster.size) == ("PNG", (900, 1200))
    assert len(png) < 300_000


def test_anybody_fetches_them(db, client):
    with transaction():
        page("wages", "挨打以后", BODY, now=datetime.now(UTC))

    sheet = client.get("/m/v1/pages/wages/leaflet-a5.pdf")
    poster = client.get("/m/v1/pages/wages/poster.png")

    assert (sheet.status_code, sheet.content_type) == (200, "application/pdf")
    assert "12348" in words(sheet.data)
    assert (poster.status_code, poster.content_type) == (200, "image/png")
    for path in "wages/leaflet-a3.pdf", "nobody/poster.png", "wages/poster.png?station=ZZZZZ":
        assert client.get(f"/m/v1/pages/{path}").status_code == 404


def changed(since, now):
    return json.loads(delta.since(since, now=now))


def test_who_keeps_pages_hears_of_what_is_new_and_what_is_gone(unit, now):
    page("old", "旧的", now=now - timedelta(hours=2))
    page("ending", "要下的", now=now - timedelta(hours=2), ends=later(now, 10))
    first = changed("", now)
    page("new", "新的", BODY, now=now, starts=later(now, 5), tags=["group:women"])

    assert [one["slug"] for one in first["pages"]] == ["ending", "old"]
    assert (first["gone"], first["more"]) == ([], False)
    then = changed(first["next"], later(now, 6))
    assert [one["slug"] for one in then["pages"]] == ["ending", "old", "new"]  # the last minute is told twice
    assert then["gone"] == []
    last = changed(then["next"], later(now, 11))
    assert ([one["slug"] for one in last["pages"]], last["gone"]) == (["new"], ["ending"])
    assert last["pages"][0]["html"].startswith("<h2")
    assert last["pages"][0]["groups"] == ["women"]


def test_much_is_told_in_portions(unit, now, monkeypatch):
    monkeypatch.setattr(delta, "MOST", 2)
    for number in range(5):
        page(f"p{number}", "同一刻", now=now)

    heard, since = [], ""
    for _ in range(3):
        told = changed(since, now)
        heard += [one["slug"] for one in told["pages"]]
        since = told["next"]

    assert heard == ["p0", "p1", "p2", "p3", "p4"]
    assert not told["more"]


def test_nothing_is_told_of_an_empty_shelf(unit, now):
    told = changed("", now)

    assert (told["pages"], told["gone"]) == ([], [])
    assert changed(told["next"], now)["pages"] == []


@pytest.mark.parametrize("since", ["x", "2026-01-01~a", "~", "2026-13-01T00:00:00Z~"])
def test_a_place_nobody_gave_is_malformed(unit, now, since):
    with pytest.raises(Malformed):
        delta.since(since, now=now)


def test_what_has_not_changed_is_not_sent_nor_looked_at(db, client, count_statements):
    now = datetime.now(UTC)
    with transaction():
        page("wages", "讨薪", BODY, now=now)
        version.advance(now=now)
    whole = client.get("/api/pages", headers={"Accept-Encoding": "gzip"})
    assert json.loads(gzip.decompress(whole.data))["pages"][0]["slug"] == "wages"
    assert client.get("/api/pages").json["pages"]

    with count_statements() as sent:
        again = client.get("/api/pages", headers={"Accept-Encoding": "gzip", "If-None-Match": whole.headers["ETag"]})

    assert (again.status_code, again.data) == (304, b"")
    assert len([one for one in sent if "content_version" in one]) == 1
    assert [one for one in sent if "publication" in one or "article" in one] == []
    with transaction():
        version.advance(now=datetime.now(UTC))
    fresh = client.get("/api/pages", headers={"Accept-Encoding": "gzip", "If-None-Match": whole.headers["ETag"]})
    assert fresh.status_code == 200
    with transaction():
        assert session().query(Publication).count() == 1
        assert reading.count(reading.Wish(), now=datetime.now(UTC)) == 1
