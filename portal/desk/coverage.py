"""How well a region is covered: a table, a schematic map, and both as CSV (FEATURES C16)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, render_template, request

from core.errors import Malformed
from portal.asking import ask
from portal.desk import coverage_map

pages = Blueprint("desk_coverage", __name__, url_prefix="/desk/coverage")

A_PAGE = 50
WHOLE = 100
TOWNSHIP, DEEPEST = 4, 5
AMONG = {"ANY": "任何服务点", "ACCESSIBLE": "有轮椅坡道的", "LATE": "18:00 以后也开门的"}
MODES = {"WALK": "步行", "RIDE": "骑车", "DRIVE": "开车"}
BYTE_ORDER_MARK = "\ufeff"  # or a spreadsheet takes the Chinese for something else
FORMULA = ("=", "+", "-", "@")


@pages.after_request
def keep_nothing(response: Response) -> Response:
    """Let nothing of these pages be kept."""
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.get("")
def show() -> str:
    """Show the report on a region, and who has no point on one level."""
    region, level, mode = _asked()
    among = _among()
    after = request.args.get("after")
    answer = ask("Coverage", region=region, level=level, mode=mode, among=among, first=A_PAGE, after=after)
    report = answer["coverage"]
    below = ask("Region", code=report["code"])
    far = ask("CoverageFar", region=region, mode=mode, among=among, first=A_PAGE)["coverageFar"]
    return render_template(
        "desk/coverage.html",
        report=report,
        gaps=answer["coverageGaps"],
        far=far,
        marks=coverage_map.marks(report["spots"], report["nearMinutes"]),
        division=below["division"],
        below=below["divisions"]["nodes"],
        level=level,
        mode=mode,
        modes=MODES,
        among=among,
        amongst=AMONG,
        unmet=answer["unmetSearches"],
    )


@pages.get("/gaps.csv")
def gaps() -> Response:
    """Give all divisions of a level without a station."""
    region, level, _ = _asked()
    rows = ([one["code"], one["fullName"]] for one in _all("CoverageGaps", region=region, level=level))
    return _csv("gaps", ["代码", "没有服务点的地方"], rows)


@pages.get("/far.csv")
def far() -> Response:
    """Give all townships that are too far from any station."""
    region, _, mode = _asked()
    among = _among()
    rows = (
        [one["code"], one["fullName"], "" if one["minutes"] is None else str(one["minutes"])]
        for one in _all("CoverageFar", region=region, mode=mode, among=among)
    )
    return _csv("far", ["代码", "乡镇（街道）", f"到最近的分钟数（{AMONG[among]}，{MODES[mode]}，估算）"], rows)


@pages.get("/levels.csv")
def levels() -> Response:
    """Give the rates."""
    region, level, mode = _asked()
    found = ask("Coverage", region=region, level=level, mode=mode, among="ANY", first=1, after=None)["coverage"]
    rows = [[one["name"], str(one["total"]), str(one["built"]), str(one["percent"])] for one in found["levels"]]
    return _csv("levels", ["层级", "总数", "有服务点", "建成率（%）"], rows)


def _asked() -> tuple[str, int, str]:
    region, mode = request.args.get("region", ""), request.args.get("mode", "WALK")
    level = request.args.get("level", str(TOWNSHIP))
    if not level.isascii() or not level.isdigit() or not 1 <= int(level) <= DEEPEST:
        raise Malformed("coverage_level_unknown")
    if mode not in MODES:
        raise Malformed("coverage_mode_unknown")
    return region, int(level), mode


def _among() -> str:
    among = request.args.get("among", "ANY")
    if among not in AMONG:
        raise Malformed("coverage_among_unknown")
    return among


def _all(document: str, **asked: Any) -> Iterator[dict[str, Any]]:
    after = None
    while True:
        (page,) = ask(document, first=WHOLE, after=after, **asked).values()
        yield from page["nodes"]
        if not page["pageInfo"]["hasNextPage"]:
            return
        after = page["pageInfo"]["endCursor"]


def _csv(name: str, head: list[str], rows: Any) -> Response:
    written = io.StringIO()
    csv.writer(written).writerows([head, *([_plain(cell) for cell in row] for row in rows)])
    answer = Response(BYTE_ORDER_MARK + written.getvalue(), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="coverage-{name}.csv"'
    return answer


def _plain(cell: str) -> str:
    """Keep a spreadsheet from taking words for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
