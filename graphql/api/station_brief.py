"""A station in few words, for pages that care for one."""

from __future__ import annotations

from typing import Any

import graphene

from api.scalars import Date
from locator import words

STATION = "The station's code, as people type it."


class StationBrief(graphene.ObjectType):
    """Which station it is."""

    code = graphene.String(required=True, description="Its short code, the same for ever.")
    name = graphene.String(required=True, description="Its name.")
    division_code = graphene.String(required=True, description="The division it belongs to.")
    corrected_on = graphene.Field(Date, description="When somebody's report last put it right.")
    is_demo = graphene.Boolean(required=True, description="Whether it is made up for demonstration.")
    demo_note = graphene.String(description="What to show beside a made-up place; nothing for a real one.")

    def resolve_demo_note(station, _info: Any) -> str | None:
        """Label a made-up place."""
        return words.DEMO_NOTE if station.is_demo else None
