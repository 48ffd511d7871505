"""Volunteers who come along to visits: found and asked by staff, answered by themselves (FEATURES F21, B08)."""

from __future__ import annotations

from typing import Any

import graphene

from api.mutation import Action, recorded
from api.private import private
from api.scalars import DateTime
from api.viewer import Viewer
from api.volunteers import LINK
from appointments.visits import companions
from appointments.volunteers import SKILLS, Skill

STATES = {"": "", "asked": "已经问了，等答复", "accepted": "愿意一起去", "declined": "去不了"}


class VisitCompanion(graphene.ObjectType):
    """A volunteer who could come along."""

    volunteer = graphene.ID(required=True, description="Their id.")
    name = graphene.String(required=True, description="What to call them.")
    phone = graphene.String(required=True, description="Their number.")
    about = graphene.String(required=True, description="Anything to know; may be empty.")
    skill = graphene.String(required=True, description="What for, in words.")
    state = graphene.String(required=True, description="asked, accepted or declined; empty where nobody asked them.")
    state_text = graphene.String(required=True, description="The same in words.")

    def resolve_volunteer(one, _info: Any) -> str:
        """Give the id."""
        return str(one.row.id)

    def resolve_name(one, _info: Any) -> str:
        """Give the name."""
        return str(one.row.name)

    def resolve_phone(one, _info: Any) -> str:
        """Give the number."""
        return str(one.row.phone)

    def resolve_about(one, _info: Any) -> str:
        """Give what they said."""
        return str(one.row.about)

    def resolve_skill(one, _info: Any) -> str:
        """Say what for."""
        return SKILLS[one.skill]

    def resolve_state_text(one, _info: Any) -> str:
        """Say how it stands."""
        return STATES[one.state]


class VisitCompanions(graphene.ObjectType):
    """What a visit needs, and who could help."""

    reference = graphene.String(required=True, description="The number people quote.")
    starts_at = graphene.Field(DateTime, required=True, description="The earliest the team comes.")
    skills = graphene.List(graphene.NonNull(graphene.String), required=True, description="What is needed, in words.")
    found = graphene.List(graphene.NonNull(VisitCompanion), required=True, description="Who was asked least first.")

    def resolve_skills(found, _info: Any) -> list[str]:
        """Say them in words."""
        return [SKILLS[one] for one in found.skills]


class AskedAlong(graphene.ObjectType):
    """A visit a volunteer is asked along to: never whose, or why."""

    id = graphene.ID(required=True, description="Its id.")
    starts_at = graphene.Field(DateTime, required=True, description="The earliest the team comes.")
    ends_at = graphene.Field(DateTime, required=True, description="The latest.")
    region_name = graphene.String(required=True, description="The township, or the county.")
    station_name = graphene.String(required=True, description="Where the team sets out from.")
    station_phone = graphene.String(required=True, description="Its number.")
    skill = graphene.String(required=True, description="What for, in words.")
    state = graphene.String(required=True, description="asked, accepted or declined.")

    def resolve_id(one, _info: Any) -> str:
        """Give the id."""
        return str(one.match.id)

    def resolve_region_name(one, _info: Any) -> str:
        """Name it."""
        return str(one.region)

    def resolve_station_name(one, _info: Any) -> str:
        """Name it."""
        return str(one.station.name)

    def resolve_station_phone(one, _info: Any) -> str:
        """Give its number."""
        return str(one.station.phone)

    def resolve_skill(one, _info: Any) -> str:
        """Say what for."""
        return SKILLS[Skill(one.match.skill)]

    def resolve_state(one, _info: Any) -> str:
        """Say how it stands."""
        return str(one.match.state)


class Queries(graphene.ObjectType):
    """What can be asked."""

    visit_companions = graphene.Field(
        VisitCompanions,
        required=True,
        description="Who could come along to a visit of one's region. Looking is recorded.",
        visit=graphene.ID(required=True, description="The visit's id."),
    )
    asked_along = graphene.List(
        graphene.NonNull(AskedAlong),
        required=True,
        description="The visits a volunteer is asked along to, by their own link.",
        link=graphene.String(required=True, description=LINK),
    )

    @recorded
    def resolve_visit_companions(_root, info: Any, visit: str) -> Any:
        """Find them."""
        return companions.of_visit(info.context.actor, visit, now=info.context.now)

    @private
    def resolve_asked_along(_root, info: Any, link: str) -> Any:
        """List them."""
        return companions.asked_of(info.context.actor, link, now=info.context.now)


class AskCompanionInput(graphene.InputObjectType):
    """Whom to ask along, and where to."""

    visit = graphene.ID(required=True, description="The visit's id.")
    volunteer = graphene.ID(required=True, description="The volunteer's id.")


class AskCompanion(Action):
    """Ask a volunteer along. They are texted when and where about; never to whom."""

    class Arguments:
        input = AskCompanionInput(required=True)

    state = graphene.String(description="How it stands.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Ask."""
        return cls(state=companions.ask(viewer.actor, input.visit, input.volunteer, now=viewer.now).state)


class AnswerCompanionInput(graphene.InputObjectType):
    """What a volunteer says."""

    link = graphene.String(required=True, description=LINK)
    id = graphene.ID(required=True, description="Which visit: the id of what one was asked.")
    accepts = graphene.Boolean(required=True, description="Whether one comes along.")


class AnswerCompanion(Action):
    """Say whether one comes along; it can be taken back until the visit begins."""

    class Arguments:
        input = AnswerCompanionInput(required=True)

    state = graphene.String(description="How it stands.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Answer."""
        made = companions.answer(viewer.actor, input.link, input.id, accepts=input.accepts, now=viewer.now)
        return cls(state=made.state)


class Mutations(graphene.ObjectType):
    """What can be done."""

    ask_companion = AskCompanion.Field()
    answer_companion = AnswerCompanion.Field()
