"""The day of a visit, through the door: the card and its code, the team's sheet, what was done on site (B10-B13)."""

from __future__ import annotations

from typing import Any

import graphene

from accounts import phone, witness
from api.doorstep_types import DoorCard, OwnDoorCard, TeamContact, VisitOnSheet, photos_of
from api.errors import problem_data
from api.mutation import Action, Problem, recorded
from api.private import private
from api.scalars import DateTime, enum_of
from api.station_kinds import PositionInput
from api.viewer import Viewer
from appointments.doorstep import acts, codes, photos, sheet
from appointments.doorstep.acts import ActKind, Deed
from appointments.doorstep.sheet import Contact
from appointments.visits import roster
from locator import coords
from locator.coords import Datum

ActType = enum_of(
    ActKind, "What a team does on site.", {one: f"{label}." for one, label in acts.LABELS.items()}, name="VisitActKind"
)


class Queries(graphene.ObjectType):
    """What can be asked."""

    door_card = graphene.Field(
        OwnDoorCard,
        required=True,
        description="The card of a visit, for whoever has a link of it.",
        link=graphene.String(required=True, description="The secret of the personal link."),
    )
    visitors_expected = graphene.Field(
        DoorCard,
        description="Who is expected today by a code; empty where nobody is. Every try is counted.",
        code=graphene.String(required=True, description="The code, as people type it."),
    )
    visit_photos = graphene.List(
        graphene.NonNull(graphene.String),
        required=True,
        description="The photographs taken at a visit in one's region, as `data:` addresses. Looking is recorded.",
        id=graphene.ID(required=True, description="The visit's id."),
    )
    visit_on_sheet = graphene.Field(
        VisitOnSheet,
        required=True,
        description="One visit in one's region. Looking is recorded.",
        id=graphene.ID(required=True, description="Its id."),
    )
    team_contact = graphene.Field(
        TeamContact,
        required=True,
        description="The telephones of a team of one's region.",
        team=graphene.ID(required=True, description="The team's id."),
    )

    @private
    def resolve_door_card(_root, info: Any, link: str) -> Any:
        """Find it."""
        return codes.card(info.context.actor, link, now=info.context.now)

    @private
    @recorded
    def resolve_visitors_expected(_root, info: Any, code: str) -> Any:
        """Look."""
        viewer: Viewer = info.context
        return codes.check(viewer.actor, code, address=viewer.address, now=viewer.now)

    @recorded
    def resolve_visit_photos(_root, info: Any, id: str) -> Any:
        """Give them."""
        return photos.of(info.context.actor, id, now=info.context.now)

    @recorded
    def resolve_visit_on_sheet(_root, info: Any, id: str) -> Any:
        """Find it."""
        return sheet.find(info.context.actor, id, now=info.context.now)

    def resolve_team_contact(_root, info: Any, team: str) -> TeamContact:
        """Give the numbers."""
        found, numbers = sheet.contact(info.context.actor, team)
        workers = roster.teams([team])[team].workers
        said = {"team_phone": numbers.team_phone, "supervisor_phone": numbers.supervisor_phone}
        return TeamContact(name=found.name, workers=workers, photos=photos_of(workers), **said)


class VisitActInput(graphene.InputObjectType):
    """One thing that was done on site."""

    key = graphene.String(
        required=True,
        description=f"Made where it was done, {acts.SHORTEST_KEY} to {acts.LONGEST_KEY} characters: it counts once.",
    )
    visit = graphene.ID(required=True, description="The visit's id.")
    kind = graphene.Field(ActType, required=True, description="What was done.")
    at = graphene.Field(DateTime, description="When, by the device's clock; now where it is not said.")
    minutes = graphene.Int(default_value=0, description="How much longer the team stays.")
    words = graphene.String(
        default_value="", description=f"Which papers were taken; {acts.LONGEST_WORDS} characters, the rest is cut off."
    )
    position = graphene.Field(
        PositionInput, description="Where the team is. It is weighed against the address and dropped."
    )


class VisitActAnswer(graphene.ObjectType):
    """What became of one act."""

    key = graphene.String(required=True, description="Its key. The device may forget it now.")
    problem = graphene.Field(Problem, description="Why it was not kept and never will be; empty where it was.")


class RecordVisitActsInput(graphene.InputObjectType):
    """What was done."""

    acts = graphene.List(
        graphene.NonNull(VisitActInput), required=True, description=f"In any order, up to {acts.MOST}."
    )


class RecordVisitActs(Action):
    """Keep what was done on site. Sent again, late or out of order, it comes to the same."""

    class Arguments:
        input = RecordVisitActsInput(required=True)

    answers = graphene.List(graphene.NonNull(VisitActAnswer), description="One for each act.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Keep them."""
        found = acts.record(viewer.actor, [_deed(one) for one in input.acts], now=viewer.now)
        said = [VisitActAnswer(key=one.key, problem=one.problem and problem_data(one.problem)) for one in found]
        return cls(answers=said)


def _deed(said: Any) -> Deed:
    where = said.get("position")
    position = coords.located(where["lat"], where["lon"], Datum(where["datum"])) if where else None
    return Deed(said.key, said.visit, ActKind(said.kind), said.get("at"), said.minutes, said.words, position)


class SetTeamContactInput(graphene.InputObjectType):
    """At which numbers."""

    team = graphene.ID(required=True, description="The team's id.")
    team_phone = graphene.String(default_value="", description="The team's; may be empty.")
    supervisor_phone = graphene.String(default_value="", description="The supervisor's; may be empty.")


class SetTeamContact(Action):
    """Say at which numbers a team and its supervisor are reached."""

    class Arguments:
        input = SetTeamContactInput(required=True)

    team = graphene.ID(description="The team's id.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Keep them."""
        numbers = Contact(phone.normalise(input.team_phone), phone.normalise(input.supervisor_phone))
        return cls(team=sheet.set_contact(viewer.actor, input.team, numbers, now=viewer.now).id)


class IssueWitnessCodeInput(graphene.InputObjectType):
    """Where one sits beside somebody."""

    visit = graphene.ID(required=True, description="The visit's id.")


class IssueWitnessCode(Action):
    """Get a code to say to somebody who signs their pledge beside one. It is kept nowhere, and good for two hours."""

    remembered = False

    class Arguments:
        input = IssueWitnessCodeInput(required=True)

    code = graphene.String(description="The code.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Make one."""
        found = sheet.find(viewer.actor, input.visit, now=viewer.now)
        return cls(code=witness.issue(viewer.actor, f"appointment:{found.row.id}", now=viewer.now))


class Mutations(graphene.ObjectType):
    """What can be done."""

    issue_witness_code = IssueWitnessCode.Field()

    record_visit_acts = RecordVisitActs.Field()
    set_team_contact = SetTeamContact.Field()
