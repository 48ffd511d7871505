"""What is texted about visits. Where and when to look, and that it is free; never what it is about (TRUST P1)."""

from __future__ import annotations

from datetime import timedelta

from accounts import phone
from appointments import tasks
from appointments.jobs import said, when
from appointments.models import Appointment
from appointments.models.home_visit import HomeVisit, VisitRequest
from appointments.states import AppointmentState
from appointments.tasks import Ask, TaskReason
from appointments.visits.times import moment
from core import settings, sms
from core.calendar import CHINA

VISITEE = "{name}替您约了工作人员：{when}，免费。是您的意思就不用管；不是，点这里取消：{address}"
MOVED = "上门时间有变：约 {arrives} 到，仍在您约的 {begin}–{end} 之间，编号 {reference}。查看：{address}"
HANDED = "上门时间不变（{when}），来的人换了，还是两个人，免费。进门前照这里核对：{address}"
OFF = "原定 {when} 的上门办不了了，抱歉。我们会和{name}另约时间，有急事打 12348。{reference}"
ASKED = "收到您的上门请求，编号 {reference}。{due} 前答复您。查看或撤回：{address}"
ANSWERED = "您的上门请求有答复了，编号 {reference}。查看：{address}"
SOMEBODY = "有人"
LONGEST_NAME = 8
CALL = "{name}替这位约了上门：{when}。请打电话问本人是不是愿意。"


def visitee(found: Appointment, visit: HomeVisit) -> None:
    """Tell whoever is visited that somebody ordered it, and how to undo it; where no text arrives, a person rings."""
    if found.state != AppointmentState.BOOKED:
        return
    told = {"name": found.name, "when": when(found)}
    if phone.is_mobile(visit.visitee_phone):
        told["name"] = _named(found.name)
        sms.send(visit.visitee_phone, VISITEE.format(**told, address=_address("undo", visit.visitee_link)))
        return
    key = f"visit.visitee:{found.id}:{found.sequence}"
    about = {"name": visit.visitee_name, "phone": visit.visitee_phone, "note": CALL.format(**told)}
    due = found.starts_at - timedelta(hours=4)
    ask = Ask(found.station_id, TaskReason.REMINDER, f"appointment:{found.id}", key, due, **about)
    tasks.open(ask, now=found.changed_at)


def moved(found: Appointment, visit: HomeVisit, arrives: int) -> None:
    """Tell the new time; what was overtaken by a later one, or by a cancellation, is not sent."""
    if found.state != AppointmentState.BOOKED or visit.told_arrival != arrives:
        return
    times = {name: _clock(visit, at) for name, at in _figures(visit, arrives).items()}
    sms.send(found.phone, MOVED.format(**times, reference=found.reference, address=_address("of", found.link)))


def handed_over(found: Appointment, visit: HomeVisit) -> None:
    """Tell that others come, at the same time: whoever ordered, and whoever is visited."""
    told = {"when": when(found)}
    sms.send(found.phone, HANDED.format(**told, address=_address("of", found.link)))
    if _is_told_too(found, visit):
        sms.send(visit.visitee_phone, HANDED.format(**told, address=_address("undo", visit.visitee_link)))


def taken_back(found: Appointment, visit: HomeVisit) -> None:
    """Tell whoever is visited that nobody comes then; whoever ordered is told how to choose another time."""
    if _is_told_too(found, visit):
        told = {"when": when(found), "name": _named(found.name), "reference": found.reference}
        sms.send(visit.visitee_phone, OFF.format(**told))


def request(found: VisitRequest) -> None:
    """Tell that a request came in and by when it is answered, or that it was answered."""
    words = ASKED if found.state == "asked" else ANSWERED
    told = {"reference": found.reference, "due": said(found.due_at), "address": _address("asked", found.link)}
    sms.send(found.phone, words.format(**told))


def _is_told_too(found: Appointment, visit: HomeVisit) -> bool:
    """Say whether somebody else is visited than ordered, with a telephone that can be texted."""
    return bool(visit.visitee_link) and visit.visitee_phone != found.phone and phone.is_mobile(visit.visitee_phone)


def _named(given: str) -> str:
    """Give a name that is one: the number is not theirs who typed it, and no message of theirs goes out as ours."""
    is_plain = len(given) <= LONGEST_NAME and given.replace("·", "").isalpha()
    return given if is_plain else SOMEBODY


def _figures(visit: HomeVisit, arrives: int) -> dict[str, int]:
    return {"arrives": arrives, "begin": visit.window_from, "end": visit.window_until}


def _clock(visit: HomeVisit, minute: int) -> str:
    return f"{moment(visit.on, minute).astimezone(CHINA):%H:%M}"


def _address(page: str, link: str) -> str:
    base = settings.current().public_url
    return f"{base}/visits/of/{link}" if page == "of" else f"{base}/home-visits/{page}/{link}"
