"""What people are told beside the outcome: headlines, what would change it, what to do next. Never a dead end."""

from __future__ import annotations

from collections.abc import Sequence

from applications.judgement import Step, Verdict
from applications.rule import Exemption, Showing

HEADLINES = {
    Verdict.LIKELY: "您很可能符合法律援助条件",
    Verdict.PERSON_LOOKS: "需要工作人员看一看",
    Verdict.OTHER_HELP: "可能不符合申请条件，但有别的办法帮您",
}
SHOWINGS = {
    Showing.DATA_SHARING: "由工作人员查询，您不用交材料",
    Showing.PROOF: "交一份证明材料",
    Showing.PLEDGE: "签一份诚信承诺书",
}
OUT_OF_SCOPE_CHANGES = (
    "如果事情里还有拖欠工资、受伤、被家人打骂、不给生活费，请退回去选那一项。",
    "如果您觉得自己符合条件，仍然可以申请，由工作人员决定。",
)

APPLY = Step("APPLY", "开始申请", "您填过的内容会带过去，不用再填。")
APPLY_ANYWAY = Step("APPLY", "仍然可以申请", "这里只是提示，由工作人员决定。")
HOTLINE = Step("HOTLINE", "拨打 12348", "免费咨询，不看收入。")
HOTLINE_NOW = Step("HOTLINE", "马上拨打 12348", "告诉他们日子快到了。申请时写明，可以先帮您、后补材料。")
STATION = Step("STATION", "到最近的服务点", "工作人员当面帮您看，也可以帮您填申请。")
MEDIATION = Step("MEDIATION", "请人调解", "双方都愿意时，人民调解不收费。")
POLICE = Step("POLICE", "有危险马上打 110", "先保证自己和孩子的安全。")


def next_steps(verdict: Verdict, *, discreet: bool, urgent: bool) -> tuple[Step, ...]:
    """List what to do next, the most helpful first. Nobody is sent to mediate with whoever beats them."""
    hotline = HOTLINE_NOW if urgent else HOTLINE
    if discreet:
        return (POLICE, APPLY, hotline, STATION)
    if verdict is Verdict.OTHER_HELP:
        return (hotline, STATION, MEDIATION, APPLY_ANYWAY)
    if urgent:
        return (hotline, APPLY, STATION)
    return (APPLY, hotline, STATION)


def exempt_changes(offered: Sequence[Exemption]) -> tuple[str, ...]:
    """Say which classes of persons would not be asked about their means."""
    titles = "；".join(one.title for one in offered)
    return (f"如果您属于下面的人，就不用核查收入：{titles}。",) if titles else ()
