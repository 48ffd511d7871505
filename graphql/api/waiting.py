"""Waiting for a time to come free, and what is offered then (FEATURES B17)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import graphene

from accounts import phone
from api.appointment_types import (
    AccessNeedType,
    Appointment,
    AppointmentService,
    FreeSlot,
    ReachType,
    ServiceKindType,
)
from api.errors import problem_data
from api.mutation import Action, recorded
from api.private import private
from api.scalars import Date, DateTime
from api.station_brief import STATION, StationBrief
from api.viewer import Viewer
from appointments import needs, orders, seen, waitlist
from appointments.guards import Proof
from appointments.needs import AccessNeed
from appointments.offers import ServiceKind
from appointments.orders import Reach
from appointments.waitlist import Seen
from core.errors import Problem

LINK = "The secret of the personal link."
STATES = {"waiting": "正在等候", "served": "已经约好", "left": "已退出", "over": "已结束"}


class OfferedTime(FreeSlot):
    """A time that came free and is kept for somebody until they answer."""

    until = graphene.Field(DateTime, required=True, description="Until when it is kept.")

    def resolve_ends_at(offered, _info: Any) -> Any:
        """Give when it is over."""
        return offered.starts_at + timedelta(minutes=offered.minutes)


class WaitingEntry(graphene.ObjectType):
    """Somebody's entry on a list, as they see it: nothing says who they are."""

    station = graphene.Field(StationBrief, required=True, description="The station.")
    service = graphene.Field(AppointmentService, required=True, description="The service.")
    first_on = graphene.Field(Date, required=True, description="The first day that would suit.")
    last_on = graphene.Field(Date, required=True, description="The last day that would suit.")
    is_waiting = graphene.Boolean(required=True, description="Whether they still wait.")
    state_text = graphene.String(required=True, description="How it stands, in words.")
    offered = graphene.Field(OfferedTime, description="What they are offered now.")
    link = graphene.String(required=True, description=LINK)

    def resolve_service(one: Seen, _info: Any) -> Any:
        """Give the service."""
        return one.offer

    def resolve_first_on(one: Seen, _info: Any) -> Any:
        """Give the first day."""
        return one.row.first_on

    def resolve_last_on(one: Seen, _info: Any) -> Any:
        """Give the last day."""
        return one.row.last_on

    def resolve_is_waiting(one: Seen, _info: Any) -> bool:
        """Say whether they wait."""
        return one.row.state == "waiting"

    def resolve_state_text(one: Seen, _info: Any) -> str:
        """Say how it stands."""
        return STATES[one.row.state]

    def resolve_link(one: Seen, _info: Any) -> str:
        """Give the secret."""
        return one.row.link


class WaitingPerson(graphene.ObjectType):
    """Somebody who waits, as staff see them."""

    id = graphene.ID(required=True, description="Its id.")
    name = graphene.String(required=True, description="What to call the person.")
    phone = graphene.String(required=True, description="The number: in full where staff are to ring, masked otherwise.")
    needs = graphene.List(graphene.NonNull(graphene.String), required=True, description="What to be ready for.")
    comes_first = graphene.Boolean(required=True, description="Whether they come before others.")
    wants_call = graphene.Boolean(required=True, description="Whether they are to be rung up.")
    since = graphene.Field(DateTime, required=True, description="Since when they wait.")
    entry = graphene.Field(WaitingEntry, required=True, description="Where and what for.")

    def resolve_id(one: Seen, _info: Any) -> str:
        """Give its id."""
        return one.row.id

    def resolve_name(one: Seen, _info: Any) -> str:
        """Give the name."""
        return one.row.name

    def resolve_phone(one: Seen, _info: Any) -> str:
        """Give the number as far as it is needed."""
        return one.row.phone if one.row.reach == Reach.CALL else phone.mask(one.row.phone)

    def resolve_needs(one: Seen, _info: Any) -> list[str]:
        """Name the needs."""
        return [needs.LABELS[AccessNeed(need)] for need in one.row.needs]

    def resolve_comes_first(one: Seen, _info: Any) -> bool:
        """Say whether they come before others."""
        return one.row.rank == 0

    def resolve_wants_call(one: Seen, _info: Any) -> bool:
        """Say whether they are to be rung up."""
        return one.row.reach == Reach.CALL

    def resolve_since(one: Seen, _info: Any) -> Any:
        """Say since when."""
        return one.row.created_at

    def resolve_entry(one: Seen, _info: Any) -> Seen:
        """Give the entry."""
        return one


