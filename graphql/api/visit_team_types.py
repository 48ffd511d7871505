"""Teams that visit people as those see them who keep them, and what may change about one (FEATURES B02, B08)."""

from __future__ import annotations

from typing import Any

import graphene

from api.errors import problem_data
from api.home_visit_types import LanguageType, SpecialtyType
from api.mutation import Problem
from api.scalars import Date, DateTime
from api.station_brief import STATION
from appointments.visits import changes
from appointments.visits.wishes import LANGUAGES, SPECIALTIES, Language, Specialty
from core.errors import Rejected
from locator import queries as places
from locator.staffing import clock

EMPTY = "empty: without end."


class VisitTeamMember(graphene.ObjectType):
    """Somebody of a team, as staff keep them."""

    id = graphene.ID(required=True, description="Their id.")
    name = graphene.String(required=True, description="Their name.")
    work_number = graphene.String(required=True, description="The number on their badge.")
    is_woman = graphene.Boolean(required=True, description="Whether she is a woman.")
    signs = graphene.Boolean(required=True, description="Whether they sign.")
    languages = graphene.List(graphene.NonNull(LanguageType), required=True, description="What they speak.")
    specialties = graphene.List(graphene.NonNull(SpecialtyType), required=True, description="What they know.")
    can = graphene.List(graphene.NonNull(graphene.String), required=True, description="The same in words.")
    first_on = graphene.Field(Date, description="Since when; empty: from the beginning.")
    last_on = graphene.Field(Date, description=f"Until when; {EMPTY}")

    def resolve_can(row, _info: Any) -> list[str]:
        """Say what they can do."""
        said = ["女"] * row.is_woman + ["手语"] * row.signs
        said += [LANGUAGES[Language(one)] for one in row.languages]
        return said + [SPECIALTIES[Specialty(one)] for one in row.specialties]


class VisitTeamShift(graphene.ObjectType):
    """When a team is out, week by week."""

    id = graphene.ID(required=True, description="Its id.")
    weekdays = graphene.List(graphene.NonNull(graphene.Int), required=True, description="1 Monday … 7 Sunday.")
    opens = graphene.String(required=True, description="From, as 09:00.")
    closes = graphene.String(required=True, description="To, as 17:00.")
    first_on = graphene.Field(Date, required=True, description="The first day.")
    last_on = graphene.Field(Date, description=f"The last day; {EMPTY}")

    def resolve_weekdays(row, _info: Any) -> list[int]:
        """Count from Monday."""
        return [int(day) + 1 for day in row.weekdays]

    def resolve_opens(row, _info: Any) -> str:
        """Write the time."""
        return clock(row.opens)

    def resolve_closes(row, _info: Any) -> str:
        """Write the time."""
        return clock(row.closes)


class VisitTeamAbsence(graphene.ObjectType):
    """Days somebody is away, or the whole team. Never why."""

    id = graphene.ID(required=True, description="Its id.")
    worker = graphene.ID(description="Who; empty: the whole team.")
    first_on = graphene.Field(Date, required=True, description="The first day.")
    last_on = graphene.Field(Date, required=True, description="The last day.")

    def resolve_worker(row, _info: Any) -> Any:
        """Say who."""
        return row.worker_id


class VisitTeamArea(graphene.ObjectType):
    """An area a team may visit."""

    code = graphene.String(required=True, description="The code of the division.")
    name = graphene.String(required=True, description="Its full name.")

    def resolve_name(area, _info: Any) -> str:
        """Name it."""
        return str(area.full_name)


class KeptVisitTeam(graphene.ObjectType):
    """A team with all that was laid down."""

    id = graphene.ID(required=True, description="Its id.")
    name = graphene.String(required=True, description="Its name.")
    vehicle = graphene.String(required=True, description="What it drives; may be empty.")
    station = graphene.String(required=True, description="The code of the station it sets out from.")
    station_name = graphene.String(required=True, description="The name of that station.")
    area = graphene.Field(VisitTeamArea, required=True, description="Where it visits.")
    retired_on = graphene.Field(Date, description=f"From which day it is no more; {EMPTY}")
    workers = graphene.List(graphene.NonNull(VisitTeamMember), required=True, description="Who is in it.")
    shifts = graphene.List(graphene.NonNull(VisitTeamShift), required=True, description="When it is out.")
    absences = graphene.List(graphene.NonNull(VisitTeamAbsence), required=True, description="Days off.")
    short_days = graphene.List(
        graphene.NonNull(Date), required=True, description="Days of the next three weeks with too few to go."
    )


