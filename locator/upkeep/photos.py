"""An office shows what its entrance looks like: a photograph is made anew, described, and approved by somebody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from core import imaging, scanning
from core.db import fresh_id, session
from core.errors import Conflict, TooMany, checklist
from core.identity import Actor, Permission, open_to
from locator import keeping, pictures
from locator.kinds import RESTRICTED
from locator.models import ChangeSet, VenuePhoto
from locator.upkeep import edits

A_DAY = timedelta(days=1)
MOST_A_DAY = 100
SHORTEST_ALT, LONGEST_ALT = 4, 100
FIELD = "photo"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A photograph that lies in the storage and waits for its row."""

    id: str
    width: int
    height: int


@open_to(Permission.DIRECTORY_EDIT)
def allow(actor: Actor, code: str, alt: str, *, now: datetime) -> None:
    """Let the actor show a place they keep, or say why not; nothing is decoded before this."""
    if keeping.kept(actor, code).kind in RESTRICTED:
        raise Conflict("photo_not_here")
    with checklist() as check:
        check.require(len(alt.strip()) >= SHORTEST_ALT, "photo_alt_missing", "alt")
        check.require(len(alt) <= LONGEST_ALT, "text_too_long", "alt", limit=LONGEST_ALT, length=len(alt))
    mine = (VenuePhoto.uploaded_by == actor.id, VenuePhoto.uploaded_at > now - A_DAY)
    if (session().scalar(select(func.count()).select_from(VenuePhoto).where(*mine)) or 0) >= MOST_A_DAY:
        raise TooMany("photo_quota", files=MOST_A_DAY)


@open_to(Permission.DIRECTORY_EDIT)
def prepare(_actor: Actor, data: bytes) -> Prepared:
    """Scan a photograph, make it anew and store it. Outside any unit of work: it takes its time."""
    scanning.refuse_infected(data, FIELD)
    made = imaging.pictures(data)
    photo = Prepared(fresh_id(), made.width, made.height)
    pictures.store(photo.id, made)
    return photo


@open_to(Permission.DIRECTORY_EDIT)
def propose(actor: Actor, code: str, prepared: Prepared, *, alt: str, now: datetime) -> ChangeSet:
    """Propose that a place shows a photograph that is stored."""
    allow(actor, code, alt, now=now)
    photo = VenuePhoto(
        id=prepared.id,
        width=prepared.width,
        height=prepared.height,
        uploaded_by=str(actor.id),
        uploaded_at=now,
    )
    laid = edits.show(actor, code, pictures.written(photo), alt.strip(), now=now)
    photo.set_id = laid.id
    session().add(photo)
    session().flush()
    return laid


@open_to(Permission.DIRECTORY_EDIT)
def propose_none(actor: Actor, code: str, *, now: datetime) -> ChangeSet:
    """Propose that a place shows no photograph any more."""
    return edits.show(actor, code, None, "", now=now)
