"""The directory of stations: by division, one by one, and where to apply (FEATURES C02, C08)."""

from __future__ import annotations

import dataclasses
from typing import Any

import graphene

from api import paging
from api.locator import CODE
from api.scalars import enum_of
from api.station_kinds import StationKindType
from api.station_types import NearbyStation, Station, StationConnection
from core.errors import Malformed
from locator import agencies, nearby, queries, shown, words
from locator.kinds import StationKind

MOST_OTHERS = 10
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


class StationBeside(graphene.ObjectType):
    """Another station in the same building."""

    code = graphene.String(required=True, description="Its code.")
    name = graphene.String(required=True, description="Its name.")
    phone = graphene.String(required=True, description="Its telephone number.")
    services = graphene.List(
        graphene.NonNull(graphene.String), required=True, description="What it offers, in Chinese."
    )

    def resolve_services(station, _info: Any) -> list[str]:
        """Name the services, in one order."""
        return [label for one, label in words.SERVICES.items() if one in station.services]


class Queries(graphene.ObjectType):
    """What can be asked about stations. All of it is public."""

    stations = paging.paged(
        StationConnection,
        "The stations in a division and all below it.",
        region=graphene.String(required=True, description=CODE),
        kind=graphene.Argument(StationKindType, description="Only stations of this sort."),
    )
    station = graphene.Field(
        Station,
        required=True,
        id=graphene.ID(description="Its id."),
        code=graphene.String(description="Its code, as people type it."),
        description="One station, by its id or its code; one that is no more says so.",
    )
    stations_around = graphene.List(
        graphene.NonNull(NearbyStation),
        required=True,
        code=graphene.String(required=True, description="The station's code, as people type it."),
        first=graphene.Int(required=True, description=f"How many at most, 1 to {MOST_OTHERS}."),
        description="The stations nearest to one; to a place nobody can walk into, where its families find help.",
    )
    stations_beside = graphene.List(
        graphene.NonNull(StationBeside),
        required=True,
        code=graphene.String(required=True, description="The station's code, as people type it."),
        description="The other stations in the same building, 20 at most.",
    )
    suggested_agencies = graphene.Field(
        SuggestedAgencies,
        required=True,
        region=graphene.String(required=True, description=CODE),
        description="Where to apply from a division, with reasons.",
    )

    def resolve_stations(
        _root, info: Any, region: str, first: int, after: str | None = None, kind: StationKind | None = None
    ) -> Any:
        """Give one page of stations."""
        rows = queries.stations(region, kind, first=paging.judged(first), after=paging.place(after))
        return paging.page_of(
            shown.together(rows, now=info.context.now),
            first,
            lambda one: (one.division_level, one.division_code, one.id),
            lambda: queries.count_stations(region, kind),
        )

    def resolve_station(_root, info: Any, id: str | None = None, code: str | None = None) -> Any:
        """Give one station."""
        if (id is None) == (code is None):
            raise Malformed("station_unnamed")
        row = queries.station(code=code, which=id)
        return shown.together([row], now=info.context.now)[0]

    def resolve_stations_around(_root, info: Any, code: str, first: int) -> Any:
        """Give the nearest others."""
        if not 1 <= first <= MOST_OTHERS:
            raise Malformed("page_size", limit=MOST_OTHERS)
        return nearby.around(queries.station(code=code), first, now=info.context.now)

    def resolve_stations_beside(_root, _info: Any, code: str) -> Any:
        """Give the others in the building."""
        return queries.beside(code)

    def resolve_suggested_agencies(_root, info: Any, region: str) -> SuggestedAgencies:
        """Suggest where to apply."""
        found = agencies.agencies_for(region)
        together = shown.together([one.station for one in found], now=info.context.now)
        return SuggestedAgencies(
            agencies=[dataclasses.replace(one, station=station) for one, station in zip(found, together, strict=True)],
            free_choice=agencies.FREE_CHOICE,
        )
