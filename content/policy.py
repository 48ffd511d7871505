"""Who may see and do what with pages that are not, or not only, for readers."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, false, true
from sqlalchemy.orm import InstrumentedAttribute

from content.models import Article, Bulletin, HandedOut
from core.identity import Actor, ActorKind, Permission
from locator import policy as places
from locator.region import Region


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Say which articles an actor may see on the desk: those of their region and all below it."""
    return _kept(actor, Article.region)


def bulletins_kept_by(actor: Actor) -> ColumnElement[bool]:
    """Say which notices an actor may see on the desk."""
    return _kept(actor, Bulletin.region)


def paper_kept_by(actor: Actor) -> ColumnElement[bool]:
    """Say which notes of paper that was handed out an actor may see on the desk."""
    return _kept(actor, HandedOut.region)


def may_decide(actor: Actor, authors: Collection[str]) -> bool:
    """Say whether an actor may publish or return: four eyes, so never what they wrote or asked for themselves."""
    return actor.may(Permission.CONTENT_PUBLISH) and actor.id not in authors


def is_within(actor: Actor, region: Region | None) -> bool:
    """Say whether a division is of an actor's region."""
    return region is not None and region.lineage.startswith(places.reach(actor))


def _kept(actor: Actor, region: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    if actor.kind is ActorKind.SYSTEM:
        return true()
    if not (actor.may(Permission.CONTENT_WRITE) or actor.may(Permission.CONTENT_PUBLISH)):
        return false()
    return region.in_(places.codes_below(actor))
