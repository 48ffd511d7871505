"""Errands of the wait list: texts and calls that tell of an offer, and forgetting (P1, P6)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update

from appointments import jobs, tasks
from appointments.models.waiting import Waiting, WaitingOffer
from appointments.orders import Reach
from appointments.tasks import Ask, TaskReason
from core import settings, sms
from core.calendar import china_day
from core.db import session
from core.jobs import handles, recurs

ON_THE_LIST = "已为您登记等候。有空出来的时间，会发短信问您。查看或退出：{address}"
OFFERED = "有空出来的时间：{when}，为您留到 {until}。要或不要，请点：{address}"
OVER = "等候登记已结束。需要再约，请点：{address} 或打 12348。"
BY_CALL = "请打电话问：{when} 这个时间要不要，留到 {until}。在“等候的人”里替对方答复。"


@handles("waiting.told")
def tell(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001  # the shape of a handler
    """Tell somebody that they are on the list, or that they were taken off it; whoever went off is told nothing."""
    found = session().get_one(Waiting, payload["waiting"])
    words = {"waiting": ON_THE_LIST, "over": OVER}.get(found.state)
    if words is not None:
        sms.send(found.phone, words.format(address=address(found.link)))


@handles("waiting.offered")
def tell_offer(payload: dict[str, Any], *, now: datetime) -> None:
    """Tell of an offer that still stands: by text, or have somebody ring who asked to be called."""
    offer = session().get_one(WaitingOffer, payload["offer"])
    if offer.state != "open":
        return
    found = session().get_one(Waiting, offer.waiting_id)
    told = {"when": jobs.said(offer.starts_at), "until": jobs.said(offer.until)}
    if found.reach == Reach.CALL:
        ask = Ask(
            station_id=found.station_id,
            reason=TaskReason.OFFER,
            subject=f"waiting:{found.id}",
            key=f"offer:{offer.id}",
            due_at=offer.until,
            name=found.name,
            phone=found.phone,
            note=BY_CALL.format(**told),
        )
        tasks.open(ask, now=now)
    else:
        sms.send(found.phone, OFFERED.format(**told, address=address(found.link)))


@recurs("waiting.swept", every=timedelta(days=1))
def sweep(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001  # the shape of a handler
    """Take off the list whose days have passed, and forget who it was half a year later (P6)."""
    today = china_day(now)
    passed = (Waiting.state == "waiting", Waiting.last_on < today)
    session().execute(update(Waiting).where(*passed).values(state="over", changed_at=now))
    long_ago = (Waiting.last_on < today - jobs.KEPT, Waiting.phone_index != "")
    unknown: dict[str, Any] = {"name": "", "phone": "", "needs": [], "phone_index": "", "person_id": None}
    session().execute(update(Waiting).where(*long_ago).values(**unknown))


def address(link: str) -> str:
    """Give the address of a personal link of the list."""
    return f"{settings.current().public_url}/visits/waiting/{link}"
