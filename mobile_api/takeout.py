"""All that is held about somebody, for them to take away: words as JSON, letters as PDF, files as they are (G08).

POST /m/v1/me/takeout.
"""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import IO, Any

from flask import Blueprint, Response

import accounts.takeout
import applications.takeout
import appointments.takeout
from applications import letters
from applications.takeout import Taken
from core import storage
from core.calendar import CHINA
from core.db import keep, reading
from mobile_api import viewing
from mobile_api.viewing import Viewer

pages = Blueprint("takeout", __name__, url_prefix="/m/v1")

IN_MEMORY = 8_000_000
PIECE = 65_536
READ_ME = """这里是法律援助服务保存的、关于您的全部信息。

我的信息.json：账户、设备、同意过什么、申请、经过、预约。日期都是北京时间。
文书：发给您的每一份文书（PDF）。
材料：您交的每一份材料。

里面有您的证件号码和您的事情，请收好，用完删掉。有疑问请拨打 12348。
"""


@pages.post("/me/takeout")
def post() -> Response:
    """Give everything to whoever it is about."""
    viewer = viewing.viewer()
    viewing.judge_origin()
    return give(viewer)


def give(viewer: Viewer) -> Response:
    """Put everything into one file. Portal pages call it too, outside any unit of work.

    Raises `TooMany` where it was done too often. Letters are set and files read while nothing is locked.
    """
    keep(lambda: accounts.takeout.begin(viewer.actor, now=viewer.now))
    with reading():
        said = accounts.takeout.mine(viewer.actor) | appointments.takeout.mine(viewer.actor)
        taken = applications.takeout.mine(viewer.actor)
    packed = _packed(viewer, said | taken.said, taken)
    answer = Response(_pieces(packed), content_type="application/zip", direct_passthrough=True)
    answer.headers["Content-Disposition"] = f'attachment; filename="rufa-{viewer.now.astimezone(CHINA):%Y%m%d}.zip"'
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def _packed(viewer: Viewer, said: dict[str, Any], taken: Taken) -> IO[bytes]:
    into = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  # closed when it has been sent
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("请先读.txt", READ_ME)
        whole = {"taken_at": viewer.now, **said}
        file.writestr("我的信息.json", json.dumps(whole, ensure_ascii=False, indent=2, default=_written))
        for number, letter in enumerate(taken.letters, start=1):
            file.writestr(f"文书/{number:03}-{letter.title}.pdf", letters.as_pdf(letter))
        for one in taken.files:
            file.writestr(f"材料/{one.name}", storage.current().get(one.key), zipfile.ZIP_STORED)
    into.seek(0)
    return into


def _pieces(packed: IO[bytes]) -> Iterator[bytes]:
    with packed:
        while piece := packed.read(PIECE):
            yield piece


def _written(value: object) -> str:
    """Write moments as people here read them, and days as days."""
    if isinstance(value, datetime):
        return value.astimezone(CHINA).isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date) else str(value)
