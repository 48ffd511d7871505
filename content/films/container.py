"""The boxes of an MP4 file (ISO/IEC 14496-12): looked at, and freed of whatever is neither picture nor sound.

Nothing is decoded. Telephones write where and with what a film was made into boxes beside the picture; these are
blanked where they stand, so that every other address in the file stays right.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from core.errors import Problem, Rejected

MEGABYTE = 1_000_000
FILM_MEGABYTES = 30
FILM_BYTES = FILM_MEGABYTES * MEGABYTE
LONGEST_SECONDS = 1800
BRANDS = frozenset({b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"MSNV"})
PICTURE_CODECS, SOUND_CODECS = frozenset({b"avc1", b"avc3"}), frozenset({b"mp4a"})
HOLDS = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"dinf"})
NEEDED = HOLDS | {
    *(b"ftyp", b"mdat", b"mvhd", b"tkhd", b"mdhd", b"hdlr", b"vmhd", b"smhd", b"dref", b"elst", b"stsd", b"stts"),
    *(
        b"stss",
        b"ctts",
        b"cslg",
        b"stsc",
        b"stsz",
        b"stz2",
        b"stco",
        b"co64",
        b"sdtp",
        b"sbgp",
        b"sgpd",
        b"tref",
        b"iods",
    ),
}
MOST_BOXES, DEEPEST = 4_000, 8
HEAD, LONG_HEAD = 8, 16
FIELD = "file"


@dataclass(frozen=True, slots=True)
class Box:
    """A box: what it is, where it begins, where what it holds begins, and where it ends."""

    kind: bytes
    start: int
    inside: int
    end: int


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A film as it may be kept, and how long it is."""

    data: bytes
    seconds: int


def cleaned(data: bytes) -> Cleaned:
    """Give a film without what it tells besides; raise `Rejected` where it is none we can show everywhere."""
    if len(data) > FILM_BYTES:
        raise Rejected((Problem("film_too_big", FIELD, {"megabytes": FILM_MEGABYTES}),))
    try:
        return _Film(data).cleaned()
    except (ValueError, IndexError):
        raise Rejected((Problem("film_damaged", FIELD),)) from None


class _Film:
    """A film that is gone through once."""

    def __init__(self, data: bytes) -> None:
        self.data = bytearray(data)
        self.seen = 0
        self.seconds = 0
        self.pictures = 0

    def cleaned(self) -> Cleaned:
        top = list(self._boxes(0, len(self.data)))
        kinds = [box.kind for box in top]
        if not top or kinds[0] != b"ftyp" or not self._brands(top[0]) & BRANDS or b"moof" in kinds:
            raise Rejected((Problem("film_kind", FIELD),))
        if kinds.count(b"moov") != 1 or b"mdat" not in kinds:
            raise ValueError
        self._go_through(top, 0)
        if not self.pictures:
            raise Rejected((Problem("film_codec", FIELD),))
        if not 0 < self.seconds <= LONGEST_SECONDS:
            raise Rejected((Problem("film_too_long", FIELD, {"minutes": LONGEST_SECONDS // 60}),))
        return Cleaned(bytes(self.data), self.seconds)

    def _brands(self, box: Box) -> set[bytes]:
        said = bytes(self.data[box.inside : box.end])
        return {said[:4], *(said[at : at + 4] for at in range(8, len(said), 4))}

    def _boxes(self, at: int, end: int) -> Iterator[Box]:
        while at < end:
            self.seen += 1
            size, kind = int.from_bytes(self.data[at : at + 4], "big"), bytes(self.data[at + 4 : at + HEAD])
            head = HEAD
            if size == 1:
                size, head = int.from_bytes(self.data[at + HEAD : at + LONG_HEAD], "big"), LONG_HEAD
            elif size == 0:
                size = end - at
            if size < head or at + size > end or self.seen > MOST_BOXES:
                raise ValueError
            yield Box(kind, at, at + head, at + size)
            at += size

    def _go_through(self, boxes: list[Box], depth: int) -> None:
        if depth > DEEPEST:
            raise ValueError
        for box in boxes:
            if box.kind not in NEEDED:
                self._blank(box)
                continue
            if box.kind == b"trak":
                self._judge_track(box)
            if box.kind in HOLDS:
                self._go_through(list(self._boxes(box.inside, box.end)), depth + 1)
            elif box.kind == b"mvhd":
                self.seconds = self._length(box)

    def _blank(self, box: Box) -> None:
        """Make of a box free room of the same size."""
        self.data[box.start + 4 : box.start + HEAD] = b"free"
        self.data[box.inside : box.end] = bytes(box.end - box.inside)

    def _judge_track(self, track: Box) -> None:
        """Refuse what is neither picture nor sound (cameras write where they were), or of a kind not all can play."""
        handler = self._below(track, b"mdia", b"hdlr")
        kind = bytes(self.data[handler.inside + 8 : handler.inside + 12])
        if kind not in (b"vide", b"soun"):
            raise Rejected((Problem("film_tracks", FIELD),))
        entry = self._below(track, b"mdia", b"minf", b"stbl", b"stsd")
        codec = bytes(self.data[entry.inside + 12 : entry.inside + 16])
        if codec not in (PICTURE_CODECS if kind == b"vide" else SOUND_CODECS):
            raise Rejected((Problem("film_codec", FIELD),))
        self.pictures += kind == b"vide"

    def _below(self, box: Box, *kinds: bytes) -> Box:
        for kind in kinds:
            box = next((one for one in self._boxes(box.inside, box.end) if one.kind == kind), Box(b"", 0, 0, 0))
            if not box.kind:
                raise ValueError
        return box

    def _length(self, box: Box) -> int:
        """Read seconds off the head of the film; its version says how wide its figures are."""
        wide = 8 if self.data[box.inside] == 1 else 4
        at = box.inside + 4 + 2 * wide
        scale = int.from_bytes(self.data[at : at + 4], "big")
        if not scale or at + 4 + wide > box.end:
            raise ValueError
        return -(-int.from_bytes(self.data[at + 4 : at + 4 + wide], "big") // scale)
