"""The rule files of this slice, and those an office puts in their place (setting `rules_dir`, folder `content`)."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from core import settings

T = TypeVar("T")
FOLDER = Path(__file__).parent / "rules"
OWN_FOLDER = "content"


def rules(name: str) -> dict[str, Any]:
    """Give what a rule file says: the office's own where it has one of that name, ours otherwise."""
    return _read(_folder(), name)


def read_from(name: str) -> Callable[[Callable[[dict[str, Any]], T]], Callable[[], T]]:
    """Make of a function that reads a rule file one that gives what it read, once a folder."""

    def decorate(parse: Callable[[dict[str, Any]], T]) -> Callable[[], T]:
        parsed = functools.cache(lambda folder: parse(_read(folder, name)))

        def current() -> T:
            return parsed(_folder())

        current.__doc__ = parse.__doc__
        return current

    return decorate


def check(folder: str) -> None:
    """Read every rule file as this place has it: one that cannot be read stops the start."""
    for file in sorted(FOLDER.glob("*.toml")):
        _read(folder, file.name)


def _folder() -> str:
    """Give the office's folder; none before the settings are known: the contract says what ours say."""
    try:
        return settings.current().rules_dir
    except RuntimeError:
        return ""


@functools.cache
def _read(folder: str, name: str) -> dict[str, Any]:
    own = [Path(folder) / name, Path(folder) / OWN_FOLDER / name] if folder else []
    file = next((one for one in own if one.is_file()), FOLDER / name)
    return tomllib.loads(file.read_text("utf-8"))