class Queries(graphene.ObjectType):
    """What can be asked."""

    waiting_by_link = graphene.Field(
        WaitingEntry,
        required=True,
        description="The entry on a list that a personal link is for.",
        link=graphene.String(required=True, description=LINK),
    )
    waiting_people = graphene.List(
        graphene.NonNull(WaitingPerson),
        required=True,
        description=f"Who waits at the stations of one's region, {waitlist.MOST} at most. Looking is recorded.",
    )

    @private
    def resolve_waiting_by_link(_root, info: Any, link: str) -> Seen:
        """Find it."""
        return waitlist.find(link, now=info.context.now)

    @recorded
    def resolve_waiting_people(_root, info: Any) -> list[Seen]:
        """List them."""
        viewer: Viewer = info.context
        return waitlist.listed(viewer.actor, now=viewer.now)


class JoinWaitingListInput(graphene.InputObjectType):
    """What to wait for."""

    station = graphene.String(required=True, description=STATION)
    service = graphene.Field(ServiceKindType, required=True, description="The service.")
    first_on = graphene.Field(Date, required=True, description="The first day that would suit.")
    last_on = graphene.Field(Date, required=True, description="The last day that would suit.")
    name = graphene.String(required=True, description=f"What to call the person; {orders.LONGEST_NAME} characters.")
    needs = graphene.List(
        graphene.NonNull(AccessNeedType), default_value=[], description="What the person needs; may be empty."
    )
    reach = graphene.Field(ReachType, default_value=Reach.TEXT, description="How to tell them of an offer.")
    code_request = graphene.String(default_value="", description="Which code was asked for with `sendCode`.")
    code = graphene.String(default_value="", description="The code that was texted.")


class JoinWaitingList(Action):
    """Wait for a time: whoever needs it most comes first, then whoever waits longest."""

    class Arguments:
        input = JoinWaitingListInput(required=True)

    entry = graphene.Field(WaitingEntry, description="The entry on the list.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Put them on the list."""
        entry = waitlist.Entry(
            station=input.station,
            service=ServiceKind(input.service),
            first_on=input.first_on,
            last_on=input.last_on,
            name=input.name,
            needs=tuple(AccessNeed(one) for one in input.needs),
            reach=Reach(input.reach),
        )
        made = waitlist.join(viewer.actor, entry, Proof(input.code_request, input.code), now=viewer.now)
        if isinstance(made, Problem):
            return cls(problems=[problem_data(made)])
        return cls(entry=waitlist.find(made.link, now=viewer.now))


class WaitingLinkInput(graphene.InputObjectType):
    """Which entry."""

    link = graphene.String(required=True, description=LINK)


class LeaveWaitingList(Action):
    """Go off the list."""

    class Arguments:
        input = WaitingLinkInput(required=True)

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Take them off."""
        waitlist.leave(viewer.actor, input.link, now=viewer.now)
        return cls()


class AnswerOfferInput(WaitingLinkInput):
    """Which entry, and what they say."""

    accepts = graphene.Boolean(required=True, description="Whether they take what they are offered.")


class AnswerOffer(Action):
    """Take what is offered, or leave it to the next and go on waiting."""

    class Arguments:
        input = AnswerOfferInput(required=True)

    appointment = graphene.Field(Appointment, description="The appointment, where it was taken.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Answer."""
        if not input.accepts:
            waitlist.decline(viewer.actor, input.link, now=viewer.now)
            return cls()
        made = waitlist.accept(viewer.actor, input.link, now=viewer.now)
        return cls(appointment=seen.together([made], now=viewer.now)[0])


class AnswerOfferForInput(graphene.InputObjectType):
    """Who, and what they said on the telephone."""

    waiting = graphene.ID(required=True, description="The id of the person's entry.")
    accepts = graphene.Boolean(required=True, description="Whether they take what they are offered.")


class AnswerOfferFor(Action):
    """Take or leave what is offered for somebody one has on the telephone."""

    class Arguments:
        input = AnswerOfferForInput(required=True)

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Answer."""
        waitlist.answer_for(viewer.actor, input.waiting, accepts=input.accepts, now=viewer.now)
        return cls()


class Mutations(graphene.ObjectType):
    """What can be done."""

    join_waiting_list = JoinWaitingList.Field()
    leave_waiting_list = LeaveWaitingList.Field()
    answer_offer = AnswerOffer.Field()
    answer_offer_for = AnswerOfferFor.Field()
