"""A station as the contract shows it. What it says is `locator.shown`'s."""

from __future__ import annotations

from typing import Any

import graphene

from api import paging
from api.duty import ContactToday, DutyLawyer
from api.scalars import Date, DateTime
from api.station_kinds import GeoQualityType, Named, PlatformLevelType, StationKindType
from locator import words


class AccessibilityFact(graphene.ObjectType):
    """One thing that makes a place easier to use."""

    code = graphene.String(required=True, description="Stable name of the fact.")
    label = graphene.String(required=True, description="Its name in Chinese.")
    is_there = graphene.Boolean(required=True, description="Whether the place has it.")
    verified_on = graphene.Field(Date, description="When somebody last looked; nothing where nobody said.")


class Opening(graphene.ObjectType):
    """How things stand with the doors at this moment."""

    is_open = graphene.Boolean(required=True, description="Whether somebody is there now.")
    until = graphene.Field(DateTime, description="When it closes; nothing where it is closed or never does.")
    opens_at = graphene.Field(DateTime, description="When it opens next; nothing where that is not known.")
    sentence = graphene.String(required=True, description="All of it in one Chinese sentence.")
    reason = graphene.String(required=True, description="Why it is closed; empty where it is open.")
    notice = graphene.String(required=True, description="What is not as usual today; empty on an ordinary day.")
    is_provisional = graphene.Boolean(
        required=True, description="Whether it may change when the year's holidays are published."
    )
    note = graphene.String(required=True, description="What to bear in mind; to ring first, at the least.")

    def resolve_note(opening, _info: Any) -> str:
        """Say all there is to bear in mind."""
        return "；".join(opening.notes)


class DayHours(graphene.ObjectType):
    """The hours of one of the days ahead, as they will really be."""

    on = graphene.Field(Date, required=True, description="The day.")
    day = graphene.String(required=True, description="Its weekday, in Chinese.")
    text = graphene.String(required=True, description="The hours, in Chinese.")
    is_open = graphene.Boolean(required=True, description="Whether somebody is there at all.")
    note = graphene.String(required=True, description="Why it is not as usual, or not sure; empty on ordinary days.")

    def resolve_on(coming, _info: Any) -> Any:
        """Give the day."""
        return coming.date

    def resolve_day(coming, _info: Any) -> Any:
        """Give the weekday."""
        return coming.weekday

    def resolve_text(coming, _info: Any) -> Any:
        """Give the hours."""
        return coming.hours


class ExceptionalDays(graphene.ObjectType):
    """Days that are not as usual."""

    first_on = graphene.Field(Date, required=True, description="The first day.")
    last_on = graphene.Field(Date, required=True, description="The last day.")
    text = graphene.String(required=True, description="What holds then: closed, or the hours.")
    reason = graphene.String(required=True, description="Why.")


class Directions(graphene.ObjectType):
    """Links that open the place in a map, each in the datum it wants. None says where somebody is."""

    amap = graphene.String(required=True, description="高德地图, GCJ-02.")
    tencent = graphene.String(required=True, description="腾讯地图, GCJ-02.")
    baidu = graphene.String(required=True, description="百度地图, BD-09.")
    tianditu = graphene.String(required=True, description="天地图, CGCS2000.")
    lat = graphene.Float(required=True, description="Latitude in GCJ-02, as `wx.openLocation` takes it.")
    lon = graphene.Float(required=True, description="Longitude in GCJ-02.")


class StationPhoto(graphene.ObjectType):
    """A photo of an entrance. Its files: `/photos/<id>/800.webp`, `800.jpg`, `320.webp`, `320.jpg`."""

    id = graphene.ID(required=True, description="Its id; another photo has another.")
    width = graphene.Int(required=True, description="Pixels of the wide file, about 800.")
    height = graphene.Int(required=True, description="Pixels of the same.")
    alt = graphene.String(required=True, description="What it shows, in words.")


