"""What WeChat pushes: `GET` and `POST /m/v1/wechat/push`; done as errands, each once, however often it is pushed."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, Response, request

from core import outbox
from core.db import keep
from core.wechat.pushes import pushes

pages = Blueprint("wechat", __name__, url_prefix="/m/v1/wechat")

DONE = "success"  # any other answer, and WeChat pushes it again


@pages.get("/push")
def echo() -> Response:
    """Say that we are there."""
    return Response(pushes().echo(request.args), content_type="text/plain; charset=utf-8")


@pages.post("/push")
def take() -> Response:
    """Take a push in."""
    now = datetime.now(UTC)
    name, said = pushes().read(request.args, request.get_data(), now=now)
    keep(lambda: outbox.put_once("wechat.pushed", due_at=now, key=f"wechat.pushed:{name}", said=dict(said)))
    return Response(DONE, content_type="text/plain")
