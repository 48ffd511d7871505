"""Where somebody is and where help is given: divisions, places, and the agency to apply to (FEATURES A35, C02)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import graphene

from api import lookahead, paging
from api.scalars import enum_of
from locator import agencies, queries, search, words
from locator.kinds import DivisionStatus, GeoQuality, PlatformLevel, Service, StationKind

CODE = "Division code of 2 (province), 4, 6, 9 or 12 (village) digits."

DivisionStatusType = enum_of(
    DivisionStatus,
    "Whether a division still exists.",
    {DivisionStatus.ACTIVE: "It exists.", DivisionStatus.REVOKED: "It was merged or renamed; kept for old addresses."},
)
StationKindType = enum_of(
    StationKind,
    "What sort of station it is.",
    {kind: f"{label}." for kind, label in words.KINDS.items()},
)
PlatformLevelType = enum_of(
    PlatformLevel,
    "Which level of the platform a place belongs to.",
    {
        PlatformLevel.PROVINCE_CENTRE: "Province.",
        PlatformLevel.CITY_CENTRE: "Prefecture.",
        PlatformLevel.COUNTY_CENTRE: "County.",
        PlatformLevel.TOWNSHIP_STATION: "Township or street.",
        PlatformLevel.VILLAGE_POINT: "Village or neighbourhood.",
        PlatformLevel.LIAISON: "A liaison officer of a group of households.",
    },
)
GeoQualityType = enum_of(
    GeoQuality,
    "How a point was come by.",
    {
        GeoQuality.SURVEYED: "Given by the office itself.",
        GeoQuality.NONE: "There is none.",
        GeoQuality.SEAT: "The seat of the division.",
        GeoQuality.GEONAMES: "A place of GeoNames.",
        GeoQuality.SYNTHETIC: "Computed, for demonstration: distances are approximate.",
        GeoQuality.INHERITED: "Taken from the township: distances are approximate.",
    },
)
ReasonType = enum_of(
    agencies.Reason,
    "Why an agency is suggested.",
    {
        agencies.Reason.COUNTY: "It is the agency of the county.",
        agencies.Reason.PREFECTURE: "It is the agency of the prefecture.",
        agencies.Reason.PROVINCE: "It is the centre of the province.",
        agencies.Reason.NEARBY: "It is near, takes applications and hands them on.",
    },
)


class DivisionStep(graphene.ObjectType):
    """One step on the way to a division."""

    code = graphene.String(required=True, description=CODE)
    name = graphene.String(required=True, description="Its name.")
    level = graphene.Int(required=True, description="1 province, 2 prefecture, 3 county, 4 township, 5 village.")


class Division(graphene.ObjectType):
    """An administrative division."""

    code = graphene.String(required=True, description=CODE)
    name = graphene.String(required=True, description="Its name.")
    full_name = graphene.String(required=True, description="Its name after the names of all it lies in.")
    level = graphene.Int(required=True, description="1 province, 2 prefecture, 3 county, 4 township, 5 village.")
    parent_code = graphene.String(description="The division it lies in; nothing for a province.")
    status = graphene.Field(DivisionStatusType, required=True, description="Whether it still exists.")
    path = graphene.List(
        graphene.NonNull(DivisionStep), required=True, description="The way from the province down to it."
    )

    def resolve_path(region, _info: Any) -> Any:
        """Give the way; a list has read all ways at once."""
        return queries.paths([region])[region.code]


DivisionConnection = paging.connection(Division, "Divisions, by code.")


class AccessibilityFact(graphene.ObjectType):
    """One thing that makes a place easier to use."""

    code = graphene.String(required=True, description="Stable name of the fact.")
    label = graphene.String(required=True, description="Its name in Chinese.")
    is_there = graphene.Boolean(required=True, description="Whether the place has it.")


class Station(graphene.ObjectType):
    """A station where people get legal help."""

    id = graphene.ID(required=True, description="Its id, the same for ever.")
    name = graphene.String(required=True, description="Its name.")
    kind = graphene.Field(StationKindType, required=True, description="What sort of place it is.")
    kind_name = graphene.String(required=True, description="The same, in Chinese.")
    level = graphene.Field(PlatformLevelType, required=True, description="Its level of the platform.")
    division_code = graphene.String(required=True, description="The division it belongs to.")
    address = graphene.String(required=True, description="Where it is, in words.")
    phone = graphene.String(required=True, description="Its telephone number.")
    lat = graphene.Float(description="Latitude, in `datum`.")
    lon = graphene.Float(description="Longitude, in `datum`.")
    datum = graphene.String(required=True, description="What the coordinates refer to: WGS-84.")
    geo_quality = graphene.Field(GeoQualityType, required=True, description="How its point was come by.")
    hours = graphene.String(required=True, description="Opening hours, in words.")
    hours_note = graphene.String(required=True, description="What to show beside the hours.")
    accessibility = graphene.List(
        graphene.NonNull(AccessibilityFact),
        required=True,
        description="What makes it easier to use, and what it lacks.",
    )
    languages = graphene.List(graphene.NonNull(graphene.String), required=True, description="Languages spoken there.")
    home_visit_km = graphene.Int(required=True, description="How far its home visits reach; 0 for none.")
    takes_applications = graphene.Boolean(required=True, description="Whether one can apply for legal aid there.")
    is_demo = graphene.Boolean(required=True, description="Whether it is made up for demonstration.")
    demo_note = graphene.String(description="What to show beside a made-up place; nothing for a real one.")

    def resolve_kind_name(station, _info: Any) -> str:
        """Name the kind."""
        return words.KINDS[StationKind(station.kind)]

    def resolve_hours(station, _info: Any) -> str:
        """Say the hours in words."""
        return str(station.hours_text or station.hours)

    def resolve_hours_note(_station, _info: Any) -> str:
        """Say that the notice on the door counts (RULEBOOK 4)."""
        return words.HOURS_NOTE

    def resolve_accessibility(station, _info: Any) -> list[AccessibilityFact]:
        """List what is known, in one order."""
        known = [(code.value, label) for code, label in words.ACCESSIBILITY.items() if code in station.facts]
        return [
            AccessibilityFact(code=code, label=label, is_there=station.facts[code]["there"]) for code, label in known
        ]

    def resolve_takes_applications(station, _info: Any) -> bool:
        """Say whether one can apply there."""
        return Service.APPLICATIONS in station.services

    def resolve_demo_note(station, _info: Any) -> str | None:
        """Label a made-up place."""
        return words.DEMO_NOTE if station.is_demo else None


StationConnection = paging.connection(Station, "Stations, widest division first.", total=True)


class SuggestedAgency(graphene.ObjectType):
    """An agency somebody may apply to. The choice is theirs."""

    station = graphene.Field(Station, required=True, description="The agency.")
    reason = graphene.Field(ReasonType, required=True, description="Why it is suggested.")
    reason_text = graphene.String(required=True, description="The same in plain Chinese, with the article of the law.")
    is_suggested = graphene.Boolean(required=True, description="Whether it is the one we would choose.")


class SuggestedAgencies(graphene.ObjectType):
    """Where to apply from a division."""

    agencies = graphene.List(
        graphene.NonNull(SuggestedAgency),
        required=True,
        description="Agencies, the likeliest first; a handful at most.",
    )
    free_choice = graphene.String(required=True, description="That the choice is free, in plain Chinese.")


class Queries(graphene.ObjectType):
    """What can be asked of the locator. All of it is public."""

    division = graphene.Field(
        Division, required=True, code=graphene.String(required=True, description=CODE), description="One division."
    )
    divisions = paging.paged(
        DivisionConnection,
        "The divisions directly below one.",
        parent=graphene.String(description="The division they lie in; nothing for the provinces."),
    )
    division_search = graphene.List(
        graphene.NonNull(Division),
        required=True,
        description="Divisions by name, part of the path, pinyin or its initials; the best first.",
        text=graphene.String(required=True, description=f"What was typed, {search.LONGEST} characters at most."),
        first=graphene.Int(required=True, description="How many at most, 1 to 100."),
        within=graphene.String(description="Look only in this division."),
    )
    stations = paging.paged(
        StationConnection,
        "The stations in a division and all below it.",
        region=graphene.String(required=True, description=CODE),
        kind=graphene.Argument(StationKindType, description="Only stations of this sort."),
    )
    suggested_agencies = graphene.Field(
        SuggestedAgencies,
        required=True,
        region=graphene.String(required=True, description=CODE),
        description="Where to apply from a division, with reasons.",
    )

    def resolve_division(_root, _info: Any, code: str) -> Any:
        """Give one division."""
        return queries.division(code)

    def resolve_divisions(_root, info: Any, first: int, after: str | None = None, parent: str | None = None) -> Any:
        """Give one page of divisions; they are few, and at hand."""
        place = paging.place(after)
        start = place[0] if place and isinstance(place[0], str) else ""
        below = [region for region in queries.children(parent) if region.code > start]
        rows = below[: paging.judged(first) + 1]
        _read_paths(rows, lookahead.selected(info, "nodes"))
        return paging.page_of(rows, first, lambda region: (region.code,))

    def resolve_division_search(_root, info: Any, text: str, first: int, within: str | None = None) -> Any:
        """Find divisions."""
        found = search.find(text, within=within, limit=paging.judged(first))
        _read_paths(found, lookahead.selected(info))
        return found

    def resolve_stations(
        _root, _info: Any, region: str, first: int, after: str | None = None, kind: StationKind | None = None
    ) -> Any:
        """Give one page of stations."""
        rows = queries.stations(region, kind, first=paging.judged(first), after=paging.place(after))
        return paging.page_of(
            rows,
            first,
            lambda one: (one.division_level, one.division_code, one.id),
            lambda: queries.count_stations(region, kind),
        )

    def resolve_suggested_agencies(_root, _info: Any, region: str) -> SuggestedAgencies:
        """Suggest where to apply."""
        return SuggestedAgencies(agencies=agencies.agencies_for(region), free_choice=agencies.FREE_CHOICE)


def _read_paths(regions: Sequence[Any], wanted: lookahead.Tree) -> None:
    if "path" in wanted:
        queries.paths(regions)
