"""What places are called and what is said beside them, for every face."""

from __future__ import annotations

from locator.kinds import PlaceKind

KINDS = {
    PlaceKind.PUBLIC_LEGAL_SERVICE_CENTRE: "公共法律服务中心",
    PlaceKind.LEGAL_AID_CENTRE: "法律援助中心",
    PlaceKind.PUBLIC_LEGAL_SERVICE_STATION: "公共法律服务工作站",
}
ACCESSIBILITY = {
    "wheelchair_ramp": "轮椅坡道",
    "accessible_toilet": "无障碍卫生间",
    "hearing_loop_or_sign_language": "助听设备或手语预约",
    "parking": "停车位",
    "lift": "电梯",
    "nursing_room": "母婴室",
    "video_booth": "视频咨询间",
    "low_counter": "低位服务台",
}
HOURS_NOTE = "以现场公告为准"
DEMO_NOTE = "演示数据，非真实机构"
