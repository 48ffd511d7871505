"""Who is to be met at a station: the person responsible, and the lawyers on duty (FEATURES C07, B26)."""

from __future__ import annotations

from typing import Any

import graphene

from api import paging
from api.mutation import Action
from api.scalars import Date
from api.station_brief import STATION, StationBrief
from api.viewer import Viewer
from core.calendar import china_day
from core.errors import Malformed
from locator import contacts, keeping, staffing

LONGEST_LOOK = 14  # days anybody may ask for at once


class ContactToday(graphene.ObjectType):
    """Who is to be asked for at a station today (专人负责制)."""

    name = graphene.String(required=True, description="The name.")
    work_number = graphene.String(required=True, description="The work number; empty for somebody who stands in.")
    phone = graphene.String(required=True, description="The number at work; empty while nobody takes it.")
    hours_text = graphene.String(required=True, description="When they are to be met, in words; may be empty.")
    stands_in_for = graphene.String(required=True, description="Whom they stand in for; empty usually.")
    away_until = graphene.Field(Date, description="The last day the person is away; empty while they are there.")


class DutyLawyer(graphene.ObjectType):
    """A lawyer on duty: name, firm and work number, nothing else of theirs."""

    on = graphene.Field(Date, required=True, description="The day.")
    opens = graphene.String(required=True, description="From, as 09:00.")
    closes = graphene.String(required=True, description="To, as 17:00.")
    lawyer = graphene.String(required=True, description="The name.")
    firm = graphene.String(required=True, description="The law firm; may be empty.")
    work_number = graphene.String(required=True, description="The work number; may be empty.")

    def resolve_opens(shift, _info: Any) -> str:
        """Write the time."""
        return staffing.clock(shift.opens)

    def resolve_closes(shift, _info: Any) -> str:
        """Write the time."""
        return staffing.clock(shift.closes)


class DutyShift(DutyLawyer):
    """A shift as those who keep the roster see it; without a name it is a gap."""

    id = graphene.ID(required=True, description="Its id.")


class DutyGap(graphene.ObjectType):
    """A shift that comes soon and has nobody."""

    on = graphene.Field(Date, required=True, description="The day.")
    opens = graphene.String(required=True, description="From, as 09:00.")
    closes = graphene.String(required=True, description="To, as 17:00.")
    station_code = graphene.String(required=True, description="The station's code.")
    station_name = graphene.String(required=True, description="The station's name.")

    resolve_opens = DutyLawyer.resolve_opens
    resolve_closes = DutyLawyer.resolve_closes


class ContactPerson(graphene.ObjectType):
    """The person responsible, as it was entered."""

    name = graphene.String(required=True, description="The name.")
    work_number = graphene.String(required=True, description="The work number.")
    phone = graphene.String(required=True, description="The number at work.")
    hours_text = graphene.String(required=True, description="When they are to be met, in words.")
    substitute_name = graphene.String(required=True, description="Who stands in; may be empty.")
    substitute_phone = graphene.String(required=True, description="The substitute's number.")
    away_from = graphene.Field(Date, description="The first day they are away.")
    away_until = graphene.Field(Date, description="The last day they are away.")


class KeptStation(StationBrief):
    """A station of one's region, as the desk lists it."""

    contact_name = graphene.String(description="The person responsible; empty where nobody is named.")


KeptStationConnection = paging.connection(KeptStation, "Stations of one's region, by division and code.")


