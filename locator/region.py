"""A division as it is handed round: unchangeable, and so safe to keep at hand."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Region:
    """An administrative division."""

    code: str
    name: str
    level: int
    parent_code: str | None
    status: str
    full_name: str
    lineage: str

    @property
    def steps(self) -> list[str]:
        """Give the codes from the province down to this one."""
        return self.lineage.strip("/").split("/")
