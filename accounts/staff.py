"""Members of staff: put down, signed in by password and authenticator, disabled (TRUST N4, N7, N8)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select, update

from accounts import passwords, policy, queries, sign_in, throttle
from accounts.models import SignIn, StaffMember
from accounts.sign_in import Device
from core import audit
from core.db import fresh_id, session
from core.errors import Forbidden, Problem, checklist
from core.identity import Actor, ActorKind, Audience, Permission, open_to

NOBODYS_SECRET = "A" * 32


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a member of staff shows."""

    username: str
    password: str = field(repr=False)
    totp: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class NewMember:
    """Who is to be put down."""

    username: str
    name: str
    work_number: str
    region: str
    password: str = field(repr=False)
    totp_secret: str = field(repr=False)


@open_to(Audience.ANYONE)
def by_password(actor: Actor, shown: Credentials, *, device: Device, address: str, now: datetime) -> SignIn | Problem:
    """Sign a member of staff in. An unknown name, a wrong password, a wrong or used code: the same answer (N4).

    The problem is returned, not raised: the count of tries must be kept.
    """
    username = shown.username.strip().lower()
    throttle.count("password_name", username, now=now)
    throttle.count_address("password_address", address, now=now)
    throttle.count("password_site", throttle.WHOLE_SITE, now=now)

    member = session().scalar(select(StaffMember).where(StaffMember.username == username))
    password_fits = passwords.fits(member.password_hash if member else passwords.nobodys(), shown.password)
    code = "".join(shown.totp.split())
    step = passwords.step_of(member.totp_secret if member else NOBODYS_SECRET, code, now=now)
    is_right = member is not None and member.disabled_at is None and password_fits and step is not None
    if member is None or step is None or not is_right or not _use(member, step):
        subject = f"staff:{member.id}" if member else "staff:unknown"
        audit.record(actor, "accounts.sign_in_refused", subject, now=now)
        return Problem("staff_sign_in_wrong", "username")
    opened = sign_in.start(device, sign_in.STAFF_LIFE, staff_id=member.id, now=now)
    who = Actor(id=member.id, kind=ActorKind.STAFF, name=member.name)
    audit.record(who, "accounts.signed_in", f"sign_in:{opened.id}", now=now)
    return opened


def _use(member: StaffMember, step: int) -> bool:
    """Use up a time step; of two who show the same code one comes too late."""
    used = (
        update(StaffMember)
        .where(StaffMember.id == member.id, StaffMember.totp_step < step)
        .values(totp_step=step)
        .returning(StaffMember.id)
        .execution_options(synchronize_session=False)
    )
    return session().scalar(used) is not None


@open_to(Permission.PEOPLE_CONFIRM, Audience.SYSTEM)
def add(actor: Actor, new: NewMember, *, now: datetime) -> StaffMember:
    """Put a member of staff down. Without a confirmed role they may do nothing yet."""
    username = new.username.strip().lower()
    taken = session().scalar(select(StaffMember.id).where(StaffMember.username == username))
    with checklist() as check:
        check.require(username and not taken, "username_taken", "username")
        check.require(new.name.strip(), "staff_name_missing", "name")
        check.require(
            passwords.SHORTEST <= len(new.password) <= passwords.LONGEST,
            "password_length",
            "password",
            least=passwords.SHORTEST,
            most=passwords.LONGEST,
        )
        check.require(new.region.startswith(actor.region), "region_elsewhere", "region")
    member = StaffMember(
        id=fresh_id(),
        username=username,
        password_hash=passwords.hashed(new.password),
        totp_secret=new.totp_secret,
        name=new.name.strip(),
        work_number=new.work_number,
        region=new.region,
        created_at=now,
        roles=[],
    )
    session().add(member)
    session().flush()
    audit.record(actor, "accounts.staff_added", f"staff:{member.id}", now=now)
    return member


@open_to(Permission.PEOPLE_CONFIRM)
def set_disabled(actor: Actor, staff_id: str, *, disabled: bool, reason: str, now: datetime) -> StaffMember:
    """Shut a member of staff out at once, or let them in again. Never oneself."""
    member = queries.find_staff(actor, staff_id)
    if not policy.may_change(actor, member):
        raise Forbidden("own_account")
    with checklist() as check:
        check.require(reason.strip(), "reason_missing", "reason")
    member.disabled_at = now if disabled else None
    if disabled:
        sign_in.end_all_of(staff_id=member.id, because="disabled", now=now)
    act = "accounts.staff_disabled" if disabled else "accounts.staff_enabled"
    audit.record(actor, act, f"staff:{member.id}", now=now, reason=reason.strip()[:500])
    return member
