"""The directory as those who keep it true see it: entries with their score, and sets of changes (FEATURES C14)."""

from __future__ import annotations

from typing import Any

import graphene

from api import paging
from api.directory_sets import ChangeNoteConnection, ChangeSet, ChangeSetConnection, StationChangeConnection, note_of
from api.scalars import Date, enum_of
from api.station_brief import STATION
from api.station_types import StationPhoto
from api.viewer import Viewer
from core.calendar import china_day
from locator import pictures, words
from locator import queries as stations
from locator.kinds import StationKind
from locator.upkeep import deviations, filling, queries
from locator.upkeep.columns import TITLES, StationColumn

SET = "The id of the set of changes."
DirectoryPileType = enum_of(
    queries.DirectoryPile,
    "Which of one's stations.",
    {
        queries.DirectoryPile.ALL: "All of them.",
        queries.DirectoryPile.PLEASE_CONFIRM: "Those whose office is asked to confirm.",
    },
)
StationColumnType = enum_of(
    StationColumn, "What a cell says of a station, as in a file.", {one: f"{title}." for one, title in TITLES.items()}
)


class DirectoryCell(graphene.ObjectType):
    """One thing an entry says, as a file or form says it."""

    column = graphene.Field(StationColumnType, required=True, description="What it is about.")
    title = graphene.String(required=True, description="The same in Chinese.")
    value = graphene.String(required=True, description="What it says; may be empty.")


class DirectoryOption(graphene.ObjectType):
    """Something a place may have."""

    label = graphene.String(required=True, description="Its name in Chinese; a cell takes it as it is.")
    is_there = graphene.Boolean(description="Whether the place has it; nothing where nobody knows.")


class DirectoryDeviation(graphene.ObjectType):
    """Days a station is closed or keeps other hours."""

    id = graphene.ID(required=True, description="Its id.")
    first_on = graphene.Field(Date, required=True, description="The first day.")
    last_on = graphene.Field(Date, required=True, description="The last day.")
    spans = graphene.String(required=True, description="The hours kept; empty when closed.")
    reason = graphene.String(required=True, description="Why, in words for the public.")


class DirectoryStation(graphene.ObjectType):
    """An entry of the directory, and how true it is."""

    code = graphene.String(required=True, description="The station's code.")
    name = graphene.String(required=True, description="Its name.")
    kind_name = graphene.String(required=True, description="What sort it is, in Chinese.")
    division_code = graphene.String(required=True, description="The division it belongs to.")
    is_demo = graphene.Boolean(required=True, description="Whether it is made up for demonstration.")
    demo_note = graphene.String(description="What to show beside a made-up place; nothing for a real one.")
    percent = graphene.Int(required=True, description="How complete the entry is, 0 to 100.")
    missing = graphene.List(
        graphene.NonNull(graphene.String), required=True, description="What the entry does not say, in Chinese."
    )
    confirmed_on = graphene.Field(Date, description="When its office last confirmed it.")
    is_stale = graphene.Boolean(required=True, description="Whether it should be confirmed again.")
    asked_on = graphene.Field(Date, description="Since when its office is asked to confirm.")
    cells = graphene.List(graphene.NonNull(DirectoryCell), required=True, description="What it says, to be edited.")
    services = graphene.List(graphene.NonNull(DirectoryOption), required=True, description="Services it may offer.")
    facts = graphene.List(graphene.NonNull(DirectoryOption), required=True, description="What may make it easy to use.")
    beside = graphene.List(
        graphene.NonNull(graphene.String),
        required=True,
        description="The names of others in its building: what is said of the building is said of theirs too.",
    )
    photo = graphene.Field(StationPhoto, description="The photo its place shows; nothing where there is none.")
    deviations = graphene.List(
        graphene.NonNull(DirectoryDeviation), required=True, description="What is announced from today on."
    )

    def resolve_code(kept, _info: Any) -> Any:
        """Give the code."""
        return kept.entry["code"]

    def resolve_name(kept, _info: Any) -> Any:
        """Give the name."""
        return kept.entry["name"]

    def resolve_kind_name(kept, _info: Any) -> str:
        """Name the kind."""
        return words.KINDS[StationKind(kept.entry["kind"])]

    def resolve_division_code(kept, _info: Any) -> Any:
        """Give the division."""
        return kept.entry["division_code"]

    def resolve_demo_note(kept, _info: Any) -> str | None:
        """Label a made-up place."""
        return words.DEMO_NOTE if kept.is_demo else None

    def resolve_percent(kept, _info: Any) -> int:
        """Say how complete it is."""
        return int(kept.score.percent)

    def resolve_missing(kept, _info: Any) -> Any:
        """Say what is missing."""
        return kept.score.missing

    def resolve_cells(kept, _info: Any) -> list[DirectoryCell]:
        """Give what it says."""
        said = filling.cells_of(kept.entry)
        return [DirectoryCell(column=one, title=TITLES[one], value=value) for one, value in said.items()]

    def resolve_services(kept, _info: Any) -> list[DirectoryOption]:
        """Give the services."""
        return [DirectoryOption(label=one, is_there=there) for one, there in filling.services_of(kept.entry).items()]

    def resolve_facts(kept, _info: Any) -> list[DirectoryOption]:
        """Give the facts."""
        return [DirectoryOption(label=one, is_there=there) for one, there in filling.facts_of(kept.entry).items()]

    def resolve_beside(kept, _info: Any) -> list[str]:
        """Name who shares the building."""
        return [one.name for one in stations.beside(kept.entry["code"])]

    def resolve_photo(kept, _info: Any) -> pictures.Picture | None:
        """Give the photo."""
        venue = kept.entry["venue"]
        return pictures.said(venue["photo"], venue["photo_alt"])

    def resolve_deviations(kept, info: Any) -> Any:
        """Give what is announced."""
        return deviations.announced(kept.entry["id"], today=china_day(info.context.now))


