"""Errands of a case: telling the applicant. Texts name no case, body or person (TRUST P1, FEATURES A36)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.phone import is_mobile
from applications import expiry, leaving, precheck, retention, sweeping  # noqa: F401  # their errands are ours
from applications.models.application import Application
from core import sms
from core.db import session
from core.jobs import handles

RECEIVED = "编号 {reference}，请保存，查询时报这个编号。"
NEWS = "您保存的编号有新进展，请登录查看，或拨打 12348 报编号询问。"
NEWS_DISCREET = "您有一条新消息，请在方便时查看。"


@handles("application.submitted")
def say_received(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001  # the shape of a handler
    """Send the number, and nothing else."""
    application = session().get_one(Application, payload["application_id"])
    _text(application, RECEIVED.format(reference=application.reference))


@handles("application.supplement_asked")
@handles("application.decided")
@handles("application.deemed_withdrawn")
@handles("application.pledge_doubted")
@handles("application.pledge_found_false")
@handles("application.pledge_finding_lifted")
def say_news(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001  # the shape of a handler
    """Say that there is something to see, not what."""
    application = session().get_one(Application, payload["application_id"])
    _text(application, NEWS_DISCREET if application.answers.get("discreet") else NEWS)


def _text(application: Application, words: str) -> None:
    number = application.answers.get("phone", "")
    if is_mobile(number) and application.answers.get("safe_to_text") != "NO":
        sms.send(number, words)
