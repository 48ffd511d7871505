"""The calendar of pages and what offices owe (FEATURES D06)."""

from __future__ import annotations

from typing import Any

import graphene

from accounts import queries as people
from api.content_kinds import KindType
from api.scalars import Date, DateTime, enum_of
from content import calendar
from content.calendar import Happening
from core.crypto import is_signed, sign
from core.errors import NotFound
from core.identity import Actor, Permission, open_to

PURPOSE = "content.feed"

HappeningType = enum_of(
    Happening,
    "What happens to a page on a day.",
    {one: f"{label}." for one, label in calendar.HAPPENINGS.items()},
    name="ContentHappening",
)


class CalendarEntry(graphene.ObjectType):
    """Something that happens on a day."""

    on = graphene.Field(Date, required=True, description="The day.")
    at = graphene.Field(DateTime, description="The exact moment, where there is one.")
    what = graphene.Field(HappeningType, required=True, description="What happens.")
    what_text = graphene.String(required=True, description="The same in Chinese.")
    article_id = graphene.ID(required=True, description="The page.")
    title = graphene.String(required=True, description="Its title.")
    kind = graphene.Field(KindType, required=True, description="What sort of page it is.")

    def resolve_what_text(entry, _info: Any) -> str:
        """Name it."""
        return calendar.HAPPENINGS[entry.what]


class OfficeQuota(graphene.ObjectType):
    """What an office has done of what it owes."""

    region = graphene.String(required=True, description="Its division.")
    name = graphene.String(required=True, description="The division's name.")
    level = graphene.Int(required=True, description="2 for a prefecture, 3 for a county.")
    campaigns = graphene.Int(required=True, description="Campaigns in the quarter.")
    campaigns_owed = graphene.Int(required=True, description="How many there should be.")
    works = graphene.Int(description="Works in the year, of prefectures alone.")
    works_owed = graphene.Int(required=True, description="How many there should be.")
    is_behind = graphene.Boolean(required=True, description="Whether something is still owed.")


class ContentCalendar(graphene.ObjectType):
    """A month, and the quarter and year it lies in."""

    first_on = graphene.Field(Date, required=True, description="Its first day.")
    last_on = graphene.Field(Date, required=True, description="Its last day.")
    entries = graphene.List(graphene.NonNull(CalendarEntry), required=True, description="What happens, in order.")
    offices = graphene.List(graphene.NonNull(OfficeQuota), required=True, description="The offices of one's region.")


class Queries(graphene.ObjectType):
    """What can be asked of the calendar."""

    content_calendar = graphene.Field(
        ContentCalendar,
        required=True,
        description="A month of one's region.",
        month=graphene.Argument(Date, required=True, description="Any day of the month."),
    )

    content_feed_key = graphene.String(
        required=True, description="What lets a program that reads calendars fetch one's own, without a sign-in."
    )
    content_feed = graphene.String(
        required=True,
        description="The calendar as a file for programs that read calendars: a month back, three ahead; titles alone.",
        key=graphene.String(required=True, description="Whose: see `contentFeedKey`. It ends with their role."),
        address=graphene.String(required=True, description="Where pages are opened on the desk."),
    )

    def resolve_content_calendar(_root, info: Any, month: Any) -> ContentCalendar:
        """Give a month."""
        actor, now = info.context.actor, info.context.now
        first_on, last_on = calendar.month(month)
        owed = calendar.quotas()
        offices = [
            OfficeQuota(
                region=one.region.code,
                name=one.region.name,
                level=one.region.level,
                campaigns=one.campaigns,
                campaigns_owed=owed["campaigns_a_quarter"],
                works=one.works,
                works_owed=owed["works_a_year"],
                is_behind=one.is_behind,
            )
            for one in calendar.offices(actor, month, now=now)
        ]
        entries = calendar.happenings(actor, first_on, last_on, now=now)
        return ContentCalendar(first_on=first_on, last_on=last_on, entries=entries, offices=offices)

    def resolve_content_feed_key(_root, info: Any) -> str:
        """Give the key."""
        return _key(info.context.actor)

    def resolve_content_feed(_root, info: Any, key: str, address: str) -> str:
        """Write the file for whoever the key was given to."""
        staff_id, _, signature = key.partition(".")
        ours = key.isascii() and is_signed(staff_id.encode(), PURPOSE, signature)
        actor = people.acting_as(staff_id) if ours else None
        if actor is None:
            raise NotFound("feed_unknown")
        return calendar.feed(actor, address, now=info.context.now)


@open_to(Permission.CONTENT_WRITE, Permission.CONTENT_PUBLISH)
def _key(actor: Actor) -> str:
    staff_id = actor.id or ""
    return f"{staff_id}.{sign(staff_id.encode(), PURPOSE)}"
