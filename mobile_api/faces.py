"""Pictures of those who visit people at home, taken in from staff of their region (FEATURES B12)."""

from __future__ import annotations

from werkzeug.datastructures import FileStorage

from appointments.doorstep import faces
from core.db import keep, reading
from core.errors import Problem, Rejected
from core.imaging import limits
from mobile_api.viewing import Viewer


def receive(viewer: Viewer, worker: str, given: FileStorage | None) -> None:
    """Take a picture in, for a page, outside any unit of work.

    Raises `Rejected` with what to put right, `Unavailable` where scanner or decoders are away.
    """
    with reading():
        faces.allow(viewer.actor, worker)
    if given is None or not given.filename:
        raise Rejected((Problem("file_missing", "photo"),))
    picture = faces.prepare(viewer.actor, given.stream.read(limits.FILE_BYTES + 1))
    keep(lambda: faces.show(viewer.actor, worker, picture, now=viewer.now))
