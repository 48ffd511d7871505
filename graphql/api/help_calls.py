"""Help without a voice, through the door: from anybody, and to those who answer (FEATURES E14)."""

from __future__ import annotations

from typing import Any

import graphene

from api.duty import ContactToday
from api.mutation import Action, recorded
from api.private import private
from api.scalars import DateTime
from api.station_brief import StationBrief
from api.station_kinds import Named, PositionInput
from api.viewer import Viewer
from appointments.help import calls, errands, whom
from appointments.help.rules import rules
from locator.coords import Datum, Position

__all__ = ["Mutations", "Queries", "errands"]  # its errands are known once the contract is

LINK = "The secret of the call's link."


class HelpStation(StationBrief):
    """Who answers."""

    phone = graphene.String(required=True, description="The telephone number.")


class HelpWord(graphene.ObjectType):
    """Something that was written."""

    words = graphene.String(required=True, description="The words.")
    said_by = graphene.String(required=True, description="Who of the staff wrote it; empty for the person.")
    is_staff = graphene.Boolean(required=True, description="Whether somebody of the staff wrote it.")
    said_at = graphene.Field(DateTime, required=True, description="When.")


class HelpTalk(graphene.ObjectType):
    """A call for help and its answers, as both sides see it."""

    reference = graphene.String(required=True, description="The number people quote.")
    station = graphene.Field(HelpStation, required=True, description="Who answers.")
    contact = graphene.Field(
        ContactToday, description="The person answerable there today; empty where nobody is named."
    )
    words = graphene.List(graphene.NonNull(HelpWord), required=True, description="What was written, in order.")
    opened_at = graphene.Field(DateTime, required=True, description="When it came.")
    due_at = graphene.Field(DateTime, required=True, description="By when somebody is to answer.")
    answered_at = graphene.Field(DateTime, description="When somebody answered; empty while a word waits for it.")
    is_overdue = graphene.Boolean(required=True, description="Whether nobody has answered in time.")
    is_closed = graphene.Boolean(required=True, description="Whether it is over.")
    in_danger = graphene.Boolean(required=True, description="Whether a box was ticked that means danger.")

    def resolve_reference(talk, _info: Any) -> str:
        """Give its number."""
        return str(talk.row.reference)

    def resolve_opened_at(talk, _info: Any) -> Any:
        """Give the moment."""
        return talk.row.opened_at

    def resolve_due_at(talk, _info: Any) -> Any:
        """Give the moment."""
        return talk.row.due_at

    def resolve_answered_at(talk, _info: Any) -> Any:
        """Give the moment."""
        return talk.row.answered_at

    def resolve_is_closed(talk, _info: Any) -> bool:
        """Say whether it is over."""
        return talk.row.closed_at is not None

    def resolve_in_danger(talk, _info: Any) -> bool:
        """Say whether there is danger."""
        return bool(talk.row.in_danger)


class HelpCall(HelpTalk):
    """A call as whoever called sees it."""

    link = graphene.String(required=True, description="The secret that opens it without signing in.")

    def resolve_link(talk, _info: Any) -> str:
        """Give the secret."""
        return str(talk.row.link)


class AttendedHelpCall(graphene.ObjectType):
    """A call as those who answer see it."""

    id = graphene.ID(required=True, description="Its id.")
    call = graphene.Field(HelpTalk, required=True, description="The call.")
    ticks = graphene.List(graphene.NonNull(graphene.String), required=True, description="What was ticked, in words.")
    phone = graphene.String(required=True, description="A number to be texted at, never rung up; may be empty.")
    where = graphene.String(required=True, description="Roughly where, in words.")

    def resolve_id(talk, _info: Any) -> str:
        """Give its id."""
        return str(talk.row.id)

    def resolve_call(talk, _info: Any) -> Any:
        """Give the call."""
        return talk

    def resolve_ticks(talk, _info: Any) -> list[str]:
        """Say them in words."""
        return [rules().ticks[one] for one in talk.row.told["ticks"]]

    def resolve_phone(talk, _info: Any) -> str:
        """Give the number."""
        return str(talk.row.phone)

    def resolve_where(talk, _info: Any) -> str:
        """Write the place."""
        return whom.named(talk.row.told["where"])


