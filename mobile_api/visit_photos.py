"""Photographs of papers, taken in from those who visit people at home (FEATURES B11)."""

from __future__ import annotations

from werkzeug.datastructures import FileStorage

from appointments.doorstep import photos
from core.db import keep
from core.errors import Problem, Rejected
from core.imaging import limits
from mobile_api.viewing import Viewer


def receive(viewer: Viewer, visit: str, key: str, given: FileStorage | None) -> None:
    """Take a photograph in, for a page; it is decoded outside any unit of work. The same key again changes nothing.

    Raises `Rejected` with what to put right, `Unavailable` where scanner or decoders are away.
    """
    if keep(lambda: photos.allow(viewer.actor, visit, key, now=viewer.now)):
        return
    if given is None or not given.filename:
        raise Rejected((Problem("file_missing", "photo"),))
    picture = photos.prepare(viewer.actor, given.stream.read(limits.FILE_BYTES + 1))
    keep(lambda: photos.keep(viewer.actor, visit, key, picture, now=viewer.now))
