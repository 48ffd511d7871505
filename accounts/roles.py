"""Roles: data, and what an administrator says of them (FEATURES F11)."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, select

from accounts import policy, queries
from accounts.models import Role, RolePermission, StaffMember, StaffRole
from core import audit
from core.db import session
from core.errors import Conflict, Forbidden, Problem, Rejected, checklist
from core.identity import Actor, Audience, Permission, open_to

FILE = Path(__file__).parent / "roles.toml"


@dataclass(frozen=True, slots=True)
class Definition:
    """A role as the file says it."""

    title: str
    permissions: frozenset[Permission]


@functools.cache
def matrix() -> Mapping[str, Definition]:
    """Read which role may do what. A permission nobody knows is a mistake in the file."""
    said = tomllib.loads(FILE.read_text("utf-8"))
    return {
        code: Definition(entry["title"], frozenset(Permission(one) for one in entry["permissions"]))
        for code, entry in said.items()
    }


@open_to(Audience.SYSTEM)
def sync(_actor: Actor) -> None:
    """Bring the tables to what the file says. Doing it twice changes nothing."""
    wanted = {(code, one.value) for code, role in matrix().items() for one in role.permissions}
    there = {(row.role_code, row.permission): row for row in session().scalars(select(RolePermission))}
    titles = {row.code: row for row in session().scalars(select(Role))}
    for code, role in matrix().items():
        if code in titles:
            titles[code].title = role.title
        else:
            session().add(Role(code=code, title=role.title))
    session().flush()
    session().add_all(RolePermission(role_code=c, permission=p) for c, p in sorted(wanted - there.keys()))
    for gone in there.keys() - wanted:
        session().delete(there[gone])
    session().flush()


@open_to(Permission.PEOPLE_CONFIRM, Audience.SYSTEM)
def put_down(actor: Actor, member: StaffMember, role: str, *, now: datetime) -> None:
    """Put a member of staff down for a role. It does not count before somebody else confirms it."""
    with checklist() as check:
        check.require(role in matrix() and role != "citizen", "role_unknown", "role")
    if session().get(StaffRole, (member.id, role)) is None:
        session().add(StaffRole(staff_id=member.id, role_code=role, asked_at=now))
        session().flush()
        audit.record(actor, "accounts.role_asked", f"staff:{member.id}", now=now, role=role)


@open_to(Permission.PEOPLE_CONFIRM)
def confirm(actor: Actor, staff_id: str, role: str, *, now: datetime) -> StaffMember:
    """Confirm a role somebody was put down for. Nobody confirms their own."""
    member = queries.find_staff(actor, staff_id)
    held = _held(actor, member, role)
    if held.confirmed_at is None:
        held.confirmed_by, held.confirmed_at = actor.id, now
        audit.record(actor, "accounts.role_confirmed", f"staff:{member.id}", now=now, role=role)
    return member


@open_to(Audience.SYSTEM)
def vouch_for(actor: Actor, member: StaffMember, role: str, *, now: datetime) -> None:
    """Confirm a role on the word of whoever runs the house: how the first administrator comes to be."""
    held = session().get_one(StaffRole, (member.id, role))
    held.confirmed_by, held.confirmed_at = actor.id, now
    audit.record(actor, "accounts.role_confirmed", f"staff:{member.id}", now=now, role=role)


@open_to(Permission.PEOPLE_CONFIRM)
def revoke(actor: Actor, staff_id: str, role: str, *, reason: str, now: datetime) -> StaffMember:
    """Take a role away, from this moment on."""
    member = queries.find_staff(actor, staff_id)
    held = _held(actor, member, role)
    if not reason.strip():
        raise Rejected((Problem("reason_missing", "reason"),))
    session().execute(delete(StaffRole).where(StaffRole.staff_id == member.id, StaffRole.role_code == held.role_code))
    audit.record(actor, "accounts.role_revoked", f"staff:{member.id}", now=now, reason=reason.strip()[:500], role=role)
    session().expire(member, ["roles"])
    return queries.find_staff(actor, staff_id)


def _held(actor: Actor, member: StaffMember, role: str) -> StaffRole:
    if not policy.may_change(actor, member):
        raise Forbidden("own_role")
    held = next((one for one in member.roles if one.role_code == role), None)
    if held is None:
        raise Conflict("role_not_asked")
    return held
