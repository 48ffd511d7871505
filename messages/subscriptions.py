"""How many subscription messages somebody still allows: counted here, and WeChat has the last word (WX-4, E07)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select, update

from core import audit, settings
from core.db import session
from core.errors import checklist
from core.identity import Actor, Audience, open_to
from messages import ways
from messages.models import Subscription
from messages.ways import State


class Said(StrEnum):
    """What somebody answered when they were asked."""

    ACCEPT = "accept"
    REJECT = "reject"
    BAN = "ban"
    FILTER = "filter"


@dataclass(frozen=True, slots=True)
class Allowed:
    """A message somebody can allow: what it is called here and there, what it shows, how many are left."""

    name: str
    template_id: str
    title: str
    shown: str
    left_over: int


@open_to(Audience.CITIZEN)
def consent(actor: Actor, answers: Sequence[tuple[str, Said]], *, now: datetime) -> None:
    """Note what somebody answered when WeChat asked them: each 允许 is good for one message."""
    with checklist() as check:
        known = ways.agreed().templates
        check.require(all(name in known for name, _ in answers), "template_unknown", "results")
        check.require(len({name for name, _ in answers}) == len(answers), "template_twice", "results")
    for name, said in answers:
        _note(_row(actor, name, now), is_allowed=said is Said.ACCEPT, now=now)
        audit.record(actor, "message.consented", f"template:{name}", now=now, said=said.value)


def offered(actor: Actor) -> Sequence[Allowed]:
    """Say which messages can be allowed here: none where no WeChat is set."""
    given, left = settings.current(), _left(actor)
    return [
        Allowed(name, given.wechat_templates[name], told.title, told.shown, left.get(name, 0))
        for name, told in ways.agreed().templates.items()
        if given.wechat_app_id and name in given.wechat_templates
    ]


def spend(person_id: str, template: str, *, now: datetime) -> bool:
    """Take one off what somebody allows; say whether there was one."""
    theirs = (Subscription.person_id == person_id, Subscription.template == template, Subscription.left_over > 0)
    taken = update(Subscription).where(*theirs).values(left_over=Subscription.left_over - 1, changed_at=now)
    ours = taken.returning(Subscription.template).execution_options(synchronize_session=False)
    return session().scalar(ours) is not None


def settle(person_id: str, template: str, state: State, *, now: datetime) -> None:
    """Believe WeChat: where it says nothing is allowed, nothing is; what was never sent is given back."""
    if state is State.HANDED_OVER:
        return
    left = 0 if state is State.DECLINED else Subscription.left_over + 1
    theirs = (Subscription.person_id == person_id, Subscription.template == template)
    told = update(Subscription).where(*theirs).values(left_over=left, changed_at=now)
    session().execute(told.execution_options(synchronize_session=False))


def refuse_all(person_id: str, template: str, *, now: datetime) -> None:
    """Note that somebody turned a message off in WeChat itself."""
    settle(person_id, template, State.DECLINED, now=now)


def _row(actor: Actor, name: str, now: datetime) -> Subscription:
    row = session().get(Subscription, (actor.id, name), with_for_update=True, populate_existing=True)
    if row is None:
        row = Subscription(person_id=actor.id, template=name, left_over=0, changed_at=now)
        session().add(row)
    return row


def _note(row: Subscription, *, is_allowed: bool, now: datetime) -> None:
    row.changed_at = now
    if is_allowed:
        row.left_over, row.refused_at = min(row.left_over + 1, ways.agreed().most_allowed), None
    else:
        row.refused_at = now


def _left(actor: Actor) -> Mapping[str, int]:
    asked = select(Subscription.template, Subscription.left_over).where(Subscription.person_id == actor.id)
    return {row.template: row.left_over for row in session().execute(asked)}
