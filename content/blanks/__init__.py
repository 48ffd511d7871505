"""The library of forms: to be filled in on a screen, or printed empty (FEATURES D27)."""

from __future__ import annotations

from content.blanks.library import Blank, blanks, find
from content.blanks.setting import as_pdf

__all__ = ["Blank", "as_pdf", "blanks", "find"]
