"""Reading about the law: by group, by topic, by searching. Works without JavaScript (FEATURES D08, D13, D14)."""

from __future__ import annotations

from portal.learn import articles, feeds, search, services, shelves
from portal.learn.pages import pages

__all__ = ["articles", "feeds", "pages", "search", "services", "shelves"]
