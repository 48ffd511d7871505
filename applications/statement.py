"""The statement of hardship (经济困难状况说明): what was asked about means, and what was answered. Pure.

RULEBOOK MV-STMT, PL-2. The pledge is signed over these rows; the papers print them.
"""

from __future__ import annotations

from applications import answers
from applications.journey import Situation
from applications.pledge import StatementRow

ABOUT_MEANS = frozenset(
    {"exemptions", "residence", "registry", "opponent_at_home", "income", "household_size", "circumstances"}
)


def rows(now: Situation) -> tuple[StatementRow, ...]:
    """Write the statement from the answers, in the order they were asked."""
    return tuple(
        StatementRow(question.name, question.title, answers.said(question, now.answers.get(question.name)) or "没有填")
        for question, _ in now.walk.asked
        if question.name in ABOUT_MEANS
    )
