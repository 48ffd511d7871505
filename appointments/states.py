"""How far an appointment has come, and what may come next."""

from __future__ import annotations

from enum import StrEnum


class AppointmentState(StrEnum):
    """How far it has come."""

    BOOKED = "booked"
    ARRIVED = "arrived"
    DONE = "done"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"


LABELS = {
    AppointmentState.BOOKED: "已预约",
    AppointmentState.ARRIVED: "已到",
    AppointmentState.DONE: "已办完",
    AppointmentState.NO_SHOW: "没有来",
    AppointmentState.CANCELLED: "已取消",
}
NEXT = {
    AppointmentState.BOOKED: (AppointmentState.ARRIVED, AppointmentState.DONE, AppointmentState.NO_SHOW),
    AppointmentState.ARRIVED: (AppointmentState.DONE,),
    AppointmentState.NO_SHOW: (AppointmentState.ARRIVED,),  # came late after all
    AppointmentState.DONE: (),
    AppointmentState.CANCELLED: (),
}
