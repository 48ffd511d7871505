"""Who acts, and what they may do."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Concatenate, ParamSpec, TypeVar

from core.errors import Forbidden, NotSignedIn

P = ParamSpec("P")
T = TypeVar("T")


class Permission(StrEnum):
    """What a role may do: `area:act`. Which role has which is data (accounts)."""

    APPLICATIONS_DECIDE = "applications:decide"
    APPLICATIONS_RECEIVE = "applications:receive"
    APPLICATIONS_REVIEW = "applications:review"
    APPLICATIONS_SUPPLEMENT = "applications:supplement"
    APPOINTMENTS_ATTEND = "appointments:attend"
    AUDIT_READ = "audit:read"
    CASES_CONDUCT = "cases:conduct"
    CONTENT_PUBLISH = "content:publish"
    CONTENT_WRITE = "content:write"
    DIRECTORY_APPROVE = "directory:approve"
    DIRECTORY_EDIT = "directory:edit"
    PEOPLE_CONFIRM = "people:confirm"
    PERSONAL_REVEAL = "personal:reveal"
    STATISTICS_READ = "statistics:read"


class Audience(StrEnum):
    """Whom a use case is open to, where it is no matter of permission."""

    ANYONE = "anyone"
    SIGNED_IN = "signed_in"
    CITIZEN = "citizen"
    STAFF = "staff"
    SYSTEM = "system"


class ActorKind(StrEnum):
    """What sort of somebody acts."""

    ANYONE = "anyone"
    CITIZEN = "citizen"
    STAFF = "staff"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever asks: a citizen, a member of staff, the service itself, or nobody known.

    `region` is the division code whose cases a member of staff may see (a prefix of the codes within).
    `name` is what the record of events shows for staff; it is empty for citizens.
    """

    id: str | None = None
    kind: ActorKind = ActorKind.ANYONE
    permissions: frozenset[Permission] = frozenset()
    region: str = ""
    name: str = ""
    roles: frozenset[str] = frozenset()

    def may(self, permission: Permission) -> bool:
        """Say whether a permission is theirs."""
        return permission in self.permissions

    def belongs_to(self, who: Audience | Permission) -> bool:
        """Say whether a use case that is open to `who` is open to them."""
        if isinstance(who, Permission):
            return self.may(who)
        if who is Audience.ANYONE:
            return True
        if who is Audience.SIGNED_IN:
            return self.id is not None
        return self.kind == ActorKind(who.value)


ANYONE = Actor()
SYSTEM = Actor(id="system", kind=ActorKind.SYSTEM, name="系统")


def open_to(
    *who: Audience | Permission,
) -> Callable[[Callable[Concatenate[Actor, P], T]], Callable[Concatenate[Actor, P], T]]:
    """Open a use case to an audience or the holders of a permission (any of those named).

    Raises `NotSignedIn` for a stranger, `Forbidden` for somebody known who may not.
    """

    def decorate(use_case: Callable[Concatenate[Actor, P], T]) -> Callable[Concatenate[Actor, P], T]:
        @functools.wraps(use_case)
        def guarded(actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> T:
            if not any(map(actor.belongs_to, who)):
                raise Forbidden if actor.id else NotSignedIn
            return use_case(actor, *args, **kwargs)

        guarded.open_to = who  # type: ignore[attr-defined]  # the house test reads it
        return guarded

    return decorate
