"""The rules as data: what may be applied for, who is exempt, what counts as hardship, how long things take.

Everything is dated and belongs to a region (RULEBOOK 1 and 3.2). Money is in fen. `applications.rulebook` answers
for one region on one day; the files are read by `applications.rulefiles`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction


class Confidence(StrEnum):
    """How sure we are of a rule."""

    HIGH = "H"
    MEDIUM = "M"
    LOW = "L"
    OWN = "OWN"


class HardshipRule(StrEnum):
    """Whether a matter asks for hardship at all (第三十二条)."""

    REQUIRED = "REQUIRED"
    NOT_REQUIRED = "NOT_REQUIRED"


class Scope(StrEnum):
    """Whether legal aid may be applied for in a matter."""

    IN = "IN"
    OUT = "OUT"
    UNSURE = "UNSURE"


class Effect(StrEnum):
    """What an exemption takes away: the check (第四十二条), or the condition itself (第二十五条)."""

    CHECK_EXEMPT = "CHECK_EXEMPT"
    CONDITION_EXEMPT = "CONDITION_EXEMPT"


class Showing(StrEnum):
    """How somebody may show that they belong to an exempt class."""

    DATA_SHARING = "DATA_SHARING"
    PROOF = "PROOF"
    PLEDGE = "PLEDGE"


class StandardKind(StrEnum):
    """The six kinds of hardship standard."""

    MULTIPLE_OF_DIBAO = "MULTIPLE_OF_DIBAO"
    MINIMUM_WAGE_RATIO = "MINIMUM_WAGE_RATIO"
    FRACTION_OF_RURAL_INCOME = "FRACTION_OF_RURAL_INCOME"
    FIXED_MONTHLY = "FIXED_MONTHLY"
    REGISTRY_LISTED = "REGISTRY_LISTED"
    FREE_TEXT_DISCRETION = "FREE_TEXT_DISCRETION"


class Residence(StrEnum):
    """Whom a standard is for, where town and country differ."""

    ALL = "ALL"
    URBAN = "URBAN"
    RURAL = "RURAL"


class Period(StrEnum):
    """What time a base amount is for."""

    MONTH = "MONTH"
    YEAR = "YEAR"


class Unit(StrEnum):
    """What a time limit counts."""

    CALENDAR = "CALENDAR"
    WORKING = "WORKING"
    MONTH = "MONTH"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What every rule has: where it was read, how sure we are, where and when it holds."""

    id: str
    source: str
    confidence: Confidence
    note: str = ""
    region: str = ""
    active_from: date | None = None
    active_to: date | None = None

    def holds_on(self, day: date) -> bool:
        """Say whether the rule is in force on a day."""
        return (self.active_from is None or self.active_from <= day) and (
            self.active_to is None or day <= self.active_to
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A corner of life that matters are grouped under."""

    code: str
    title: str
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter(Rule):
    """Something legal aid may (or may not) be applied for, in the words people use."""

    code: str
    kind: str
    area: str
    title: str
    examples: tuple[str, ...] = ()
    hint: str = ""
    legal_basis: tuple[str, ...]
    hardship: HardshipRule
    scope: Scope = Scope.IN
    discreet: bool = False
    opponent_may_be_family: bool = False
    proof: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Exemption(Rule):
    """A class of persons whose means are not checked, or not asked about."""

    code: str
    title: str
    hint: str = ""
    article: str
    effect: Effect
    matters: tuple[str, ...] = ()  # empty: whatever the matter
    accepts: tuple[Showing, ...]
    proof: tuple[str, ...] = ()

    def covers(self, matter: Matter) -> bool:
        """Say whether the exemption helps in this matter."""
        return not self.matters or matter.code in self.matters


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityGroup(Rule):
    """A group that is dealt with first; people say themselves that they belong to it."""

    code: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstance:
    """A blow of fate a person of the agency must weigh."""

    code: str
    label: str
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HardshipStandard(Rule):
    """One way of being in hardship. A standard without a base amount needs a person to look."""

    kind: StandardKind
    title: str
    article: str
    residence: Residence = Residence.ALL
    factor: Fraction = Fraction(1)
    base_amount_fen: int | None = None
    base_name: str = ""
    base_source: str = ""
    base_confidence: Confidence = Confidence.OWN
    period: Period = Period.MONTH
    inclusive: bool = True
    is_example: bool = False
    question: str = ""
    help: str = ""
    circumstances: tuple[Circumstance, ...] = ()

    @property
    def limit_fen(self) -> int | None:
        """Give the monthly limit for one person, in fen."""
        if self.base_amount_fen is None:
            return None
        yearly = 12 if self.period is Period.YEAR else 1
        return int(self.factor * self.base_amount_fen / yearly)

    @property
    def is_firm(self) -> bool:
        """Say whether the figure is sure enough to say that somebody is above it."""
        return not self.is_example and self.base_confidence in (Confidence.HIGH, Confidence.MEDIUM)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLimit(Rule):
    """How long something may take. `roll`: a last day of rest moves to the next working day (民法典第二百零三条)."""

    title: str
    days: int
    unit: Unit
    roll: bool
    pauses: bool = False
    article: str = ""
