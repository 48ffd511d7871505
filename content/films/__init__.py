"""Films pages may show: taken in with their captions, freed of what tells where they were made (FEATURES D11)."""

from __future__ import annotations

from content.films.captions import read as read_captions
from content.films.container import Cleaned, cleaned

__all__ = ["Cleaned", "cleaned", "read_captions"]
