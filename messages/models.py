"""Tables: messages and the ways they were tried, what people prefer, how often WeChat may be used."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.crypto import Sealed
from core.db import Id, Model, fresh_id


class Message(Model):
    """One thing somebody is told. It is written in the transaction of what it tells of: never lost, never made up.

    `key` names the occasion: each is told once. What pushes it (`text`, `phone`) is forgotten once it is settled;
    title and body stay as the copy its owner reads. Somebody without an account has no copy.
    """

    __tablename__ = "message"
    __table_args__ = (Index("ix_message_owner", "person_id", "created_at", "id"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    key: Mapped[str] = mapped_column(String(120), unique=True)
    kind: Mapped[str] = mapped_column(String(40))
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    title: Mapped[str] = mapped_column(Sealed("message.title"))
    body: Mapped[str] = mapped_column(Sealed("message.body"))
    path: Mapped[str] = mapped_column(Sealed("message.path"))
    push: Mapped[dict[str, Any] | None] = mapped_column(Sealed("message.push", as_json=True))
    state: Mapped[str] = mapped_column(String(12))
    via: Mapped[str] = mapped_column(String(10))  # by which way it was handed over; empty before
    good_until: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(index=True)
    settled_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]


class Delivery(Model):
    """One way a message was tried by, and what came of it."""

    __tablename__ = "delivery"
    __table_args__ = (UniqueConstraint("message_id", "way"), CheckConstraint("tries >= 0", "tries"))

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=fresh_id)
    message_id: Mapped[str] = mapped_column(ForeignKey("message.id", ondelete="CASCADE"))
    way: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(12))
    tries: Mapped[int] = mapped_column(default=0)
    why: Mapped[str] = mapped_column(String(40), default="")  # a number of WeChat's, a code of ours; nothing personal
    begun_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]


class Preference(Model):
    """How somebody wants to be told. An address of e-mail counts once its owner confirmed it."""

    __tablename__ = "message_preference"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    by_wechat: Mapped[bool] = mapped_column(default=True)
    by_sms: Mapped[bool] = mapped_column(default=True)
    by_email: Mapped[bool] = mapped_column(default=False)
    email: Mapped[str | None] = mapped_column(Sealed("message_preference.email"))
    email_confirmed_at: Mapped[datetime | None]
    changed_at: Mapped[datetime]


class Subscription(Model):
    """How many messages of one template somebody still allows: each tap of 允许 is good for one (WX-4)."""

    __tablename__ = "subscription"
    __table_args__ = (CheckConstraint("left_over >= 0", "left_over"),)

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    template: Mapped[str] = mapped_column(String(20), primary_key=True)
    left_over: Mapped[int]
    refused_at: Mapped[datetime | None]
    changed_at: Mapped[datetime]
