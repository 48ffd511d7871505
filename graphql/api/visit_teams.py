"""Laying down teams that visit people, and whom a change affects (FEATURES B02, B07, B08, B10)."""

from __future__ import annotations

from typing import Any

import graphene

from api.mutation import Action
from api.station_brief import STATION
from api.viewer import Viewer
from api.visit_team_types import (
    KeptVisitTeam,
    VisitTeamArea,
    VisitTeamChangeInput,
    VisitTeamInput,
    VisitTeamPreview,
    looked_ahead,
    shown,
)
from appointments.rotas import WEEK
from appointments.visits import keeping
from appointments.visits.changes import Absence, Change, End, Member, Outing, OutingEnd
from appointments.visits.wishes import Language, Specialty
from core.errors import Malformed
from core.identity import Actor

PARTS = ("member", "shift", "shift_end", "absence", "retired_on")


class Queries(graphene.ObjectType):
    """What can be asked."""

    kept_visit_teams = graphene.List(
        graphene.NonNull(KeptVisitTeam), required=True, description="The teams of one's region that are not over."
    )
    kept_visit_team = graphene.Field(
        KeptVisitTeam,
        required=True,
        description="One of them.",
        team=graphene.ID(required=True, description="Its id."),
    )
    visit_team_areas = graphene.List(
        graphene.NonNull(VisitTeamArea),
        required=True,
        description="The areas a team of a station of one's region may visit.",
        station=graphene.String(required=True, description=STATION),
    )
    visit_team_preview = graphene.Field(
        VisitTeamPreview,
        required=True,
        description="What would come of a change, before anything is kept.",
        input=graphene.Argument(VisitTeamChangeInput, required=True, description="The change."),
    )

    def resolve_kept_visit_teams(_root, info: Any) -> Any:
        """List them."""
        return shown(keeping.of_region(info.context.actor, now=info.context.now))

    def resolve_kept_visit_team(_root, info: Any, team: str) -> Any:
        """Give it."""
        return shown([keeping.one(info.context.actor, team, now=info.context.now)])[0]

    def resolve_visit_team_areas(_root, info: Any, station: str) -> Any:
        """List them."""
        return keeping.areas(info.context.actor, station)

    def resolve_visit_team_preview(_root, info: Any, input: Any) -> Any:
        """Look ahead."""
        actor, now = info.context.actor, info.context.now
        wanted = _change(actor, input)
        return looked_ahead(lambda: keeping.preview(actor, input.team, wanted, now=now))


class PutVisitTeam(Action):
    """Make a team, or change its name, area and vehicle."""

    class Arguments:
        input = VisitTeamInput(required=True)

    team = graphene.ID(description="The team's id.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Keep it."""
        plan = keeping.Plan(input.station, input.area, input.name, input.vehicle)
        return cls(team=keeping.put(viewer.actor, plan, team_id=input.get("team"), now=viewer.now).id)


class ChangeVisitTeam(Action):
    """Change who is in a team or when it is out. Whoever it cannot visit is given to others, or told."""

    class Arguments:
        input = VisitTeamChangeInput(required=True)

    team = graphene.ID(description="The team's id.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Change it."""
        wanted = _change(viewer.actor, input)
        return cls(team=keeping.change(viewer.actor, input.team, wanted, now=viewer.now).id)


class EndVisitAbsenceInput(graphene.InputObjectType):
    """Which days off to take back."""

    absence = graphene.ID(required=True, description="The days off.")


class EndVisitAbsence(Action):
    """Take days off back. What was given to others meanwhile stays with them."""

    class Arguments:
        input = EndVisitAbsenceInput(required=True)

    is_ended = graphene.Boolean(description="That it is done.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Take them back."""
        keeping.end_absence(viewer.actor, input.absence, now=viewer.now)
        return cls(is_ended=True)


class Mutations(graphene.ObjectType):
    """What can be done."""

    put_visit_team = PutVisitTeam.Field()
    change_visit_team = ChangeVisitTeam.Field()
    end_visit_absence = EndVisitAbsence.Field()


def _change(actor: Actor, input: Any) -> Change:
    """Read a change: exactly one of its parts is said."""
    said = [name for name in PARTS if input.get(name) is not None]
    if len(said) != 1:
        raise Malformed
    (name,) = said
    given = input[name]
    match name:
        case "member":
            return _member(given)
        case "shift":
            shift = keeping.shift(actor, input.team, given["shift"]) if given.get("shift") else None
            weekdays = frozenset(day - 1 for day in given["weekdays"] if 1 <= day <= WEEK)
            return Outing(shift, weekdays, given["opens"], given["closes"], given["first_on"], given.get("last_on"))
        case "shift_end":
            return OutingEnd(keeping.shift(actor, input.team, given["shift"]), given["last_on"])
        case "absence":
            return Absence(given.get("worker"), given["first_on"], given["last_on"])
    return End(given)


def _member(given: Any) -> Member:
    return Member(
        worker_id=given.get("worker"),
        name=given["name"],
        work_number=given["work_number"],
        is_woman=given["is_woman"],
        signs=given["signs"],
        languages=frozenset(map(Language, given["languages"])),
        specialties=frozenset(map(Specialty, given["specialties"])),
        first_on=given.get("first_on"),
        last_on=given.get("last_on"),
    )