def shown(found: Any) -> list[dict[str, Any]]:
    """Show teams; the names of their stations and areas are read once for all."""
    stations = {row.id: row for row in places.stations_by_id({one.row.station_id for one in found}, retired_too=True)}
    areas = places.regions({one.row.area_code for one in found})
    return [
        {
            "id": one.row.id,
            "name": one.row.name,
            "vehicle": one.row.vehicle,
            "station": stations[one.row.station_id].code,
            "station_name": stations[one.row.station_id].name,
            "area": areas[one.row.area_code],
            "retired_on": one.row.retired_on,
            "workers": one.workers,
            "shifts": one.shifts,
            "absences": one.absences,
            "short_days": one.short,
        }
        for one in found
    ]


class AffectedVisit(graphene.ObjectType):
    """A visit a team could not keep: when, and its number; not whose."""

    reference = graphene.String(required=True, description="The number people quote.")
    starts_at = graphene.Field(DateTime, required=True, description="The earliest that was promised.")
    instead = graphene.String(
        required=True, description="Which team would go at the same time; empty: the person is offered other times."
    )

    def resolve_reference(one, _info: Any) -> str:
        """Give its number."""
        return str(one.visit.row.reference)

    def resolve_starts_at(one, _info: Any) -> Any:
        """Give the moment."""
        return one.visit.row.starts_at

    def resolve_instead(one, _info: Any) -> str:
        """Name the team."""
        return one.instead.team.name if one.instead else ""


class VisitTeamPreview(graphene.ObjectType):
    """What would come of a change."""

    affected = graphene.List(graphene.NonNull(AffectedVisit), required=True, description="Whom it affects.")
    short_days = graphene.List(
        graphene.NonNull(Date), required=True, description="Days of the next three weeks with too few to go."
    )
    problems = graphene.List(graphene.NonNull(Problem), required=True, description="What to put right first.")


def looked_ahead(look: Any) -> dict[str, Any]:
    """Show what would come of it, or what to put right first."""
    try:
        found = look()
    except Rejected as rejected:
        return {"affected": [], "short_days": [], "problems": [problem_data(one) for one in rejected.problems]}
    return {"affected": found.affected, "short_days": found.short, "problems": []}


class VisitTeamInput(graphene.InputObjectType):
    """A team as it should be."""

    team = graphene.ID(description="The team to change; empty for a new one.")
    station = graphene.String(required=True, description=f"Where it sets out; it stays so. {STATION}")
    area = graphene.String(required=True, description="The code of the division it visits.")
    name = graphene.String(required=True, description=f"Its name; {changes.LONGEST['name']} characters.")
    vehicle = graphene.String(default_value="", description=f"What it drives; {changes.LONGEST['vehicle']} characters.")


class VisitMemberInput(graphene.InputObjectType):
    """Somebody of a team as they should be."""

    worker = graphene.ID(description="Who is to change; empty for somebody new.")
    name = graphene.String(required=True, description="Their name.")
    work_number = graphene.String(required=True, description="The number on their badge.")
    is_woman = graphene.Boolean(default_value=False, description="Whether she is a woman.")
    signs = graphene.Boolean(default_value=False, description="Whether they sign.")
    languages = graphene.List(graphene.NonNull(LanguageType), default_value=[], description="What they speak.")
    specialties = graphene.List(graphene.NonNull(SpecialtyType), default_value=[], description="What they know.")
    first_on = graphene.Field(Date, description="Since when; empty: from the beginning.")
    last_on = graphene.Field(Date, description=f"Until when; {EMPTY}")


class VisitShiftInput(graphene.InputObjectType):
    """A shift as it should be."""

    shift = graphene.ID(description="The shift to change; empty for a new one.")
    weekdays = graphene.List(graphene.NonNull(graphene.Int), required=True, description="1 Monday … 7 Sunday.")
    opens = graphene.String(required=True, description="From, as 09:00.")
    closes = graphene.String(required=True, description="To, as 17:00.")
    first_on = graphene.Field(Date, required=True, description="From which day on; until then all stays as it was.")
    last_on = graphene.Field(Date, description=f"The last day; {EMPTY}")


class VisitShiftEndInput(graphene.InputObjectType):
    """Which shift to end, and when."""

    shift = graphene.ID(required=True, description="The shift.")
    last_on = graphene.Field(Date, required=True, description="The last day it is kept.")


class VisitAbsenceInput(graphene.InputObjectType):
    """Who is away, and when. Why is nobody's business."""

    worker = graphene.ID(description="Who; empty: the whole team.")
    first_on = graphene.Field(Date, required=True, description="The first day.")
    last_on = graphene.Field(Date, required=True, description="The last day.")


class VisitTeamChangeInput(graphene.InputObjectType):
    """One change of a team: exactly one of its parts."""

    team = graphene.ID(required=True, description="The team.")
    member = graphene.Field(VisitMemberInput, description="Somebody joins, changes or leaves.")
    shift = graphene.Field(VisitShiftInput, description="When it is out.")
    shift_end = graphene.Field(VisitShiftEndInput, description="A shift that ends.")
    absence = graphene.Field(VisitAbsenceInput, description="Days off.")
    retired_on = graphene.Field(Date, description="From which day on it is no more.")
