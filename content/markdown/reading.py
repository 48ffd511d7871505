"""Reading what editors write: what is in it, and what must not be."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from content.markdown.cleaning import may_lead

PICTURE = "picture:"
UNSEEN = {"Cc", "Cf", "Co", "Cs"}  # controls, marks that turn the direction of writing, private signs


def tidy(source: str) -> str:
    """Take out what nobody can see, and make line ends one: what is kept is what was read."""
    lines = source.replace("\r\n", "\n").replace("\r", "\n")
    seen = "".join(c for c in lines if c in "\n\t" or unicodedata.category(c) not in UNSEEN)
    return unicodedata.normalize("NFC", seen)


def faults(source: str, pictures: Callable[[str], bool] = lambda _: True) -> list[str]:
    """Say what a text must not hold, by code, each once: HTML, dangerous addresses, pictures not of our library."""
    is_html = any(token.type in ("html_block", "html_inline") for token in _all(_HTML.parse(source)))
    codes = ["markdown_html"] if is_html else []
    tokens = list(_all(_ADDRESSES.parse(source)))
    leads = [str(token.attrs.get("href", "")) for token in tokens if token.type == "link_open"]
    if any(not may_lead(one) for one in leads):
        codes.append("markdown_link")
    shown = [str(token.attrs.get("src", "")) for token in tokens if token.type == "image"]
    if any(not one.startswith(PICTURE) or not pictures(one.removeprefix(PICTURE)) for one in shown):
        codes.append("markdown_picture")
    return codes


def picture_ids(source: str) -> list[str]:
    """Name the pictures a text shows, in order."""
    shown = [str(token.attrs.get("src", "")) for token in _all(READER.parse(source)) if token.type == "image"]
    return [one.removeprefix(PICTURE) for one in dict.fromkeys(shown) if one.startswith(PICTURE)]


def links(source: str) -> list[tuple[str, str]]:
    """Give the links of a text: what they say and where they lead."""
    found: list[tuple[str, str]] = []
    href = None
    for token in _all(READER.parse(source)):
        if token.type == "link_open":
            href, words = str(token.attrs.get("href", "")), ""
        elif token.type == "link_close" and href is not None:
            found.append((words, href))
            href = None
        elif href is not None and token.type in ("text", "code_inline"):
            words += token.content
    return found


def plain(source: str) -> str:
    """Give the words alone, a line a block: for searching, for reading aloud, for counting."""
    lines = []
    for block in READER.parse(source):
        if block.type == "inline":
            lines.append("".join(said(one) for one in block.children or ()))
        elif block.type in ("fence", "code_block"):
            lines.append(block.content.strip())
    return "\n".join(line for line in lines if line)


def said(token: Token) -> str:
    """Give the words of a piece; those of a picture are its description."""
    if token.type in ("softbreak", "hardbreak"):
        return "\n"
    return token.content


def _all(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from token.children or ()


def parser(*, html: bool = False) -> MarkdownIt:
    """Make a reader that knows tables."""
    return MarkdownIt("commonmark", {"html": html}).enable("table")


def _with_any_address() -> MarkdownIt:
    made = parser()
    made.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005  # its name is theirs
    return made


def _reader() -> MarkdownIt:
    """Read without HTML: `<` is a sign like others; addresses that may not be led to stay words."""
    made = parser()
    made.validateLink = lambda url: url.startswith(PICTURE) or may_lead(url)  # type: ignore[method-assign]
    return made


READER, _ADDRESSES, _HTML = _reader(), _with_any_address(), parser(html=True)
