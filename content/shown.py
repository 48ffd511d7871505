"""Films and pictures a page names in its fields: whether the library has them, and where they lie."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from content import media
from content.films import library
from content.markdown.reading import PICTURE


def known(fields: Mapping[str, Any]) -> set[str]:
    """Say which of the films and pictures fields name there are, as they name them."""
    films, pictures = _named(fields, library.MARK), _named(fields, PICTURE)
    return {f"{library.MARK}{one}" for one in library.known(films)} | {
        f"{PICTURE}{one}" for one in media.known(pictures)
    }


def addresses(fields: Mapping[str, Any]) -> dict[str, str]:
    """Give the addresses of what fields name, by field; captions come with the film of the field `file`."""
    there = known(fields)
    found = {}
    for name, value in fields.items():
        written = str(value).strip()
        if written in there:
            sort, _, which = written.partition(":")
            film = f"{sort}:" == library.MARK
            found[name] = f"/films/{which}/{library.FILE}" if film else f"/media/{which}/800.jpg"
            if film and name == "file":
                found["captions"] = f"/films/{which}/{library.CAPTIONS}"
    return found


def _named(fields: Mapping[str, Any], mark: str) -> Collection[str]:
    written = (str(value).strip() for value in fields.values())
    return {one.removeprefix(mark) for one in written if one.startswith(mark)}
