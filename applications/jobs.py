"""Errands of a case: telling the applicant. Texts name no case, body or person (TRUST P1, FEATURES A36)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.phone import can_be_called
from applications import expiry, leaving, precheck, retention, sweeping  # noqa: F401  # their errands are ours
from applications.models.application import Application
from core.db import fresh_id, session
from core.jobs import handles
from messages.telling import Note, tell
from messages.ways import Kind

RECEIVED = "编号 {reference}，请保存，查询时报这个编号。"
NEWS = "您保存的编号有新进展，请登录查看，或拨打 12348 报编号询问。"
NEWS_DISCREET = "您有一条新消息，请在方便时查看。"
UNREACHED = "application.unreached"


@dataclass(frozen=True, slots=True)
class Copy:
    """What its owner reads in their list, after signing in."""

    title: str
    body: str


ARRIVED = Copy("材料已经收到", "编号 {reference}，请保存。到什么时候答复、轮到谁办，点开就能看到。")
MISSING = Copy("请补充材料", "编号 {reference} 还缺一些材料。缺什么、什么时候之前补，点开查看。")
REMINDED = Copy("补充材料快到期了", "编号 {reference} 还缺的材料，过几天就到期。缺什么，点开查看；有困难请打 12348。")
DECIDED = Copy("有结果了", "编号 {reference} 已经作出决定。决定书可以在这里看，也可以下载。")
WITHDRAWN = Copy("已按撤回处理", "编号 {reference} 没有在期限内补材料，按撤回处理。需要时可以重新提交，或拨打 12348。")
DOUBTED = Copy("请作个说明", "编号 {reference} 的承诺有一处需要您说明。说什么、什么时候之前说，点开查看。")
FALSE = Copy("核查有结论了", "编号 {reference} 的承诺核查有结论了，点开查看怎么办。")
AID_FIRST = Copy("先帮您办", "编号 {reference} 事情紧急，先提供援助，手续后补。接下来怎么办，点开查看。")
ELSEWHERE = Copy("请外地协助", "编号 {reference} 请外地的法律援助机构协助，到哪一步了，点开查看。您不用重新申请。")
LIFTED = Copy("核查结论已撤销", "编号 {reference} 先前的核查结论已经撤销，点开查看。")
SAID_LITTLE = Copy("有一条新消息", "请在方便时点开查看。")


@handles("application.submitted")
def say_received(payload: dict[str, Any], *, now: datetime) -> None:
    """Send the number, and nothing else."""
    application = session().get_one(Application, payload["application_id"])
    _tell(application, Kind.RECEIPT, RECEIVED.format(reference=application.reference), ARRIVED, now)


@handles("application.supplement_asked")
def say_missing(payload: dict[str, Any], *, now: datetime) -> None:
    """Say that there is something to see, not what."""
    _say_news(payload, MISSING, now)


@handles("application.supplement_reminded")
def say_reminded(payload: dict[str, Any], *, now: datetime) -> None:
    """Say again that there is something to see, not what."""
    _say_news(payload, REMINDED, now)


@handles("application.decided")
def say_decided(payload: dict[str, Any], *, now: datetime) -> None:
    """Say that there is something to see, not what."""
    _say_news(payload, DECIDED, now)


@handles("application.aid_first")
def say_aid_first(payload: dict[str, Any], *, now: datetime) -> None:
    """Say that there is something to see, not what."""
    _say_news(payload, AID_FIRST, now)


@handles("application.assistance")
def say_assistance(payload: dict[str, Any], *, now: datetime) -> None:
    """Say that there is something to see, not what."""
    _say_news(payload, ELSEWHERE, now)


@handles("application.deemed_withdrawn")
def say_withdrawn(payload: dict[str, Any], *, now: datetime) -> None:
    """Say that there is something to see, not what."""
    _say_news(payload, WITHDRAWN, now)


@handles("application.pledge_doubted")
def say_doubted(payload: dict[str, Any], *, now: datetime) -> None:
    """Say that there is something to see, not what."""
    _say_news(payload, DOUBTED, now)


@handles("application.pledge_found_false")
def say_found_false(payload: dict[str, Any], *, now: datetime) -> None:
    """Say that there is something to see, not what."""
    _say_news(payload, FALSE, now)


@handles("application.pledge_finding_lifted")
def say_lifted(payload: dict[str, Any], *, now: datetime) -> None:
    """Say that there is something to see, not what."""
    _say_news(payload, LIFTED, now)


def _say_news(payload: dict[str, Any], copy: Copy, now: datetime) -> None:
    application = session().get_one(Application, payload["application_id"])
    _tell(application, Kind.NEWS, NEWS_DISCREET if _is_discreet(application) else NEWS, copy, now)


def _is_discreet(application: Application) -> bool:
    return bool(application.answers.get("discreet"))


def _tell(application: Application, kind: Kind, text: str, copy: Copy, now: datetime) -> None:
    """Tell by every way that is safe; the errand this is done in comes once, and so does the message."""
    shown = SAID_LITTLE if _is_discreet(application) else copy
    number = str(application.answers.get("phone") or "")
    note = Note(
        kind,
        key=f"application:{fresh_id()}",
        text=text,
        title=shown.title,
        body=shown.body.format(reference=application.reference),
        path=f"/me/applications/{application.reference}",
        person_id=application.applicant_id,
        phone=number,
        is_pushed=application.answers.get("safe_to_text") != "NO",
        unreached=UNREACHED if kind is Kind.NEWS and can_be_called(number) else "",
        told={"region": application.region, "reference": application.reference, "phone": number},
    )
    tell(note, now=now)
