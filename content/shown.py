"""Films, pictures and forms a page names in its fields: whether the library has them, and where they lie."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from content import media
from content.blanks import library as blanks
from content.films import library
from content.markdown.reading import PICTURE


def known(fields: Mapping[str, Any]) -> set[str]:
    """Say which of the films, pictures and forms fields name there are, as they name them."""
    films, pictures = _named(fields, library.MARK), _named(fields, PICTURE)
    there = {f"{library.MARK}{one}" for one in library.known(films)}
    there |= {f"{PICTURE}{one}" for one in media.known(pictures)}
    return there | {f"{blanks.MARK}{one}" for one in _named(fields, blanks.MARK) if one in blanks.blanks()}


def addresses(fields: Mapping[str, Any]) -> dict[str, str]:
    """Give the addresses of what fields name, by field; captions come with the film of the field `file`."""
    there = known(fields)
    found = {}
    for name, value in fields.items():
        written = str(value).strip()
        sort, _, which = written.partition(":")
        if written in there and f"{sort}:" == blanks.MARK:
            found[name] = f"/forms/{which}"
        elif written in there:
            film = f"{sort}:" == library.MARK
            found[name] = f"/films/{which}/{library.FILE}" if film else f"/media/{which}/800.jpg"
            if film and name == "file":
                found["captions"] = f"/films/{which}/{library.CAPTIONS}"
    return found


def _named(fields: Mapping[str, Any], mark: str) -> Collection[str]:
    written = (str(value).strip() for value in fields.values())
    return {one.removeprefix(mark) for one in written if one.startswith(mark)}
