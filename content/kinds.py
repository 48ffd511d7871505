"""What pages there are, for whom, about what, and what each kind needs (FEATURES D01, D13)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from content.rulebook import read_from


class Kind(StrEnum):
    """What sort of page it is."""

    ARTICLE = "article"
    CASE = "case"
    FAQ = "faq"
    GUIDE = "guide"
    LAW_CARD = "law_card"
    VIDEO = "video"
    LEAFLET = "leaflet"
    NOTICE = "notice"
    EVENT = "event"
    FORM = "form"
    QUIZ = "quiz"


class Language(StrEnum):
    """What a page is written in."""

    SIMPLIFIED = "zh-Hans"
    TRADITIONAL = "zh-Hant"
    ENGLISH = "en"


LANGUAGES = {Language.SIMPLIFIED: "简体中文", Language.TRADITIONAL: "繁体中文", Language.ENGLISH: "English"}

GROUPS: Mapping[str, str] = {
    "everyone": "所有人",
    "migrant_workers": "农民工",
    "women": "妇女",
    "minors": "未成年人",
    "elderly": "老年人",
    "disabled": "残疾人",
    "military": "军人军属",
    "veterans": "退役军人",
    "new_employment": "新就业形态劳动者",
    "minorities": "少数民族群众",
    "reservoir_migrants": "水库移民",
}

TOPICS: Mapping[str, str] = {
    "wages": "讨薪和劳动合同",
    "work_injury": "工伤",
    "family": "婚姻家庭",
    "violence": "家庭暴力",
    "support": "赡养、抚养、扶养",
    "inheritance": "遗嘱和继承",
    "traffic": "交通事故",
    "injury": "人身损害",
    "social_insurance": "社会保险和救助",
    "land": "土地和房屋",
    "consumer": "消费和诈骗",
    "criminal": "刑事",
    "state_compensation": "国家赔偿",
    "rights": "残疾人和特殊群体权益",
    "legal_aid": "怎样申请法律援助",
}

FIELDS: Mapping[Kind, Mapping[str, str]] = {
    Kind.CASE: {"anonymised": "已隐去能认出当事人的内容", "source": "案例来源"},
    Kind.VIDEO: {
        "file": "视频",
        "poster": "封面图片",
        "transcript": "文字稿",
        "sign_language": "手语版",
    },
    Kind.EVENT: {"held_on": "哪一天", "hours": "几点到几点", "place": "地点", "capacity": "最多多少人"},
    Kind.FORM: {"file": "文书"},
    Kind.LAW_CARD: {"law": "法律", "article": "第几条"},
}
LONGEST_FIELD = 20_000  # a transcript


@dataclass(frozen=True, slots=True)
class Definition:
    """A kind as the rules file says it."""

    title: str
    required: tuple[str, ...] = ()
    is_work: bool = False
    strict_names: bool = False
    question: bool = False
    steps: bool = False
    citation: bool = False
    days: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    films: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    quiz: bool = False


@read_from("kinds.toml")
def definitions(said: dict[str, Any]) -> Mapping[Kind, Definition]:
    """Read what each kind needs. A kind nobody knows, or one that is missing, is a mistake in the file."""
    made = {
        Kind(code): Definition(**{name: _fixed(value) for name, value in one.items()}) for code, one in said.items()
    }
    return {kind: made[kind] for kind in Kind}


def _fixed(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def tags_of(groups: list[str], topics: list[str]) -> set[str]:
    """Write what a page is about as tags."""
    return {f"group:{one}" for one in groups} | {f"topic:{one}" for one in topics}


def said_by(tags: set[str], about: str) -> list[str]:
    """Read the groups (`group`) or topics (`topic`) of tags, in the order of the lists above."""
    order = GROUPS if about == "group" else TOPICS
    return [one for one in order if f"{about}:{one}" in tags]
