"""A file that arrives chunk by chunk, over a line that breaks: each step may be done again (FEATURES E10, E08; WX-9).

A chunk is stored before its row is written, under a name made of its number and its content: doing it again writes
the same file. A crash between leaves a file no row knows, which `applications.sweeping` takes away (TRUST U5). What
has come together goes the way of any file: `uploads.prepare`, then `finish`, which writes its row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from applications import drafts, uploads
from applications.models.transfer import Transfer, TransferChunk
from applications.uploads import Prepared, Purpose
from core import storage
from core.crypto import fingerprint
from core.db import fresh_id, session
from core.errors import Conflict, Malformed, NotFound, Problem, Rejected, TooMany, checklist
from core.identity import Actor, Audience, open_to
from core.imaging import limits

FOLDER = "transfers/"
PLACES = 5  # files one person may have on their way: at most fifty megabytes of our disk (TRUST U4)
LIFE = timedelta(days=3)
SMALLEST_CHUNK, USUAL_CHUNK, LARGEST_CHUNK = 16 << 10, 128 << 10, 1 << 20  # at 2G speed 16 KB are six seconds
SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to send. `draft_id` and `item` say what it is to stand for, once it is here."""

    name: str
    size: int
    sha256: str
    purpose: Purpose = Purpose.EVIDENCE
    chunk_size: int = USUAL_CHUNK
    draft_id: str | None = None
    item: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a transfer is."""

    transfer: Transfer
    stored: tuple[tuple[int, str], ...]  # number and content of each chunk that is here

    @property
    def chunks(self) -> int:
        """Count the chunks of the whole file."""
        return -(-self.transfer.size // self.transfer.chunk_size)

    @property
    def missing(self) -> list[int]:
        """Number the chunks that are still to be sent; none where the file is here."""
        here = {number for number, _ in self.stored}
        return [] if self.transfer.upload_id else [one for one in range(self.chunks) if one not in here]

    @property
    def keys(self) -> list[str]:
        """Name the stored files, in order."""
        return [key_of(self.transfer.id, number, sha256) for number, sha256 in self.stored]

    def size_of(self, number: int) -> int:
        """Say how long a chunk is: all are alike but the last. Raises `Malformed` where there is no such chunk."""
        if not 0 <= number < self.chunks:
            raise Malformed("chunk_unknown", chunks=self.chunks)
        return min(self.transfer.chunk_size, self.transfer.size - number * self.transfer.chunk_size)


def key_of(transfer_id: str, number: int, sha256: str) -> str:
    """Name the file of a chunk by what it is."""
    return f"{FOLDER}{transfer_id}/{number}-{sha256[:32]}"


@open_to(Audience.SIGNED_IN)
def begin(actor: Actor, wish: Wish, *, now: datetime) -> Transfer:
    """Begin a transfer. What would be refused at the end is refused now, before anything was sent in vain."""
    _judge(wish)
    uploads.allow(actor, now=now)
    if wish.draft_id is not None:
        drafts.judge_paper(actor, wish.draft_id, wish.item or "", now=now)
    transfer = Transfer(
        id=fresh_id(),
        owner_id=actor.id,
        place=_free_place(actor),
        purpose=wish.purpose.value,
        name=uploads.shown_name(wish.name),
        size=wish.size,
        sha256=wish.sha256,
        chunk_size=min(max(wish.chunk_size, SMALLEST_CHUNK), LARGEST_CHUNK),
        draft_id=wish.draft_id,
        item=wish.item if wish.draft_id else None,
        begun_at=now,
        expires_at=now + LIFE,
    )
    session().add(transfer)
    session().flush()
    return transfer


@open_to(Audience.SIGNED_IN)
def standing(actor: Actor, transfer_id: str, *, now: datetime) -> Standing:
    """Say how far a transfer of one's own is; another's, one that is over, and none are the same: not found."""
    return _standing(_mine(actor, transfer_id, now))


@open_to(Audience.SIGNED_IN)
def awaited(actor: Actor, transfer_id: str, number: int, data: bytes, *, now: datetime) -> str | None:
    """Give the name to store a chunk under, or nothing where it is here already.

    Raises `Malformed` for one that is no chunk of this file, `Conflict` where another one came by its number.
    """
    found = standing(actor, transfer_id, now=now)
    if len(data) != found.size_of(number):
        raise Malformed("chunk_size", bytes=found.size_of(number))
    sha256 = fingerprint(data)
    if found.transfer.upload_id or _is_stored(dict(found.stored).get(number), sha256):
        return None
    return key_of(found.transfer.id, number, sha256)


@open_to(Audience.SIGNED_IN)
def note(actor: Actor, transfer_id: str, number: int, sha256: str, *, now: datetime) -> bool:
    """Write down that a chunk is stored; say whether it is needed: not where the file has come together meanwhile."""
    transfer = _mine(actor, transfer_id, now, to_change=True)
    if transfer.upload_id:
        return False
    here = session().get(TransferChunk, (transfer.id, number))
    if not _is_stored(here.sha256 if here else None, sha256):
        session().add(TransferChunk(transfer_id=transfer.id, number=number, sha256=sha256))
        session().flush()
    return True


@open_to(Audience.SIGNED_IN)
def whole(_actor: Actor, found: Standing) -> bytes:
    """Put a file together and see that it is what was announced. Outside any unit of work."""
    if found.missing:
        raise Conflict("chunks_missing", chunks=len(found.missing))
    data = b"".join(storage.current().get(key) for key in found.keys)
    if fingerprint(data) != found.transfer.sha256:
        raise Rejected((Problem("file_changed_on_the_way", "file"),))
    return data


@open_to(Audience.SIGNED_IN)
def finish(actor: Actor, transfer_id: str, prepared: Prepared, *, now: datetime) -> str:
    """Make an upload of a stored file, put it where it was meant for, and give its token: the first one's, if done."""
    transfer = _mine(actor, transfer_id, now, to_change=True)
    if transfer.upload_id is None:
        upload = uploads.record(actor, prepared, transfer.name, now=now)
        session().flush()
        if transfer.draft_id and transfer.item:
            drafts.attach(actor, transfer.draft_id, upload.id, item=transfer.item, now=now)
        transfer.upload_id, transfer.place = upload.id, None
        _forget_chunks([transfer.id])
    return str(transfer.upload_id)


