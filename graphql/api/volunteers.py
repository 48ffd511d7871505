"""Volunteers through the door (FEATURES F21)."""

from __future__ import annotations

from typing import Any

import graphene

from accounts import phone
from api.errors import problem_data
from api.mutation import Action, recorded
from api.private import private
from api.scalars import Date, enum_of
from api.viewer import Viewer
from appointments import volunteers
from appointments.volunteers import SKILLS, Skill
from core.errors import Problem

LINK = "The secret of the volunteer's own link."
SkillType = enum_of(
    Skill, "What a volunteer can do.", {one: f"{label}." for one, label in SKILLS.items()}, name="VolunteerSkill"
)


class VolunteerSkillChoice(graphene.ObjectType):
    """One thing a volunteer can do."""

    code = graphene.Field(SkillType, required=True, description="Its name in the contract.")
    label = graphene.String(required=True, description="The same in Chinese.")


class Volunteer(graphene.ObjectType):
    """A volunteer, as they see themselves."""

    skills = graphene.List(graphene.NonNull(graphene.String), required=True, description="What they can do, in words.")
    is_accepted = graphene.Boolean(required=True, description="Whether staff have accepted them.")
    minutes = graphene.Int(required=True, description="How many minutes they gave.")

    def resolve_skills(row, _info: Any) -> list[str]:
        """Say them in words."""
        return [SKILLS[Skill(one)] for one in row.skills]

    def resolve_is_accepted(row, _info: Any) -> bool:
        """Say whether they count."""
        return row.accepted_at is not None

    def resolve_minutes(row, _info: Any) -> int:
        """Add them up."""
        return int(volunteers.minutes_of([row]).get(row.id, 0))


class KeptVolunteer(graphene.ObjectType):
    """A volunteer, as staff see them."""

    id = graphene.ID(required=True, description="Their id.")
    name = graphene.String(required=True, description="What to call them.")
    phone = graphene.String(required=True, description="Their number: in full once accepted, masked before.")
    region_name = graphene.String(required=True, description="Where they can help.")
    about = graphene.String(required=True, description="Anything to know; may be empty.")
    skills = graphene.List(graphene.NonNull(graphene.String), required=True, description="What they can do, in words.")
    is_accepted = graphene.Boolean(required=True, description="Whether they were accepted.")
    minutes = graphene.Int(required=True, description="How many minutes they gave.")

    def resolve_id(kept, _info: Any) -> str:
        """Give the id."""
        return str(kept.row.id)

    def resolve_name(kept, _info: Any) -> str:
        """Give the name."""
        return str(kept.row.name)

    def resolve_phone(kept, _info: Any) -> str:
        """Give the number as far as it is needed."""
        number: str = kept.row.phone
        return number if kept.row.accepted_at else phone.mask(number)

    def resolve_region_name(kept, _info: Any) -> str:
        """Name the division."""
        return str(kept.region.full_name)

    def resolve_about(kept, _info: Any) -> str:
        """Give what they said."""
        return str(kept.row.about)

    def resolve_skills(kept, info: Any) -> list[str]:
        """Say them in words."""
        return Volunteer.resolve_skills(kept.row, info)

    def resolve_is_accepted(kept, _info: Any) -> bool:
        """Say whether they count."""
        return kept.row.accepted_at is not None


class Queries(graphene.ObjectType):
    """What can be asked."""

    volunteer_skills = graphene.List(
        graphene.NonNull(VolunteerSkillChoice), required=True, description="What volunteers can say they can do."
    )
    volunteer_by_link = graphene.Field(
        Volunteer,
        required=True,
        description="Oneself, by one's own link.",
        link=graphene.String(required=True, description=LINK),
    )
    volunteers = graphene.List(
        graphene.NonNull(KeptVolunteer),
        required=True,
        description=f"Volunteers of one's region, {volunteers.MOST} at most; who waits first. Looking is recorded.",
        skill=graphene.Argument(SkillType, description="With this skill alone; empty for all."),
    )

    def resolve_volunteer_skills(_root, _info: Any) -> list[VolunteerSkillChoice]:
        """List them."""
        return [VolunteerSkillChoice(code=one, label=label) for one, label in SKILLS.items()]

    @private
    def resolve_volunteer_by_link(_root, info: Any, link: str) -> Any:
        """Find them."""
        return volunteers.mine(info.context.actor, link, now=info.context.now)

    @recorded
    def resolve_volunteers(_root, info: Any, skill: Any = None) -> Any:
        """List them."""
        wanted = Skill(skill) if skill else None
        return volunteers.of_region(info.context.actor, wanted, now=info.context.now)


