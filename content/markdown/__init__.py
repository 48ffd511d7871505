"""What editors write, made into HTML that can do no harm (FEATURES D26, TRUST W3).

Twice by allow-list: the grammar knows no HTML and few addresses, and what comes out is cleaned once more.
"""

from __future__ import annotations

from content.markdown.cleaning import cleaned
from content.markdown.drawing import NOTHING, Aids, Heading, Picture, Rendered, render
from content.markdown.reading import faults, links, picture_ids, plain, tidy

__all__ = [
    "NOTHING",
    "Aids",
    "Heading",
    "Picture",
    "Rendered",
    "cleaned",
    "faults",
    "links",
    "picture_ids",
    "plain",
    "render",
    "tidy",
]
