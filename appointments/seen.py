"""Appointments as they are shown: a row, with what is read once for all rows of a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from appointments import approvals, calendar_file, meetings, queries
from appointments.models import Appointment
from appointments.offers import Offer, ServiceKind, menu
from appointments.reached import NOBODY_TRIED, Reached
from appointments.states import LABELS, AppointmentState

AWAITED = "等工作人员确认"


@dataclass(frozen=True, slots=True)
class Seen:
    """An appointment, its place and its service, at a moment."""

    row: Appointment
    station: Any
    offer: Offer
    now: datetime
    approval_due_at: datetime | None = None  # an answer is awaited
    reached: Reached = NOBODY_TRIED  # for those who attend; it is read apart

    @property
    def state(self) -> AppointmentState:
        """Give its state."""
        return AppointmentState(self.row.state)

    @property
    def state_text(self) -> str:
        """Say its state."""
        return AWAITED if self.is_awaited else LABELS[self.state]

    @property
    def is_awaited(self) -> bool:
        """Say whether somebody has yet to agree to it."""
        return self.approval_due_at is not None and self.state is AppointmentState.BOOKED

    @property
    def ends_at(self) -> datetime:
        """Give when it is over."""
        return self.row.starts_at + timedelta(minutes=self.row.minutes)

    @property
    def change_until(self) -> datetime:
        """Give the last moment it can be moved."""
        return self.row.starts_at - self.offer.change_until

    @property
    def can_change(self) -> bool:
        """Say whether it can still be moved."""
        return self.state is AppointmentState.BOOKED and self.now <= self.change_until

    @property
    def can_cancel(self) -> bool:
        """Say whether it can still be given back."""
        return self.state is AppointmentState.BOOKED and self.now <= self.row.starts_at - self.offer.cancel_until

    @property
    def meeting_opens_at(self) -> datetime | None:
        """Give from when the way into a talk by video is shown."""
        return meetings.opens_at(self.row) if meetings.is_from_home(self.row) else None

    @property
    def meeting_url(self) -> str | None:
        """Give the way into a talk by video, near its time."""
        return meetings.way_in(self.row, now=self.now)

    @property
    def is_rung_instead(self) -> bool:
        """Say whether a talk by video is held by telephone after all."""
        return meetings.is_rung_instead(self.row)

    @property
    def is_confirmed(self) -> bool:
        """Say whether the person said they will come."""
        return self.row.confirmed_at is not None

    @property
    def can_confirm(self) -> bool:
        """Say whether they may still say so."""
        return self.state is AppointmentState.BOOKED and not self.is_confirmed and self.now <= self.row.starts_at

    @property
    def calendar_file(self) -> str:
        """Write it as a calendar file."""
        return calendar_file.written(self.row, self.station, is_remote=self.offer.is_remote)


def together(rows: Iterable[Appointment], *, now: datetime) -> list[Seen]:
    """Show rows on one page."""
    rows = list(rows)
    stations = queries.stations_of(rows)
    asked = [row.id for row in rows if menu()[ServiceKind(row.service)].needs_approval]
    due = approvals.pending(asked) if asked else {}
    return [Seen(row, stations[row.station_id], menu()[ServiceKind(row.service)], now, due.get(row.id)) for row in rows]
