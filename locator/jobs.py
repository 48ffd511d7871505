"""Errands of the directory: each module says when its own come back."""

from __future__ import annotations

from locator import pictures, reports, searches, staffing  # noqa: F401  # their errands are ours
from locator.upkeep import quality  # noqa: F401  # the same
