"""Circuit stops: laid out, told of, and where one is wanted (FEATURES B23)."""

from __future__ import annotations

from typing import Any

import graphene

from api.errors import problem_data
from api.mutation import Action
from api.scalars import Date
from api.station_kinds import PositionInput
from api.viewer import Viewer
from appointments import circuit
from core.errors import Problem
from locator import circuit as stops
from locator.coords import Datum, Position


class CircuitStop(graphene.ObjectType):
    """A day on which help comes to a place."""

    code = graphene.String(required=True, description="The stop's code, the same each time.")
    name = graphene.String(required=True, description="Its name.")
    address = graphene.String(required=True, description="Where it is.")
    on = graphene.Field(Date, required=True, description="The day.")
    spans = graphene.String(required=True, description="The hours, as 09:00-12:00.")
    deviation_id = graphene.ID(required=True, description="The announcement; taking it back takes the day back.")


class CircuitWanted(graphene.ObjectType):
    """A division where home visits pile up and no stop is planned. Small counts are never said."""

    division_code = graphene.String(required=True, description="The division.")
    name = graphene.String(required=True, description="Its full name.")
    visits = graphene.Int(required=True, description="Home visits of three months.")

    def resolve_division_code(one, _info: Any) -> str:
        """Give its code."""
        return str(one.region.code)

    def resolve_name(one, _info: Any) -> str:
        """Give its name."""
        return str(one.region.full_name)


class Queries(graphene.ObjectType):
    """What can be asked."""

    circuit_stops = graphene.List(
        graphene.NonNull(CircuitStop), required=True, description="Stops of one's region that lie ahead, by day."
    )
    circuit_wanted = graphene.List(
        graphene.NonNull(CircuitWanted),
        required=True,
        description="Where in one's region a stop would spare many home visits.",
    )

    def resolve_circuit_stops(_root, info: Any) -> Any:
        """List them."""
        return stops.ahead(info.context.actor, now=info.context.now)

    def resolve_circuit_wanted(_root, info: Any) -> Any:
        """List them."""
        return circuit.wanted(info.context.actor, now=info.context.now)


class LayOutStopInput(graphene.InputObjectType):
    """A circuit stop as it should be."""

    region = graphene.String(required=True, description="The division it is in.")
    name = graphene.String(required=True, description="What people call the place.")
    address = graphene.String(required=True, description="Where it is, so that it is found.")
    on = graphene.Field(Date, required=True, description="The day.")
    spans = graphene.String(required=True, description="The hours, as 09:00-12:00 or several with commas.")
    phone = graphene.String(required=True, description="The number to ring.")
    position = PositionInput(description="The point, where it is known.")
    slot_minutes = graphene.Int(required=True, description="How long each talk takes.")
    capacity = graphene.Int(required=True, description="How many people at one time.")


class LayOutStop(Action):
    """Announce a stop with its times: it is found, can be booked, and those who asked are told."""

    class Arguments:
        input = LayOutStopInput(required=True)

    code = graphene.String(description="The stop's code.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Announce it."""
        given = dict(input)
        minutes, capacity, point = given.pop("slot_minutes"), given.pop("capacity"), given.pop("position", None)
        at = Position(point.lat, point.lon, Datum(point.datum)) if point else None
        stop = stops.Stop(**given, position=at)
        return cls(code=circuit.lay_out(viewer.actor, stop, minutes, capacity, now=viewer.now).code)


class WatchCircuitInput(graphene.InputObjectType):
    """Where somebody wants to hear of stops, and the proof that the number is theirs."""

    region = graphene.String(required=True, description="A county, a township or a village.")
    code_request = graphene.String(required=True, description="Which code was asked for with `sendCode`.")
    code = graphene.String(required=True, description="The code that was texted.")


class WatchCircuit(Action):
    """Ask to be told of stops nearby."""

    class Arguments:
        input = WatchCircuitInput(required=True)

    link = graphene.String(description="The secret of the link that ends it.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Note it."""
        made = circuit.watch(viewer.actor, input.region, input.code_request, input.code, now=viewer.now)
        if isinstance(made, Problem):
            return cls(problems=[problem_data(made)])
        return cls(link=made.link)


class LeaveCircuitInput(graphene.InputObjectType):
    """What to end."""

    link = graphene.String(required=True, description="The secret of the link in the text.")


class LeaveCircuit(Action):
    """Stop being told, and be forgotten."""

    class Arguments:
        input = LeaveCircuitInput(required=True)

    left = graphene.Boolean(description="That it is done.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """End it."""
        circuit.leave(viewer.actor, input.link, now=viewer.now)
        return cls(left=True)


class Mutations(graphene.ObjectType):
    """What can be done."""

    lay_out_stop = LayOutStop.Field()
    watch_circuit = WatchCircuit.Field()
    leave_circuit = LeaveCircuit.Field()
