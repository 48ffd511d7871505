"""Tables: people, staff and their roles, codes, sign-ins, counters."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.crypto import Sealed
from core.db import Id, Model, fresh_id

Hash = String(64)


class Person(Model):
    """A citizen. Their telephone number is how they sign in; a name is known once they apply."""

    __tablename__ = "person"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    phone: Mapped[str] = mapped_column(Sealed("person.phone"))
    phone_index: Mapped[str] = mapped_column(Hash, unique=True)
    name: Mapped[str | None] = mapped_column(Sealed("person.name"))
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]
    closing_at: Mapped[datetime | None]  # from when on nobody is known by this number any more, as they wished


class Consent(Model):
    """What somebody agreed to that needs agreeing, in the words they saw, until they took it back (PIPL 14, 15).

    Nothing is changed but `withdrawn_at`, and that once: agreeing again is another row.
    """

    __tablename__ = "consent"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(32))
    edition: Mapped[str] = mapped_column(String(24))
    words: Mapped[str] = mapped_column(String(500))
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class StaffMember(Model):
    """Somebody who works here. `region` is the division whose cases they may see, with all below it."""

    __tablename__ = "staff_member"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    username: Mapped[str] = mapped_column(String(40), unique=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    totp_secret: Mapped[str] = mapped_column(Sealed("staff_member.totp_secret"))
    totp_step: Mapped[int] = mapped_column(default=0)  # the last step that was used: none counts twice
    name: Mapped[str] = mapped_column(String(60))
    work_number: Mapped[str] = mapped_column(String(40))
    region: Mapped[str] = mapped_column(String(12), index=True)
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]
    roles: Mapped[list[StaffRole]] = relationship(lazy="raise", order_by="StaffRole.role_code")


class Role(Model):
    """What somebody is here for."""

    __tablename__ = "role"

    code: Mapped[str] = mapped_column(String(32), primary_key=True)
    title: Mapped[str] = mapped_column(String(40))


class RolePermission(Model):
    """One thing a role may do."""

    __tablename__ = "role_permission"

    role_code: Mapped[str] = mapped_column(ForeignKey("role.code"), primary_key=True)
    permission: Mapped[str] = mapped_column(String(40), primary_key=True)


class StaffRole(Model):
    """A role somebody was put down for. It counts from the moment an administrator confirms it (F11)."""

    __tablename__ = "staff_role"

    staff_id: Mapped[str] = mapped_column(ForeignKey("staff_member.id"), primary_key=True)
    role_code: Mapped[str] = mapped_column(ForeignKey("role.code"), primary_key=True, index=True)
    asked_at: Mapped[datetime]
    confirmed_by: Mapped[str | None] = mapped_column(Id)  # no key: the first one is confirmed by the system
    confirmed_at: Mapped[datetime | None]


class OneTimeCode(Model):
    """A code on its way to a telephone. Its id is the request it is bound to, known to whoever asked alone (N5)."""

    __tablename__ = "one_time_code"
    __table_args__ = (CheckConstraint("tries BETWEEN 0 AND 5", "tries"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    phone: Mapped[str] = mapped_column(Sealed("one_time_code.phone"))
    code_hash: Mapped[str] = mapped_column(Hash)
    tries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]


class SignIn(Model):
    """One device that is signed in: a family of refresh tokens, of which only the newest counts (N3)."""

    __tablename__ = "sign_in"
    __table_args__ = (CheckConstraint("(person_id IS NULL) <> (staff_id IS NULL)", "one_subject"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"), index=True)
    staff_id: Mapped[str | None] = mapped_column(ForeignKey("staff_member.id"), index=True)
    jti: Mapped[str] = mapped_column(Id, default=fresh_id)
    previous_jti: Mapped[str | None] = mapped_column(Id)
    rotated_at: Mapped[datetime]
    device: Mapped[str] = mapped_column(String(60))
    via: Mapped[str] = mapped_column(String(10), default="", server_default="")  # "wechat", or what is plain
    is_remembered: Mapped[bool]
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    ended_at: Mapped[datetime | None]
    ended_because: Mapped[str | None] = mapped_column(String(20))


class WechatAccount(Model):
    """The WeChat somebody signs in with. A person has one; it is theirs alone until they let it go (E05)."""

    __tablename__ = "wechat_account"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    openid: Mapped[str] = mapped_column(Sealed("wechat_account.openid"))
    openid_index: Mapped[str] = mapped_column(Hash, unique=True)
    unionid: Mapped[str | None] = mapped_column(Sealed("wechat_account.unionid"))
    bound_at: Mapped[datetime]


class WitnessCode(Model):
    """A code staff say to somebody who signs beside them, by its hash, until it is over."""

    __tablename__ = "witness_code"

    code_index: Mapped[str] = mapped_column(Hash, primary_key=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff_member.id"))
    expires_at: Mapped[datetime] = mapped_column(index=True)


class Throttle(Model):
    """How often something was done in the window under way. The key names nobody: it holds a keyed hash."""

    __tablename__ = "throttle"

    key: Mapped[str] = mapped_column(String(110), primary_key=True)
    hits: Mapped[int]
    ends_at: Mapped[datetime] = mapped_column(index=True)
