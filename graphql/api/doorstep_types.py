"""Who comes, a visit on its team's sheet, and a team's telephones, as the contract shows them."""

from __future__ import annotations

from typing import Any

import graphene

from api.scalars import Date, DateTime
from appointments.doorstep import faces
from appointments.states import LABELS


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
        return photos_of(card.crew)


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

    pledged_at = graphene.Field(DateTime, description="When the pledge was signed on paper; empty where it was not.")
    photos = graphene.Int(required=True, description="How many photographs of papers were taken.")

    def resolve_pledged_at(stop, _info: Any) -> Any:
        """Give the moment."""
        return stop.stands.pledged_at

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


def photos_of(workers: Any) -> list[VisitorPhoto]:
    """Give the pictures of workers, of whom there are any; in one statement."""
    found = faces.of([one.id for one in workers])
    return [VisitorPhoto(work_number=one.work_number, photo=found[one.id]) for one in workers if one.id in found]
