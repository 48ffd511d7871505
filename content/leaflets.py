"""Leaflets of a page, A4 or A5, in large type, with the office people live near (FEATURES D17, LAL 10)."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, ClassVar

import segno
from markdown_it.token import Token

from content import reading
from content.markdown.reading import READER, said
from core import paper, settings
from core.calendar import china_day
from core.identity import Actor, Audience, open_to

FOLDER = Path(__file__).parent / "papers"
POSTER_DOTS = 72  # an inch: 900 by 1,200 points become as many dots
NOBODY = {"name": "全国法律援助热线", "address": "", "hours": "", "phone": "12348", "demo": ""}
SIZES = {"a4": (22, 20, 18, 16, 15, 14, 13, 12), "a5": (16, 15, 14, 13, 12, 11)}  # points, the first that fits
LINE = "line"


class Paper(StrEnum):
    """What it is printed on."""

    A4 = "a4"
    A5 = "a5"


@open_to(Audience.ANYONE)
def content(actor: Actor, slug: str, which: Paper, place: Mapping[str, str] | None, *, now: datetime) -> dict[str, Any]:
    """Say all that stands on a leaflet. `place` is the office, in words; without one it is the hotline."""
    del actor
    card = reading.find(slug, now=now)
    link = page_link(card.slug)
    return {
        "title": card.title,
        "summary": card.summary,
        "parts": parts(card.body),
        "paper": which.value,
        "sizes": SIZES[which.value],
        "place": dict(place or NOBODY),
        "link": link,
        "qr": drawn(link),
        "is_sample": card.is_sample,
        "on": f"{china_day(now):%Y年%-m月%-d日}",
    }


def as_pdf(said_: Mapping[str, Any]) -> bytes:
    """Set a leaflet as PDF. Call it outside any unit of work."""
    return paper.as_pdf(FOLDER / "leaflet.typ", "leaflet", said_)


def as_poster(said_: Mapping[str, Any]) -> bytes:
    """Draw a poster to send to friends, of what a leaflet says (FEATURES D23). Outside any unit of work."""
    shown = {name: said_[name] for name in ("title", "summary", "place", "qr", "link", "is_sample")}
    return paper.as_png(FOLDER / "poster.typ", "poster", shown, dots=POSTER_DOTS)


def page_link(slug: str) -> str:
    """Give the address of a page."""
    return f"{settings.current().public_url}/learn/{slug}"


def drawn(address: str) -> str:
    """Draw an address so that it is read off a folded sheet."""
    picture = io.BytesIO()
    segno.make_qr(address, error="q").save(picture, kind="svg", border=2, xmldecl=False)
    return picture.getvalue().decode()


def parts(body: str) -> Sequence[dict[str, Any]]:
    """Give the text of a page as a leaflet has it: headings, steps, items, and rows of tables as lines."""
    return _Reading().read(body)


class _Reading:
    """Walks over a text and notes its lines."""

    def __init__(self) -> None:
        self.made: list[dict[str, Any]] = []
        self.kind = LINE
        self.lists: list[list[Any]] = []  # the kind of list, and how far it has come
        self.cells: list[str] = []

    def read(self, body: str) -> Sequence[dict[str, Any]]:
        for token in READER.parse(body):
            step = self.STEPS.get(token.type)
            if step is not None:
                step(self, token)
        return self.made

    def _heading(self, _token: Token) -> None:
        self.kind = "heading"

    def _list(self, token: Token) -> None:
        self.lists.append(["step" if token.type.startswith("ordered") else "item", 0])

    def _list_ends(self, _token: Token) -> None:
        self.lists.pop()

    def _item(self, _token: Token) -> None:
        self.lists[-1][1] += 1
        self.kind = self.lists[-1][0]

    def _row(self, _token: Token) -> None:
        self.cells, self.kind = [], "cell"

    def _row_ends(self, _token: Token) -> None:
        first, *rest = self.cells
        self.made.append({"kind": "item", "words": f"{first}：{'，'.join(rest)}" if rest else first})
        self.kind = LINE

    def _words(self, token: Token) -> None:
        words = "".join(said(one) for one in token.children or ())
        if self.kind == "cell":
            self.cells.append(words)
            return
        self.made.append({"kind": self.kind, "words": words, "number": self.lists[-1][1] if self.lists else 0})
        self.kind = LINE

    STEPS: ClassVar[Mapping[str, Callable[[_Reading, Token], None]]] = {
        "heading_open": _heading,
        "ordered_list_open": _list,
        "bullet_list_open": _list,
        "ordered_list_close": _list_ends,
        "bullet_list_close": _list_ends,
        "list_item_open": _item,
        "tr_open": _row,
        "tr_close": _row_ends,
        "inline": _words,
    }
