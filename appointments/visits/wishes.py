"""What somebody says who wants to be visited: why, for whom, what they cannot do without, and what they would like.

Nobody has to prove anything: what is said is enough to come (RULEBOOK 4, LAL-45).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from appointments.needs import AccessNeed


class Reason(StrEnum):
    """Why somebody is visited."""

    DISABILITY = "disability"
    AGE = "age"
    ILLNESS = "illness"
    MATERNITY = "maternity"
    CARER = "carer"
    REMOTE = "remote"
    MILITARY_INJURY = "military_injury"
    OTHER = "other"


class Relation(StrEnum):
    """Who orders, seen from whoever is visited."""

    SELF = "self"
    FAMILY = "family"
    CARER = "carer"
    GUARDIAN = "guardian"
    NEIGHBOUR = "neighbour"
    STAFF = "staff"


class Language(StrEnum):
    """What is spoken."""

    MANDARIN = "mandarin"
    LOCAL = "local"
    MIAO = "miao"
    TUJIA = "tujia"
    DONG = "dong"
    YAO = "yao"


class Specialty(StrEnum):
    """What it is about, as far as it matters who comes."""

    LABOUR = "labour"
    FAMILY = "family"
    MINORS = "minors"
    ELDERLY = "elderly"
    DISABLED = "disabled"
    INJURY = "injury"
    LAND = "land"


class HalfDay(StrEnum):
    """When it suits."""

    MORNING = "morning"
    AFTERNOON = "afternoon"


REASONS = {
    Reason.DISABILITY: "身体有残疾，出门困难",
    Reason.AGE: "年纪大，出门困难",
    Reason.ILLNESS: "生病或受伤，出不了门",
    Reason.MATERNITY: "怀孕，或孩子刚出生",
    Reason.CARER: "要照顾家里的人，走不开",
    Reason.REMOTE: "住得偏远，没有车",
    Reason.MILITARY_INJURY: "因公、因战负伤的军人",
    Reason.OTHER: "别的原因，出不了门",
}
RELATIONS = {
    Relation.SELF: "我自己",
    Relation.FAMILY: "我的家人",
    Relation.CARER: "我照顾的人",
    Relation.GUARDIAN: "我监护的人",
    Relation.NEIGHBOUR: "邻居、朋友或村（居）民",
    Relation.STAFF: "来办事的人（工作人员代约）",
}
LANGUAGES = {
    Language.MANDARIN: "普通话",
    Language.LOCAL: "本地方言",
    Language.MIAO: "苗语",
    Language.TUJIA: "土家语",
    Language.DONG: "侗语",
    Language.YAO: "瑶语",
}
SPECIALTIES = {
    Specialty.LABOUR: "工作、工资、工伤",
    Specialty.FAMILY: "婚姻、家庭、家暴",
    Specialty.MINORS: "孩子的事",
    Specialty.ELDERLY: "老人的事",
    Specialty.DISABLED: "残疾人的事",
    Specialty.INJURY: "交通事故、受伤赔偿",
    Specialty.LAND: "土地、房子",
}
HALF_DAYS = {HalfDay.MORNING: "上午方便", HalfDay.AFTERNOON: "下午方便"}
NOON = 720


@dataclass(frozen=True, slots=True)
class Wishes:
    """What counts when a team is chosen. The language, signing and a woman are conditions; the others are wishes."""

    needs: frozenset[AccessNeed] = frozenset()
    language: Language = Language.MANDARIN
    woman: bool = False
    specialty: Specialty | None = None
    half_day: HalfDay | None = None

    @property
    def signs(self) -> bool:
        """Say whether somebody has to sign."""
        return AccessNeed.SIGN_LANGUAGE in self.needs

    def suits(self, earliest: int) -> bool:
        """Say whether a window is in the half of the day that suits."""
        return self.half_day is None or (self.half_day is HalfDay.MORNING) == (earliest < NOON)

    def written(self) -> dict[str, Any]:
        """Write them as they are kept."""
        return {
            "needs": sorted(self.needs),
            "language": self.language.value,
            "woman": self.woman,
            "specialty": self.specialty and self.specialty.value,
            "half_day": self.half_day and self.half_day.value,
        }

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Wishes:
        """Read them as they were kept."""
        return cls(
            needs=frozenset(map(AccessNeed, kept["needs"])),
            language=Language(kept["language"]),
            woman=kept["woman"],
            specialty=Specialty(kept["specialty"]) if kept["specialty"] else None,
            half_day=HalfDay(kept["half_day"]) if kept["half_day"] else None,
        )
