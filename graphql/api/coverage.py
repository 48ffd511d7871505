"""The coverage report through the door: rates per level, who has no point, who is too far (FEATURES C16)."""

from __future__ import annotations

from typing import Any

import graphene

from api import paging
from api.scalars import Date, enum_of
from core.errors import Malformed
from locator import coverage, searches
from locator.reach import Among
from locator.travel import Mode

CODE = "Division code; empty for one's own region."


CoverageAmong = enum_of(
    Among,
    "Which stations a way is measured to.",
    {Among.ANY: "Any that can be walked into.", Among.ACCESSIBLE: "With a ramp.", Among.LATE: "Open after 18:00."},
    name="CoverageAmong",
)
AMONG = graphene.Argument(CoverageAmong, default_value=Among.ANY, description="Which stations count.")


class CoverageLevel(graphene.ObjectType):
    """The divisions of one level."""

    number = graphene.Int(required=True, description="1 province … 5 village.")
    name = graphene.String(required=True, description="Its name in Chinese.")
    total = graphene.Int(required=True, description="How many divisions there are.")
    built = graphene.Int(required=True, description="How many have a station.")
    percent = graphene.Float(required=True, description="The built rate, rounded down to a tenth.")
    meets_target = graphene.Boolean(required=True, description="Whether the rate is what is asked for.")

    def resolve_meets_target(level, _info: Any) -> bool:
        """Compare with the rule."""
        return bool(level.percent >= coverage.rules().target_percent)


class LevelCount(graphene.ObjectType):
    """A count for one level."""

    number = graphene.Int(required=True, description="The level.")
    count = graphene.Int(required=True, description="How many divisions.")


class CoverageTrait(graphene.ObjectType):
    """Something stations have."""

    code = graphene.String(required=True, description="Its stable name.")
    label = graphene.String(required=True, description="Its name in Chinese.")
    stations = graphene.Int(required=True, description="How many stations have it.")
    by_level = graphene.List(
        graphene.NonNull(LevelCount), required=True, description="How many divisions of each level have such a one."
    )

    def resolve_by_level(trait, _info: Any) -> list[LevelCount]:
        """List the counts."""
        return [LevelCount(number=number, count=count) for number, count in sorted(trait.by_level.items())]


class CoverageReach(graphene.ObjectType):
    """How many townships reach a station in time, one way of going."""

    mode = graphene.String(required=True, description="WALK, RIDE or DRIVE.")
    label = graphene.String(required=True, description="The same in Chinese.")
    total = graphene.Int(required=True, description="How many townships have a point to measure from.")
    near = graphene.Int(required=True, description="How many reach a station in time.")


class CoverageSpot(graphene.ObjectType):
    """A place on the schematic map."""

    code = graphene.String(required=True, description="The division.")
    name = graphene.String(required=True, description="Its name.")
    lat = graphene.Float(required=True, description="Latitude, WGS-84.")
    lon = graphene.Float(required=True, description="Longitude, WGS-84.")
    minutes = graphene.Int(description="Minutes to the nearest station; of a county, those of its farthest township.")


class CoverageGap(graphene.ObjectType):
    """A division without a station, or too far from any."""

    code = graphene.String(required=True, description="Its code.")
    full_name = graphene.String(required=True, description="Its name after the names of all it lies in.")
    minutes = graphene.Int(description="Minutes to the nearest station, where that was asked.")


CoverageGapConnection = paging.connection(CoverageGap, "Divisions that lack something, by code.", total=True)


class UnmetSearch(graphene.ObjectType):
    """Something people of a county looked for, and how often it was not near. Rounded down; small numbers left out."""

    county = graphene.String(required=True, description="The county's code.")
    county_name = graphene.String(required=True, description="Its full name.")
    label = graphene.String(required=True, description="What was needed, in Chinese.")
    searches = graphene.Int(required=True, description="How often it was looked for, at least.")
    unmet = graphene.Int(required=True, description="How often it was not near, at least.")


class UnmetSearches(graphene.ObjectType):
    """What was looked for in one's region and not found near, and how it was counted."""

    days = graphene.Int(required=True, description="Of how many days.")
    smallest = graphene.Int(required=True, description="Smaller numbers are not said, larger ones rounded down to it.")
    far_minutes = graphene.Int(required=True, description="How many minutes away is not near.")
    nodes = graphene.List(graphene.NonNull(UnmetSearch), required=True, description="The most frequent first.")


