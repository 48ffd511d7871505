"""An appointment as a calendar file: the same event for ever, whatever happens to it (FEATURES B19)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from icalendar import Alarm, Calendar, Event, Timezone

from appointments.jobs import address
from appointments.models import Appointment
from appointments.offers import ServiceKind
from appointments.states import AppointmentState
from core.calendar import CHINA

PRODUCT = "-//Rufa//Appointments//ZH"
SINCE, UNTIL = date(2020, 1, 1), date(2040, 1, 1)  # China's clocks have no summer time in between
REMIND: Sequence[timedelta] = (timedelta(days=-1), timedelta(hours=-2))
SUMMARY = "预约 {reference}"  # nothing of the matter: a calendar is often seen by the family


def written(found: Appointment, station: Any, *, is_remote: bool) -> str:
    """Write the file. A cancelled appointment takes itself out of the calendar it was put in."""
    is_cancelled = found.state == AppointmentState.CANCELLED
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "CANCEL" if is_cancelled else "PUBLISH")
    made.add_component(Timezone.from_tzinfo(CHINA, first_date=SINCE, last_date=UNTIL))
    event = Event()
    event.add("uid", f"{found.id}@rufa")
    event.add("sequence", found.sequence)
    event.add("dtstamp", found.changed_at)
    event.add("dtstart", found.starts_at.astimezone(CHINA))
    event.add("dtend", (found.starts_at + timedelta(minutes=found.minutes)).astimezone(CHINA))
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    event.add("summary", SUMMARY.format(reference=found.reference))
    event.add("url", address(found.link))
    if not is_remote and found.service != ServiceKind.HOME_VISIT:
        event.add("location", station.address)
    for before in () if is_cancelled else REMIND:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", SUMMARY.format(reference=found.reference))
        alarm.add("trigger", before)
        event.add_component(alarm)
    made.add_component(event)
    return bytes(made.to_ical()).decode()
