"""Talks by video: the way in, and the telephone instead (FEATURES B25)."""

from __future__ import annotations

from typing import Any

import graphene

from api.appointment_types import Appointment
from api.mutation import Action, recorded
from api.private import private
from api.viewer import Viewer
from appointments import meeting_watch, meetings, seen

LINK = "The secret of the personal link."


class Queries(graphene.ObjectType):
    """What can be asked."""

    way_into_meeting = graphene.String(
        required=True,
        description="The address of the room, while it is open. That it was asked for is noted: nobody is rung then.",
        link=graphene.String(required=True, description=LINK),
    )

    @private
    @recorded
    def resolve_way_into_meeting(_root, info: Any, link: str) -> str:
        """Give it."""
        return meeting_watch.enter(info.context.actor, link, now=info.context.now)


class RingInsteadInput(graphene.InputObjectType):
    """Which talk."""

    link = graphene.String(required=True, description=LINK)


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


class VideoAgain(Action):
    """Hold a talk by video after all: it works again. Until it begins."""

    class Arguments:
        input = RingInsteadInput(required=True)

    appointment = graphene.Field(Appointment, description="The appointment.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Hold it by video."""
        found = meetings.video_again(viewer.actor, input.link, now=viewer.now)
        return cls(appointment=seen.together([found], now=viewer.now)[0])


class Mutations(graphene.ObjectType):
    """What can be done."""

    video_again = VideoAgain.Field()
    ring_instead = RingInstead.Field()
