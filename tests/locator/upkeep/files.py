"""Invented files of stations, of every shape offices send: nobody in them exists."""

import csv
import io

from openpyxl import Workbook

from core.identity import SYSTEM
from locator.upkeep import changes, imports, sheets

HEADERS = (
    "name",
    "level",
    "kind",
    "division_code",
    "address",
    "phone",
    "lat",
    "lon",
    "source_url",
    "retrieved_note",
    "hours",
    "approx_lat",
    "approx_lon",
    "approx_basis",
)
OFFICE = {
    "name": "天元区某某法律援助中心",
    "level": "county",
    "kind": "法律援助中心",
    "division_code": "430211",
    "address": "某某路1号",
    "phone": "0731-12345678",
    "source_url": "https://example.invalid/1",
    "hours": "工作日 9:00-12:00，13:30-17:00",
    "approx_lat": "27.82",
    "approx_lon": "113.08",
    "approx_basis": "division-seat",
}


def office(**said):
    """Make a row: the office, but for what is said."""
    return {**OFFICE, **said}


def written(rows, headers=HEADERS, *, separator=",", encoding="utf-8"):
    """Write rows as a CSV file."""
    file = io.StringIO()
    writer = csv.DictWriter(file, headers, delimiter=separator, restval="", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode(encoding)


def workbook(*rows):
    """Write rows as an XLSX file."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def laid(*rows, actor=SYSTEM, now, headers=HEADERS):
    """Lay down what these rows would change."""
    plan = imports.compare(actor, sheets.read(written(rows, headers)), now=now)
    return imports.propose(actor, plan, title="某某.csv", now=now)


def applied(*rows, actor=SYSTEM, now):
    """Bring these rows in."""
    return changes.apply(actor, laid(*rows, actor=actor, now=now).id, now=now)


def codes(found):
    """Say what was remarked, with the row."""
    return [(note["row"], note["code"]) for note in found.unread]
