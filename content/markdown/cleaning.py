"""The second sieve: whatever made it, only what is on the list gets through."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import nh3

SCHEMES = {"http", "https", "tel"}
TAGS = {
    *("p", "br", "hr", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "pre", "code", "strong", "em", "a", "span"),
    *("table", "thead", "tbody", "tr", "th", "td", "div", "picture", "source", "img"),
}
ATTRIBUTES = {
    "a": {"href", "rel", "class", "id"},
    "h2": {"id"},
    "h3": {"id"},
    "h4": {"id"},
    "ol": {"start"},
    "th": {"scope"},
    "div": {"class", "role", "tabindex", "aria-label"},
    "source": {"type", "srcset", "sizes"},
    "img": {"src", "srcset", "sizes", "alt", "width", "height", "loading"},
}
CLASSES = {"term", "scroll"}
OUR_ID = re.compile(r"(part|use)-[0-9a-z-]{1,40}")
OUR_PICTURES = re.compile(r"/media/[\w./-]+( \d+w)?(, /media/[\w./-]+( \d+w)?)*", re.ASCII)


def cleaned(html: str) -> str:
    """Let through what is on the list, whatever made it."""
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=_judged,
        url_schemes=SCHEMES,
        link_rel=None,
        strip_comments=True,
    )


def _judged(tag: str, name: str, value: str) -> str | None:
    """Judge one attribute: what is not as we write it is dropped."""
    if name == "class":
        return value if value in CLASSES else None
    if name == "id":
        return value if OUR_ID.fullmatch(value) else None
    if name in ("src", "srcset"):
        return value if OUR_PICTURES.fullmatch(value) else None
    if name == "href":
        return value if may_lead(value) else None
    return value if tag != "div" or name in ("role", "tabindex", "aria-label") else None


def may_lead(address: str) -> bool:
    """Say whether a link may lead there: the web, a telephone, a page of ours; no other site by `//`."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return False
    if parts.scheme:
        return parts.scheme.lower() in SCHEMES and (parts.scheme.lower() == "tel" or bool(parts.netloc))
    return not parts.netloc and not address.startswith(("//", "/\\", "\\")) and address[:1] in "/#"
