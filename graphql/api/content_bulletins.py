"""Notices of a time on top of pages (FEATURES D25)."""

from __future__ import annotations

from typing import Any

import graphene

from api.mutation import Action
from api.scalars import DateTime, enum_of
from api.viewer import Viewer
from content import bulletins
from content.bulletins import BulletinKind, Channel, Words
from locator import queries as places

BulletinKindType = enum_of(
    BulletinKind, "Why there is a notice.", {one: f"{label}." for one, label in bulletins.KINDS.items()}
)
ChannelType = enum_of(
    Channel,
    "Where a notice is shown.",
    {one: f"{label}." for one, label in bulletins.CHANNELS.items()},
    name="BulletinChannel",
)


class Bulletin(graphene.ObjectType):
    """A notice of a time."""

    id = graphene.ID(required=True, description="Its id.")
    kind = graphene.Field(BulletinKindType, required=True, description="Why it is there.")
    kind_text = graphene.String(required=True, description="The same in Chinese.")
    title = graphene.String(required=True, description="What it is about.")
    words = graphene.String(required=True, description="What it says.")
    starts_at = graphene.Field(DateTime, required=True, description="From when.")
    ends_at = graphene.Field(DateTime, required=True, description="Until when.")

    def resolve_kind_text(row, _info: Any) -> str:
        """Name the kind."""
        return bulletins.KINDS[BulletinKind(row.kind)]


class DeskBulletin(Bulletin):
    """A notice as the desk sees it."""

    region_name = graphene.String(required=True, description="The division it is for.")
    channels = graphene.List(graphene.NonNull(graphene.String), required=True, description="Where, in Chinese.")
    is_standing = graphene.Boolean(required=True, description="Whether it is shown now.")
    is_over = graphene.Boolean(required=True, description="Whether it has ended.")

    def resolve_region_name(row, _info: Any) -> str:
        """Name the division."""
        return places.division(row.region).name

    def resolve_channels(row, _info: Any) -> list[str]:
        """Name the channels."""
        shown = {Channel.PORTAL: row.on_portal, Channel.MINIPROGRAM: row.on_miniprogram}
        return [bulletins.CHANNELS[one] for one, on in shown.items() if on]

    def resolve_is_standing(row, info: Any) -> bool:
        """Say whether it is shown."""
        return bool(row.starts_at <= info.context.now < row.ends_at)

    def resolve_is_over(row, info: Any) -> bool:
        """Say whether it has ended."""
        return bool(row.ends_at <= info.context.now)


class Queries(graphene.ObjectType):
    """What can be asked of notices."""

    bulletins = graphene.List(
        graphene.NonNull(Bulletin),
        required=True,
        description="The notices that stand now, the gravest first; 5 at most.",
        region=graphene.String(required=True, description="A division: its notices and those of what it lies in."),
        channel=graphene.Argument(ChannelType, required=True, description="Where they are to be shown."),
    )
    desk_bulletins = graphene.List(
        graphene.NonNull(DeskBulletin), required=True, description="The notices of one's region, newest first."
    )

    def resolve_bulletins(_root, info: Any, region: str, channel: Any) -> Any:
        """Give those that stand."""
        return bulletins.standing(region, Channel(channel), now=info.context.now)

    def resolve_desk_bulletins(_root, info: Any) -> Any:
        """List them."""
        rows = bulletins.kept(info.context.actor)
        places.regions(row.region for row in rows)
        return rows


class PutUpBulletinInput(graphene.InputObjectType):
    """What a notice says."""

    kind = graphene.Field(BulletinKindType, description="Why it is there.")
    region = graphene.String(required=True, description="The division it is for: one's own, or one below.")
    channels = graphene.List(graphene.NonNull(ChannelType), required=True, description="Where it is shown.")
    title = graphene.String(required=True, description=f"What it is about; {bulletins.LONGEST_TITLE} characters.")
    words = graphene.String(required=True, description=f"What it says; {bulletins.LONGEST_WORDS} characters.")
    starts_at = graphene.Field(DateTime, description="From when; now where empty.")
    ends_at = graphene.Field(DateTime, description="Until when.")


class PutUpBulletin(Action):
    """Put a notice up, at once or from a moment."""

    class Arguments:
        input = PutUpBulletinInput(required=True)

    id = graphene.ID(description="The notice.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """Put it up."""
        said = Words(
            str(input.get("kind") or ""),
            input.region,
            [Channel(one) for one in input.channels],
            input.title,
            input.words,
            input.get("starts_at"),
            input.get("ends_at"),
        )
        return cls(id=bulletins.put_up(viewer.actor, said, now=viewer.now).id)


class TakeDownBulletinInput(graphene.InputObjectType):
    """Which notice."""

    id = graphene.ID(required=True, description="The notice.")


class TakeDownBulletin(Action):
    """End a notice before its time."""

    class Arguments:
        input = TakeDownBulletinInput(required=True)

    id = graphene.ID(description="The notice.")

    @classmethod
    def act(cls, viewer: Viewer, input: Any) -> Any:
        """End it."""
        return cls(id=bulletins.take_down(viewer.actor, input.id, now=viewer.now).id)


class Mutations(graphene.ObjectType):
    """What can be done about notices."""

    put_up_bulletin = PutUpBulletin.Field()
    take_down_bulletin = TakeDownBulletin.Field()
