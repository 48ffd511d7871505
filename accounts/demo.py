"""People who do not exist, for trying the service out. Never outside demo and development."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from accounts import passwords, queries, roles, staff
from accounts.models import Person, StaffMember
from core import settings
from core.crypto import blind_index
from core.db import session
from core.identity import SYSTEM, Actor, ActorKind

PHONES = ("13800000001", "13800000002", "13800000003")
PASSWORD = "rufa-demo-only"  # noqa: S105  # of people who do not exist
TIANYUAN = "430211"  # 株洲市天元区
LILING = "430281"  # 醴陵市: the county next door


@dataclass(frozen=True, slots=True)
class Character:
    """Somebody made up."""

    username: str
    name: str
    roles: tuple[str, ...]
    region: str = TIANYUAN
    asked: tuple[str, ...] = ()


CHARACTERS = (
    Character("clerk", "田小禾", ("station_clerk",), asked=("reviewer",)),
    Character("reviewer", "沈知微", ("reviewer",)),
    Character("decider", "顾明远", ("decision_maker",)),
    Character("lawyer", "陆行简", ("lawyer",)),
    Character("editor", "苏映雪", ("publicity_editor",)),
    Character("publisher", "程守一", ("content_reviewer",)),
    Character("supervisor", "秦问渠", ("supervisor",)),
    Character("auditor", "严如镜", ("auditor",)),
    Character("admin", "管仲文", ("administrator",)),
    Character("keeper", "钟录实", ("directory_keeper",), region="43"),
    Character("neighbour", "黎望山", ("reviewer", "decision_maker"), region=LILING),
)


def secret_of(username: str) -> str:
    """Give the authenticator secret of somebody made up: the same every time."""
    return base64.b32encode(hashlib.sha256(f"demo:{username}".encode()).digest()[:20]).decode()


def load(*, now: datetime) -> None:
    """Put the made-up people in. Doing it twice changes nothing."""
    if not settings.current().is_demo:
        raise RuntimeError("made-up people are not for production")
    roles.sync(SYSTEM)
    for number in PHONES:
        index = blind_index(number, "person.phone")
        if session().scalar(select(Person.id).where(Person.phone_index == index)) is None:
            session().add(Person(phone=number, phone_index=index, created_at=now))
    known = set(session().scalars(select(StaffMember.username)))
    for place, character in enumerate(CHARACTERS, start=1):
        if character.username not in known:
            _add(character, f"YS{place:04}", now)


def _add(character: Character, work_number: str, now: datetime) -> None:
    member = staff.add(
        SYSTEM,
        staff.NewMember(
            username=character.username,
            name=character.name,
            work_number=work_number,
            region=character.region,
            password=PASSWORD,
            totp_secret=secret_of(character.username),
        ),
        now=now,
    )
    for role in (*character.roles, *character.asked):
        roles.put_down(SYSTEM, member, role, now=now)
    for role in character.roles:
        roles.vouch_for(SYSTEM, member, role, now=now)


def citizen(number: str) -> Actor:
    """Give somebody made up who applies as the actor they are."""
    person_id = (
        session().scalars(select(Person.id).where(Person.phone_index == blind_index(number, "person.phone"))).one()
    )
    return Actor(id=person_id, kind=ActorKind.CITIZEN, roles=frozenset({"citizen"}))


def member(username: str) -> Actor:
    """Give somebody made up who works here as the actor they are."""
    return queries.acting(session().scalars(select(StaffMember).where(StaffMember.username == username)).one())


def greeting(*, now: datetime) -> str:
    """Say how to sign in."""
    lines = [
        "演示环境：以下都是虚构的人。",
        f"  群众：{'、'.join(PHONES)}，验证码会打印在这里",
        f"  工作人员：密码 {PASSWORD}，动态口令现在是",
    ]
    for one in CHARACTERS:
        titles = "、".join(roles.matrix()[role].title for role in one.roles)
        code = passwords.code_at(secret_of(one.username), now=now)
        lines.append(f"    {one.username:<11} {code}  {one.name}（{titles}，{one.region}）")
    return "\n".join([*lines, "  口令每 30 秒换一次，再看：flask --app wsgi totp 用户名"])
