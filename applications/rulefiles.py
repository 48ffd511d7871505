"""Reads the rule files once, judges all of them, and says everything that is wrong at once."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from datetime import date
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from applications.rule import (
    Area,
    Circumstance,
    Exemption,
    HardshipStandard,
    Matter,
    PriorityGroup,
    Rule,
    Scope,
    StandardKind,
    TimeLimit,
)
from core.crypto import canonical, fingerprint

BUNDLED = Path(__file__).parent / "rules"
KINDS: dict[str, type] = {
    "area": Area,
    "matter": Matter,
    "exemption": Exemption,
    "priority": PriorityGroup,
    "standard": HardshipStandard,
    "limit": TimeLimit,
}
NEEDED_LIMITS = (
    "TL-REV",
    "TL-ASG",
    "TL-AGR",
    "TL-OBJ",
    "TL-SUP",
    "TL-RECON",
    "TL-SUIT",
    "TL-URG",
    "KEEP-PRECHECK",
    "PLEDGE-EXPLAIN",
)
CODE_LENGTHS = (0, 2, 4, 6, 9, 12)
T = TypeVar("T")


class RulesError(Exception):
    """All that is wrong with the rule files, said at once."""

    def __init__(self, problems: Sequence[str]) -> None:
        """Say every problem, one a line."""
        self.problems = tuple(problems)
        super().__init__("\n".join(["The rule files are not fit to start with:", *(f"  - {p}" for p in problems)]))


@dataclass(frozen=True, slots=True)
class RuleFiles:
    """What the files say, read and judged."""

    version: str
    edition: dict[str, str]
    sources: dict[str, str]
    regions: dict[str, str]
    made: dict[str, list[Any]]


def read(folder: Path | None = None) -> RuleFiles:
    """Read the bundled files, each replaced by the file of the same name in `folder`.

    Raises `RulesError` with everything that is missing or wrong.
    """
    problems: list[str] = []
    tables = _tables(folder, problems)
    made: dict[str, list[Any]] = {kind: [] for kind in KINDS}
    for kind, model in KINDS.items():
        for number, row in enumerate(tables.get(kind, []), start=1):
            name = str(row.get("id") or row.get("code") or number)
            one = _make(model, row, f"{kind} {name}", problems)
            if one is not None:
                made[kind].append(one)
    edition, sources = tables.get("edition", {}), tables.get("sources", {})
    problems += [f"edition.{name}: missing" for name in ("label", "home_region", "home_name") if name not in edition]
    problems += _judge(made, sources)
    if problems:
        raise RulesError(problems)
    version = f"{edition['label']}-{fingerprint(canonical(_plain(tables)))[:12]}"
    return RuleFiles(version, edition, sources, tables.get("regions", {}), made)


def _tables(folder: Path | None, problems: list[str]) -> dict[str, Any]:
    files = {path.name: path for path in sorted(BUNDLED.glob("*.toml"))}
    if folder is not None:
        if not folder.is_dir():
            problems.append(f"RUFA_RULES_DIR: no folder {folder}")
        files |= {path.name: path for path in folder.glob("*.toml") if path.name in files}
    tables: dict[str, Any] = {}
    for name, path in sorted(files.items()):
        try:
            for key, value in tomllib.loads(path.read_text("utf-8")).items():
                if key not in {*KINDS, "edition", "sources", "regions"}:
                    problems.append(f"{name}: no such table: {key}")
                elif isinstance(value, list):
                    tables.setdefault(key, []).extend(value)
                else:
                    tables.setdefault(key, {}).update(value)
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
            problems.append(f"{name}: {wrong}")
    return tables


def _make(model: type[T], row: Mapping[str, Any], where: str, problems: list[str]) -> T | None:
    known = {one.name: one for one in fields(model)}  # type: ignore[arg-type]  # every kind is a dataclass
    hints = get_type_hints(model)
    before = len(problems)
    problems.extend(f"{where}: no such key: {name}" for name in row if name not in known)
    problems.extend(
        f"{where}: {name} is missing" for name, one in known.items() if name not in row and one.default is MISSING
    )
    values = {}
    for name in known.keys() & row.keys():
        try:
            values[name] = _value(hints[name], row[name])
        except (ValueError, TypeError) as wrong:
            problems.append(f"{where}: {name}: {wrong}")
    return model(**values) if len(problems) == before else None


def _value(hint: Any, raw: Any) -> Any:
    read = READERS.get(hint)
    if read is not None:
        return read(raw)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint(raw)
    inner = hint.__args__[0]  # tuple[X, ...] is all that is left
    if not isinstance(raw, list):
        raise TypeError("a list")
    return tuple(_value(inner, one) for one in raw)


def _circumstance(raw: Any) -> Circumstance:
    return Circumstance(**raw)


def _exactly(kind: type) -> Callable[[Any], Any]:
    def read(raw: Any) -> Any:
        if type(raw) is not kind:
            raise TypeError(f"{kind.__name__} expected, not {raw!r}")
        return raw

    return read


def _fen(raw: Any) -> int:
    if type(raw) is not int or raw <= 0:
        raise ValueError("a whole number of fen, more than 0")
    return raw


READERS: dict[Any, Callable[[Any], Any]] = {
    str: _exactly(str),
    bool: _exactly(bool),
    int: _fen,  # days, too, are more than 0
    int | None: _fen,
    date | None: _exactly(date),
    Fraction: Fraction,
    Circumstance: _circumstance,
}


def _judge(made: Mapping[str, list[Any]], sources: Mapping[str, str]) -> list[str]:
    rules: list[Rule] = [one for kind in KINDS if kind != "area" for one in made[kind]]
    problems = [f"{one.id}: no such source: {one.source}" for one in rules if one.source not in sources]
    problems += [f"{one.id}: region must be 2, 4, 6, 9 or 12 digits" for one in rules if not _is_region(one.region)]
    problems += [
        f"{one.id}: ends before it starts"
        for one in rules
        if one.active_from and one.active_to and one.active_to < one.active_from
    ]
    problems += [f"{name}: used twice" for name, times in Counter(one.id for one in rules).items() if times > 1]
    problems += _judge_overlaps([*made["matter"]]) + _judge_overlaps([*made["exemption"]])
    problems += _judge_references(made) + _judge_standards(made["standard"])
    limits = {one.id for one in made["limit"]}
    return problems + [f"limit {name}: missing" for name in NEEDED_LIMITS if name not in limits]


def _is_region(code: str) -> bool:
    return len(code) in CODE_LENGTHS and (not code or (code.isascii() and code.isdigit()))


def _judge_overlaps(rules: Sequence[Any]) -> list[str]:
    return [
        f"{one.id} and {other.id}: both say {one.code} in region {one.region or 'everywhere'} on the same days"
        for number, one in enumerate(rules)
        for other in rules[number + 1 :]
        if (one.code, one.region) == (other.code, other.region)
        and (one.active_from or date.min) <= (other.active_to or date.max)
        and (other.active_from or date.min) <= (one.active_to or date.max)
    ]


def _judge_references(made: Mapping[str, list[Any]]) -> list[str]:
    areas = {one.code for one in made["area"]}
    matters = {one.code for one in made["matter"]}
    problems = [f"{one.id}: no such area: {one.area}" for one in made["matter"] if one.area not in areas]
    problems += [
        f"{one.id}: no such matter: {code}" for one in made["exemption"] for code in one.matters if code not in matters
    ]
    used = {one.area for one in made["matter"] if not one.region}
    problems += [f"area {code}: has no matter that holds everywhere" for code in sorted(areas - used)]
    if not any(one.scope is Scope.UNSURE and not one.region for one in made["matter"]):
        problems.append("matters: none for people who cannot say (scope UNSURE)")
    return problems


def _judge_standards(standards: Sequence[HardshipStandard]) -> list[str]:
    problems = []
    for one in standards:
        if one.kind is StandardKind.FREE_TEXT_DISCRETION and not one.circumstances:
            problems.append(f"{one.id}: circumstances are missing")
        asks = one.kind in (StandardKind.FREE_TEXT_DISCRETION, StandardKind.REGISTRY_LISTED)
        if asks and not one.question:
            problems.append(f"{one.id}: question is missing")
        if asks and one.base_amount_fen is not None:
            problems.append(f"{one.id}: a {one.kind.value} standard has no amount")
        if not asks and not one.base_name:
            problems.append(f"{one.id}: base_name is missing")
        if one.factor <= 0:
            problems.append(f"{one.id}: factor must be more than 0")
    return problems


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value
