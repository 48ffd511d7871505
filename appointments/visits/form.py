"""What somebody says who orders a visit: for whom, where, why; judged, and kept while it waits for an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts import phone
from appointments import orders
from appointments.visits import roster
from appointments.visits.times import Asked, Home
from appointments.visits.wishes import Reason, Relation, Wishes
from core.errors import Checklist

LONGEST_ADDRESS, LONGEST_NOTE = 120, 200


@dataclass(frozen=True, slots=True)
class Whom:
    """Who is visited: whoever orders, or somebody they order for."""

    name: str
    phone: str = ""
    relation: Relation = Relation.SELF
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class Where:
    """Where they are, and how one gets to the door."""

    home: Home
    address: str
    access_notes: str = ""


@dataclass(frozen=True, slots=True)
class VisitOrder:
    """What somebody orders who cannot come. `name` is whoever orders; `starts_at` is empty where nothing is free."""

    whom: Whom
    where: Where
    name: str
    wishes: Wishes
    reasons: tuple[Reason, ...]
    note: str = ""
    starts_at: datetime | None = None

    @property
    def asked(self) -> Asked:
        """Give what times are looked for by."""
        return Asked(self.where.home, self.wishes)


def judge(asked: VisitOrder, check: Checklist) -> None:
    """Say what is wrong with an order, all at once. Nobody has to prove why they are to be visited."""
    whom, where = asked.whom, asked.where
    check.require(asked.name.strip(), "appointment_name_missing", "name")
    check.require(len(asked.name) <= orders.LONGEST_NAME, "appointment_name_long", "name", limit=orders.LONGEST_NAME)
    check.require(where.address.strip(), "visit_address_missing", "address")
    check.require(len(where.address) <= LONGEST_ADDRESS, "visit_address_long", "address", limit=LONGEST_ADDRESS)
    for field, text in ("access_notes", where.access_notes), ("note", asked.note):
        check.require(len(text) <= LONGEST_NOTE, "appointment_note_long", field, limit=LONGEST_NOTE)
    check.require(asked.reasons, "visit_reason_missing", "reasons")
    if whom.relation is not Relation.SELF:
        check.require(whom.name.strip(), "visit_visitee_missing", "visitee_name")
        check.require(len(whom.name) <= orders.LONGEST_NAME, "appointment_name_long", "visitee_name", limit=40)
        check.require(phone.can_be_called(phone.normalise(whom.phone)), "visit_phone_unfit", "visitee_phone")
        check.require(whom.agreed, "visit_not_agreed", "agreed")


def written(asked: VisitOrder) -> dict[str, Any]:
    """Write an order as it is kept while it waits."""
    whom, where, spot = asked.whom, asked.where, asked.where.home.spot
    return {
        "name": asked.name.strip(),
        "note": asked.note.strip(),
        "reasons": list(asked.reasons),
        "wishes": asked.wishes.written(),
        "whom": {"name": whom.name.strip(), "phone": whom.phone, "relation": whom.relation, "agreed": whom.agreed},
        "address": where.address.strip(),
        "access_notes": where.access_notes.strip(),
        "place": {"division": where.home.division, "lat": spot.lat, "lon": spot.lon, "exact": spot.is_exact},
    }


def read(said: Mapping[str, Any], starts_at: datetime | None = None) -> VisitOrder:
    """Read an order as it was kept."""
    place, whom = said["place"], said["whom"]
    spot = roster.spot(place["division"], place["lat"], place["lon"], is_exact=place["exact"])
    return VisitOrder(
        whom=Whom(whom["name"], whom["phone"], Relation(whom["relation"]), whom["agreed"]),
        where=Where(Home(place["division"], spot), said["address"], said["access_notes"]),
        name=said["name"],
        wishes=Wishes.read(said["wishes"]),
        reasons=tuple(map(Reason, said["reasons"])),
        note=said["note"],
        starts_at=starts_at,
    )
