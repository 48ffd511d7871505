"""What the codes of a case are called, in plain words: for the applicant ("you"), and for the desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from applications.hands import Reason
from core.identity import Actor, ActorKind

STATES = {
    "submitted": "已收到，等待审查",
    "under_review": "正在审查",
    "provisional_aid": "已先行提供援助，正在审查",
    "supplement_required": "等您补交材料",
    "deemed_withdrawn": "未按要求补交，视为撤回",
    "redirected": "已转交其他机构",
    "granted": "已决定给予法律援助",
    "refused": "已决定不予法律援助",
    "assigned": "已安排律师",
    "agreement_signed": "已签委托协议",
    "in_progress": "律师正在办理",
    "closed": "已办结",
    "followed_up": "已回访",
    "terminated": "已终止",
    "objection_filed": "异议审查中",
    "upheld": "异议审查：维持原决定",
    "correction_ordered": "异议审查：责令改正",
    "withdrawn": "您已撤回",
}

TURNS = {
    "agency": "轮到法律援助机构",
    "applicant": "轮到您",
    "lawyer": "轮到法律援助律师",
    "nobody": "已经结束，不用再做什么",
}

TIMELINE = {
    "submitted": ("已收到您的申请", "您可以下载接收凭证，留着查询用。"),
    "review_started": ("开始审查", ""),
    "called": ("我们给您打了电话", ""),
    "call_missed": ("我们给您打过电话，没有打通", "我们会再打。您也可以打 12348。"),
    "take_over_asked": ("请有管辖权的外地机构接办", "对方答应以前，还由我们办。您不用重新申请。"),
    "take_over_declined": ("对方不接办，由我们继续办", ""),
    "verification_asked": ("请外地机构协助核查", "核查期间，审查时间停止计算。您不用跑腿。"),
    "verification_answered": ("外地核查有了答复，审查继续", ""),
    "supplement_asked": ("通知您补交材料", "缺的材料一次全部列出。补交期间，审查时间停止计算。"),
    "supplement_supplied": ("您已补交，审查继续", ""),
    "deemed_withdrawn": ("视为撤回", "没有在期限内补交。三十天内补齐的，接着办，不用重新申请。"),
    "redirected": ("已转交", "由有管辖权的机构继续办理，不用您重新申请。"),
    "provisional_aid_given": ("先行提供援助", "事情紧急，先安排援助，手续后补。"),
    "granted": ("决定给予法律援助", "请下载决定书。"),
    "refused": ("决定不予法律援助", "决定书里写明了理由，也写明了不服怎么办。"),
    "assigned": ("已安排律师", ""),
    "agreement_signed": ("已签委托协议", ""),
    "work_started": ("律师开始办理", ""),
    "closed": ("案件办结", ""),
    "followed_up": ("已回访", ""),
    "terminated": ("法律援助终止", ""),
    "objection_filed": ("已收到您的异议", ""),
    "objection_upheld": ("维持原决定", ""),
    "correction_ordered": ("责令改正", ""),
    "withdrawn": ("您撤回了申请", ""),
    "to_supply": ("请您补交材料", "交齐以后，我们继续审查。"),
    "to_decide": ("作出决定", "自收到申请之日起七日内决定。"),
    "to_assign": ("安排律师", "决定给予法律援助后三日内安排。"),
}

WHYS = {
    "urgent": "紧急，{day}前必须行动，先办（法律援助法第四十四条）",
    "overdue": "法定期限 {day} 已过，先办",
    "due_soon": "法定期限快到：{day}",
    "priority": "优先办理：{groups}",
    "first_come": "按先来后到",
}

LANES = {0: "紧急", 1: "优先办理人员", 2: ""}

LOOKS = {
    "application.opened": "打开了您的案卷",
    "application.revealed": "查看了完整的{field}",
    "evidence.opened": "打开了您交的材料",
    "letter.opened": "打开了文书",
}
FIELDS = {"id_number": "证件号码", "phone": "电话", "address": "住址", "": "内容"}

DESK_STATES = {
    "submitted": "待审查",
    "under_review": "审查中",
    "provisional_aid": "先行援助中",
    "supplement_required": "等申请人补交",
    "deemed_withdrawn": "视为撤回",
    "granted": "已给予",
    "refused": "已不予",
    "withdrawn": "申请人已撤回",
}
DESK_TURNS = {
    "agency": "轮到我们",
    "applicant": "轮到申请人",
    "lawyer": "轮到承办律师",
    "nobody": "已经结束",
}
DESK_TIMELINE = {
    "submitted": ("收到申请", ""),
    "supplement_asked": ("要求补充材料", "审查时间停止计算。"),
    "supplement_supplied": ("申请人已补交", "审查时间继续计算。"),
    "deemed_withdrawn": ("视为撤回", "没有在期限内补交。"),
    "redirected": ("已转交", ""),
    "called": ("已和申请人通话", ""),
    "call_missed": ("打过电话，没有打通", "一小时内再打。"),
    "take_over_asked": ("请外地机构接办", "对方答应以前，期限照算。"),
    "take_over_declined": ("对方不接办", "由我们继续办。"),
    "verification_asked": ("请外地机构协助核查", "审查时间停止计算。"),
    "verification_answered": ("外地核查有了答复", "审查时间继续计算。"),
    "granted": ("决定给予法律援助", ""),
    "refused": ("决定不予法律援助", ""),
    "objection_filed": ("收到异议", ""),
    "withdrawn": ("申请人撤回申请", ""),
    "to_supply": ("等申请人补交", ""),
    "to_decide": ("作出决定", ""),
    "to_assign": ("安排律师", "决定给予后三日内。"),
}


@dataclass(frozen=True, slots=True)
class Words:
    """The words for one sort of reader."""

    states: Mapping[str, str]
    turns: Mapping[str, str]
    timeline: Mapping[str, tuple[str, str]]


FOR_APPLICANTS = Words(STATES, TURNS, TIMELINE)
FOR_THE_DESK = Words(STATES | DESK_STATES, DESK_TURNS, TIMELINE | DESK_TIMELINE)


def why(reason: Reason) -> str:
    """Say why a case is the next."""
    day = f"{reason.day.month}月{reason.day.day}日" if reason.day else "马上"
    return WHYS[reason.why].format(day=day, groups="、".join(reason.groups) or "优先人员")


def words_for(actor: Actor) -> Words:
    """Give the words for whoever reads."""
    return FOR_THE_DESK if actor.kind is ActorKind.STAFF else FOR_APPLICANTS
