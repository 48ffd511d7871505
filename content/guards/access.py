"""Everybody can use the page: pictures described, headings in order, links and tables that speak (FEATURES D12)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from markdown_it.token import Token

from content.guards.finding import Finding, Weight
from content.markdown.reading import READER, said

SAYS_NOTHING = {
    "这里",
    "点这里",
    "点击这里",
    "此处",
    "点击",
    "更多",
    "查看",
    "链接",
    "详情",
    "点击查看",
    "戳这里",
    "here",
}
PICTURES = {".jpg", ".jpeg", ".png", ".gif", ".webp", ".heic", ".bmp"}
LONGEST_ALT = 120
FIRST_LEVEL, LAST_LEVEL = 2, 4


def examine(field: str, text: str) -> list[Finding]:
    """Find what would shut somebody out."""
    blocks = READER.parse(text)
    return [*_headings(field, blocks), *_tables(field, blocks), *_inline(field, blocks)]


def _at(field: str, block: Token, code: str, passage: str, weight: Weight = Weight.STOPS) -> Finding:
    return Finding(code, weight, field, (block.map or [0])[0] + 1, passage=passage)


def _headings(field: str, blocks: Sequence[Token]) -> Iterator[Finding]:
    level = FIRST_LEVEL - 1
    for place, block in enumerate(blocks):
        if block.type != "heading_open":
            continue
        here, words = int(block.tag[1]), blocks[place + 1].content
        if not words.strip():
            yield _at(field, block, "guard_heading_empty", "#" * here)
        elif here < FIRST_LEVEL:
            yield _at(field, block, "guard_heading_first", words)
        elif here > level + 1 or here > LAST_LEVEL:
            yield _at(field, block, "guard_heading_order", words)
        level = max(here, FIRST_LEVEL)


def _tables(field: str, blocks: Sequence[Token]) -> Iterator[Finding]:
    for place, block in enumerate(blocks):
        if block.type == "thead_open":
            end = next(i for i in range(place, len(blocks)) if blocks[i].type == "thead_close")
            heads = [one.content.strip() for one in blocks[place:end] if one.type == "inline"]
            if not all(heads):
                yield _at(field, block, "guard_table_head", " | ".join(heads))


def _inline(field: str, blocks: Sequence[Token]) -> Iterator[Finding]:
    for block in blocks:
        words = None
        for child in block.children or ():
            if child.type == "image":
                yield from _picture(field, block, said(child))
            if child.type == "link_open":
                words = ""
            elif child.type == "link_close":
                yield from _link(field, block, (words or "").strip())
                words = None
            elif words is not None:
                words += said(child)


def _picture(field: str, block: Token, alt: str) -> Iterator[Finding]:
    if not alt.strip():
        yield _at(field, block, "guard_alt_missing", block.content[:LONGEST_ALT])
    elif PurePath(alt.strip().lower()).suffix in PICTURES or re.fullmatch(
        r"(?i)img[_\-\d]*|图片?\d*|照片\d*", alt.strip()
    ):
        yield _at(field, block, "guard_alt_says_nothing", alt)
    elif len(alt) > LONGEST_ALT:
        yield _at(field, block, "guard_alt_long", alt, Weight.ADVISES)


def _link(field: str, block: Token, words: str) -> Iterator[Finding]:
    if not words:
        yield _at(field, block, "guard_link_empty", block.content[:LONGEST_ALT])
    elif words.lower().strip("。.!！>》›→ ") in SAYS_NOTHING or words.startswith(("http://", "https://", "www.")):
        yield _at(field, block, "guard_link_text", words)
