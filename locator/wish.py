"""What somebody looks for, and what of it is let go of so that nobody gets an empty page (FEATURES C06)."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from core.errors import Malformed
from locator import needs, words
from locator.kinds import StationKind
from locator.needs import Need
from locator.travel import Mode

MOST_MINUTES = 4 * 60  # farther is not near, and every place within is measured
MOST_LANGUAGES = 10
MODES = {Mode.WALK: "步行", Mode.RIDE: "骑行", Mode.DRIVE: "开车"}


class Order(StrEnum):
    """What comes first."""

    TIME = "TIME"
    DISTANCE = "DISTANCE"


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody looks for: needs hold together; of kinds, and of languages, one is enough."""

    needs: tuple[Need, ...] = ()
    kinds: tuple[StationKind, ...] = ()
    languages: tuple[str, ...] = ()
    minutes: int | None = None
    order: Order = Order.TIME
    mode: Mode = Mode.WALK

    def __post_init__(self) -> None:
        """Refuse what cannot be meant."""
        if self.minutes is not None and not 1 <= self.minutes <= MOST_MINUTES:
            raise Malformed("minutes_out_of_range", limit=MOST_MINUTES)
        if len(self.languages) > MOST_LANGUAGES:
            raise Malformed("languages_too_many", limit=MOST_LANGUAGES)


@dataclass(frozen=True, slots=True)
class LetGo:
    """What was let go of: a need, or all that was said of minutes, languages or kinds."""

    need: Need | None
    label: str
    clears: Mapping[str, Any] = dataclasses.field(default_factory=dict)


def fulfilled(wish: Wish, is_enough: Callable[[Wish], bool]) -> tuple[Wish, tuple[LetGo, ...]]:
    """Let go of one thing after the other until something is found; then take back what was let go of in vain."""
    if is_enough(wish):
        return wish, ()
    gone: list[LetGo] = []
    for part in _parts(wish):
        gone.append(part)
        if is_enough(_without(wish, gone)):
            break
    for part in gone[-2::-1]:
        fewer = [one for one in gone if one is not part]
        if is_enough(_without(wish, fewer)):
            gone = fewer
    return _without(wish, gone), tuple(gone)


def _parts(wish: Wish) -> Iterator[LetGo]:
    """Give what can be let go of: rather farther than without, rather without than another kind of place."""
    if wish.minutes is not None:
        yield LetGo(None, f"{MODES[wish.mode]}{wish.minutes}分钟以内", {"minutes": None})
    for need in sorted(set(wish.needs), key=needs.LET_GO_FIRST.index):
        yield LetGo(need, needs.LABELS[need])
    if wish.languages:
        yield LetGo(None, f"会说{'、'.join(wish.languages)}", {"languages": ()})
    if wish.kinds:
        yield LetGo(None, "、".join(words.KINDS[kind] for kind in wish.kinds), {"kinds": ()})


def _without(wish: Wish, gone: list[LetGo]) -> Wish:
    left = {one.need for one in gone}
    changes: dict[str, Any] = {"needs": tuple(need for need in wish.needs if need not in left)}
    for one in gone:
        changes |= one.clears
    return dataclasses.replace(wish, **changes)
