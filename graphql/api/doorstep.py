"""The day of a visit, through the door: the card and its code, the team's sheet, what was done on site (B10-B13)."""

from __future__ import annotations

from typing import Any

import graphene

from accounts import phone, witness
from api.errors import problem_data
from api.mutation import Action, Problem, recorded
from api.private import private
from api.scalars import Date, DateTime, enum_of
from api.station_kinds import PositionInput
from api.viewer import Viewer
from appointments.doorstep import acts, codes, faces, sheet
from appointments.doorstep.acts import ActKind, Deed
from appointments.doorstep.sheet import Contact
from appointments.states import LABELS
from appointments.visits import roster
from locator import coords
from locator.coords import Datum

ActType = enum_of(
    ActKind, "What a team does on site.", {one: f"{label}." for one, label in acts.LABELS.items()}, name="VisitActKind"
)


class Visitor(graphene.ObjectType):
    """Somebody who comes, as whoever opens the door may expect them."""

    name = graphene.String(required=True, description="Their name.")
    work_number = graphene.String(required=True, description="The number on their badge.")


class VisitorPhoto(graphene.ObjectType):
    """What somebody who comes looks like."""

    work_number = graphene.String(required=True, description="The number on their badge.")
    photo = graphene.String(required=True, description="The picture, as a `data:` address.")


class DoorCard(graphene.ObjectType):
    """Who comes and when. Nothing of whom they visit, where or why."""

    agency = graphene.String(required=True, description="Where they come from.")
    agency_phone = graphene.String(required=True, description="Its telephone number.")
    visitors = graphene.List(
        graphene.NonNull(Visitor), required=True, description="Who comes; empty until the day before."
    )
    photos = graphene.List(
        graphene.NonNull(VisitorPhoto), required=True, description="Their pictures, of whom there are any."
    )
    begins_at = graphene.Field(DateTime, required=True, description="From when on they are expected.")
    ends_at = graphene.Field(DateTime, required=True, description="Until when.")

    def resolve_agency(card, _info: Any) -> str:
        """Name it."""
        return str(card.station.name)

    def resolve_agency_phone(card, _info: Any) -> str:
        """Give its number."""
        return str(card.station.phone)

    def resolve_visitors(card, _info: Any) -> Any:
        """List them."""
        return card.crew

    def resolve_photos(card, _info: Any) -> list[VisitorPhoto]:
        """Give their pictures."""
        return _photos(card.crew)


class OwnDoorCard(DoorCard):
    """The card of one's own visit, with the code both sides hold."""

    code = graphene.String(required=True, description="The code, `4827 1936`; empty until the day before.")


