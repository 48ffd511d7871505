"""What somebody needs of a station, and the bits that say which of it a station has (FEATURES C03, C04, C06, B24)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any

from locator import words
from locator.kinds import RESTRICTED, StationKind


class Need(StrEnum):
    """One thing somebody needs: a service, a fact of the building, or that it is open at some time."""

    OPEN_NOW = "open_now"
    OPEN_TONIGHT = "open_tonight"
    OPEN_THIS_WEEKEND = "open_this_weekend"
    OPEN_AFTER_18 = "open_after_18"
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


OPENINGS = {
    Need.OPEN_NOW: "现在开门",
    Need.OPEN_TONIGHT: "今晚开门",
    Need.OPEN_THIS_WEEKEND: "这个周末开门",
    Need.OPEN_AFTER_18: "平时 18:00 以后也开门",
}
LABELS: dict[Need, str] = {
    **OPENINGS,
    **{Need(service.value): label for service, label in words.SERVICES.items()},
    **{Need(fact.value): label for fact, label in words.ACCESSIBILITY.items()},
}
LET_GO_FIRST = (  # the least important first; what is not named here somebody cannot do without, and it goes last
    Need.OPEN_AFTER_18,
    Need.OPEN_THIS_WEEKEND,
    Need.OPEN_TONIGHT,
    Need.OPEN_NOW,
    Need.PARKING,
    Need.KIOSK,
    Need.VIDEO_BOOTH,
    Need.MAGNIFIER,
    Need.CONSULTATION,
    Need.VIDEO,
    Need.NOTARY,
    Need.EXTENDED_HOURS,
    Need.CIRCUIT,
    Need.FORENSIC,
    Need.MEDIATION,
    Need.FIRST_REVIEW,
    Need.MILITARY,
    Need.HOME_VISIT,
    Need.APPLICATIONS,
    Need.NURSING_ROOM,
    Need.WRITING_BOARD,
    Need.WHEELCHAIR,
    Need.LOW_COUNTER,
    Need.LIFT,
    Need.ACCESSIBLE_TOILET,
    Need.GUIDE_DOG,
    Need.HEARING_LOOP_OR_SIGN_LANGUAGE,
    Need.SIGN_LANGUAGE,
    Need.WHEELCHAIR_RAMP,
)
BITS = {need: 1 << place for place, need in enumerate(one for one in Need if one not in OPENINGS)}
BY_NAME = {need.value: bit for need, bit in BITS.items()}
KIND_BITS = {kind: 1 << len(BITS) + place for place, kind in enumerate(StationKind)}
ANY_KIND = sum(KIND_BITS.values())
WALK_IN = sum(bit for kind, bit in KIND_BITS.items() if kind not in RESTRICTED)
FIRST_LANGUAGE = len(BITS) + len(KIND_BITS)  # languages are what people wrote: a directory gives them bits of its own


def bits(needs: Iterable[Need]) -> int:
    """Give the bits a station must have; opening times are no bits."""
    wanted = 0
    for need in needs:
        wanted |= BITS.get(need, 0)
    return wanted


def offered(kind: str, services: Sequence[str], facts: Mapping[str, Any]) -> int:
    """Give the bits of a station: its kind, what it offers, what its building has."""
    found = KIND_BITS[StationKind(kind)]
    for name in services:
        found |= BY_NAME.get(name, 0)
    for name, fact in facts.items():
        found |= BY_NAME.get(name, 0) if fact.get("there") else 0
    return found
