"""What pages reach, what offices owe, what was handed out; for the desk (FEATURES D16 to D18)."""

from __future__ import annotations

from typing import Any

import graphene

from api.mutation import Action
from api.scalars import Date, enum_of
from api.viewer import Viewer
from content import calendar
from content.reach import board, figures, handing
from content.reach.board import Standing
from content.reach.handing import Sheet

MOST_PAGES = 50
TIMES = "How often, in the days that are shown."

StandingType = enum_of(
    Standing,
    "How an office stands with its campaign of the quarter.",
    {one: f"{label}." for one, label in board.STANDINGS.items()},
    name="CampaignStanding",
)
SheetType = enum_of(
    Sheet,
    "What sort of paper was handed out.",
    {one: f"{label}." for one, label in handing.SHEETS.items()},
    name="PaperSort",
)


class PageReach(graphene.ObjectType):
    """How far a page reached."""

    article_id = graphene.ID(required=True, description="The page on the desk.")
    title = graphene.String(required=True, description="Its title.")
    read = graphene.Int(required=True, description=f"Read. {TIMES}")
    went_on = graphene.Int(required=True, description=f"Led on to a next step. {TIMES}")
    paper = graphene.Int(required=True, description=f"Taken along as a leaflet or a poster. {TIMES}")


class ContentReach(graphene.ObjectType):
    """What was counted of the pages of one's region: no cookie, no address, no account stands behind it."""

    days = graphene.Int(required=True, description="How many days are summed up.")
    pages = graphene.List(graphene.NonNull(PageReach), required=True, description="The most read first; fifty at most.")
    read = graphene.Int(required=True, description="Of all pages.")
    went_on = graphene.Int(required=True, description="Of all pages.")
    paper = graphene.Int(required=True, description="Of all pages.")
    empty = graphene.List(
        graphene.NonNull(graphene.String), required=True, description="Groups and topics nothing is written about."
    )


class BoardCampaign(graphene.ObjectType):
    """A campaign of the quarter."""

    article_id = graphene.ID(required=True, description="Its page on the desk.")
    title = graphene.String(required=True, description="Its title.")
    held_on = graphene.Field(Date, required=True, description="Its day.")
    came = graphene.Int(description="How many came; empty as long as nobody has reported it.")
    is_over = graphene.Boolean(required=True, description="Whether its day is over.")


class BoardLine(graphene.ObjectType):
    """An office on the board."""

    region = graphene.String(required=True, description="Its division.")
    name = graphene.String(required=True, description="The division's name.")
    level = graphene.Int(required=True, description="2 for a prefecture, 3 for a county.")
    standing = graphene.Field(StandingType, required=True, description="How it stands with its campaign.")
    standing_text = graphene.String(required=True, description="The same in Chinese.")
    campaigns = graphene.List(graphene.NonNull(BoardCampaign), required=True, description="Its campaigns.")
    came = graphene.Int(required=True, description="How many came to them.")
    unreported = graphene.Int(required=True, description="How many are over and not reported.")
    works = graphene.Int(description="Works of the year, of prefectures alone.")
    works_owed = graphene.Int(required=True, description="How many there should be.")
    copies = graphene.Int(required=True, description="Leaflets and forms handed out in the quarter.")
    is_behind = graphene.Boolean(required=True, description="Whether something is owed.")

    def resolve_region(line, _info: Any) -> str:
        """Give its code."""
        return str(line.region.code)

    def resolve_name(line, _info: Any) -> str:
        """Name it."""
        return str(line.region.name)

    def resolve_level(line, _info: Any) -> int:
        """Give its level."""
        return int(line.region.level)

    def resolve_standing_text(line, _info: Any) -> str:
        """Name the standing."""
        return board.STANDINGS[line.standing]

    def resolve_works_owed(_line, _info: Any) -> int:
        """Give the quota."""
        return calendar.quotas()["works_a_year"]


class QuotaBoard(graphene.ObjectType):
    """What offices of one's region owe in a quarter."""

    first_on = graphene.Field(Date, required=True, description="The first day of the quarter.")
    last_on = graphene.Field(Date, required=True, description="The last day.")
    lines = graphene.List(graphene.NonNull(BoardLine), required=True, description="The offices.")


class HandedOut(graphene.ObjectType):
    """Paper that was handed out."""

    kind = graphene.String(required=True, description="`leaflet` or `form`.")
    title = graphene.String(required=True, description="Of what.")
    copies = graphene.Int(required=True, description="How many.")
    place = graphene.String(required=True, description="Where; may be empty.")
    handed_on = graphene.Field(Date, required=True, description="When.")


class Queries(graphene.ObjectType):
    """What can be asked of reach."""

    content_reach = graphene.Field(
        ContentReach, required=True, description="What the pages of one's region reached lately."
    )
    quota_board = graphene.Field(
        QuotaBoard,
        required=True,
        description="What offices of one's region owe in the quarter of a day.",
        on=graphene.Argument(Date, required=True, description="Any day of the quarter."),
    )
    handed_out = graphene.List(
        graphene.NonNull(HandedOut), required=True, description="What was handed out in one's region, the last thirty."
    )

    def resolve_content_reach(_root, info: Any) -> figures.Figures:
        """Sum up."""
        return figures.of_region(info.context.actor, first=MOST_PAGES, now=info.context.now)

    def resolve_quota_board(_root, info: Any, on: Any) -> QuotaBoard:
        """Give the board."""
        lines = board.of_quarter(info.context.actor, on, now=info.context.now)
        first_on, last_on = calendar.quarter(on)
        return QuotaBoard(first_on=first_on, last_on=last_on, lines=lines)

    def resolve_handed_out(_root, info: Any) -> Any:
        """List it."""
        return handing.recent(info.context.actor)


class NoteHandedOutInput(graphene.InputObjectType):
    """What was handed out."""

    kind = graphene.Field(SheetType, required=True, description="Leaflets of a page, or forms.")
    slug = graphene.String(required=True, description="The page's name in addresses, or the form's code.")
    region = graphene.String(required=True, description="The division it is reckoned to: one's own, or one below.")
    copies = graphene.Int(description="How many.")
    on = graphene.Field(Date, description="When.")
    place = graphene.String(required=True, description="Where; may be empty.")


class NoteHandedOut(Action):
    """Note paper that was handed out."""

    class Arguments:
        input = NoteHandedOutInput(required=True)

    id = graphene.ID(description="The note.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Note it."""
        handed = handing.Handed(
            Sheet(input.kind).value, input.slug, input.region, input.get("copies"), input.get("on"), input.place
        )
        return cls(id=handing.note(viewer.actor, handed, now=viewer.now).id)


class Mutations(graphene.ObjectType):
    """What can be noted."""

    note_handed_out = NoteHandedOut.Field()