class Station(graphene.ObjectType):
    """A station where people get legal help."""

    id = graphene.ID(required=True, description="Its id, the same for ever.")
    code = graphene.String(required=True, description="Its short code, to read aloud and for addresses of pages.")
    name = graphene.String(required=True, description="Its name.")
    kind = graphene.Field(StationKindType, required=True, description="What sort of place it is.")
    kind_name = graphene.String(required=True, description="The same, in Chinese.")
    level = graphene.Field(PlatformLevelType, required=True, description="Its level of the platform.")
    division_code = graphene.String(required=True, description="The division it belongs to.")
    venue_name = graphene.String(required=True, description="The building it is in; empty where it has no name.")
    address = graphene.String(required=True, description="Where it is, in words.")
    transport = graphene.String(required=True, description="How to get there, in words; may be empty.")
    phone = graphene.String(required=True, description="Its telephone number.")
    lat = graphene.Float(description="Latitude, in `datum`.")
    lon = graphene.Float(description="Longitude, in `datum`.")
    datum = graphene.String(required=True, description="What the coordinates refer to: WGS-84.")
    geo_quality = graphene.Field(GeoQualityType, required=True, description="How its point was come by.")
    directions = graphene.Field(
        Directions, description="Links to maps; nothing where there is no point, or nobody can walk in."
    )
    hours = graphene.String(required=True, description="Opening hours, in words.")
    hours_note = graphene.String(required=True, description="What to show beside the hours.")
    opening = graphene.Field(Opening, description="How things stand now; nothing where the hours cannot be read.")
    week_hours = graphene.List(
        graphene.NonNull(DayHours),
        required=True,
        description="The seven days from today; empty where nothing can be read.",
    )
    deviations = graphene.List(
        graphene.NonNull(ExceptionalDays), required=True, description="Days ahead that are not as usual."
    )
    services = graphene.List(graphene.NonNull(Named), required=True, description="What help is offered.")
    accessibility = graphene.List(
        graphene.NonNull(AccessibilityFact),
        required=True,
        description="What makes it easier to use, and what it lacks.",
    )
    languages = graphene.List(graphene.NonNull(graphene.String), required=True, description="Languages spoken there.")
    home_visit_km = graphene.Int(required=True, description="How far its home visits reach; 0 for none.")
    takes_applications = graphene.Boolean(required=True, description="Whether one can apply for legal aid there.")
    contact_person = graphene.Field(ContactToday, description="Who answers for it today.")
    duty_today = graphene.List(graphene.NonNull(DutyLawyer), required=True, description="The lawyers on duty today.")
    is_restricted = graphene.Boolean(required=True, description="Whether nobody can just walk in.")
    restricted_note = graphene.String(description="The right channel to such a place; nothing for others.")
    photo = graphene.Field(StationPhoto, description="A photo of the entrance; nothing where there is none.")
    is_demo = graphene.Boolean(required=True, description="Whether it is made up for demonstration.")
    demo_note = graphene.String(description="What to show beside a made-up place; nothing for a real one.")
    source_note = graphene.String(required=True, description="Where its data come from, and of when; may be empty.")
    confirmed_on = graphene.Field(Date, description="When its office last confirmed it.")
    corrected_on = graphene.Field(Date, description="When somebody's report last put it right.")
    retired_on = graphene.Field(Date, description="Since when it is no more; nothing while it stands.")

    def resolve_datum(_station, _info: Any) -> str:
        """Say the frame everything is kept in."""
        return "WGS-84"

    def resolve_hours_note(_station, _info: Any) -> str:
        """Say that the notice on the door counts (RULEBOOK 4)."""
        return words.HOURS_NOTE

    def resolve_demo_note(station, _info: Any) -> str | None:
        """Label a made-up place."""
        return words.DEMO_NOTE if station.is_demo else None


StationConnection = paging.connection(Station, "Stations, widest division first.", total=True)


class NearbyStation(graphene.ObjectType):
    """A station and the way to it."""

    station = graphene.Field(Station, required=True, description="The station.")
    metres = graphene.Float(
        required=True, description="How far it is as the crow flies; whole kilometres where it is approximate."
    )
    distance_text = graphene.String(required=True, description="The same in words: 1.2 公里, 约 5 公里.")
    is_approximate = graphene.Boolean(required=True, description="Whether either point is only about right.")
    bearing = graphene.Int(required=True, description="The direction to set out in, in degrees from north, clockwise.")
    bearing_text = graphene.String(required=True, description="The same in words: 东北.")
    walk_minutes = graphene.Int(required=True, description="Estimated minutes on foot.")
    ride_minutes = graphene.Int(required=True, description="Estimated minutes by bicycle.")
    drive_minutes = graphene.Int(required=True, description="Estimated minutes by car.")
