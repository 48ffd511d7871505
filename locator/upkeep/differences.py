"""What differs between two entries, field by field, in words people read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from locator import words
from locator.kinds import Fact, GeoQuality, PlatformLevel, Service, StationKind
from locator.upkeep.cells import told
from locator.upkeep.entry import Entry

LEVELS = {
    PlatformLevel.PROVINCE_CENTRE: "省级",
    PlatformLevel.CITY_CENTRE: "市级",
    PlatformLevel.COUNTY_CENTRE: "县级",
    PlatformLevel.TOWNSHIP_STATION: "乡镇级",
    PlatformLevel.VILLAGE_POINT: "村级",
    PlatformLevel.LIAISON: "联络点",
}
NUMBER = 6  # characters of a photo's id: enough to tell two apart
QUALITIES = {
    GeoQuality.SURVEYED: "准确",
    GeoQuality.SEAT: "政府驻地",
    GeoQuality.GEONAMES: "地名",
    GeoQuality.SYNTHETIC: "演示推算",
    GeoQuality.INHERITED: "大致（所在地区）",
    GeoQuality.NONE: "没有",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that changes; an empty text is nothing said."""

    field: str
    label: str
    before: str
    after: str


def between(before: Entry | None, after: Entry | None) -> list[Difference]:
    """List what differs; where there was nothing before, all that is said now."""
    found = []
    for field, (label, show) in FIELDS.items():
        one, other = (show(said) if said else "" for said in (before, after))
        if one != other:
            found.append(Difference(field, label, one, other))
    return found


def lacks_and_has(facts: Mapping[str, Any]) -> str:
    """Say which facts are known, as a cell of a file says them."""
    known = [(fact, facts[fact]["there"]) for fact in Fact if fact in facts]
    return "、".join(f"{'' if there else '没有'}{words.ACCESSIBILITY[fact]}" for fact, there in known)


def _plain(name: str) -> Callable[[Entry], str]:
    return lambda said: str(said[name] or "")


def _of_venue(name: str) -> Callable[[Entry], str]:
    return lambda said: str(said["venue"][name] or "")


def _position(said: Entry) -> str:
    venue = said["venue"]
    if venue["lat"] is None:
        return ""
    return f"{venue['lat']:.6f}，{venue['lon']:.6f}（{QUALITIES[venue['geo_quality']]}）"


def _photo(said: Entry) -> str:
    venue = said["venue"]
    return f"{venue['photo_alt']}（编号 {venue['photo'][:NUMBER]}）" if venue["photo"] else ""


FIELDS: Mapping[str, tuple[str, Callable[[Entry], str]]] = {
    "name": ("名称", _plain("name")),
    "kind": ("类型", lambda said: words.KINDS[StationKind(said["kind"])]),
    "level": ("级别", lambda said: LEVELS[PlatformLevel(said["level"])]),
    "division_code": ("行政区划代码", _plain("division_code")),
    "address": ("地址", _of_venue("address")),
    "venue_name": ("所在楼宇", _of_venue("name")),
    "house": (
        "同一栋楼",
        lambda said: "" if said["house"] == said["id"] else f"与别的服务点合用（{said['house'][:NUMBER]}）",
    ),
    "transport": ("怎么去", _of_venue("transport")),
    "phone": ("电话", _plain("phone")),
    "hours_text": ("开放时间", _plain("hours_text")),
    "hours": ("系统读成的开放时间", lambda said: told(said["hours"])),
    "services": ("办理事项", lambda said: "、".join(words.SERVICES[Service(one)] for one in said["services"])),
    "languages": ("服务语言", lambda said: "、".join(said["languages"])),
    "home_visit_km": ("上门范围（公里）", _plain("home_visit_km")),
    "slots_an_hour": ("每小时接待数", _plain("slots_an_hour")),
    "facts": ("无障碍设施", lambda said: lacks_and_has(said["venue"]["facts"])),
    "photo": ("照片", _photo),
    "position": ("位置", _position),
    "source": ("来源", _plain("source")),
    "source_note": ("来源说明", _plain("source_note")),
    "confirmed_on": ("核实日期", _plain("confirmed_on")),
    "corrected_on": ("更正日期", _plain("corrected_on")),
}