class CoverageReport(graphene.ObjectType):
    """A region as the directory has it today."""

    code = graphene.String(required=True, description="The region.")
    name = graphene.String(required=True, description="Its full name.")
    version = graphene.Int(required=True, description="The version of the directory it was made from.")
    day = graphene.Field(Date, required=True, description="The day.")
    stations = graphene.Int(required=True, description="How many stations there are.")
    target_percent = graphene.Int(required=True, description="The rate that is asked for.")
    near_minutes = graphene.Int(required=True, description="How many minutes count as near.")
    levels = graphene.List(graphene.NonNull(CoverageLevel), required=True, description="Rates per level.")
    traits = graphene.List(graphene.NonNull(CoverageTrait), required=True, description="What the stations have.")
    reach = graphene.List(
        graphene.NonNull(CoverageReach),
        required=True,
        description="Who is near, three ways.",
        among=AMONG,
    )
    spots = graphene.List(
        graphene.NonNull(CoverageSpot),
        required=True,
        description="Points for a schematic map: of a province its counties, else the townships.",
        mode=graphene.String(required=True, description="WALK, RIDE or DRIVE."),
        among=AMONG,
    )

    def resolve_code(report, _info: Any) -> str:
        """Name the region."""
        return str(report.region.code)

    def resolve_name(report, _info: Any) -> str:
        """Name the region."""
        return str(report.region.full_name)

    def resolve_target_percent(_report, _info: Any) -> int:
        """Give the rule."""
        return coverage.rules().target_percent

    def resolve_near_minutes(_report, _info: Any) -> int:
        """Give the rule."""
        return coverage.rules().near_minutes

    def resolve_reach(report, _info: Any, among: Among) -> list[CoverageReach]:
        """Count who is near."""
        spots = report.reached[among]
        most, total = coverage.rules().near_minutes, len(spots)
        return [
            CoverageReach(mode=mode.value, label=label, total=total, near=sum(one.is_near(mode, most) for one in spots))
            for mode, label in coverage.MODES.items()
        ]

    def resolve_spots(report, _info: Any, mode: str, among: Among) -> list[Any]:
        """Draw the points."""
        return list(coverage.drawn(report, _mode(mode), among))


class Queries(graphene.ObjectType):
    """What can be asked of coverage."""

    coverage = graphene.Field(
        CoverageReport,
        required=True,
        description="The report on one's own region or one below it.",
        region=graphene.String(required=True, description=CODE),
    )
    coverage_gaps = paging.paged(
        CoverageGapConnection,
        "Divisions without a station.",
        region=graphene.String(required=True, description=CODE),
        level=graphene.Int(required=True, description="1 province … 5 village."),
    )
    coverage_far = paging.paged(
        CoverageGapConnection,
        "Townships from which no station is reached in time.",
        region=graphene.String(required=True, description=CODE),
        mode=graphene.String(required=True, description="WALK, RIDE or DRIVE."),
        among=AMONG,
    )
    unmet_searches = graphene.Field(
        UnmetSearches,
        required=True,
        description="What was looked for in one's region and not found near.",
        first=graphene.Int(required=True, description="How many at most, 1 to 100."),
    )

    def resolve_unmet_searches(_root, info: Any, first: int) -> UnmetSearches:
        """List the counts."""
        rule, viewer = searches.rules(), info.context
        nodes = searches.sought(viewer.actor, first=paging.judged(first), now=viewer.now)
        return UnmetSearches(days=rule.shown_days, smallest=rule.smallest, far_minutes=rule.far_minutes, nodes=nodes)

    def resolve_coverage(_root, info: Any, region: str) -> Any:
        """Give the report."""
        return _report(info, region)

    def resolve_coverage_gaps(
        _root, info: Any, region: str, level: int, first: int, after: str | None = None
    ) -> paging.Page:
        """Give a page of those without a station."""
        missing = _report(info, region).level(level).missing
        return _page([CoverageGap(code=one.code, full_name=one.full_name) for one in missing], first, after)

    def resolve_coverage_far(
        _root, info: Any, region: str, mode: str, among: Among, first: int, after: str | None = None
    ) -> paging.Page:
        """Give a page of those who are too far."""
        by, most = _mode(mode), coverage.rules().near_minutes
        far = [
            CoverageGap(
                code=one.region.code,
                full_name=one.region.full_name,
                minutes=one.minutes[by] if one.minutes else None,
            )
            for one in _report(info, region).reached[among]
            if not one.is_near(by, most)
        ]
        return _page(far, first, after)


def _report(info: Any, region: str) -> coverage.Report:
    viewer = info.context
    return coverage.report(viewer.actor, region or viewer.actor.region, now=viewer.now)


def _mode(said: str) -> Mode:
    try:
        return Mode(said)
    except ValueError:
        raise Malformed("coverage_mode_unknown") from None


def _page(rows: list[CoverageGap], first: int, after: str | None) -> paging.Page:
    place = paging.place(after)
    start = place[0] if place and isinstance(place[0], str) else ""
    ahead = [one for one in rows if one.code > start]
    return paging.page_of(ahead[: paging.judged(first) + 1], first, lambda one: (one.code,), len(rows))
