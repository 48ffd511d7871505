"""A team and its day in order, as the contract shows them to staff (FEATURES B10)."""

from __future__ import annotations

import graphene

from api.home_visit_types import VisitWorker
from api.scalars import Date, DateTime


class VisitOuting(graphene.ObjectType):
    """A team on a day."""

    team = graphene.ID(required=True, description="The team's id.")
    name = graphene.String(required=True, description="Its name.")
    hours_text = graphene.String(required=True, description="When it is out; empty where it is not.")
    visits = graphene.Int(required=True, description="How many it visits.")


class RoundStop(graphene.ObjectType):
    """A stop of a team's day. Who and where is empty except from a day before until a day after."""

    number = graphene.Int(required=True, description="Its place in the order.")
    appointment = graphene.ID(required=True, description="The appointment's id.")
    reference = graphene.String(required=True, description="The number people quote.")
    state_text = graphene.String(required=True, description="How far it has come, in words.")
    arrives_at = graphene.Field(DateTime, required=True, description="When the team is expected there.")
    leaves_at = graphene.Field(DateTime, required=True, description="When it is expected to leave.")
    window_from = graphene.Field(DateTime, required=True, description="The earliest that was promised.")
    window_until = graphene.Field(DateTime, required=True, description="The latest that was promised.")
    way_minutes = graphene.Int(required=True, description="Minutes on the road to it.")
    pause_minutes = graphene.Int(required=True, description="Minutes of lunch on the way to it.")
    is_shown = graphene.Boolean(required=True, description="Whether who and where is shown at this moment.")
    name = graphene.String(required=True, description="What to call whoever is visited.")
    phone = graphene.String(required=True, description="Their number.")
    address = graphene.String(required=True, description="Where they live.")
    access_notes = graphene.String(required=True, description="How to get to the door.")
    safety_notes = graphene.String(required=True, description="What the team is to be careful of.")
    note = graphene.String(required=True, description="What was said with the order.")
    ordered_by = graphene.String(required=True, description="Who ordered it, where somebody else did.")
    needs = graphene.List(graphene.NonNull(graphene.String), required=True, description="What is needed, in words.")
    kit = graphene.List(graphene.NonNull(graphene.String), required=True, description="What to take along.")
    code = graphene.String(required=True, description="The code both sides hold; empty but around the day.")
    arrived_at = graphene.Field(DateTime, description="When the team said it is there.")
    finished_at = graphene.Field(DateTime, description="When the team said it has left, well.")


class VisitSheet(graphene.ObjectType):
    """A team's day in order."""

    team = graphene.ID(required=True, description="The team's id.")
    name = graphene.String(required=True, description="Its name.")
    on = graphene.Field(Date, required=True, description="The day.")
    hours_text = graphene.String(required=True, description="When it is out; empty where it is not.")
    workers = graphene.List(graphene.NonNull(VisitWorker), required=True, description="Who is there.")
    stops = graphene.List(graphene.NonNull(RoundStop), required=True, description="The stops, in order.")
    back_at = graphene.Field(DateTime, description="When it is expected back.")
    pace_text = graphene.String(required=True, description="How ways are estimated here, and on what evidence.")
