"""The sorts of divisions and places there are (RULEBOOK 4)."""

from __future__ import annotations

from enum import StrEnum


class DivisionStatus(StrEnum):
    """Whether a division still exists."""

    ACTIVE = "active"
    REVOKED = "revoked"


class PlaceKind(StrEnum):
    """What sort of place it is (RULEBOOK 4)."""

    PUBLIC_LEGAL_SERVICE_CENTRE = "public_legal_service_centre"
    LEGAL_AID_CENTRE = "legal_aid_centre"
    PUBLIC_LEGAL_SERVICE_STATION = "public_legal_service_station"


class PlatformLevel(StrEnum):
    """Which level of the platform a place belongs to (RULEBOOK 4, PlatformLevel)."""

    PROVINCE_CENTRE = "province_centre"
    CITY_CENTRE = "city_centre"
    COUNTY_CENTRE = "county_centre"
    TOWNSHIP_STATION = "township_station"
    VILLAGE_POINT = "village_point"


class GeoQuality(StrEnum):
    """How a point was come by, and so how far to trust a distance."""

    SEAT = "seat"
    GEONAMES = "geonames"
    SYNTHETIC = "synthetic"
    INHERITED = "inherited"
