"""What staff may ask for, and the reasons they may give: data, in words an applicant understands."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).parent / "reasons" / "review.toml"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason, or one thing that may be missing. `basis` is the article, `issuer` says where to get it."""

    code: str
    title: str
    text: str
    basis: str = ""
    issuer: str = ""


@cache
def _all() -> dict[str, dict[str, Reason]]:
    raw = tomllib.loads(SOURCE.read_text(encoding="utf-8"))
    return {use: {one["code"]: Reason(**one) for one in rows} for use, rows in raw.items()}


def for_supplement() -> dict[str, Reason]:
    """Give what may be missing, by code."""
    return _all()["supplement"]


def for_grant() -> dict[str, Reason]:
    """Give the reasons for granting, by code."""
    return _all()["grant"]


def for_refusal() -> dict[str, Reason]:
    """Give the reasons for refusing, by code."""
    return _all()["refusal"]


def for_aid_first() -> dict[str, Reason]:
    """Give the grounds for aid before the papers (LAL 44), by code."""
    return _all()["aid_first"]


def for_delivery() -> dict[str, Reason]:
    """Give the ways an applicant is known to have had a notice, by code."""
    return _all()["delivery"]
