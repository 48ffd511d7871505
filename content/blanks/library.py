"""Which forms there are, and what they ask: data, with the day of their wording."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from content.rulebook import read_from
from core.errors import NotFound

FILE = "blanks.toml"
MARK = "form:"


@dataclass(frozen=True, slots=True)
class Field:
    """Something a form asks. `source` names what the account may know of it."""

    name: str
    label: str
    lines: int = 1
    half: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Fields that belong together, and what is said before them."""

    title: str
    fields: Sequence[Field]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Blank:
    """A form."""

    code: str
    title: str
    edition: date
    law: str
    about: str
    hand_in: str
    notes: Sequence[str]
    parts: Sequence[Part]
    sign: Sequence[str]

    @property
    def known(self) -> list[str]:
        """Name what the account may fill in."""
        return list(dict.fromkeys(one.source for part in self.parts for one in part.fields if one.source))


@read_from(FILE)
def blanks(said: dict[str, Any]) -> Mapping[str, Blank]:
    """Give every form by its code."""
    return {code: _blank(code, one) for code, one in said.items()}


def find(code: str) -> Blank:
    """Give a form by its code."""
    try:
        return blanks()[code]
    except KeyError:
        raise NotFound("form_unknown") from None


def _blank(code: str, said: Mapping[str, Any]) -> Blank:
    plain = {name: value for name, value in said.items() if name != "part"}
    return Blank(code=code, parts=[_part(one) for one in said["part"]], **plain)


def _part(said: Mapping[str, Any]) -> Part:
    fields = [
        Field(**{"source" if name == "from" else name: value for name, value in one.items()}) for one in said["fields"]
    ]
    return Part(said["title"], fields, said.get("text", ""))
