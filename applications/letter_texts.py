"""What each letter says, as blocks. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from applications.letters import Block, big, heading, numbered, paragraph, spaced, table
from applications.reasons import Reason
from core.calendar import CHINA

METHODS = {"typed": "输入姓名", "drawn": "手写", "thumbprint": "按手印"}
REMEDIES = (
    (
        "如果您不服本决定，可以向设立本法律援助机构的司法行政部门提出异议。"
        "司法行政部门应当自收到异议之日起五日内审查，作出维持决定或者责令改正（《中华人民共和国法律援助法》第四十九条）。"
    ),
    "对司法行政部门维持决定不服的，可以在六十日内依法申请行政复议，或者在六个月内提起行政诉讼。",
    "需要帮忙写异议书的，请拨打 12348，或者到任何一个公共法律服务中心、工作站。",
)


@dataclass(frozen=True, slots=True)
class Paper:
    """One file that was handed in."""

    title: str
    name: str
    sha256: str


def receipt(reference: str, papers: Sequence[Paper], *, decide_by: date, has_pledge: bool) -> list[Block]:
    """Say what was received, when, and when there will be a decision (RULEBOOK P-6)."""
    rows = [[str(n), paper.title, paper.name, spaced(paper.sha256)] for n, paper in enumerate(papers, start=1)]
    blocks = [
        paragraph("您的法律援助申请和下列材料，我们已经收到。您的受理编号是："),
        big(reference),
        paragraph("查询进度、打电话咨询时，报这个编号就可以。请不要把编号告诉不相干的人。"),
        heading("收到的材料"),
        table(["序号", "材料", "文件", "文件指纹（SHA-256）"], rows, [2, 5, 5, 10])
        if rows
        else paragraph("申请表一份；暂时没有附件。"),
    ]
    if has_pledge:
        blocks.append(paragraph("另收到：本人签署的《法律援助申请个人诚信承诺书》一份。"))
    return [
        *blocks,
        heading("接下来"),
        numbered(
            [
                f"我们会在 {_day(decide_by)} 前作出是否给予法律援助的决定（自收到申请之日起七日内）。",
                "材料不齐的，我们会一次性告诉您缺什么；您补交期间不计算在七日之内。",
                "决定给予法律援助的，三日内安排律师或其他法律援助人员。",
            ]
        ),
    ]


def supplement(items: Sequence[tuple[Reason, str]], *, due_on: date) -> list[Block]:
    """Tell everything that is missing, once (RULEBOOK TL-SUP, LAL 43)."""
    rows = [[reason.title, note or reason.text, reason.issuer] for reason, note in items]
    return [
        paragraph("您的法律援助申请，还缺下列材料或说明。我们一次全部告诉您："),
        table(["缺什么", "说明", "从哪里来"], rows, [2, 4, 3]),
        paragraph(
            f"请在 {_day(due_on)} 前补交。您补交期间，审查时间停止计算。"
            "没有按要求补交的，视为撤回申请（《中华人民共和国法律援助法》第四十三条）；"
            "有困难请提前打电话告诉我们。"
        ),
        paragraph("可以在网上补交、到窗口交，也可以请工作站代交。"),
    ]


def grant(reasons: Sequence[Reason], explanation: str, *, assign_by: date) -> list[Block]:
    """Grant aid (form 009)."""
    return [
        paragraph("经审查，决定给予您法律援助。"),
        *_reasons(reasons, explanation),
        heading("接下来"),
        numbered(
            [
                f"我们会在 {_day(assign_by)} 前安排法律援助人员，并把姓名和电话告诉您。",
                "法律援助人员会和您签委托协议。整个过程不收费；有人向您收钱，请马上拨打 12348。",
                "请如实、及时提供案件有关情况和证据。经济状况或案件情况有变化，请告诉我们。",
            ]
        ),
    ]


def aid_first(ground: Reason, explanation: str, *, assign_by: date, complete_by: date) -> list[Block]:
    """Give aid before the papers are in order (LAL 44): the recipient completes the formalities afterwards."""
    return [
        paragraph("您的事情紧急，我们先给您提供法律援助，手续以后再补。"),
        *_reasons([ground], explanation),
        heading("接下来"),
        numbered(
            [
                f"我们会在 {_day(assign_by)} 前安排法律援助人员，紧急的事情先办。整个过程不收费。",
                f"请在 {_day(complete_by)} 前补齐申请手续和材料。登录后看得到怎么补，也可以请工作人员帮您。",
                "补齐以后，我们照常审查，把决定书发给您。",
            ]
        ),
    ]


def handed_over(to_name: str, contact: str, words: str) -> list[Block]:
    """Say who has the case now: an office elsewhere has agreed to it, and nothing is to be done again."""
    return [
        paragraph(f"您的申请由{to_name}继续办理。对方已经答应接办，材料由我们转过去，您不用重新申请。"),
        heading("怎么找到他们"),
        paragraph(contact),
        *([paragraph(words)] if words else []),
        heading("有问题找我们"),
        paragraph("对方让您重新申请、推来推去，或者联系不上，请拨打 12348，报上面的编号，由我们去协调。"),
    ]


def refusal(reasons: Sequence[Reason], explanation: str) -> list[Block]:
    """Refuse aid, with reasons and remedies (form 010, RULEBOOK TL-NO, TL-OBJ, TL-RECON)."""
    return [
        paragraph("经审查，决定不予法律援助。"),
        *_reasons(reasons, explanation),
        heading("不服怎么办"),
        numbered(REMEDIES),
        heading("别的帮助"),
        paragraph("您仍然可以免费咨询：拨打 12348，或者到附近的公共法律服务中心。调解、公证等服务也可以在那里问。"),
    ]


def pledge(signed: Mapping[str, Any], sha256: str) -> list[Block]:
    """Give a copy of the signed pledge: the document itself is kept sealed with the case (RULEBOOK PL-8)."""
    text, signature = signed["text"], signed["signature"]
    return [
        paragraph("这是您签署的承诺书的副本，请留着。原件以电子形式存入本案案卷。"),
        heading("签署前告知"),
        table(["事项", "内容"], [[one["title"], one["legal"]] for one in text["clauses"]], [1, 4]),
        heading("我说明的情况"),
        table(["项目", "内容"], [[row["label"], row["value"]] for row in signed["statement"]], [2, 3]),
        heading("我承诺"),
        numbered(text["commitments"]),
        heading("签署"),
        table(
            ["项目", "内容"],
            [
                ["签名", f"{signature['name']}（{METHODS[signature['method']]}）"],
                *_witnessed(signature),
                ["签署时间", f"{_moment(datetime.fromisoformat(signed['signed_at']))}（北京时间）"],
                ["文本版本", f"{signed['version']}"],
            ],
            [2, 3],
        ),
        paragraph("承诺书指纹（SHA-256）。内容有一个字变动，指纹就会不同："),
        {"kind": "hash", "text": spaced(sha256)},
    ]


def _witnessed(signature: Mapping[str, Any]) -> list[list[str]]:
    """Say who sat beside the person; pledges from before that was asked say nothing."""
    if not signature.get("witness"):
        return []
    return [["在场见证", f"{signature['witness']}（工作证号 {signature['witness_number']}）"]]


def _reasons(reasons: Sequence[Reason], explanation: str) -> list[Block]:
    blocks = [heading("理由和依据"), numbered([f"{one.title}：{one.text}（{one.basis}）" for one in reasons])]
    return [*blocks, paragraph(explanation)] if explanation else blocks


def _day(day: date) -> str:
    return f"{day:%Y年%-m月%-d日}"


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(CHINA):%Y年%-m月%-d日 %-H时%-M分}"
