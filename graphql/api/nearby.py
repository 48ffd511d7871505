"""What is near: stations by time or distance, with what somebody needs, and places by their names (FEATURES C01)."""

from __future__ import annotations

from typing import Any

import graphene

from api import paging
from api.locator import CODE
from api.private import private
from api.station_kinds import DatumType, PositionInput, StationKindType, StationNeed, StationOrder, TravelMode
from api.station_types import NearbyStation
from core.errors import Malformed
from locator import geocoding, nearby, origin
from locator.coords import located
from locator.travel import Mode
from locator.wish import Order, Wish


class NeedLetGo(graphene.ObjectType):
    """Something that had to be let go of, as nobody could give it."""

    need = graphene.Field(StationNeed, description="Which need; nothing where minutes, languages or kinds gave way.")
    label = graphene.String(required=True, description="What it was, in Chinese.")


class NeedFacet(graphene.ObjectType):
    """How many would be left if this were needed too."""

    need = graphene.Field(StationNeed, required=True, description="The further need.")
    label = graphene.String(required=True, description="Its name in Chinese.")
    count = graphene.Int(required=True, description="How many stations would be left; never 0.")


class SearchOrigin(graphene.ObjectType):
    """Where a search began."""

    name = graphene.String(required=True, description="Where that is, in Chinese; nothing more exact than was given.")
    is_approximate = graphene.Boolean(required=True, description="Whether it stands for a whole division.")
    is_outside_province = graphene.Boolean(required=True, description="Whether another province is competent there.")
    competent = graphene.String(description="Whom to turn to in another province, in Chinese.")


class NearbyStations(graphene.ObjectType):
    """The nearest stations. Where none has all that is needed, the nearest that comes closest, and what was let go."""

    nodes = graphene.List(graphene.NonNull(NearbyStation), required=True, description="The stations of this page.")
    page_info = graphene.Field(paging.PageInfo, required=True, description="Where this page ends.")
    total_count = graphene.Int(required=True, description="How many there are in all.")
    facets = graphene.List(
        graphene.NonNull(NeedFacet), required=True, description="What else could be needed, and how many would be left."
    )
    relaxed = graphene.List(
        graphene.NonNull(NeedLetGo), required=True, description="What was let go of so that there is an answer."
    )
    origin = graphene.Field(SearchOrigin, required=True, description="Where the search began.")
    note = graphene.String(required=True, description="What to show beside distances and minutes.")


class GeocodedPlace(graphene.ObjectType):
    """A place that may be meant."""

    name = graphene.String(required=True, description="Its name.")
    full_name = graphene.String(required=True, description="What tells it apart from others of its name.")
    division_code = graphene.String(description="The division it is, or lies in; nothing where that is not known.")
    lat = graphene.Float(required=True, description="Latitude, in `datum`.")
    lon = graphene.Float(required=True, description="Longitude, in `datum`.")
    datum = graphene.Field(DatumType, required=True, description="The frame they are in: WGS-84.")
    is_approximate = graphene.Boolean(required=True, description="Whether the point stands for somewhere wider.")
    note = graphene.String(required=True, description="What to know about the point; empty where nothing.")


class Geocoding(graphene.ObjectType):
    """What a typed place may mean."""

    places = graphene.List(
        graphene.NonNull(GeocodedPlace),
        required=True,
        description="The likeliest first; several are to choose from.",
    )
    source = graphene.String(required=True, description="Who answered, to be shown beside it.")


class Queries(graphene.ObjectType):
    """What can be asked about what is near. All of it is public; where somebody is goes by POST alone."""

    nearby_stations = paging.paged(
        NearbyStations,
        "The stations nearest to a position, or to a division's point. Never empty while there is any station.",
        position=PositionInput(description="Where somebody is; it has the word over `region`."),
        region=graphene.String(description=f"Where to begin instead. {CODE}"),
        needs=graphene.List(graphene.NonNull(StationNeed), description="What is needed; all of it holds together."),
        kinds=graphene.List(graphene.NonNull(StationKindType), description="Sorts of stations; any of them will do."),
        languages=graphene.List(graphene.NonNull(graphene.String), description="Languages; any of them will do."),
        order=graphene.Argument(StationOrder, default_value=Order.TIME, description="What comes first."),
        mode=graphene.Argument(TravelMode, default_value=Mode.WALK, description="How somebody goes."),
        within_minutes=graphene.Int(description="No farther than this, going that way."),
    )
    geocode = graphene.Field(
        Geocoding,
        required=True,
        description="Places by what people type: a division, a station, a building; elsewhere an address.",
        text=graphene.String(required=True, description=f"What was typed, {geocoding.LONGEST} characters at most."),
        first=graphene.Int(required=True, description="How many at most, 1 to 20."),
    )

    @private
    def resolve_nearby_stations(_root, info: Any, first: int, after: str | None = None, **asked: Any) -> Any:
        """Give one page of what is nearest."""
        start = _start(after)
        given = asked.get("position")
        position = located(given["lat"], given["lon"], given["datum"]) if given else None
        begun = origin.at(position, asked.get("region"))
        search = nearby.Search(_wish(asked), begun, now=info.context.now)
        found = search.page(paging.judged(first), start)
        if not start:
            search.count(found)
        return _Answer(search, found[:first], has_more=len(found) > first, end=start + min(first, len(found)))

    @private
    def resolve_geocode(_root, info: Any, text: str, first: int) -> Any:
        """Say what a typed place may mean."""
        if not 1 <= first <= geocoding.MOST:
            raise Malformed("page_size", limit=geocoding.MOST)
        return geocoding.look_up(text, first)


class _Answer:
    """A page of a search, the shape `NearbyStations` resolves from; facets are counted where they are asked for."""

    note = nearby.NOTE

    def __init__(self, search: nearby.Search, nodes: list[nearby.Near], *, has_more: bool, end: int) -> None:
        self.search = search
        self.nodes = nodes
        self.page_info = paging.Page((), has_more, paging.cursor(end) if nodes else None)
        self.relaxed = search.relaxed
        self.origin = search.origin

    @property
    def total_count(self) -> int:
        return self.search.total

    @property
    def facets(self) -> list[nearby.Facet]:
        return self.search.facets


def _wish(asked: dict[str, Any]) -> Wish:
    return Wish(
        needs=tuple(dict.fromkeys(asked.get("needs") or ())),
        kinds=tuple(dict.fromkeys(asked.get("kinds") or ())),
        languages=tuple(dict.fromkeys(asked.get("languages") or ())),
        minutes=asked.get("within_minutes"),
        order=asked.get("order") or Order.TIME,
        mode=asked.get("mode") or Mode.WALK,
    )


def _start(after: str | None) -> int:
    """Read where a page begins: a count, as a distance would tell where somebody is."""
    place = paging.place(after)
    if place is None:
        return 0
    if [type(part) for part in place] != [int] or not 0 <= place[0] <= nearby.DEEPEST:
        raise Malformed("cursor_unknown")
    return int(place[0])
