"""How the door says no: one shape for every error, and nothing of the inside (FEATURES E04, TRUST G7)."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from graphql import GraphQLError

from api.messages import message
from core import logs
from core.errors import Problem, Refusal

FAULT_STATUS = 500


def problem_data(problem: Problem) -> dict[str, Any]:
    """Say one thing a person can put right."""
    said = message(problem.code, problem.params)
    return {"code": problem.code, "field": problem.field, "message": said.text, "remedy": said.remedy}


def of_refusal(refusal: Refusal, path: Sequence[str | int] | None = None) -> dict[str, Any]:
    """Write a refusal as an error of the contract."""
    said = message(refusal.code, refusal.params)
    extensions: dict[str, Any] = {
        **refusal.params,
        "code": refusal.code,
        "status": refusal.status,
        "text": said.text,
        "remedy": said.remedy,
        "retryable": said.retryable,
    }
    if refusal.retry_after is not None:
        extensions["retryAfter"] = refusal.retry_after
    if problems := getattr(refusal, "problems", None):
        extensions["problems"] = [problem_data(problem) for problem in problems]
    error: dict[str, Any] = {"message": said.text, "extensions": extensions}
    if path is not None:
        error["path"] = list(path)
    return error


def of_document(error: GraphQLError, code: str, *, hints: bool) -> dict[str, Any]:
    """Write what is wrong with a document; `hints` lets suggestions through (development only)."""
    said = message(code)
    detail = error.message if hints else error.message.split(" Did you mean ", 1)[0]
    extensions = {
        "code": code,
        "status": 400,
        "text": said.text,
        "remedy": said.remedy,
        "retryable": False,
        "detail": detail,
    }
    formatted: dict[str, Any] = {"message": said.text, "extensions": extensions}
    if error.locations:
        formatted["locations"] = [{"line": at.line, "column": at.column} for at in error.locations]
    return formatted


def of_fault(fault: BaseException) -> dict[str, Any]:
    """Write a fault of ours: the log has the cause, the answer only a number to quote."""
    reference = log_fault(fault)
    said = message("internal", {"reference": reference})
    extensions = {
        "code": "internal",
        "status": FAULT_STATUS,
        "text": said.text,
        "remedy": said.remedy,
        "retryable": said.retryable,
        "reference": reference,
    }
    return {"message": said.text, "extensions": extensions}


def log_fault(fault: BaseException) -> str:
    """Log a fault under a fresh number. Its words stay out: they may quote people (TRUST P3)."""
    reference = secrets.token_hex(4).upper()
    logs.get("door").error("door.fault", request=reference, exc_info=fault)
    return reference
