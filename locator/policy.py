"""Who may see and change what of the directory beyond what is public."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, false, select, true

from core.db import session
from core.errors import Forbidden
from core.identity import Actor, ActorKind, Permission
from locator import queries
from locator.models import ChangeSet, Division, Station


def stations_kept_by(actor: Actor, permission: Permission = Permission.DIRECTORY_EDIT) -> ColumnElement[bool]:
    """Say which stations an actor keeps true: those of their region and all below it.

    It goes by the lineage: a village's code need not begin with its township's. Staff without a region keep none.
    """
    return Station.division_code.in_(divisions_kept_by(actor, permission))


def divisions_kept_by(actor: Actor, permission: Permission) -> Select[str]:
    """Select the codes of the divisions of an actor's region, for whoever keeps rows of their own there."""
    region = queries.regions([actor.region]).get(actor.region) if actor.may(permission) else None
    below = Division.lineage.startswith(region.lineage) if region else false()
    return select(Division.code).where(below)


def ids_kept_by(actor: Actor, permission: Permission) -> Select[str]:
    """Select the ids of the stations of an actor's region, for whoever keeps rows of their own about them."""
    return select(Station.id).where(stations_kept_by(actor, permission))


def codes_below(actor: Actor) -> Select[str]:
    """Select the codes of an actor's region and all below it, for whoever keeps rows of their own by division."""
    return select(Division.code).where(Division.lineage.startswith(reach(actor)))


def keeps(actor: Actor, station_id: str, permission: Permission) -> bool:
    """Say whether a station is of an actor's region, for whoever keeps rows of their own about it."""
    return session().scalar(ids_kept_by(actor, permission).where(Station.id == station_id)) is not None


def reach(actor: Actor) -> str:
    """Give what the lineage of every division begins with whose stations an actor may change."""
    if actor.kind is ActorKind.SYSTEM:
        return "/"
    region = queries.regions([actor.region]).get(actor.region)
    if region is None:
        raise Forbidden("no_region")
    return region.lineage


def sets_visible_to(actor: Actor) -> ColumnElement[bool]:
    """Say which sets of changes an actor may see: those that touch their region alone, and their own."""
    if actor.kind is ActorKind.SYSTEM:
        return true()
    if not (actor.may(Permission.DIRECTORY_EDIT) or actor.may(Permission.DIRECTORY_APPROVE)):
        return false()
    return ChangeSet.region.in_(codes_below(actor)) | (ChangeSet.proposed_by == actor.id)


def may_decide(actor: Actor, laid: ChangeSet) -> bool:
    """Say whether an actor may decide: an import whoever may make one; else a supervisor, never on their own edit."""
    if actor.kind is ActorKind.SYSTEM:
        return True
    if laid.kind == "import":
        both = actor.may(Permission.DIRECTORY_EDIT) and actor.may(Permission.DIRECTORY_APPROVE)
        return both and _keeps(actor, laid.region)
    return actor.may(Permission.DIRECTORY_APPROVE) and laid.proposed_by != actor.id


def may_undo(actor: Actor, laid: ChangeSet) -> bool:
    """Say whether an actor may undo a set: whoever approves, and of an import whoever may make one."""
    if laid.kind == "import" or actor.kind is ActorKind.SYSTEM:
        return may_decide(actor, laid)
    return actor.may(Permission.DIRECTORY_APPROVE)


def _keeps(actor: Actor, code: str) -> bool:
    """Say whether a division is an actor's to keep: whoever has moved on may see what they brought in, no more."""
    region = queries.regions([code]).get(code)
    return region is not None and region.lineage.startswith(reach(actor))
