"""Shifts of duty lawyers: laid out from a weekly pattern, given to somebody else, taken off (FEATURES B26)."""

from __future__ import annotations

from typing import Any

import graphene

from api.duty import DutyShift
from api.mutation import Action
from api.scalars import Date
from api.station_brief import STATION
from api.viewer import Viewer
from locator import staffing


class LawyerInput(graphene.InputObjectType):
    """Who is on duty; no name leaves a gap, which raises the alarm."""

    lawyer = graphene.String(default_value="", description="The name.")
    firm = graphene.String(default_value="", description="The law firm.")
    work_number = graphene.String(default_value="", description="The work number.")


class LayOutDutyInput(graphene.InputObjectType):
    """A shift that comes back every week."""

    station = graphene.String(required=True, description=STATION)
    weekdays = graphene.List(graphene.NonNull(graphene.Int), required=True, description="1 Monday … 7 Sunday.")
    opens = graphene.String(required=True, description="From, as 09:00.")
    closes = graphene.String(required=True, description="To, as 17:00.")
    first_on = graphene.Field(Date, required=True, description="The first day.")
    last_on = graphene.Field(Date, required=True, description="The last day.")
    who = LawyerInput(required=True, description="Who is on duty.")


class AssignDutyInput(graphene.InputObjectType):
    """Who takes a shift."""

    shift = graphene.ID(required=True, description="The shift.")
    who = LawyerInput(required=True, description="Who is on duty.")


class CancelDutyInput(graphene.InputObjectType):
    """Which shift to take off the roster."""

    shift = graphene.ID(required=True, description="The shift.")


class LayOutDuty(Action):
    """Lay out the shifts of a weekly pattern. Holidays are left out; whoever is on duty already stays."""

    class Arguments:
        input = LayOutDutyInput(required=True)

    made = graphene.Int(description="How many shifts are new.")
    filled = graphene.Int(description="How many gaps were filled.")
    left = graphene.Int(description="How many days were left, as somebody is on duty.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Lay them out."""
        pattern = staffing.Pattern(
            weekdays=frozenset(day - 1 for day in input.weekdays),
            opens=input.opens,
            closes=input.closes,
            first_on=input.first_on,
            last_on=input.last_on,
            who=staffing.Lawyer(**input.who),
        )
        done = staffing.lay_out(viewer.actor, input.station, pattern, now=viewer.now)
        return cls(made=done.made, filled=done.filled, left=done.left)


class AssignDuty(Action):
    """Put somebody else on a shift, or nobody."""

    class Arguments:
        input = AssignDutyInput(required=True)

    shift = graphene.Field(DutyShift, description="The shift as it is now.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Put them on it."""
        who = staffing.Lawyer(**input.who)
        return cls(shift=staffing.assign(viewer.actor, input.shift, who, now=viewer.now))


class CancelDuty(Action):
    """Take a shift off the roster."""

    class Arguments:
        input = CancelDutyInput(required=True)

    cancelled = graphene.Boolean(description="That it is done.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Take it off."""
        staffing.cancel(viewer.actor, input.shift, now=viewer.now)
        return cls(cancelled=True)


class Mutations(graphene.ObjectType):
    """What can be done about shifts."""

    lay_out_duty = LayOutDuty.Field()
    assign_duty = AssignDuty.Field()
    cancel_duty = CancelDuty.Field()
