"""What goes with an application: a list of papers for this person, each needed now or to be handed in later. Pure.

FEATURES A22, A23; RULEBOOK P-3, P-5, MV-STMT: nobody is asked for a stamped certificate.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from applications import journey
from applications.journey import Situation
from applications.judgement import Route

FILE = Path(__file__).parent / "forms" / "evidence.toml"
WITH_PROCEDURE = frozenset(
    {
        "CRIMINAL_SUSPECT_OR_DEFENDANT",
        "CRIMINAL_VICTIM",
        "RETRIAL",
        "RETRIAL_ACQUITTAL_COMPENSATION",
        "APPEAL_UNDECIDED",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One paper: what it is, who issues it, whether it is needed before handing in."""

    code: str
    title: str
    what: str
    issuer: str
    needed: bool
    when: str = ""
    matters: tuple[str, ...] = ()


def items_for(now: Situation) -> tuple[Item, ...]:
    """List the papers for this person, what is needed first."""
    fitting = [one for one in every_item() if _applies(one, now)]
    return tuple(sorted((_worded(one, now) for one in fitting), key=lambda one: not one.needed))


def missing(now: Situation, handed_in: Collection[str]) -> tuple[Item, ...]:
    """List what is needed and was not handed in."""
    return tuple(one for one in items_for(now) if one.needed and one.code not in handed_in)


@cache
def every_item() -> tuple[Item, ...]:
    """Read every paper there is, once."""
    raw = tomllib.loads(FILE.read_text(encoding="utf-8"))["item"]
    return tuple(_item(one) for one in raw)


def _item(raw: dict[str, Any]) -> Item:
    return Item(**{**raw, "matters": tuple(raw.get("matters", ()))})


def _applies(item: Item, now: Situation) -> bool:
    if item.matters:
        return now.judgement.matter in item.matters
    return CONDITIONS[item.when](now)


def _worded(item: Item, now: Situation) -> Item:
    """Name the papers the rules name for this matter or exemption."""
    if item.when not in ("exempt", "without_condition") or not now.judgement.proof:
        return item
    what = f"{'；'.join(now.judgement.proof)}。{item.what}" if item.when == "without_condition" else None
    return Item(
        code=item.code,
        title=item.title,
        what=what or f"{'；'.join(now.judgement.proof)}。",
        issuer=item.issuer,
        needed=item.needed,
    )


def _identity_needed(now: Situation) -> bool:
    return not now.judgement.discreet and now.answers.get("id_kind") != journey.NO_DOCUMENT


def _other_matter(now: Situation) -> bool:
    matter = now.judgement.matter
    return not any(matter in one.matters for one in every_item()) and not _without_condition(now)


def _without_condition(now: Situation) -> bool:
    return not now.judgement.hardship_required and now.judgement.exemption is None


def _has_procedure(now: Situation) -> bool:
    return bool(now.answers.get("deadline_on")) or now.judgement.matter in WITH_PROCEDURE


CONDITIONS: dict[str, Callable[[Situation], bool]] = {
    "identity_needed": _identity_needed,
    "identity_later": lambda now: not _identity_needed(now),
    "chose_proof": lambda now: now.answers.get("verification") == Route.CERTIFICATE and journey.must_verify(now),
    "exempt": lambda now: now.judgement.exemption is not None,
    "without_condition": _without_condition,
    "has_procedure": _has_procedure,
    "other_matter": _other_matter,
}