class Queries(graphene.ObjectType):
    """What can be asked."""

    help_ticks = graphene.List(
        graphene.NonNull(Named), required=True, description="The boxes somebody may tick who calls for help."
    )
    help_by_link = graphene.Field(
        HelpCall,
        required=True,
        description="The call a link is for.",
        link=graphene.String(required=True, description=LINK),
    )
    help_waiting = graphene.List(
        graphene.NonNull(AttendedHelpCall),
        required=True,
        description="Open calls of one's region, those nobody answered first. Looking is recorded.",
    )
    help_call = graphene.Field(
        AttendedHelpCall,
        required=True,
        description="One call of one's region. Looking is recorded.",
        id=graphene.ID(required=True, description="Its id."),
    )

    def resolve_help_ticks(_root, _info: Any) -> list[Named]:
        """List them."""
        return [Named(code=code, label=label) for code, label in rules().ticks.items()]

    @private
    def resolve_help_by_link(_root, info: Any, link: str) -> Any:
        """Find it."""
        return calls.find(info.context.actor, link, now=info.context.now)

    @recorded
    def resolve_help_waiting(_root, info: Any) -> Any:
        """List them."""
        return calls.waiting(info.context.actor, now=info.context.now)

    @recorded
    def resolve_help_call(_root, info: Any, id: str) -> Any:
        """Give it."""
        return calls.opened(info.context.actor, id, now=info.context.now)


class CallForHelpInput(graphene.InputObjectType):
    """What somebody says who calls for help; all of it as they like."""

    ticks = graphene.List(graphene.NonNull(graphene.String), default_value=[], description="Codes of boxes.")
    words = graphene.String(default_value="", description=f"Words; {calls.LONGEST_WORDS} characters.")
    position = PositionInput(description="Where they are; it is rounded to a kilometre before anything is kept.")
    region = graphene.String(default_value="", description="Or the division they are in.")
    phone = graphene.String(default_value="", description="A mobile to be texted at; may be empty.")


class CallForHelp(Action):
    """Call for help without a voice. No account is needed."""

    class Arguments:
        input = CallForHelpInput(required=True)

    call = graphene.Field(HelpCall, description="The call.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Send it."""
        point = input.get("position")
        at = Position(point.lat, point.lon, Datum(point.datum)) if point else None
        cry = calls.Cry(tuple(input.ticks), input.words, at, input.region, input.phone)
        return cls(call=calls.call(viewer.actor, cry, address=viewer.address, now=viewer.now))


class HelpWordsInput(graphene.InputObjectType):
    """What to add to which call."""

    link = graphene.String(required=True, description=LINK)
    words = graphene.String(required=True, description=f"Words; {calls.LONGEST_WORDS} characters.")


class AddHelpWords(Action):
    """Write on."""

    class Arguments:
        input = HelpWordsInput(required=True)

    call = graphene.Field(HelpCall, description="The call.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Add them."""
        return cls(call=calls.add(viewer.actor, input.link, input.words, now=viewer.now))


class HelpLinkInput(graphene.InputObjectType):
    """Which call."""

    link = graphene.String(required=True, description=LINK)


class EndHelpCall(Action):
    """Say that it is over, from the person's side."""

    class Arguments:
        input = HelpLinkInput(required=True)

    call = graphene.Field(HelpCall, description="The call.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """End it."""
        return cls(call=calls.end(viewer.actor, input.link, now=viewer.now))


class AnswerHelpInput(graphene.InputObjectType):
    """What to answer to which call."""

    call = graphene.ID(required=True, description="Its id.")
    words = graphene.String(required=True, description=f"Words; {calls.LONGEST_WORDS} characters.")


class AnswerHelp(Action):
    """Answer in text, by name."""

    class Arguments:
        input = AnswerHelpInput(required=True)

    attended = graphene.Field(AttendedHelpCall, description="The call.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Answer."""
        return cls(attended=calls.answer(viewer.actor, input.call, input.words, now=viewer.now))


class HelpCallInput(graphene.InputObjectType):
    """Which call."""

    call = graphene.ID(required=True, description="Its id.")


class CloseHelp(Action):
    """Say that it is over, once somebody has answered."""

    class Arguments:
        input = HelpCallInput(required=True)

    attended = graphene.Field(AttendedHelpCall, description="The call.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Close it."""
        return cls(attended=calls.close(viewer.actor, input.call, now=viewer.now))


class Mutations(graphene.ObjectType):
    """What can be done."""

    call_for_help = CallForHelp.Field()
    add_help_words = AddHelpWords.Field()
    end_help_call = EndHelpCall.Field()
    answer_help = AnswerHelp.Field()
    close_help = CloseHelp.Field()
