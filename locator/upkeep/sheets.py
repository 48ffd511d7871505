"""Files people keep their lists in: CSV in the encodings and separators office programs write, and XLSX.

Whatever a file holds, reading it takes bounded time and memory, and a file that is broken gives nothing at all.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime, time
from string import ascii_uppercase
from typing import IO, Any
from unicodedata import category
from xml.parsers.expat import ExpatError, ParserCreate

from openpyxl import Workbook, load_workbook

from core import settings
from core.errors import Problem, Rejected
from locator.upkeep.columns import EXAMPLE, TITLES, StationColumn, named

MOST_COLUMNS = 60
MOST_PARTS = 200  # files in an XLSX
LONGEST_CELL = 2_000
UNPACKED = 5  # times the size a file may have
MEGABYTE = 1024 * 1024
SMALL = 2 * MEGABYTE  # parts of an XLSX that do no harm whatever they hold
ROWS = ("xl/worksheets/", "xl/sharedStrings")  # parts that hold rows
MOST_ELEMENTS, FEW_ELEMENTS, DEEPEST = 2_000_000, 50_000, 32
ENCODINGS = ("utf-8-sig", "gb18030")
SEPARATORS = (",", ";", "\t", "，", "；")
ZIP, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
BLANKS = {"Cc", "Zl", "Zp"}
NEEDED = (StationColumn.NAME, StationColumn.KIND)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a file: its number as people count, and what its cells say."""

    number: int
    cells: Mapping[StationColumn, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a file holds, and the headers nobody knows."""

    lines: Sequence[Line]
    strange: Sequence[str]


def read(data: bytes) -> Sheet:
    """Read a file. Raises `Rejected` where it is too large, broken, or no list of stations."""
    given = settings.current()
    _require(len(data) <= given.import_megabytes * MEGABYTE, "sheet_too_large", megabytes=given.import_megabytes)
    _require(not data.startswith(OLD_OFFICE), "sheet_of_old_office")
    rows = _workbook(data) if data.startswith(ZIP) else _text(data)
    try:
        return _sheet(rows, given.import_rows)
    except Rejected:
        raise
    except Exception as fault:  # whatever a broken file makes a library raise, nothing is taken
        raise Rejected((Problem("sheet_broken", "file"),)) from fault


def template() -> bytes:
    """Make an empty file to fill in, and a page of examples; its cells are text, so that 0731 keeps its nought."""
    book = Workbook()
    page, examples = book.active, book.create_sheet("填写示例")
    page.title = "服务点"
    shown = [column for column in StationColumn if not column.startswith("approx")]
    for letter, column in zip(ascii_uppercase, shown, strict=False):
        for one in (page, examples):
            one.column_dimensions[letter].number_format = "@"
            one.column_dimensions[letter].width = 2 * len(TITLES[column]) + 6
    page.append([TITLES[column] for column in shown])
    examples.append([TITLES[column] for column in shown])
    examples.append([EXAMPLE.get(column, "") for column in shown])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _sheet(rows: Iterator[Sequence[Any]], most: int) -> Sheet:
    with closing(rows):  # type: ignore[type-var]  # both are generators
        headers = [_said(cell) for cell in next(rows, ())]
        while headers and not headers[-1]:
            headers.pop()
        _require(len(headers) <= MOST_COLUMNS, "sheet_too_wide", limit=MOST_COLUMNS)
        places: dict[StationColumn, int] = {}
        strange = []
        for place, header in enumerate(headers):
            column = named(header)
            if column and column not in places:
                places[column] = place
            elif header:
                strange.append(header[:40])
        _require(all(column in places for column in NEEDED), "sheet_without_columns")
        return Sheet(list(_lines(rows, places, most)), strange)


def _lines(rows: Iterable[Sequence[Any]], places: Mapping[StationColumn, int], most: int) -> Iterator[Line]:
    taken = 0
    for number, row in enumerate(rows, start=2):
        _require(number <= most * 2, "sheet_too_long", limit=most)
        cells = {column: _said(row[place]) if place < len(row) else "" for column, place in places.items()}
        if any(cells.values()):
            taken += 1
            _require(taken <= most, "sheet_too_long", limit=most)
            yield Line(number, cells)


def _text(data: bytes) -> Iterator[Sequence[str]]:
    text = _decoded(data)
    header = text.split("\n", 1)[0]
    separator = max(SEPARATORS, key=lambda one: _known(header.split(one)))
    yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)


def _known(headers: Iterable[str]) -> int:
    return sum(named(one.strip('"\r')) is not None for one in headers)


def _decoded(data: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        _require("\0" not in text, "sheet_broken")
        return text
    raise Rejected((Problem("sheet_broken", "file"),))


def _workbook(data: bytes) -> Iterator[Sequence[Any]]:
    """Give the rows of the first page. What it unpacks to is judged first, and `zipfile` holds it to that."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        sizes = [part.file_size for part in parts.infolist()]
    most = settings.current().import_megabytes * MEGABYTE * UNPACKED
    _require(len(sizes) <= MOST_PARTS and sum(sizes) <= most, "sheet_unpacks_too_large")
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        for part in parts.infolist():
            if part.file_size > SMALL:
                _weigh(parts.open(part), MOST_ELEMENTS if part.filename.startswith(ROWS) else FEW_ELEMENTS)
    with closing(load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)) as book:
        page = book.worksheets[0]
        page.reset_dimensions()  # what a file says of its size need not be true
        last = settings.current().import_rows * 2 + 1
        yield from page.iter_rows(max_row=last, max_col=MOST_COLUMNS + 1, values_only=True)


def _weigh(part: IO[bytes], most: int) -> None:
    """Refuse what would keep a reader busy for minutes, or fill the memory: too many elements, or too deep.

    What is no XML, a photograph say, harms nobody: whoever reads it as such stops at the same place.
    """
    count = depth = 0

    def begin(_name: str, _said: object) -> None:
        nonlocal count, depth
        count, depth = count + 1, depth + 1
        _require(count <= most and depth <= DEEPEST, "sheet_unpacks_too_large")

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    reader = ParserCreate()
    reader.StartElementHandler, reader.EndElementHandler = begin, end
    with part, suppress(ExpatError):
        reader.ParseFile(part)


def _said(value: Any) -> str:
    """Give what a cell says on one line, without what cannot be seen."""
    if value is None:
        return ""
    text = _written(value)[:LONGEST_CELL]
    if text.isprintable():
        return " ".join(text.split())
    shown = (" " if category(one) in BLANKS else one for one in text if category(one) != "Cs")
    return " ".join("".join(shown).split())


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.strftime("%H:%M") if isinstance(value, time) else str(value)


def _require(holds: object, code: str, **params: str | int) -> None:
    if not holds:
        raise Rejected((Problem(code, "file", params),))