class RegisterVolunteerInput(graphene.InputObjectType):
    """What somebody offers, and the proof that the number is theirs."""

    name = graphene.String(required=True, description="What to call them.")
    region = graphene.String(required=True, description="The division they can help in.")
    skills = graphene.List(graphene.NonNull(SkillType), required=True, description="What they can do.")
    about = graphene.String(default_value="", description="Anything to know.")
    code_request = graphene.String(required=True, description="Which code was asked for with `sendCode`.")
    code = graphene.String(required=True, description="The code that was texted.")


class RegisterVolunteer(Action):
    """Offer to help. It counts once staff have accepted it."""

    class Arguments:
        input = RegisterVolunteerInput(required=True)

    link = graphene.String(description="The secret of the volunteer's own link.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Note it."""
        skills = tuple(Skill(one) for one in input.skills)
        offer = volunteers.Offer(input.name, input.region, skills, input.about)
        made = volunteers.register(viewer.actor, offer, input.code_request, input.code, now=viewer.now)
        if isinstance(made, Problem):
            return cls(problems=[problem_data(made)])
        return cls(link=made.link)


class VolunteerLinkInput(graphene.InputObjectType):
    """Whose link."""

    link = graphene.String(required=True, description=LINK)


class LeaveVolunteers(Action):
    """Leave, and be forgotten."""

    class Arguments:
        input = VolunteerLinkInput(required=True)

    left = graphene.Boolean(description="That it is done.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Leave."""
        volunteers.leave(viewer.actor, input.link, now=viewer.now)
        return cls(left=True)


class AcceptVolunteerInput(graphene.InputObjectType):
    """Whom to accept."""

    volunteer = graphene.ID(required=True, description="Their id.")


class AcceptVolunteer(Action):
    """Accept a volunteer of one's region."""

    class Arguments:
        input = AcceptVolunteerInput(required=True)

    accepted = graphene.Boolean(description="That it is done.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Accept them."""
        volunteers.accept(viewer.actor, input.volunteer, now=viewer.now)
        return cls(accepted=True)


class EndVolunteerInput(graphene.InputObjectType):
    """Whose help ends, and why."""

    volunteer = graphene.ID(required=True, description="Their id.")
    reason = graphene.String(required=True, description="Why; it goes on record.")


class EndVolunteer(Action):
    """Decline a volunteer, or end it."""

    class Arguments:
        input = EndVolunteerInput(required=True)

    ended = graphene.Boolean(description="That it is done.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """End it."""
        volunteers.end(viewer.actor, input.volunteer, input.reason, now=viewer.now)
        return cls(ended=True)


class NoteVolunteerHoursInput(graphene.InputObjectType):
    """Who gave how much time, when and what for."""

    volunteer = graphene.ID(required=True, description="Their id.")
    on = graphene.Field(Date, required=True, description="The day.")
    minutes = graphene.Int(required=True, description="How many minutes.")
    what = graphene.String(default_value="", description="What for, in a few words that name nobody.")


class NoteVolunteerHours(Action):
    """Note the time a volunteer gave."""

    class Arguments:
        input = NoteVolunteerHoursInput(required=True)

    noted = graphene.Boolean(description="That it is done.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Note it."""
        given = (input.volunteer, input.on, input.minutes, input.what)
        volunteers.note_hours(viewer.actor, *given, now=viewer.now)
        return cls(noted=True)


class Mutations(graphene.ObjectType):
    """What can be done."""

    register_volunteer = RegisterVolunteer.Field()
    leave_volunteers = LeaveVolunteers.Field()
    accept_volunteer = AcceptVolunteer.Field()
    end_volunteer = EndVolunteer.Field()
    note_volunteer_hours = NoteVolunteerHours.Field()
