"""What WeChat tells us of its messages: somebody turned one off, or one did not arrive after all (WX-4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from accounts import wechat
from core import logs, settings
from core.jobs import handles
from messages import subscriptions

TURNED_OFF = "subscribe_msg_change_event"
SENT = "subscribe_msg_sent_event"


@handles("wechat.pushed")
def heed(payload: dict[str, Any], *, now: datetime) -> None:
    """Note that somebody turned a message off in WeChat itself.

    What somebody allowed is not counted here: their mini-program says so too, and one tap is one message.
    """
    said = payload["said"]
    event = str(said.get("Event", ""))
    person_id = wechat.person_of(str(said.get("FromUserName", "")))
    for one in _told(said):
        name = _name(str(one.get("TemplateId", "")))
        if event == TURNED_OFF and one.get("SubscribeStatusString") == "reject" and person_id and name:
            subscriptions.refuse_all(person_id, name, now=now)
        if event == SENT and str(one.get("ErrorCode", "0")) != "0":
            logs.get("wechat").warning("wechat.not_arrived", number=str(one["ErrorCode"])[:20], template=name)


def _told(said: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Give what an event tells of each message: one comes alone, several in a list."""
    found = said.get("List", [])
    yield from (one for one in (found if isinstance(found, list) else [found]) if isinstance(one, dict))


def _name(template: str) -> str:
    """Say what we call a template."""
    return next((name for name, id_ in settings.current().wechat_templates.items() if id_ == template), "")
