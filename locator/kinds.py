"""The sorts of divisions, stations, services and facts there are (RULEBOOK 4)."""

from __future__ import annotations

from enum import StrEnum


class DivisionStatus(StrEnum):
    """Whether a division still exists."""

    ACTIVE = "active"
    REVOKED = "revoked"


class StationKind(StrEnum):
    """What sort of station it is (RULEBOOK 4, StationType)."""

    LEGAL_AID_CENTRE = "legal_aid_centre"
    PUBLIC_LEGAL_SERVICE_CENTRE = "public_legal_service_centre"
    PUBLIC_LEGAL_SERVICE_STATION = "public_legal_service_station"
    TOWNSHIP_JUDICIAL_OFFICE = "township_judicial_office"
    VILLAGE_POINT = "village_point"
    LIAISON_POINT = "liaison_point"
    JUSTICE_BUREAU = "justice_bureau"
    COURT = "court"
    PROCURATORATE = "procuratorate"
    DETENTION_CENTRE = "detention_centre"
    PRISON = "prison"
    DRUG_REHAB = "drug_rehab"
    LABOUR_ARBITRATION = "labour_arbitration"
    TRADE_UNION = "trade_union"
    WOMENS_FEDERATION = "womens_federation"
    DISABLED_FEDERATION = "disabled_federation"
    YOUTH_LEAGUE = "youth_league"
    ELDERLY_COMMITTEE = "elderly_committee"
    MILITARY = "military"
    VETERANS = "veterans"
    SCHOOL = "school"
    MIGRANT_WORKERS = "migrant_workers"
    PETITION = "petition"
    ELDERCARE_HOME = "eldercare_home"
    PARTY_MASS_SERVICE_CENTRE = "party_mass_service_centre"
    LAW_FIRM = "law_firm"
    NOTARY = "notary"
    FORENSIC = "forensic"
    MEDIATION = "mediation"
    SELF_SERVICE_TERMINAL = "self_service_terminal"
    CIRCUIT_STOP = "circuit_stop"


RESTRICTED = frozenset({StationKind.DETENTION_CENTRE, StationKind.PRISON, StationKind.DRUG_REHAB})  # no walk-in


class PlatformLevel(StrEnum):
    """Which level of the platform a station belongs to (RULEBOOK 4, PlatformLevel)."""

    PROVINCE_CENTRE = "province_centre"
    CITY_CENTRE = "city_centre"
    COUNTY_CENTRE = "county_centre"
    TOWNSHIP_STATION = "township_station"
    VILLAGE_POINT = "village_point"
    LIAISON = "liaison"


class GeoQuality(StrEnum):
    """How a point was come by, and so how far to trust a distance."""

    SURVEYED = "surveyed"
    SEAT = "seat"
    GEONAMES = "geonames"
    SYNTHETIC = "synthetic"
    INHERITED = "inherited"
    NONE = "none"


APPROXIMATE = frozenset({GeoQuality.SYNTHETIC, GeoQuality.INHERITED, GeoQuality.NONE})  # shown as 约, whole km


class Service(StrEnum):
    """What help is offered (FEATURES C06)."""

    CONSULTATION = "consultation"
    APPLICATIONS = "applications"
    FIRST_REVIEW = "first_review"
    HOME_VISIT = "home_visit"
    VIDEO = "video"
    KIOSK = "kiosk"
    NOTARY = "notary"
    MEDIATION = "mediation"
    MILITARY = "military"
    FORENSIC = "forensic"
    CIRCUIT = "circuit"
    EXTENDED_HOURS = "extended_hours"


class Fact(StrEnum):
    """What makes a place easier to use (FEATURES C04)."""

    WHEELCHAIR_RAMP = "wheelchair_ramp"
    LIFT = "lift"
    ACCESSIBLE_TOILET = "accessible_toilet"
    LOW_COUNTER = "low_counter"
    WHEELCHAIR = "wheelchair"
    HEARING_LOOP_OR_SIGN_LANGUAGE = "hearing_loop_or_sign_language"
    SIGN_LANGUAGE = "sign_language"
    MAGNIFIER = "magnifier"
    WRITING_BOARD = "writing_board"
    GUIDE_DOG = "guide_dog"
    PARKING = "parking"
    NURSING_ROOM = "nursing_room"
    VIDEO_BOOTH = "video_booth"
