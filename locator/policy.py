"""Who may see and change what of the directory beyond what is public."""

from __future__ import annotations

from sqlalchemy import ColumnElement, false, select

from core.identity import Actor, Permission
from locator import queries
from locator.models import Division, Station


def stations_kept_by(actor: Actor, permission: Permission = Permission.DIRECTORY_EDIT) -> ColumnElement[bool]:
    """Say which stations an actor keeps true: those of their region and all below it.

    It goes by the lineage: a village's code need not begin with its township's. Staff without a region keep none.
    """
    region = queries.regions([actor.region]).get(actor.region) if actor.may(permission) else None
    if region is None:
        return false()
    return Station.division_code.in_(select(Division.code).where(Division.lineage.startswith(region.lineage)))