class VisitOnSheet(graphene.ObjectType):
    """A visit as its team sees it. Where it is and who lives there are shown around its day alone."""

    id = graphene.ID(required=True, description="Its id.")
    reference = graphene.String(required=True, description="The number people quote.")
    state_text = graphene.String(required=True, description="How far it has come.")
    team_id = graphene.ID(required=True, description="The team's id.")
    team_name = graphene.String(required=True, description="The team's name.")
    on = graphene.Field(Date, required=True, description="The day.")
    card = graphene.Field(OwnDoorCard, required=True, description="What the person was told, and the code.")
    arrives_at = graphene.Field(DateTime, required=True, description="When the team should be there.")
    minutes = graphene.Int(required=True, description="How long it takes.")
    way = graphene.Int(required=True, description="Minutes from the stop before.")
    name = graphene.String(required=True, description="Who is visited; empty but around the day.")
    phone = graphene.String(required=True, description="The number to ring; empty but around the day.")
    address = graphene.String(required=True, description="Where; empty but around the day.")
    access_notes = graphene.String(required=True, description="How one gets to the door; empty but around the day.")
    safety_notes = graphene.String(required=True, description="What the team should know for its own safety.")
    needs = graphene.List(graphene.NonNull(graphene.String), required=True, description="What the person needs.")
    kit = graphene.List(graphene.NonNull(graphene.String), required=True, description="What to take along.")
    arrived_at = graphene.Field(DateTime, description="When the team said it is there.")
    finished_at = graphene.Field(DateTime, description="When the team said it has left, well.")
    was_near = graphene.Boolean(description="Whether it was within reach of the address then; empty where unknown.")
    is_over = graphene.Boolean(required=True, description="Whether the team has left.")
    papers = graphene.List(
        graphene.NonNull(graphene.String), required=True, description="What papers were taken, as written down."
    )

    def resolve_id(stop, _info: Any) -> str:
        """Give its id."""
        return str(stop.row.id)

    def resolve_reference(stop, _info: Any) -> str:
        """Give its number."""
        return str(stop.row.reference)

    def resolve_state_text(stop, _info: Any) -> str:
        """Say its state."""
        return LABELS[stop.row.state]

    def resolve_team_id(stop, _info: Any) -> str:
        """Give the team's id."""
        return str(stop.card.team.id)

    def resolve_team_name(stop, _info: Any) -> str:
        """Name the team."""
        return str(stop.card.team.name)

    def resolve_on(stop, _info: Any) -> Any:
        """Give the day."""
        return stop.visit.on

    def resolve_minutes(stop, _info: Any) -> int:
        """Give how long it takes."""
        return int(stop.visit.minutes)

    def resolve_arrived_at(stop, _info: Any) -> Any:
        """Give when they came."""
        return stop.stands.arrived_at

    def resolve_finished_at(stop, _info: Any) -> Any:
        """Give when they left."""
        return stop.stands.finished_at

    def resolve_was_near(stop, _info: Any) -> bool | None:
        """Say whether they were near."""
        near: bool | None = stop.stands.was_near
        return near

    def resolve_papers(stop, _info: Any) -> Any:
        """List the papers."""
        return stop.stands.papers


class TeamWorker(Visitor):
    """Somebody of a team, as staff keep them."""

    id = graphene.ID(required=True, description="Their id.")


class TeamContact(graphene.ObjectType):
    """The telephones of a team that is out, and of whoever is told when it does not come back."""

    name = graphene.String(required=True, description="The team's name.")
    team_phone = graphene.String(required=True, description="The team's; may be empty.")
    supervisor_phone = graphene.String(required=True, description="The supervisor's; may be empty.")
    workers = graphene.List(graphene.NonNull(TeamWorker), required=True, description="Who is in it.")
    photos = graphene.List(
        graphene.NonNull(VisitorPhoto), required=True, description="Their pictures, of whom there are any."
    )


def _photos(workers: Any) -> list[VisitorPhoto]:
    found = faces.of([one.id for one in workers])
    return [VisitorPhoto(work_number=one.work_number, photo=found[one.id]) for one in workers if one.id in found]


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
    visits_of_day = graphene.List(
        graphene.NonNull(VisitOnSheet),
        required=True,
        description="The visits of a day in one's region, in the order they are driven. Looking is recorded.",
        on=graphene.Argument(Date, required=True, description="The day."),
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
    def resolve_visits_of_day(_root, info: Any, on: Any) -> Any:
        """Give the day."""
        return sheet.of_day(info.context.actor, on, now=info.context.now)

    @recorded
    def resolve_visit_on_sheet(_root, info: Any, id: str) -> Any:
        """Find it."""
        return sheet.find(info.context.actor, id, now=info.context.now)

    def resolve_team_contact(_root, info: Any, team: str) -> TeamContact:
        """Give the numbers."""
        found, numbers = sheet.contact(info.context.actor, team)
        workers = roster.teams([team])[team].workers
        said = {"team_phone": numbers.team_phone, "supervisor_phone": numbers.supervisor_phone}
        return TeamContact(name=found.name, workers=workers, photos=_photos(workers), **said)


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
