"""What a page says: the same shape while it is typed, kept, compared and shown."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Said:
    """A page's words. `fields` is what its kind has besides; `groups` and `topics` are codes of `kinds`."""

    title: str = ""
    summary: str = ""
    body: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)
    groups: Sequence[str] = ()
    topics: Sequence[str] = ()

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Said:
        """Read what was kept as plain data."""
        return cls(**kept)

    def kept(self) -> dict[str, Any]:
        """Give it as plain data, to be kept."""
        lists = {"groups": list(self.groups), "topics": list(self.topics), "fields": dict(self.fields)}
        return {**{one.name: getattr(self, one.name) for one in dataclasses.fields(self)}, **lists}
