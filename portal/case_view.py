"""What pages about a case make of the answer: rows, files and lines of the timeline, for citizens and staff alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from portal import filters

Case = Mapping[str, Any]
SOON = 2  # days


def dates(case: Case) -> list[dict[str, str]]:
    """Give the three dates people are promised: received, decided, a lawyer (RULEBOOK 10.2)."""
    decision, lawyer = case["decisionDue"], case["lawyerDue"]
    rows = [{"key": "收到申请", "value": filters.moment(case["receivedAt"])}]
    if case["decision"]:
        rows.append({"key": "作出决定", "value": filters.moment(case["decision"]["decidedAt"])})
    elif decision["pausedSince"]:
        rows.append({"key": "作出决定", "value": f"暂停计算，自{filters.moment(decision['pausedSince'])}起"})
    else:
        rows.append({"key": "最晚作出决定", "value": _due(decision)})
    if lawyer:
        rows.append({"key": "最晚安排律师", "value": _due(lawyer)})
    return rows


def entries(case: Case) -> list[dict[str, Any]]:
    """Give the lines of the timeline; what comes next shows its last day."""
    return [{**one, "text": _ahead(one) or one["text"]} for one in case["timeline"]]


def papers(evidence: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Give files as the list of files shows them."""
    return [
        {
            "name": one["name"],
            "size": one["size"],
            "href": one["url"],
            "thumbnail": one["thumbnailUrl"],
            "note": one["title"],
        }
        for one in evidence
    ]


def clock(due: date | None, today: date) -> dict[str, str] | None:
    """Say until when something is due and how long that is, by how much it presses (FEATURES F01)."""
    if due is None:
        return None
    days = (due - today).days
    shown = f"{due.month}月{due.day}日 周{filters.WEEKDAYS[due.weekday()]}"
    if days < 0:
        return {"day": shown, "left": f"已超期 {-days} 天", "kind": "danger"}
    left = f"还剩 {days} 天" if days else "今天到期"
    return {"day": shown, "left": left, "kind": "info" if days > SOON else "warning"}


def today(moment: datetime) -> date:
    """Give the day it is in China."""
    return moment.astimezone(filters.CHINA).date()


def _due(deadline: Mapping[str, Any]) -> str:
    said = filters.day(deadline["target"])
    if deadline["legal"] != deadline["target"]:
        said += f"（遇休息日，法定期限顺延到{filters.day(deadline['legal'])}）"
    return said


def _ahead(entry: Mapping[str, Any]) -> str:
    return f"{entry['text']}最晚 {filters.day(entry['due'])}。" if entry["due"] else ""
