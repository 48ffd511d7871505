"""What somebody looks for, as the form says it and as the door takes it; a form that comes back keeps all of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from werkzeug.datastructures import MultiDict

MODES = {"WALK": "步行", "RIDE": "骑车", "DRIVE": "开车"}
MINUTES = (15, 30, 60)
WITHIN: dict[str | int, str] = {"": "多久都可以", **{minutes: f"{minutes} 分钟" for minutes in MINUTES}}
ORDERS = {"TIME": "路上时间短的在前", "DISTANCE": "距离近的在前"}
LANGUAGES = ("本地方言", "苗语", "土家语", "侗语", "瑶语")
GROUPS = {  # the short words of this page; what the door says of a need is longer
    "开放时间": {
        "OPEN_NOW": "现在开放",
        "OPEN_TONIGHT": "今晚开放",
        "OPEN_AFTER_18": "平时 18 点以后也开放",
        "OPEN_THIS_WEEKEND": "这个周末开放",
    },
    "无障碍": {
        "WHEELCHAIR_RAMP": "轮椅坡道",
        "LIFT": "电梯",
        "ACCESSIBLE_TOILET": "无障碍卫生间",
        "LOW_COUNTER": "低位服务台",
        "WHEELCHAIR": "可借轮椅",
        "HEARING_LOOP_OR_SIGN_LANGUAGE": "助听或手语预约",
        "SIGN_LANGUAGE": "手语服务",
        "MAGNIFIER": "老花镜、放大镜",
        "WRITING_BOARD": "写字板",
        "GUIDE_DOG": "导盲犬可进",
        "PARKING": "停车位",
        "NURSING_ROOM": "母婴室",
        "VIDEO_BOOTH": "视频咨询间",
    },
    "能办什么": {
        "APPLICATIONS": "能交申请",
        "CONSULTATION": "法律咨询",
        "FIRST_REVIEW": "初审",
        "HOME_VISIT": "能上门",
        "VIDEO": "视频咨询",
        "KIOSK": "自助终端",
        "NOTARY": "公证",
        "MEDIATION": "人民调解",
        "MILITARY": "军人军属窗口",
        "FORENSIC": "司法鉴定",
        "CIRCUIT": "巡回服务",
        "EXTENDED_HOURS": "延时服务",
    },
}
NEEDS = {need: label for group in GROUPS.values() for need, label in group.items()}
QUICK = {"OPEN_NOW": "现在开放", "OPEN_TONIGHT": "今晚", "OPEN_THIS_WEEKEND": "周末"}
FIRST = (  # offered before anything is looked for, to those who cannot do without
    "OPEN_NOW",
    "WHEELCHAIR_RAMP",
    "ACCESSIBLE_TOILET",
    "HEARING_LOOP_OR_SIGN_LANGUAGE",
    "APPLICATIONS",
    "HOME_VISIT",
)
KINDS = {
    "": "各种服务点",
    "agencies": "法律援助中心",
    "centres": "公共法律服务中心",
    "townships": "乡镇、街道的工作站",
    "villages": "村、社区的服务点",
    "circuit": "巡回点（某天到村里来）",
    "courts": "法院、检察院、劳动仲裁院的工作站",
    "groups": "工会、妇联、残联等的工作站",
    "military": "军人军属、退役军人的工作站",
    "restricted": "看守所、监狱、戒毒所（不接待来访）",
}
OF_A_KIND = {
    "agencies": ("LEGAL_AID_CENTRE",),
    "centres": ("PUBLIC_LEGAL_SERVICE_CENTRE",),
    "townships": ("PUBLIC_LEGAL_SERVICE_STATION", "TOWNSHIP_JUDICIAL_OFFICE"),
    "villages": ("VILLAGE_POINT", "LIAISON_POINT"),
    "circuit": ("CIRCUIT_STOP",),
    "courts": ("COURT", "PROCURATORATE", "LABOUR_ARBITRATION"),
    "groups": ("TRADE_UNION", "WOMENS_FEDERATION", "DISABLED_FEDERATION", "YOUTH_LEAGUE", "ELDERLY_COMMITTEE"),
    "military": ("MILITARY", "VETERANS"),
    "restricted": ("DETENTION_CENTRE", "PRISON", "DRUG_REHAB"),
}
RESTRICTED = "restricted"


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody looks for."""

    needs: tuple[str, ...] = ()
    kind: str = ""
    languages: tuple[str, ...] = ()
    mode: str = "WALK"
    within: int | None = None
    order: str = "TIME"

    @property
    def variables(self) -> dict[str, Any]:
        """Give it as the document takes it."""
        return {
            "needs": list(self.needs),
            "kinds": list(OF_A_KIND.get(self.kind, ())),
            "languages": list(self.languages),
            "mode": self.mode,
            "withinMinutes": self.within,
            "order": self.order,
        }

    @property
    def count(self) -> int:
        """Say how much narrows the search."""
        return len(self.needs) + len(self.languages) + bool(self.kind) + bool(self.within)

    def turned(self, switch: str) -> Wish:
        """Turn one of the quick switches on or off."""
        if switch == "within":
            return replace(self, within=None if self.within else MINUTES[0])
        if switch == RESTRICTED:
            return replace(self, kind="" if self.kind == RESTRICTED else RESTRICTED, needs=(), languages=())
        if switch not in NEEDS:
            return self
        left = tuple(need for need in self.needs if need != switch)
        return replace(self, needs=left if switch in self.needs else (*left, switch))


def read(form: MultiDict[str, str]) -> Wish:
    """Read a wish; what is not on a list counts for nothing, as no person has typed it."""
    within = form.get("within", "")
    wish = Wish(
        needs=tuple(dict.fromkeys(need for need in form.getlist("need") if need in NEEDS)),
        kind=_one(form, "kind", KINDS, ""),
        languages=tuple(one for one in LANGUAGES if one in form.getlist("language")),
        mode=_one(form, "mode", MODES, "WALK"),
        within=int(within) if within in {str(minutes) for minutes in MINUTES} else None,
        order=_one(form, "order", ORDERS, "TIME"),
    )
    return wish.turned(form.get("switch", ""))


def _one(form: Mapping[str, str], name: str, among: Collection[str], other: str) -> str:
    value = form.get(name, other)
    return value if value in among else other
