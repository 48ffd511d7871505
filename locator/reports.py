"""我要纠错: anybody says what is wrong with a station, staff of its region answer, the code finds the answer (C15)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, Select, func, literal, select, tuple_, update

from core import audit, outbox, sms
from core.calendar import china_day, instant
from core.db import Instant, session
from core.errors import Conflict, Malformed, NotFound, checklist
from core.identity import Actor, Audience, Permission, open_to
from core.jobs import handles, recurs
from core.references import short_code, tidy
from locator import keeping, policy, version
from locator.models import ErrorReport, Station

LONGEST_WORDS = 500
LONGEST_ANSWER = 300
CODE_CHARACTERS = 9  # 8 and a hyphen
THANKS = "谢谢您，我们已经按您说的核实并更正。"
KEPT = timedelta(days=180)  # a number nobody ever texted
TEXT = "编号 {code} 有答复了，请在网站上凭编号查看，或拨打 12348 报编号询问。"


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


class StationReportState(StrEnum):
    """How far a report has come."""

    OPEN = "open"
    ACCEPTED = "accepted"
    EXPLAINED = "explained"


STATES = {
    StationReportState.OPEN: "正在核实",
    StationReportState.ACCEPTED: "已更正",
    StationReportState.EXPLAINED: "已核实，没有更改",
}


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody reports. `phone` is normalised, or empty."""

    subject: str
    words: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What staff answer: corrected, or why not."""

    accepted: bool
    answer: str


COLUMNS = (
    ErrorReport.id,
    ErrorReport.code,
    ErrorReport.subject,
    ErrorReport.words,
    ErrorReport.state,
    ErrorReport.reported_at,
    ErrorReport.answer,
    ErrorReport.answered_at,
    ErrorReport.phone.is_not(None).label("wants_text"),
    Station.code.label("station_code"),
    Station.name.label("station_name"),
    Station.corrected_on,
)


@open_to(Audience.ANYONE)
def report(actor: Actor, station_code: str, said: Said, *, now: datetime) -> ErrorReport:  # noqa: ARG001  # anyone's
    """Take in what is wrong. Nothing is kept of who said so but the telephone number they may have left."""
    with checklist() as check:
        check.require(said.subject in set(StationReportSubject), "report_subject_missing", "subject")
        check.require(said.words.strip(), "report_words_missing", "words")
        check.require(len(said.words) <= LONGEST_WORDS, "report_too_long", "words", limit=LONGEST_WORDS)
    made = ErrorReport(
        code=short_code(),
        station_id=keeping.standing(station_code).id,
        subject=said.subject,
        words=said.words.strip(),
        phone=said.phone or None,
        state=StationReportState.OPEN.value,
        reported_at=now,
    )
    session().add(made)
    session().flush()
    return made


def by_code(code: str) -> Row[*tuple[Any, ...]] | None:
    """Give a report to whoever has its code; nothing where there is none. Count tries before asking."""
    plain = tidy(code)
    if len(plain) != CODE_CHARACTERS:
        return None
    return session().execute(_joined().where(ErrorReport.code == plain)).one_or_none()


@open_to(Permission.DIRECTORY_EDIT)
def page(
    actor: Actor, *, is_open: bool, first: int, after: Sequence[Any] | None = None
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Give the reports of the region: those to be answered, the oldest first; or the answered, the newest first."""
    order = (ErrorReport.reported_at, ErrorReport.id)
    found = _kept_by(actor, is_open=is_open)
    if after is not None:
        place = tuple_(*order)
        found = found.where(place > _key(after) if is_open else place < _key(after))
    directed = order if is_open else tuple(column.desc() for column in order)
    return session().execute(found.order_by(*directed).limit(first + 1)).all()


@open_to(Permission.DIRECTORY_EDIT)
def count(actor: Actor, *, is_open: bool) -> int:
    """Count what the region has to answer, or has answered."""
    return session().scalar(select(func.count()).select_from(_kept_by(actor, is_open=is_open).subquery())) or 0


@open_to(Permission.DIRECTORY_EDIT)
def answer(actor: Actor, report_id: str, reply: Reply, *, now: datetime) -> ErrorReport:
    """Answer a report once: what was right is marked as corrected today, what was not is explained."""
    at = version.advance(now=now) if reply.accepted else 0
    found = _found(actor, report_id)
    with checklist() as check:
        check.require(reply.accepted or reply.answer.strip(), "report_answer_missing", "answer")
        check.require(len(reply.answer) <= LONGEST_ANSWER, "report_answer_too_long", "answer", limit=LONGEST_ANSWER)
    if found.state != StationReportState.OPEN:
        raise Conflict("report_answered")
    found.state = (StationReportState.ACCEPTED if reply.accepted else StationReportState.EXPLAINED).value
    found.answer = reply.answer.strip() or THANKS
    found.answered_by, found.answered_at = actor.id, now
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
    found = session().get_one(ErrorReport, payload["report"])
    if found.phone:
        sms.send(found.phone, TEXT.format(code=found.code))
        found.phone = None


@recurs("station_report.swept", every=timedelta(days=1))
def forget_numbers(payload: dict[str, Any], *, now: datetime) -> None:  # noqa: ARG001  # the shape of a handler
    """Forget the numbers of reports nobody has answered in half a year."""
    long_ago = (ErrorReport.reported_at < now - KEPT) & ErrorReport.phone.is_not(None)
    session().execute(update(ErrorReport).where(long_ago).values(phone=None))


def _joined() -> Select[*tuple[Any, ...]]:
    return select(*COLUMNS).select_from(ErrorReport).join(Station, Station.id == ErrorReport.station_id)


def _kept_by(actor: Actor, *, is_open: bool) -> Select[*tuple[Any, ...]]:
    state = ErrorReport.state == StationReportState.OPEN if is_open else ErrorReport.state != StationReportState.OPEN
    return _joined().where(policy.stations_kept_by(actor), state)


def _found(actor: Actor, report_id: str) -> ErrorReport:
    found = select(ErrorReport).join(Station, Station.id == ErrorReport.station_id)
    mine = found.where(ErrorReport.id == report_id, policy.stations_kept_by(actor))
    row = session().scalars(mine.with_for_update(of=ErrorReport)).one_or_none()
    if row is None:
        raise NotFound("report_unknown")
    return row


def _key(after: Sequence[Any]) -> Any:
    if [type(part) for part in after] != [str, str]:
        raise Malformed("cursor_unknown")
    try:
        moment = instant(after[0])
    except ValueError:
        raise Malformed("cursor_unknown") from None
    return tuple_(literal(moment, Instant()), literal(after[1]))
