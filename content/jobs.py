"""What is done by itself for pages: whoever starts the service imports this."""

from __future__ import annotations

from content import screening as _screening  # noqa: F401
from content import sweeping as _sweeping  # noqa: F401
from content.events import jobs as _events  # noqa: F401  # they register themselves
from content.reach import tally as _reach  # noqa: F401
from content.search import jobs as _search  # noqa: F401