DirectoryStationConnection = paging.connection(
    DirectoryStation, "Entries, those confirmed longest ago first.", total=True
)


class Queries(graphene.ObjectType):
    """What those who keep the directory can ask."""

    directory_stations = paging.paged(
        DirectoryStationConnection,
        "The stations one keeps.",
        pile=graphene.Argument(DirectoryPileType, required=True, description="Which of them."),
        text=graphene.String(required=True, description="What the name holds; empty for all."),
    )
    directory_station = graphene.Field(
        DirectoryStation,
        required=True,
        description="One station one keeps.",
        station=graphene.String(required=True, description=STATION),
    )
    change_sets = paging.paged(
        ChangeSetConnection,
        "Sets of changes of one's region, the newest first.",
        settled=graphene.Boolean(required=True, description="Those that were decided, or those that wait."),
    )
    change_set = graphene.Field(
        ChangeSet,
        required=True,
        description="One set of changes.",
        id=graphene.ID(required=True, description=SET),
    )
    station_changes = paging.paged(
        StationChangeConnection,
        "What a set of changes does, station by station.",
        set=graphene.ID(required=True, description=SET),
    )
    change_notes = paging.paged(
        ChangeNoteConnection,
        "What could not be understood of a file, row by row.",
        set=graphene.ID(required=True, description=SET),
    )

    def resolve_directory_stations(
        _root, info: Any, pile: str, text: str, first: int, after: str | None = None
    ) -> paging.Page:
        """Give a page of stations."""
        viewer, which = info.context, queries.DirectoryPile(pile)
        place = paging.place(after)
        rows = queries.page(viewer.actor, which, text, first=paging.judged(first), after=place, now=viewer.now)
        total = lambda: queries.count(viewer.actor, which)  # noqa: E731  # counted only where it is asked for
        return paging.page_of(rows, first, _day_and_id, total)

    def resolve_directory_station(_root, info: Any, station: str) -> queries.Kept:
        """Give one station."""
        return queries.find(info.context.actor, station, now=info.context.now)

    def resolve_change_sets(_root, info: Any, settled: bool, first: int, after: str | None = None) -> paging.Page:
        """Give a page of sets."""
        pile = "settled" if settled else "open"
        rows = queries.sets(info.context.actor, pile, first=paging.judged(first), after=paging.place(after))
        return paging.page_of(rows, first, lambda one: (one.proposed_at.isoformat(), one.id))

    def resolve_change_set(_root, info: Any, id: str) -> Any:
        """Give one set."""
        return queries.find_set(info.context.actor, id)

    def resolve_station_changes(_root, info: Any, set: str, first: int, after: str | None = None) -> paging.Page:
        """Give a page of changes, each told whether it still meets what it was made for."""
        viewer: Viewer = info.context
        laid = queries.find_set(viewer.actor, set)
        rows = queries.changes_of(laid, first=paging.judged(first), after=paging.place(after))
        lost = queries.overtaken(laid, rows)
        shown = [{"change": row, "is_overtaken": row.station_id in lost} for row in rows]
        return paging.page_of(shown, first, lambda one: (one["change"].position,))

    def resolve_change_notes(_root, info: Any, set: str, first: int, after: str | None = None) -> paging.Page:
        """Give a page of notes."""
        laid = queries.find_set(info.context.actor, set)
        begins = paging.place(after) or [0]
        begin = begins[0] if isinstance(begins[0], int) else 0
        numbered = list(enumerate(laid.unread))[begin : begin + paging.judged(first) + 1]
        rows = [note_of(number, said) for number, said in numbered]
        return paging.page_of(rows, first, lambda one: (one.number + 1,), lambda: len(laid.unread))


def _day_and_id(kept: queries.Kept) -> tuple[str, str]:
    return (kept.confirmed_on.isoformat() if kept.confirmed_on else queries.NEVER, kept.entry["id"])
