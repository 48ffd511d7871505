"""Lists are connections: `first` is required and at most 100; cursors are opaque (TRUST G2)."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import graphene

from core.errors import Malformed

LONGEST_PAGE = 100
LONGEST_CURSOR = 400
_written = json.JSONEncoder(separators=(",", ":")).encode  # made once: every page has a cursor


class PageInfo(graphene.ObjectType):
    """Where a page ends, and whether more follows."""

    has_next_page = graphene.Boolean(required=True, description="Whether more follows.")
    end_cursor = graphene.String(description="Give this as `after` to read on.")


@dataclass(frozen=True, slots=True)
class Page:
    """One page of rows, the shape every connection resolves from."""

    nodes: Sequence[Any]
    has_next_page: bool = False
    end_cursor: str | None = None
    total_count: int | Callable[[], int] | None = None

    @property
    def page_info(self) -> Page:
        """Give itself: the page knows where it ends."""
        return self


def connection(node: Any, description: str, *, name: str | None = None, total: bool = False) -> Any:
    """Make the connection type of a node type. With `total`, it tells how many there are in all."""
    fields: dict[str, Any] = {
        "__doc__": description,
        "nodes": graphene.List(graphene.NonNull(node), required=True, description="The rows of this page."),
        "page_info": graphene.Field(PageInfo, required=True, description="Where this page ends."),
    }
    if total:
        fields["total_count"] = graphene.Int(required=True, description="How many there are in all.")
        fields["resolve_total_count"] = _total
    made_name = name or f"{node.__name__}Connection"
    return type(made_name, (graphene.ObjectType,), fields)


def _total(page: Page, _info: Any) -> int | None:
    return page.total_count() if callable(page.total_count) else page.total_count


def paged(kind: Any, description: str, /, **arguments: Any) -> Any:
    """Make a connection field: `first` (required), `after`, and arguments of its own."""
    return graphene.Field(
        kind,
        required=True,
        description=description,
        first=graphene.Int(required=True, description=f"How many at most, 1 to {LONGEST_PAGE}."),
        after=graphene.String(description="The `endCursor` of the page before."),
        **arguments,
    )


def judged(first: int) -> int:
    """Give `first` back where a page may be that long."""
    if not 1 <= first <= LONGEST_PAGE:
        raise Malformed("page_size", limit=LONGEST_PAGE)
    return first


def page_of(rows: Sequence[Any], first: int, key: Callable[[Any], Sequence[Any]], total: Any = None) -> Page:
    """Make a page of rows read with `limit(first + 1)`; `key` gives what its order goes by."""
    shown = rows[:first]
    end = cursor(*key(shown[-1])) if shown else None
    return Page(shown, len(rows) > first, end, total)


def cursor(*key: Any) -> str:
    """Write the place of a row in its order. Give moments and days as text."""
    return base64.urlsafe_b64encode(_written(key).encode()).decode().rstrip("=")


def place(after: str | None) -> list[Any] | None:
    """Read a cursor back; one that is not ours is malformed."""
    if after is None:
        return None
    if len(after) > LONGEST_CURSOR or not after.isascii():
        raise Malformed("cursor_unknown")
    try:
        key = json.loads(base64.urlsafe_b64decode(after + "=" * (-len(after) % 4)))
    except (binascii.Error, ValueError, RecursionError) as wrong:
        raise Malformed("cursor_unknown") from wrong
    if not isinstance(key, list) or not all(map(_storable, key)):
        raise Malformed("cursor_unknown")
    return key


def _storable(part: Any) -> bool:
    """Say whether a database takes a part of a key: a number of 32 bits, or text without NUL and halves of pairs."""
    if isinstance(part, int):
        return abs(part) < 1 << 31
    return isinstance(part, str) and "\0" not in part and part.encode(errors="replace").decode() == part
