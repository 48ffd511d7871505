"""Errands of the directory: each module says when its own come back."""

from __future__ import annotations

from locator import reports, staffing  # noqa: F401  # its errands are ours