class Queries(graphene.ObjectType):
    """What can be asked."""

    contact_today = graphene.Field(
        ContactToday,
        description="Who is to be asked for at a station today; empty where nobody is named.",
        station=graphene.String(required=True, description=STATION),
    )
    duty_lawyers = graphene.List(
        graphene.NonNull(DutyLawyer),
        required=True,
        description="Who is on duty at a station, from today on.",
        station=graphene.String(required=True, description=STATION),
        days=graphene.Int(required=True, description=f"How many days, 1 (today) to {LONGEST_LOOK}."),
    )
    kept_stations = paging.paged(
        KeptStationConnection,
        "The stations of one's region.",
        text=graphene.String(required=True, description="Part of the name; empty for all."),
    )
    kept_station = graphene.Field(
        StationBrief,
        required=True,
        description="A station of one's region.",
        station=graphene.String(required=True, description=STATION),
    )
    contact_person = graphene.Field(
        ContactPerson,
        description="The person responsible for a station of one's region, as it was entered.",
        station=graphene.String(required=True, description=STATION),
    )
    duty_week = graphene.List(
        graphene.NonNull(DutyShift),
        required=True,
        description="The shifts of seven days of a station of one's region.",
        station=graphene.String(required=True, description=STATION),
        first=graphene.Argument(Date, required=True, description="The first of the days."),
    )
    duty_gaps = graphene.List(
        graphene.NonNull(DutyGap),
        required=True,
        description=f"Shifts of one's region that come soon and have nobody; {staffing.MOST_GAPS} at most.",
    )

    def resolve_contact_today(_root, info: Any, station: str) -> Any:
        """Say who is to be asked for."""
        which = keeping.standing(station).id
        return contacts.of_stations([which], day=china_day(info.context.now)).get(which)

    def resolve_duty_lawyers(_root, info: Any, station: str, days: int) -> Any:
        """Say who is on duty."""
        if not 1 <= days <= LONGEST_LOOK:
            raise Malformed("page_size", limit=LONGEST_LOOK)
        which = keeping.standing(station).id
        return staffing.on_duty([which], china_day(info.context.now), days).get(which, [])

    def resolve_kept_stations(_root, info: Any, text: str, first: int, after: str | None = None) -> paging.Page:
        """Give a page of stations."""
        actor = info.context.actor
        rows = keeping.page(actor, text, first=paging.judged(first), after=paging.place(after))
        return paging.page_of(rows, first, lambda one: (one.division_code, one.code))

    def resolve_kept_station(_root, info: Any, station: str) -> Any:
        """Give one station."""
        return keeping.opened(info.context.actor, station)

    def resolve_contact_person(_root, info: Any, station: str) -> Any:
        """Give the person as entered."""
        return contacts.find(info.context.actor, station)

    def resolve_duty_week(_root, info: Any, station: str, first: Any) -> Any:
        """Give the shifts."""
        return staffing.week(info.context.actor, station, first)

    def resolve_duty_gaps(_root, info: Any) -> Any:
        """Give the gaps."""
        return staffing.gaps(info.context.actor, now=info.context.now)


class ContactPersonInput(graphene.InputObjectType):
    """Who answers for a station."""

    station = graphene.String(required=True, description=STATION)
    name = graphene.String(required=True, description="The name.")
    work_number = graphene.String(required=True, description="The work number.")
    phone = graphene.String(required=True, description="The number at work.")
    hours_text = graphene.String(default_value="", description="When they are to be met, in words.")
    substitute_name = graphene.String(default_value="", description="Who stands in while they are away.")
    substitute_phone = graphene.String(default_value="", description="The substitute's number.")
    away_from = graphene.Field(Date, description="The first day they are away.")
    away_until = graphene.Field(Date, description="The last day they are away.")


class SetContactPerson(Action):
    """Say who answers for a station of one's region. It counts at once."""

    class Arguments:
        input = ContactPersonInput(required=True)

    contact_person = graphene.Field(ContactPerson, description="The person, as entered.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Enter them."""
        given = dict(input)
        station = given.pop("station")
        person = contacts.Person(**given)
        contacts.put(viewer.actor, station, person, now=viewer.now)
        return cls(contact_person=person)


class RemoveContactPersonInput(graphene.InputObjectType):
    """Whose person to remove."""

    station = graphene.String(required=True, description=STATION)


class RemoveContactPerson(Action):
    """Say that nobody answers for a station any more."""

    class Arguments:
        input = RemoveContactPersonInput(required=True)

    removed = graphene.Boolean(description="That it is done.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Remove them."""
        contacts.put(viewer.actor, input.station, None, now=viewer.now)
        return cls(removed=True)


class Mutations(graphene.ObjectType):
    """What can be done about people; shifts have a module of their own."""

    set_contact_person = SetContactPerson.Field()
    remove_contact_person = RemoveContactPerson.Field()
