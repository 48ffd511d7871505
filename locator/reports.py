"""我要纠错: anybody says what is wrong with a station, staff of its region answer, the code finds the answer (C15)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, Select, select

from core import audit, corrections, outbox
from core.calendar import china_day
from core.corrections import Reply, Told
from core.db import session
from core.errors import NotFound
from core.identity import Actor, Audience, Permission, open_to
from core.jobs import handles, recurs
from locator import keeping, policy, version
from locator.models import ErrorReport, Station


class StationReportSubject(StrEnum):
    """What is wrong."""

    ADDRESS = "address"
    POSITION = "position"
    PHONE = "phone"
    HOURS = "hours"
    CLOSED = "closed"
    ACCESSIBILITY = "accessibility"
    SERVICE = "service"
    OTHER = "other"


SUBJECTS = {
    StationReportSubject.ADDRESS: "地址不对",
    StationReportSubject.POSITION: "地图上的位置不对",
    StationReportSubject.PHONE: "电话打不通或不对",
    StationReportSubject.HOURS: "开门时间不对",
    StationReportSubject.CLOSED: "已经搬走或关门",
    StationReportSubject.ACCESSIBILITY: "坡道、电梯等无障碍信息不对",
    StationReportSubject.SERVICE: "办的事情不对",
    StationReportSubject.OTHER: "其他",
}


@open_to(Audience.ANYONE)
def report(actor: Actor, station_code: str, told: Told, *, now: datetime) -> ErrorReport:  # noqa: ARG001  # anyone's
    """Take in what is wrong with a station."""
    kept = corrections.taken_in(told, set(StationReportSubject), now=now)
    made = ErrorReport(station_id=keeping.standing(station_code).id, **kept)
    session().add(made)
    session().flush()
    return made


def by_code(code: str) -> Row[*tuple[Any, ...]] | None:
    """Give a report to whoever has its code; nothing where there is none. Count tries before asking."""
    return corrections.by_code(_joined(), ErrorReport, code)


@open_to(Permission.DIRECTORY_EDIT)
def page(
    actor: Actor, *, is_open: bool, first: int, after: Sequence[Any] | None = None
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Give the reports of the region: those to be answered, the oldest first; or the answered, the newest first."""
    kept = _kept_by(actor, is_open=is_open)
    return corrections.page(kept, ErrorReport, is_open=is_open, first=first, after=after)


@open_to(Permission.DIRECTORY_EDIT)
def count(actor: Actor, *, is_open: bool) -> int:
    """Count what the region has to answer, or has answered."""
    return corrections.count(_kept_by(actor, is_open=is_open))


@open_to(Permission.DIRECTORY_EDIT)
def answer(actor: Actor, report_id: str, reply: Reply, *, now: datetime) -> ErrorReport:
    """Answer a report once: what was right is marked as corrected today, what was not is explained."""
    at = version.advance(now=now) if reply.accepted else 0
    found = _found(actor, report_id)
    corrections.settle(found, reply, by=actor, now=now)
    if reply.accepted:
        station = session().get_one(Station, found.station_id)
        station.corrected_on, station.changed_in = china_day(now), at
    if found.phone:
        outbox.put("station_report.answered", due_at=now, key=f"station_report.answered:{found.id}", report=found.id)
    audit.record(actor, f"station_report.{found.state}", f"station:{found.station_id}", now=now, report=found.id)
    return found


@handles("station_report.answered")
def say_answered(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001  # the shape of a handler
    """Tell whoever left a number that there is an answer, and forget the number."""
    corrections.tell(session().get_one(ErrorReport, payload["report"]))


@recurs("station_report.swept", every=timedelta(days=1))
def forget_numbers(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001  # the shape of a handler
    """Forget the numbers of reports nobody has answered in half a year."""
    corrections.forget_numbers(ErrorReport, now=now)


def _joined() -> Select[*tuple[Any, ...]]:
    station = (Station.code.label("station_code"), Station.name.label("station_name"), Station.corrected_on)
    joined = select(*corrections.columns(ErrorReport), *station).select_from(ErrorReport)
    return joined.join(Station, Station.id == ErrorReport.station_id)


def _kept_by(actor: Actor, *, is_open: bool) -> Select[*tuple[Any, ...]]:
    return _joined().where(policy.stations_kept_by(actor), corrections.in_state(ErrorReport, is_open=is_open))


def _found(actor: Actor, report_id: str) -> ErrorReport:
    found = select(ErrorReport).join(Station, Station.id == ErrorReport.station_id)
    mine = found.where(ErrorReport.id == report_id, policy.stations_kept_by(actor))
    row = session().scalars(mine.with_for_update(of=ErrorReport)).one_or_none()
    if row is None:
        raise NotFound("report_unknown")
    return row
