"""A chosen time that is kept while the form is filled in (FEATURES B04)."""

from __future__ import annotations

from typing import Any

import graphene

from api.appointment_types import Alternative, AppointmentService, ServiceKindType
from api.errors import problem_data
from api.mutation import Action
from api.private import private
from api.scalars import DateTime
from api.station_brief import STATION, StationBrief
from api.viewer import Viewer
from appointments import holds
from appointments.guards import Taken
from appointments.holds import Kept
from appointments.offers import ServiceKind

HELD = "The secret of the time that is kept."


class HeldTime(graphene.ObjectType):
    """A time that is kept for whoever has its secret."""

    secret = graphene.String(required=True, description=HELD)
    station = graphene.Field(StationBrief, required=True, description="The station.")
    service = graphene.Field(AppointmentService, required=True, description="The service.")
    starts_at = graphene.Field(DateTime, required=True, description="When it begins.")
    until = graphene.Field(DateTime, required=True, description="Until when it is kept.")
    seconds_left = graphene.Int(required=True, description="How long that is from now, for clocks that are wrong.")
    is_extendable = graphene.Boolean(required=True, description="Whether one may still ask for as long again.")

    def resolve_service(kept: Kept, _info: Any) -> Any:
        """Give the service."""
        return kept.offer

    def resolve_starts_at(kept: Kept, _info: Any) -> Any:
        """Give when it begins."""
        return kept.row.starts_at

    def resolve_until(kept: Kept, _info: Any) -> Any:
        """Give until when."""
        return kept.row.until

    def resolve_seconds_left(kept: Kept, info: Any) -> int:
        """Count the seconds."""
        return max(0, int((kept.row.until - info.context.now).total_seconds()))


class Queries(graphene.ObjectType):
    """What can be asked."""

    held_time = graphene.Field(
        HeldTime,
        description="The time that is kept under a secret; empty where none is (any more).",
        hold=graphene.String(required=True, description=HELD),
    )

    @private
    def resolve_held_time(_root, info: Any, hold: str) -> Kept | None:
        """Find it."""
        return holds.find(hold, now=info.context.now)


class HoldTimeInput(graphene.InputObjectType):
    """Which time to keep."""

    station = graphene.String(required=True, description=STATION)
    service = graphene.Field(ServiceKindType, required=True, description="The service.")
    starts_at = graphene.Field(DateTime, required=True, description="When it begins: one of the free times.")
    instead_of = graphene.String(default_value="", description="The secret of the time kept so far, given back for it.")


class HoldTime(Action):
    """Keep a time for some minutes while the form is filled in. A courtesy: one may order without."""

    remembered = False

    class Arguments:
        input = HoldTimeInput(required=True)

    held = graphene.Field(
        HeldTime, description="What is kept; empty where too much is kept from here already, and it can be ordered so."
    )
    alternatives = graphene.List(
        graphene.NonNull(Alternative), description="What there is instead; least effort first."
    )

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Keep it."""
        wish = holds.Wish(input.station, ServiceKind(input.service), input.starts_at, input.instead_of)
        found = holds.hold(viewer.actor, wish, address=viewer.address, now=viewer.now)
        if isinstance(found, Taken):
            return cls(problems=[problem_data(found.problem)], alternatives=found.instead)
        return cls(held=found if isinstance(found, Kept) else None)


class HoldInput(graphene.InputObjectType):
    """Which time that is kept."""

    hold = graphene.String(required=True, description=HELD)


class ExtendHold(Action):
    """Keep a time for as long again."""

    remembered = False

    class Arguments:
        input = HoldInput(required=True)

    held = graphene.Field(HeldTime, description="What is kept.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Keep it longer."""
        return cls(held=holds.extend(viewer.actor, input.hold, now=viewer.now))


class LeaveHoldInput(HoldInput):
    """Which time, and whether its page was left or is looked at again."""

    is_back = graphene.Boolean(default_value=False, description="Whether the page is looked at again.")


class LeaveHold(Action):
    """Note that the page was left (soon the time is anybody's), or that it is looked at again."""

    class Arguments:
        input = LeaveHoldInput(required=True)

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Note it."""
        note = holds.come_back if input.is_back else holds.leave
        note(viewer.actor, input.hold, now=viewer.now)
        return cls()


class Mutations(graphene.ObjectType):
    """What can be done."""

    hold_time = HoldTime.Field()
    extend_hold = ExtendHold.Field()
    leave_hold = LeaveHold.Field()
