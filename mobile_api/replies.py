"""Texts people send back, pushed by the SMS gateway: `POST /m/v1/sms/replies`; done as errands, each once."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, Response, request

from core import outbox, sms_replies
from core.db import keep
from core.sms_replies import Reply

pages = Blueprint("replies", __name__, url_prefix="/m/v1/sms")

LONGEST_KEY = 120


@pages.post("/replies")
def take() -> Response:
    """Take a reply in. The same push again is thanked for again, and changes nothing."""
    now = datetime.now(UTC)
    reply = sms_replies.reader().read(dict(request.headers), request.get_data(), now=now)
    keep(lambda: _leave(reply, now))
    return Response(status=204)


def _leave(reply: Reply, now: datetime) -> None:
    key = f"sms.replied:{reply.id}"[:LONGEST_KEY]
    outbox.put_once("sms.replied", due_at=now, key=key, phone=reply.phone, text=reply.text)
