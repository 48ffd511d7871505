"""Drawing what was read: headings below the title, tables that scroll, our pictures, hard words explained."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any, cast
from urllib.parse import urlsplit

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from content.markdown.cleaning import cleaned
from content.markdown.reading import PICTURE, READER, said

HIGHEST, LOWEST = 2, 4  # the title of the page is the first heading
TABLE_LABEL = "表格，可以左右滑动"
WIDTHS = "(max-width: 48rem) 100vw, 45rem"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of our library as a page needs it: files of each format, the plainest last."""

    src: str
    alt: str
    width: int
    height: int
    sources: Mapping[str, str] = field(default_factory=dict)  # MIME type → srcset


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a text, for its table of contents."""

    id: str
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """A text as a page shows it."""

    html: str
    headings: Sequence[Heading]
    terms: Sequence[str]


@dataclass(frozen=True, slots=True)
class Aids:
    """What a text may draw on: pictures by id, words that are explained (word → id)."""

    pictures: Mapping[str, Picture] = field(default_factory=dict)
    terms: Mapping[str, str] = field(default_factory=dict)


NOTHING = Aids()


def render(source: str, aids: Aids = NOTHING) -> Rendered:
    """Make HTML of a text; the first use of a hard word leads to what it means."""
    tokens = READER.parse(source)
    headings = _outline(tokens)
    used = _explain(tokens, aids.terms)
    html = READER.renderer.render(tokens, READER.options, {"pictures": aids.pictures})
    return Rendered(html=cleaned(html), headings=headings, terms=used)


def _outline(tokens: Sequence[Token]) -> list[Heading]:
    """Give each heading a number, and keep them between the second and the fourth level."""
    found: list[Heading] = []
    for token, inline, close in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if token.type == "heading_open":
            level = min(max(int(token.tag[1]), HIGHEST), LOWEST)
            token.tag = close.tag = f"h{level}"
            heading = Heading(f"part-{len(found) + 1}", level, "".join(said(one) for one in inline.children or ()))
            token.attrSet("id", heading.id)
            found.append(heading)
    return found


def _explain(tokens: Sequence[Token], terms: Mapping[str, str]) -> list[str]:
    """Lead the first use of each hard word to what it means; not in headings and links."""
    left, used = dict(terms), []
    longest_first = sorted(left, key=len, reverse=True)
    heading = False
    for block in tokens:
        heading = block.type == "heading_open" or (heading and block.type != "heading_close")
        if block.type != "inline" or heading or not left:
            continue
        block.children, found = _with_terms(block.children or [], [one for one in longest_first if one in left], terms)
        for word in found:
            left.pop(word)
            used.append(word)
    return used


def _with_terms(children: list[Token], words: Sequence[str], terms: Mapping[str, str]) -> tuple[list[Token], list[str]]:
    made: list[Token] = []
    found: list[str] = []
    inside = 0
    for child in children:
        inside += {"link_open": 1, "link_close": -1}.get(child.type, 0)
        if child.type != "text" or inside:
            made.append(child)
            continue
        pattern = "|".join(map(re.escape, (one for one in words if one not in found)))
        for place, piece in enumerate(re.split(f"({pattern})", child.content) if pattern else [child.content]):
            is_word = bool(place % 2) and piece not in found
            if is_word:
                found.append(piece)
            made.append(_term(piece, terms[piece]) if is_word else _text(piece))
    return made, found


def _text(words: str) -> Token:
    return Token("text", "", 0, content=words)


def _term(word: str, which: str) -> Token:
    return Token("term", "", 0, content=word, meta={"id": which})


def _draw_term(tokens: Sequence[Token], at: int, _options: Any, _env: Any) -> str:
    word, which = tokens[at].content, escape(tokens[at].meta["id"])
    return f'<a class="term" id="use-{which}" href="#term-{which}">{escape(word)}</a>'


def _draw_image(tokens: Sequence[Token], at: int, _options: Any, env: Any) -> str:
    token = tokens[at]
    picture = env["pictures"].get(str(token.attrs.get("src", "")).removeprefix(PICTURE))
    alt = escape(token.content or (picture.alt if picture else ""))
    if picture is None:
        return f"<em>（图片：{alt}）</em>"
    sources = "".join(
        f'<source type="{escape(kind)}" srcset="{escape(files)}" sizes="{WIDTHS}">'
        for kind, files in picture.sources.items()
    )
    size = f'width="{picture.width}" height="{picture.height}"'
    return f'<picture>{sources}<img src="{escape(picture.src)}" alt="{alt}" {size} loading="lazy"></picture>'


def _draw_link(tokens: Sequence[Token], at: int, _options: Any, _env: Any) -> str:
    href = str(tokens[at].attrs.get("href", ""))
    rel = ' rel="noopener noreferrer external"' if urlsplit(href).netloc else ""
    return f'<a href="{escape(href)}"{rel}>'


_RULES: dict[str, Any] = {
    "term": _draw_term,
    "image": _draw_image,
    "link_open": _draw_link,
    "table_open": lambda *_: f'<div class="scroll" role="region" tabindex="0" aria-label="{TABLE_LABEL}"><table>',
    "table_close": lambda *_: "</table></div>\n",
    "th_open": lambda *_: '<th scope="col">',
}
cast("RendererHTML", READER.renderer).rules.update(_RULES)
