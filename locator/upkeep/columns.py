"""The columns of a file of stations, and what they are called in Chinese and English."""

from __future__ import annotations

import unicodedata
from enum import StrEnum


class StationColumn(StrEnum):
    """What a cell may say of a station."""

    CODE = "code"
    NAME = "name"
    KIND = "kind"
    LEVEL = "level"
    DIVISION_CODE = "division_code"
    DIVISION = "division"
    VENUE_NAME = "venue_name"
    VENUE_CODE = "venue_code"
    ADDRESS = "address"
    TRANSPORT = "transport"
    PHONE = "phone"
    HOURS = "hours"
    SERVICES = "services"
    LANGUAGES = "languages"
    HOME_VISIT_KM = "home_visit_km"
    SLOTS_AN_HOUR = "slots_an_hour"
    FACTS = "facts"
    LAT = "lat"
    LON = "lon"
    DATUM = "datum"
    SOURCE = "source"
    SOURCE_NOTE = "source_note"
    CONFIRMED_ON = "confirmed_on"
    STATUS = "status"
    APPROX_LAT = "approx_lat"
    APPROX_LON = "approx_lon"
    APPROX_BASIS = "approx_basis"


TITLES = {
    StationColumn.CODE: "服务点编号",
    StationColumn.NAME: "名称",
    StationColumn.KIND: "类型",
    StationColumn.LEVEL: "级别",
    StationColumn.DIVISION_CODE: "行政区划代码",
    StationColumn.DIVISION: "行政区划",
    StationColumn.VENUE_NAME: "所在楼宇",
    StationColumn.VENUE_CODE: "楼宇编号",
    StationColumn.ADDRESS: "地址",
    StationColumn.TRANSPORT: "怎么去",
    StationColumn.PHONE: "电话",
    StationColumn.HOURS: "开放时间",
    StationColumn.SERVICES: "办理事项",
    StationColumn.LANGUAGES: "服务语言",
    StationColumn.HOME_VISIT_KM: "上门范围（公里）",
    StationColumn.SLOTS_AN_HOUR: "每小时接待数",
    StationColumn.FACTS: "无障碍设施",
    StationColumn.LAT: "纬度",
    StationColumn.LON: "经度",
    StationColumn.DATUM: "坐标系",
    StationColumn.SOURCE: "来源",
    StationColumn.SOURCE_NOTE: "来源说明",
    StationColumn.CONFIRMED_ON: "核实日期",
    StationColumn.STATUS: "状态",
    StationColumn.APPROX_LAT: "大致纬度",
    StationColumn.APPROX_LON: "大致经度",
    StationColumn.APPROX_BASIS: "大致位置依据",
}
ALIASES = {
    "source_url": StationColumn.SOURCE,
    "来源网址": StationColumn.SOURCE,
    "retrieved_note": StationColumn.SOURCE_NOTE,
    "机构名称": StationColumn.NAME,
    "服务点名称": StationColumn.NAME,
    "机构类型": StationColumn.KIND,
    "层级": StationColumn.LEVEL,
    "区划代码": StationColumn.DIVISION_CODE,
    "所在地区": StationColumn.DIVISION,
    "地区": StationColumn.DIVISION,
    "详细地址": StationColumn.ADDRESS,
    "联系电话": StationColumn.PHONE,
    "办公时间": StationColumn.HOURS,
    "工作时间": StationColumn.HOURS,
    "服务时间": StationColumn.HOURS,
    "latitude": StationColumn.LAT,
    "longitude": StationColumn.LON,
    "编号": StationColumn.CODE,
}
EXAMPLE = {
    StationColumn.NAME: "某某县法律援助中心",
    StationColumn.KIND: "法律援助中心",
    StationColumn.LEVEL: "县级",
    StationColumn.DIVISION_CODE: "430281",
    StationColumn.ADDRESS: "某某路1号政务中心一楼",
    StationColumn.PHONE: "0731-12345678",
    StationColumn.HOURS: "工作日 9:00-12:00，13:30-17:00",
    StationColumn.SERVICES: "法律咨询、接收法律援助申请",
    StationColumn.LANGUAGES: "普通话、本地方言",
    StationColumn.FACTS: "轮椅坡道、没有电梯",
    StationColumn.DATUM: "WGS-84",
    StationColumn.STATUS: "开放",
}


def named(header: str) -> StationColumn | None:
    """Find the column a header means, in any width and case; nothing where nobody knows it."""
    return _KNOWN.get(_tidy(header))


def _tidy(header: str) -> str:
    return "".join(unicodedata.normalize("NFKC", header).lower().split())


_KNOWN = {
    **{_tidy(column.value): column for column in StationColumn},
    **{_tidy(title): column for column, title in TITLES.items()},
    **{_tidy(name): column for name, column in ALIASES.items()},
}
