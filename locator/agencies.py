"""Where to apply: a suggestion with its reason, and a free choice (RULEBOOK JU-UI; 法律援助法第十三、三十八条)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from locator import queries
from locator.kinds import StationKind


class Reason(StrEnum):
    """Why an agency is suggested."""

    COUNTY = "county_agency"
    PREFECTURE = "prefecture_agency"
    PROVINCE = "province_centre"
    NEARBY = "nearby_station"


WHERE_TO_APPLY = (
    "打官司的事，向办案机关（公安、检察院、法院、仲裁委）所在地的法律援助机构申请；"
    "不打官司的事，向处理争议的机关所在地或者事情发生地的法律援助机构申请（法律援助法第三十八条）。"
)
WHICH_STANDARD = "各地经济困难标准不同的，按接收申请的机构所在地的标准办理。"
FREE_CHOICE = "您可以自己选择。选错了也不会退回：我们会转给应当办理的机构。"
REASONS = {
    Reason.COUNTY: f"这是您所选地区的法律援助机构。{WHERE_TO_APPLY}",
    Reason.PREFECTURE: f"办案机关是市（州）一级，或者不清楚是哪个县区时，可以选它。{WHICH_STANDARD}",
    Reason.PROVINCE: "办案机关在省一级时，可以先向它咨询。",
    Reason.NEARBY: "离您近，可以就近递交，由工作站转给法律援助机构办理（法律援助法第十三条）。",
}
BY_LEVEL = {1: Reason.PROVINCE, 2: Reason.PREFECTURE, 3: Reason.COUNTY, 4: Reason.NEARBY}
AGENCIES = {
    Reason.COUNTY: StationKind.LEGAL_AID_CENTRE,
    Reason.PREFECTURE: StationKind.LEGAL_AID_CENTRE,
    Reason.PROVINCE: StationKind.PUBLIC_LEGAL_SERVICE_CENTRE,
    Reason.NEARBY: StationKind.PUBLIC_LEGAL_SERVICE_STATION,
}
ORDER = tuple(AGENCIES)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An agency somebody may apply to, and why."""

    station: Any
    reason: Reason
    is_suggested: bool

    @property
    def reason_text(self) -> str:
        """Give the reason in plain words."""
        return REASONS[self.reason]


def agencies_for(region_code: str) -> list[Suggestion]:
    """Suggest where to apply from a division: its county's agency, the wider ones, then the station nearby."""
    levels = {step.code: step.level for step in queries.path(region_code)}
    found = []
    for row in queries.stations_of(levels):
        reason = BY_LEVEL.get(levels[row.division_code])
        if reason and row.kind == AGENCIES[reason]:
            found.append((reason, row))
    found.sort(key=lambda one: ORDER.index(one[0]))
    first = found[0][0] if found and found[0][0] is not Reason.NEARBY else None
    return [Suggestion(row, reason, is_suggested=reason is first) for reason, row in found]
