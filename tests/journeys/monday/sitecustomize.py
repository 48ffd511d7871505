"""Python reads this as it starts with this folder on its path: then it is a Monday morning in Changsha."""

from datetime import UTC, datetime

import time_machine

time_machine.travel(datetime(2026, 11, 23, 1, 30, tzinfo=UTC), tick=True).start()
