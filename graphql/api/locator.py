"""Where somebody is: the divisions of the country (FEATURES A35)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import graphene

from api import lookahead, paging
from api.scalars import enum_of
from core.errors import NotFound
from locator import queries, search, whereabouts
from locator.kinds import DivisionStatus

CODE = "Division code of 2 (province), 4, 6, 9 or 12 (village) digits."

DivisionStatusType = enum_of(
    DivisionStatus,
    "Whether a division still exists.",
    {DivisionStatus.ACTIVE: "It exists.", DivisionStatus.REVOKED: "It was merged or renamed; kept for old addresses."},
)


class DivisionStep(graphene.ObjectType):
    """One step on the way to a division."""

    code = graphene.String(required=True, description=CODE)
    name = graphene.String(required=True, description="Its name.")
    level = graphene.Int(required=True, description="1 province, 2 prefecture, 3 county, 4 township, 5 village.")


class DivisionMiddle(graphene.ObjectType):
    """The point a division goes by, in WGS-84: its own, or that of the smallest division round it that has one."""

    name = graphene.String(required=True, description="Whose point it is.")
    lat = graphene.Float(required=True, description="Latitude in degrees.")
    lon = graphene.Float(required=True, description="Longitude in degrees.")


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

    middle = graphene.Field(DivisionMiddle, description="Its point; empty where none is known.")

    def resolve_path(region, _info: Any) -> Any:
        """Give the way; a list has read all ways at once."""
        return queries.paths([region])[region.code]

    def resolve_middle(region, _info: Any) -> DivisionMiddle | None:
        """Give its point."""
        try:
            spot = whereabouts.of(region)
        except NotFound:
            return None
        point = spot.position
        return DivisionMiddle(name=queries.division(spot.code).name, lat=point.lat, lon=point.lon)


DivisionConnection = paging.connection(Division, "Divisions, by code.")


class Queries(graphene.ObjectType):
    """What can be asked about divisions. All of it is public."""

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


def _read_paths(regions: Sequence[Any], wanted: lookahead.Tree) -> None:
    if "path" in wanted:
        queries.paths(regions)
