"""The nearest place that is open and can help: from a position, an address or a region. Works without JavaScript."""

from __future__ import annotations

from portal.stations import by_region, near, place, start
from portal.stations.pages import pages

__all__ = ["by_region", "near", "pages", "place", "start"]
