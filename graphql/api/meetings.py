"""Talks by video: the way in, and the telephone instead (FEATURES B25)."""

from __future__ import annotations

from typing import Any

import graphene

from api.appointment_types import Appointment
from api.mutation import Action
from api.viewer import Viewer
from appointments import meetings, seen


class RingInsteadInput(graphene.InputObjectType):
    """Which talk."""

    link = graphene.String(required=True, description="The secret of the personal link.")


class RingInstead(Action):
    """Hold a talk by telephone: the video does not work for somebody."""

    class Arguments:
        input = RingInsteadInput(required=True)

    appointment = graphene.Field(Appointment, description="The appointment.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Have them rung."""
        found = meetings.ring_instead(viewer.actor, input.link, now=viewer.now)
        return cls(appointment=seen.together([found], now=viewer.now)[0])


class Mutations(graphene.ObjectType):
    """What can be done."""

    ring_instead = RingInstead.Field()
