import dataclasses
import io
import zipfile
from datetime import date, time

import pytest

from core import settings
from core.errors import Rejected
from locator.upkeep import sheets
from locator.upkeep.columns import EXAMPLE, TITLES, StationColumn, named
from tests.locator.upkeep.files import office, workbook, written
from tests.make import MORNING


@pytest.fixture
def limits():
    """Set what a file may have."""
    before = settings.current()
    yield lambda **changed: settings.use(dataclasses.replace(before, **changed))
    settings.use(before)


def refused(data):
    with pytest.raises(Rejected) as rejected:
        sheets.read(data)
    (problem,) = rejected.value.problems
    assert problem.field == "file"
    return problem.code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_reads_what_office_programs_write(settings, encoding, separator):
    data = written([office(name="𦰡溪某某司法所", address='第一行，"引号"')], separator=separator, encoding=encoding)

    sheet = sheets.read(data)

    (line,) = sheet.lines
    assert (line.number, line.cells[StationColumn.NAME], line.cells[StationColumn.ADDRESS]) == (
        2,
        "𦰡溪某某司法所",
        '第一行，"引号"',
    )
    assert line.cells[StationColumn.SOURCE] == "https://example.invalid/1"
    assert line.cells[StationColumn.LAT] == ""


def test_knows_columns_by_chinese_names_in_any_width():
    assert named("上门范围(公里)") is StationColumn.HOME_VISIT_KM
    assert named(" 机构 名称 ") is StationColumn.NAME
    assert named("Source_URL") is StationColumn.SOURCE
    assert named("备注") is None


def test_names_strange_and_repeated_columns_and_skips_empty_rows(settings):
    sheet = sheets.read("名称,,类型,备注,名称,\n某所,,司法所,x,y,z\n,,,,,\n某处,,公证处\n".encode())

    assert sheet.strange == ["备注", "名称"]
    assert [(line.number, line.cells[StationColumn.NAME]) for line in sheet.lines] == [(2, "某所"), (4, "某处")]


def test_says_on_one_line_what_a_cell_says(settings):
    data = workbook(
        ["名称", "类型", "行政区划代码", "核实日期", "开放时间", "纬度", "来源", "电话", "地址"],
        ["某\n所", "司法所", 430211.0, MORNING.replace(tzinfo=None), time(9, 30), 27.5, True, 12348, "甲\u2028乙"],
        ["某处", "公证处", None, date(2026, 11, 2), "", None, False, None, "丙"],
    )

    one, other = sheets.read(data).lines

    assert list(one.cells.values()) == [
        "某 所",
        "司法所",
        "430211",
        "2026-11-23",
        "09:30",
        "27.5",
        "是",
        "12348",
        "甲 乙",
    ]
    assert (other.cells[StationColumn.CONFIRMED_ON], other.cells[StationColumn.SOURCE]) == ("2026-11-02", "否")


def test_the_template_is_read_back_and_brings_nothing_in(settings):
    sheet = sheets.read(sheets.template())

    assert (sheet.lines, sheet.strange) == ([], [])
    assert set(EXAMPLE) < set(TITLES) == set(StationColumn)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "sheet_without_columns"),
        ("姓名,年龄\n甲,1\n".encode(), "sheet_without_columns"),
        ('名称,类型\n"某所,司法所\n'.encode(), "sheet_broken"),
        (b"\xff\xfe\xff\xff\x81", "sheet_broken"),
        ("名称,类型\n\0,司法所\n".encode(), "sheet_broken"),
        (b"\xd0\xcf\x11\xe0 old", "sheet_of_old_office"),
        (b"PK\x03\x04 cut off", "sheet_broken"),
        (",".join(["名称", "类型", *["x"] * 70]).encode(), "sheet_too_wide"),
    ],
)
def test_takes_nothing_of_a_file_that_is_broken(settings, data, code):
    assert refused(data) == code


def test_takes_nothing_of_a_zip_that_is_no_table(settings):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as parts:
        parts.writestr("a.txt", "x")

    assert refused(file.getvalue()) == "sheet_broken"


def test_does_not_unpack_a_bomb(settings):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", bytes(60 * sheets.MEGABYTE))

    assert len(file.getvalue()) < sheets.MEGABYTE
    assert refused(file.getvalue()) == "sheet_unpacks_too_large"


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("xl/worksheets/sheet1.xml", "<c/>" * 2_000_001),
        ("xl/worksheets/sheet1.xml", "<a>" * 400_000 + "</a>" * 400_000),
        ("xl/styles.xml", "<xf numFmtId='0' fontId='0' fillId='0' borderId='0'/>" * 50_001),
        ("xl/media/rows.png", "<c numFmtId='0' fontId='0' fillId='0' borderId='0'/>" * 50_001),
    ],
)
def test_reads_nothing_that_would_take_minutes_or_all_memory(settings, name, body):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr(name, f"<x>{body}</x>")

    assert refused(file.getvalue()) == "sheet_unpacks_too_large"


def test_a_large_photograph_in_a_workbook_is_nobodys_business(settings):
    file = io.BytesIO(workbook(["名称", "类型"], ["某所", "司法所"]))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/media/image1.png", b"\x89PNG" * sheets.MEGABYTE)

    assert len(sheets.read(file.getvalue()).lines) == 1


def test_takes_no_more_than_it_may(settings, limits):
    limits(import_rows=2)
    three = written([office(name=f"第{number}所") for number in range(3)])

    assert len(sheets.read(written([office(), office()])).lines) == 2
    assert refused(three) == "sheet_too_long"
    assert refused(("名称,类型\n" + "\n" * 9 + "某所,司法所").encode()) == "sheet_too_long"
    limits(import_megabytes=0)
    assert refused(three) == "sheet_too_large"


def test_writes_whole_figures_without_a_point():
    assert sheets._said(430211.0) == "430211"
