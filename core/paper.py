"""Papers: a template and values set as PDF/UA, the same values giving the same bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst


def as_pdf(template: Path, name: str, content: Mapping[str, Any]) -> bytes:
    """Set what a template reads as `sys.inputs` under a name. Needs a Chinese font (Debian: fonts-noto-cjk)."""
    return _set(str(template), name, json.dumps(content, ensure_ascii=False, sort_keys=True))


def as_png(template: Path, name: str, content: Mapping[str, Any], *, dots: int) -> bytes:
    """Draw what `as_pdf` would set as a picture of one page, with so many dots an inch."""
    return _drawn(str(template), name, json.dumps(content, ensure_ascii=False, sort_keys=True), dots)


@lru_cache(maxsize=32)
def _drawn(template: str, name: str, content: str, dots: int) -> bytes:
    made = typst.compile(template, sys_inputs={name: content}, format="png", ppi=dots)
    assert isinstance(made, bytes)  # noqa: S101  # one page; its types cannot say so
    return made


@lru_cache(maxsize=32)
def _set(template: str, name: str, content: str) -> bytes:
    made = typst.compile(template, sys_inputs={name: content}, pdf_standards=["ua-1"])
    assert isinstance(made, bytes)  # noqa: S101  # one file in, one file out; its types cannot say so
    return made