@open_to(Audience.SIGNED_IN)
def cancel(actor: Actor, transfer_id: str, *, now: datetime) -> list[str]:
    """Forget a transfer; give the names of what was stored. One that has become an upload stays one."""
    try:
        transfer = _mine(actor, transfer_id, now, to_change=True)
    except NotFound:
        return []
    if transfer.upload_id:
        return []
    keys = _standing(transfer).keys
    _forget_chunks([transfer.id])
    session().delete(transfer)
    return keys


def forget_expired(now: datetime) -> int:
    """Forget transfers whose time is up; give how many. Their files are known to nobody then, and swept."""
    over = list(session().scalars(select(Transfer.id).where(Transfer.expires_at <= now)))
    _forget_chunks(over)
    session().execute(delete(Transfer).where(Transfer.id.in_(over)))
    return len(over)


def known() -> set[str]:
    """Name every stored chunk that is still needed."""
    rows = session().execute(select(TransferChunk.transfer_id, TransferChunk.number, TransferChunk.sha256))
    return {key_of(*row) for row in rows}


def _judge(wish: Wish) -> None:
    if not SHA256.fullmatch(wish.sha256) or (wish.draft_id is None) != (wish.item is None):
        raise Malformed("transfer_malformed")
    with checklist() as check:
        check.require(wish.size > 0, "file_empty", "file")
        check.require(wish.size <= limits.FILE_BYTES, "file_too_big", "file", megabytes=limits.FILE_MEGABYTES)


def _free_place(actor: Actor) -> int:
    taken = set(session().scalars(select(Transfer.place).where(Transfer.owner_id == actor.id)))
    free = next((place for place in range(PLACES) if place not in taken), None)
    if free is None:
        raise TooMany("transfers_open", limit=PLACES)
    return free


def _mine(actor: Actor, transfer_id: str, now: datetime, *, to_change: bool = False) -> Transfer:
    wanted = select(Transfer).where(Transfer.id == transfer_id, Transfer.owner_id == actor.id)
    wanted = wanted.where(Transfer.expires_at > now)
    found = session().scalars(wanted.with_for_update() if to_change else wanted).one_or_none()
    if found is None:
        raise NotFound
    return found


def _standing(transfer: Transfer) -> Standing:
    stored = select(TransferChunk.number, TransferChunk.sha256).where(TransferChunk.transfer_id == transfer.id)
    rows = session().execute(stored.order_by(TransferChunk.number))
    return Standing(transfer, tuple((number, sha256) for number, sha256 in rows))


def _is_stored(here: str | None, sha256: str) -> bool:
    if here not in (None, sha256):
        raise Conflict("chunk_differs")
    return here is not None


def _forget_chunks(transfers: Sequence[str]) -> None:
    session().execute(delete(TransferChunk).where(TransferChunk.transfer_id.in_(transfers)))
