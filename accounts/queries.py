"""Asking about people."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import selectinload

from accounts import phone, policy, remembered
from accounts.models import Person, Role, RolePermission, SignIn, StaffMember, StaffRole
from core.db import session
from core.errors import NotFound, NotSignedIn
from core.identity import Actor, ActorKind, Audience, Permission, open_to


def actor_of(sign_in_id: str, *, now: datetime) -> Actor | None:
    """Give whoever is signed in by this sign-in, in two statements at most. Nobody once it has ended (N8)."""
    seen = remembered.look(sign_in_id, now=now)
    if seen.person_id is not None:
        return _citizen(seen.person_id)
    rows = (
        select(SignIn, Person, StaffMember)
        .outerjoin(Person, SignIn.person_id == Person.id)
        .outerjoin(StaffMember, SignIn.staff_id == StaffMember.id)
        .where(SignIn.id == sign_in_id, SignIn.ended_at.is_(None), SignIn.expires_at > now)
    )
    found = session().execute(rows).one_or_none()
    if found is None:
        return None
    row, person, member = found
    subject = person or member
    if subject.disabled_at is not None:
        return None
    if member:
        return acting(member)
    remembered.keep(sign_in_id, seen, person.id, ends_at=row.expires_at)
    return _citizen(person.id)


def _citizen(person_id: str) -> Actor:
    return Actor(id=person_id, kind=ActorKind.CITIZEN, roles=frozenset({"citizen"}))


def acting(member: StaffMember) -> Actor:
    """Give a member of staff as the actor they are, with what their confirmed roles allow."""
    held = (
        select(StaffRole.role_code, RolePermission.permission)
        .outerjoin(RolePermission, RolePermission.role_code == StaffRole.role_code)
        .where(StaffRole.staff_id == member.id, StaffRole.confirmed_at.is_not(None))
    )
    rows = session().execute(held).all()
    known = {permission.value for permission in Permission}
    return Actor(
        id=member.id,
        kind=ActorKind.STAFF,
        permissions=frozenset(Permission(row.permission) for row in rows if row.permission in known),
        region=member.region,
        name=member.name,
        roles=frozenset(row.role_code for row in rows),
    )


def acting_as(staff_id: str) -> Actor | None:
    """Give a member of staff as the actor they are, to whoever brings proof of their own; nobody who is disabled."""
    member = session().get(StaffMember, staff_id)
    return acting(member) if member is not None and member.disabled_at is None else None


@dataclass(frozen=True, slots=True)
class Profile:
    """What somebody may know about themselves."""

    kind: ActorKind
    name: str
    masked_phone: str | None
    region: str | None
    roles: tuple[str, ...]
    permissions: tuple[Permission, ...]


@open_to(Audience.CITIZEN, Audience.STAFF)
def profile(actor: Actor) -> Profile:
    """Tell somebody about themselves."""
    roles, permissions = tuple(sorted(actor.roles)), tuple(sorted(actor.permissions))
    if actor.kind is ActorKind.STAFF:
        return Profile(actor.kind, actor.name, None, actor.region, roles, permissions)
    person = session().get(Person, actor.id)
    if person is None:
        raise NotSignedIn
    return Profile(actor.kind, person.name or "", phone.mask(person.phone), None, roles, permissions)


@open_to(Audience.CITIZEN)
def own_words(actor: Actor) -> dict[str, str]:
    """Give a citizen their own name and number as they may stand on a paper of theirs (FEATURES D27)."""
    person = session().get(Person, actor.id)
    if person is None:
        raise NotSignedIn
    return {"name": person.name or "", "phone": person.phone}


@open_to(Audience.CITIZEN, Audience.STAFF)
def devices(actor: Actor, *, now: datetime) -> Sequence[SignIn]:
    """List the devices somebody is signed in on, newest first (N9)."""
    live = (policy.sign_ins_of(actor), SignIn.ended_at.is_(None), SignIn.expires_at > now)
    return session().scalars(select(SignIn).where(*live).order_by(SignIn.last_used_at.desc(), SignIn.id)).all()


@open_to(Permission.PEOPLE_CONFIRM)
def staff_page(actor: Actor, *, limit: int, after: str | None = None) -> Sequence[StaffMember]:
    """List the staff of the administrator's region by user name, with their roles."""
    rows = select(StaffMember).options(selectinload(StaffMember.roles)).where(policy.staff_visible_to(actor))
    if after is not None:
        rows = rows.where(StaffMember.username > after)
    return session().scalars(rows.order_by(StaffMember.username).limit(limit)).all()


@open_to(Permission.PEOPLE_CONFIRM)
def find_staff(actor: Actor, staff_id: str) -> StaffMember:
    """Find one member of staff, with their roles. Those of another region look like nobody (A2)."""
    row = (
        select(StaffMember)
        .options(selectinload(StaffMember.roles))
        .where(StaffMember.id == staff_id, policy.staff_visible_to(actor))
        .execution_options(populate_existing=True)
    )
    member = session().scalar(row)
    if member is None:
        raise NotFound
    return member


@dataclass(frozen=True, slots=True)
class Colleague:
    """Where somebody works and as what; no name."""

    region: str
    titles: tuple[str, ...]


def colleagues(staff_ids: Collection[str]) -> dict[str, Colleague]:
    """Say of members of staff where they work and as what, by id."""
    if not staff_ids:
        return {}
    held = (
        select(StaffMember.id, StaffMember.region, Role.title)
        .outerjoin(StaffRole, and_(StaffRole.staff_id == StaffMember.id, StaffRole.confirmed_at.is_not(None)))
        .outerjoin(Role, Role.code == StaffRole.role_code)
        .where(StaffMember.id.in_(staff_ids))
        .order_by(StaffMember.id, StaffRole.role_code)
    )
    found: dict[str, Colleague] = {}
    for staff_id, region, title in session().execute(held):
        before = found.get(staff_id, Colleague(region, ()))
        found[staff_id] = Colleague(region, (*before.titles, title) if title else before.titles)
    return found


def phone_of(person_id: str) -> str | None:
    """Give the number a citizen can be texted at; none for somebody unknown or disabled. For errands only."""
    person = session().get(Person, person_id)
    return person.phone if person and person.disabled_at is None else None


def names_of(staff_ids: Collection[str]) -> dict[str, str]:
    """Name members of staff by id, to their colleagues."""
    rows = select(StaffMember.id, StaffMember.name).where(StaffMember.id.in_(staff_ids))
    return {row.id: row.name for row in session().execute(rows)} if staff_ids else {}


def holders_of(permission: Permission, region: str) -> set[str]:
    """Give the ids of the staff of a region, and all below it, who have a permission now."""
    held = (
        select(StaffMember.id)
        .join(StaffRole, StaffRole.staff_id == StaffMember.id)
        .join(RolePermission, RolePermission.role_code == StaffRole.role_code)
        .where(RolePermission.permission == permission.value, StaffRole.confirmed_at.is_not(None))
        .where(StaffMember.region.startswith(region, autoescape=True), StaffMember.disabled_at.is_(None))
    )
    return set(session().scalars(held.distinct()))
