"""What stations are called and what is said beside them, for every face."""

from __future__ import annotations

from locator.kinds import Fact, Service, StationKind

KINDS = {
    StationKind.LEGAL_AID_CENTRE: "法律援助中心",
    StationKind.PUBLIC_LEGAL_SERVICE_CENTRE: "公共法律服务中心",
    StationKind.PUBLIC_LEGAL_SERVICE_STATION: "公共法律服务工作站",
    StationKind.TOWNSHIP_JUDICIAL_OFFICE: "司法所",
    StationKind.VILLAGE_POINT: "公共法律服务点",
    StationKind.LIAISON_POINT: "法律援助联络点",
    StationKind.JUSTICE_BUREAU: "司法局",
    StationKind.COURT: "法院工作站",
    StationKind.PROCURATORATE: "检察院工作站",
    StationKind.DETENTION_CENTRE: "看守所工作站",
    StationKind.PRISON: "监狱工作站",
    StationKind.DRUG_REHAB: "强制隔离戒毒所工作站",
    StationKind.LABOUR_ARBITRATION: "劳动仲裁院工作站",
    StationKind.TRADE_UNION: "工会工作站",
    StationKind.WOMENS_FEDERATION: "妇联工作站",
    StationKind.DISABLED_FEDERATION: "残联工作站",
    StationKind.YOUTH_LEAGUE: "共青团工作站",
    StationKind.ELDERLY_COMMITTEE: "老龄委工作站",
    StationKind.MILITARY: "军人军属工作站",
    StationKind.VETERANS: "退役军人工作站",
    StationKind.SCHOOL: "学校工作站",
    StationKind.MIGRANT_WORKERS: "农民工工作站",
    StationKind.PETITION: "信访工作站",
    StationKind.ELDERCARE_HOME: "养老机构工作站",
    StationKind.PARTY_MASS_SERVICE_CENTRE: "党群服务中心工作站",
    StationKind.LAW_FIRM: "律师事务所",
    StationKind.NOTARY: "公证处",
    StationKind.FORENSIC: "司法鉴定机构",
    StationKind.MEDIATION: "人民调解委员会",
    StationKind.SELF_SERVICE_TERMINAL: "自助服务终端",
    StationKind.CIRCUIT_STOP: "法律援助巡回点",
}
SERVICES = {
    Service.CONSULTATION: "法律咨询",
    Service.APPLICATIONS: "接收法律援助申请",
    Service.FIRST_REVIEW: "法律援助初审",
    Service.HOME_VISIT: "上门服务",
    Service.VIDEO: "视频咨询",
    Service.KIOSK: "自助终端",
    Service.NOTARY: "公证",
    Service.MEDIATION: "人民调解",
    Service.MILITARY: "军人军属窗口",
    Service.FORENSIC: "司法鉴定",
    Service.CIRCUIT: "巡回服务",
    Service.EXTENDED_HOURS: "延时服务",
}
ACCESSIBILITY = {
    Fact.WHEELCHAIR_RAMP: "轮椅坡道",
    Fact.LIFT: "电梯",
    Fact.ACCESSIBLE_TOILET: "无障碍卫生间",
    Fact.LOW_COUNTER: "低位服务台",
    Fact.WHEELCHAIR: "可借轮椅",
    Fact.HEARING_LOOP_OR_SIGN_LANGUAGE: "助听设备或手语预约",
    Fact.SIGN_LANGUAGE: "手语服务",
    Fact.MAGNIFIER: "老花镜、放大镜",
    Fact.WRITING_BOARD: "写字板",
    Fact.GUIDE_DOG: "导盲犬可进",
    Fact.PARKING: "停车位",
    Fact.NURSING_ROOM: "母婴室",
    Fact.VIDEO_BOOTH: "视频咨询间",
}
CHANNELS = {  # restricted places: nobody walks in, so this says the step that works (法律援助法第三十九条)
    StationKind.DETENTION_CENTRE: (
        "这里不接待来访。家属请打 12348，或到看守所所在地的法律援助中心；"
        "里面的人可以告诉管教民警要见值班律师，看守所会在二十四小时内转交申请。"
    ),
    StationKind.PRISON: (
        "这里不接待来访。家属请打 12348，或到监狱所在地的法律援助中心；"
        "里面的人可以告诉管教民警要申请法律援助，监狱会在二十四小时内转交申请。"
    ),
    StationKind.DRUG_REHAB: (
        "这里不接待来访。家属请打 12348，或到戒毒所所在地的法律援助中心；"
        "里面的人可以告诉管教民警要申请法律援助，戒毒所会在二十四小时内转交申请。"
    ),
}
HOURS_NOTE = "以现场公告为准"
DEMO_NOTE = "演示数据，非真实机构"
