"""The choices the contract knows about stations: sorts, needs, orders, ways of going."""

from __future__ import annotations

import graphene

from api.scalars import enum_of
from locator import needs, words
from locator.coords import Datum
from locator.kinds import GeoQuality, PlatformLevel, StationKind
from locator.needs import Need
from locator.travel import Mode
from locator.wish import Order

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
StationNeed = enum_of(
    Need,
    "One thing somebody needs of a station. Several hold together.",
    {need: f"{label}." for need, label in needs.LABELS.items()},
    name="StationNeed",
)
StationOrder = enum_of(
    Order,
    "What comes first.",
    {Order.TIME: "The quickest to reach, by the way of going.", Order.DISTANCE: "The nearest as the crow flies."},
    name="StationOrder",
)
TravelMode = enum_of(
    Mode,
    "How somebody goes.",
    {Mode.WALK: "On foot.", Mode.RIDE: "By bicycle.", Mode.DRIVE: "By car."},
    name="TravelMode",
)
DatumType = enum_of(
    Datum,
    "The frame coordinates are in.",
    {
        Datum.WGS84: "What satellites and browsers say; CGCS2000 is the same for our purposes.",
        Datum.GCJ02: "What WeChat, Tencent and Amap say.",
        Datum.BD09: "What Baidu says.",
    },
)


class PositionInput(graphene.InputObjectType):
    """Where somebody is. It is never stored, never logged, and taken by POST alone."""

    lat = graphene.Float(required=True, description="Latitude in degrees.")
    lon = graphene.Float(required=True, description="Longitude in degrees.")
    datum = graphene.Field(DatumType, required=True, description="The frame they are in.")


class Named(graphene.ObjectType):
    """Something with a stable name and a Chinese one."""

    code = graphene.String(required=True, description="Its stable name.")
    label = graphene.String(required=True, description="Its name in Chinese.")
