"""The columns of a file of stations, and what they are called in Chinese and English."""

from __future__ import annotations

import unicodedata
from enum import StrEnum


class Column(StrEnum):
    """What a cell may say of a station."""

    CODE = "code"
    NAME = "name"
    KIND = "kind"
    LEVEL = "level"
    DIVISION_CODE = "division_code"
    DIVISION = "division"
    VENUE_NAME = "venue_name"
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
    Column.CODE: "服务点编号",
    Column.NAME: "名称",
    Column.KIND: "类型",
    Column.LEVEL: "级别",
    Column.DIVISION_CODE: "行政区划代码",
    Column.DIVISION: "行政区划",
    Column.VENUE_NAME: "所在楼宇",
    Column.ADDRESS: "地址",
    Column.TRANSPORT: "怎么去",
    Column.PHONE: "电话",
    Column.HOURS: "开放时间",
    Column.SERVICES: "办理事项",
    Column.LANGUAGES: "服务语言",
    Column.HOME_VISIT_KM: "上门范围（公里）",
    Column.SLOTS_AN_HOUR: "每小时接待数",
    Column.FACTS: "无障碍设施",
    Column.LAT: "纬度",
    Column.LON: "经度",
    Column.DATUM: "坐标系",
    Column.SOURCE: "来源",
    Column.SOURCE_NOTE: "来源说明",
    Column.CONFIRMED_ON: "核实日期",
    Column.STATUS: "状态",
    Column.APPROX_LAT: "大致纬度",
    Column.APPROX_LON: "大致经度",
    Column.APPROX_BASIS: "大致位置依据",
}
ALIASES = {
    "source_url": Column.SOURCE,
    "来源网址": Column.SOURCE,
    "retrieved_note": Column.SOURCE_NOTE,
    "机构名称": Column.NAME,
    "服务点名称": Column.NAME,
    "机构类型": Column.KIND,
    "层级": Column.LEVEL,
    "区划代码": Column.DIVISION_CODE,
    "所在地区": Column.DIVISION,
    "地区": Column.DIVISION,
    "详细地址": Column.ADDRESS,
    "联系电话": Column.PHONE,
    "办公时间": Column.HOURS,
    "工作时间": Column.HOURS,
    "服务时间": Column.HOURS,
    "latitude": Column.LAT,
    "longitude": Column.LON,
    "编号": Column.CODE,
}
EXAMPLE = {
    Column.NAME: "某某县法律援助中心",
    Column.KIND: "法律援助中心",
    Column.LEVEL: "县级",
    Column.DIVISION_CODE: "430281",
    Column.ADDRESS: "某某路1号政务中心一楼",
    Column.PHONE: "0731-12345678",
    Column.HOURS: "工作日 9:00-12:00，13:30-17:00",
    Column.SERVICES: "法律咨询、接收法律援助申请",
    Column.LANGUAGES: "普通话、本地方言",
    Column.FACTS: "轮椅坡道、没有电梯",
    Column.DATUM: "WGS-84",
    Column.STATUS: "开放",
}


def named(header: str) -> Column | None:
    """Find the column a header means, in any width and case; nothing where nobody knows it."""
    return _KNOWN.get(_tidy(header))


def _tidy(header: str) -> str:
    return "".join(unicodedata.normalize("NFKC", header).lower().split())


_KNOWN = {
    **{_tidy(column.value): column for column in Column},
    **{_tidy(title): column for column, title in TITLES.items()},
    **{_tidy(name): column for name, column in ALIASES.items()},
}
