"""Errands of this slice."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete

from accounts import closing, takeout, wechat
from accounts.models import OneTimeCode, SignIn, Throttle, WitnessCode
from core import jobs, sms
from core.db import session

CODES_KEPT = timedelta(minutes=10)  # RULEBOOK 6.3
SIGN_INS_KEPT = timedelta(days=180)  # the term of logs (RULEBOOK 6.3)


@jobs.handles("accounts.code_requested")
def send_code(payload: dict[str, Any], *, now: datetime) -> None:
    """Text the code, unless it is too late for it. The words name no matter (P1)."""
    if now.timestamp() >= payload["good_until"]:
        return
    sms.send(payload["phone"], f"您的验证码是 {payload['code']}，5 分钟内有效。请勿告诉他人，工作人员不会向您索要。")


@jobs.handles("accounts.closing_asked")
def say_closing(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001  # the shape of a handler
    """Tell the number that its account is to be closed."""
    closing.tell(payload["person_id"])


@jobs.handles("accounts.wechat_bound")
def say_bound(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001  # the shape of a handler
    """Tell the number that a WeChat was bound."""
    wechat.tell(payload["person_id"])


@jobs.handles("accounts.taken_out")
def say_taken_out(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001  # the shape of a handler
    """Tell the number that everything was taken away."""
    takeout.tell(payload["person_id"])


@jobs.recurs("accounts.swept", every=timedelta(hours=1))
def sweep(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001
    """Forget codes, counters and sign-ins that are over (P6)."""
    session().execute(delete(OneTimeCode).where(OneTimeCode.expires_at < now - CODES_KEPT))
    session().execute(delete(Throttle).where(Throttle.ends_at < now))
    session().execute(delete(WitnessCode).where(WitnessCode.expires_at < now))
    session().execute(delete(SignIn).where(SignIn.expires_at < now - SIGN_INS_KEPT))
