"""The receipt left at home: what was done, what was taken, what comes next; lines to write on else."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from appointments.aftercare import outcomes
from appointments.aftercare.outcomes import LABELS, OutcomeKind
from appointments.doorstep.sheet import Stop
from core import paper, settings
from core.calendar import CHINA

PAPER = Path(__file__).parent.parent / "papers" / "receipt.typ"
TITLE = "上门服务回执"
NEVER = "不要给任何人：钱和红包、银行卡和密码、手机验证码；不要在空白的纸上签名、按手印。"


def said(stop: Stop) -> dict[str, Any]:
    """Say what stands on it. It names nobody who is visited: it may lie about."""
    came = "、".join(f"{one.name}（工作证号 {one.work_number}）" for one in stop.card.crew)
    done = outcomes.of(stop.row.id)
    rows = [
        _row("编号", stop.row.reference),
        _row("来的人", came),
        _row("到达和离开", _between(stop)),
        _row("收下的材料（原件当场还）", "；".join(stop.stands.papers), 3),
        _row("办了什么", LABELS[OutcomeKind(done.outcome)] if done else "", 2),
        _row("接下来怎么办", done.next_step if done else "", 2),
    ]
    named = {"title": TITLE, "agency": stop.card.station.name, "reference": stop.row.reference}
    return {**named, "rows": rows, "never": NEVER, "demo": settings.current().is_demo}


def as_pdf(content: dict[str, Any]) -> bytes:
    """Set it."""
    return paper.as_pdf(PAPER, "receipt", content)


def _row(name: str, words: str, lines: int = 1) -> dict[str, str | int]:
    return {"name": name, "words": words, "lines": lines}


def _between(stop: Stop) -> str:
    moments = (stop.stands.arrived_at, stop.stands.finished_at)
    return "，".join(_clock(one) for one in moments if one) if all(moments) else ""


def _clock(moment: datetime) -> str:
    local = moment.astimezone(CHINA)
    return f"{local.month}月{local.day}日 {local:%H:%M}"
