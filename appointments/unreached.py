"""Whoever no message reaches is rung up by their county's centre (FEATURES G03)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from appointments import tasks
from appointments.tasks import Ask, TaskReason
from core import logs
from core.jobs import handles
from locator import agencies

BY_CALL = "消息没有送到，请打电话告诉：编号 {reference} 有新进展，可以登录查看。先确认是本人，不对别人说是什么事。"
TO_CALL = timedelta(days=1)


@handles("application.unreached")
def ring_up(payload: dict[str, Any], *, now: datetime) -> None:
    """Leave a task with the agency nearest to the case; where there is none, it is on the record of events alone."""
    known = agencies.agencies_for(payload["region"])
    if not known:
        logs.get("messages").warning("message.nobody_to_ring", region=payload["region"])
        return
    ask = Ask(
        station_id=known[0].station.id,
        reason=TaskReason.MESSAGE,
        subject=f"application:{payload['reference']}",
        key=f"unreached:{payload['reference']}:{now:%Y%m%d}",
        due_at=now + TO_CALL,
        phone=payload["phone"],
        note=BY_CALL.format(reference=payload["reference"]),
    )
    tasks.open(ask, now=now)
