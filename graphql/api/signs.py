"""How often a station's sign was scanned (FEATURES C11)."""

from __future__ import annotations

from typing import Any

import graphene

from api.station_brief import STATION
from locator import signs


class Queries(graphene.ObjectType):
    """What can be asked of signs."""

    sign_scans = graphene.Int(
        required=True,
        description=f"How often the sign of a station of one's region was scanned within {signs.COUNTED_DAYS} days.",
        station=graphene.String(required=True, description=STATION),
    )

    def resolve_sign_scans(_root, info: Any, station: str) -> int:
        """Count them."""
        return signs.scans(info.context.actor, station, now=info.context.now)
