"""The picture of a scene code: `GET /m/v1/scenes/<scene>.png`. Whoever holds a scene of ours may have it drawn.

It is the code of the mini-program, drawn by WeChat once and kept; where there is no mini-program, or WeChat does not
answer, it is a plain code of the portal that leads to the same.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime

import segno
from flask import Blueprint, Response

from core import logs, scenes, settings, storage
from core.crypto import fingerprint
from core.errors import NotFound, Unavailable
from core.scenes import SceneKind
from core.wechat import client
from core.wechat.faults import WechatFault
from mobile_api import counting

pages = Blueprint("scenes_drawn", __name__, url_prefix="/m/v1/scenes")

PAGE = "pages/scene/scene"  # of the mini-program
OWN = (SceneKind.DRAFT, SceneKind.DOOR)  # one person's, for a day: kept nowhere, and there is no end of them
KEPT = "public, max-age=86400"
FOR_NOW = "no-store"


@pages.get("/<written>.png")
def draw(written: str) -> Response:
    """Give the picture."""
    now = datetime.now(UTC)
    read = scenes.read(written)
    scene, is_own = read.written(), read.kind in OWN
    counting.count("paper_address", now=now)
    picture = _of_the_mini_program(scene, now, is_kept=not is_own) if client.is_on() else None
    answer = Response(picture or _plain(scene), content_type="image/png" if picture is None else _kind(picture))
    answer.headers["Cache-Control"] = KEPT if not is_own and (picture or not client.is_on()) else FOR_NOW
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def _of_the_mini_program(scene: str, now: datetime, *, is_kept: bool) -> bytes | None:
    given = settings.current()
    key = f"scenes/{fingerprint(f'{given.wechat_app_id}:{given.wechat_state}:{scene}'.encode())}"
    try:
        return storage.current().get(key)
    except NotFound:
        pass
    try:
        picture = client.wechat().picture_of(scene, PAGE, now=now)
    except (Unavailable, WechatFault) as fault:
        logs.get("wechat").warning("wechat.no_picture", fault=type(fault).__name__)
        return None
    if is_kept:
        storage.current().put(key, picture, _kind(picture))
    return picture


def _kind(picture: bytes) -> str:
    return "image/png" if picture.startswith(b"\x89PNG") else "image/jpeg"


def _plain(scene: str) -> bytes:
    drawn = io.BytesIO()
    segno.make_qr(f"{settings.current().public_url}/c/{scene}", error="m").save(drawn, kind="png", scale=8)
    return drawn.getvalue()
