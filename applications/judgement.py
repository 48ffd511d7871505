"""What the rules make of somebody's answers: a hint with its reasons, never a decision (个人信息保护法第二十四条)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class Verdict(StrEnum):
    """The three outcomes. None of them is a refusal: everybody may apply."""

    LIKELY = "LIKELY"
    PERSON_LOOKS = "PERSON_LOOKS"
    OTHER_HELP = "OTHER_HELP"


class Route(StrEnum):
    """How hardship may be verified (第四十一条); a certificate is somebody's own choice, never asked for."""

    DATA_SHARING = "DATA_SHARING"
    PLEDGE = "PLEDGE"
    CERTIFICATE = "CERTIFICATE"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that was used, in words."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Line:
    """One rule and what came of it. `depth` says what it belongs under; `holds` is None where a person must look."""

    rule: str
    article: str
    text: str
    holds: bool | None
    depth: int = 0
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do next; `code` is APPLY, HOTLINE, STATION, MEDIATION or POLICE."""

    code: str
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """The outcome, and all that led to it. `complete` is False where questions are still open."""

    verdict: Verdict
    headline: str
    complete: bool
    region: str
    matter: str | None
    exemption: str | None
    hardship_required: bool
    hardship_check_required: bool
    routes: tuple[Route, ...]
    proof: tuple[str, ...]
    urgent: bool
    urgent_reason: str
    discreet: bool
    explanation: tuple[Line, ...]
    what_would_change: tuple[str, ...]
    next_steps: tuple[Step, ...]
    rules_version: str
    judged_on: date


def to_json(judgement: Judgement) -> dict[str, Any]:
    """Write a judgement down as plain JSON, to be kept with the application."""
    return {**asdict(judgement), "judged_on": judgement.judged_on.isoformat()}


def from_json(kept: Mapping[str, Any]) -> Judgement:
    """Read a judgement that was kept."""
    lines = tuple(
        Line(**{**one, "figures": tuple(Figure(**figure) for figure in one["figures"])}) for one in kept["explanation"]
    )
    told = {
        "verdict": Verdict(kept["verdict"]),
        "routes": tuple(Route(one) for one in kept["routes"]),
        "proof": tuple(kept["proof"]),
        "explanation": lines,
        "what_would_change": tuple(kept["what_would_change"]),
        "next_steps": tuple(Step(**one) for one in kept["next_steps"]),
        "judged_on": date.fromisoformat(kept["judged_on"]),
    }
    return Judgement(**{**kept, **told})
