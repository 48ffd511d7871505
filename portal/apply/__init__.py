"""Applying: one thing a page, saved at every step, resumed on any device. Works without JavaScript."""

from __future__ import annotations

from portal.apply import check, papers, pledge, start, steps
from portal.apply.pages import pages

__all__ = ["check", "pages", "papers", "pledge", "start", "steps"]
