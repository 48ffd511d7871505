"""A small town with three places that can be booked: enough for alternatives, and quick to put up."""

import threading
from datetime import UTC, datetime, timedelta

from accounts.models import Person
from appointments import booking
from appointments.booking import Order, Proof
from appointments.models import Rota
from appointments.offers import ServiceKind
from core.calendar import CHINA
from core.crypto import blind_index
from core.db import session
from core.identity import Actor, ActorKind, Permission
from locator import queries as places
from locator.models import Division, Station, Venue

NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)  # Monday 09:30 in China
TALK, CALL, VIDEO = ServiceKind.WINDOW_TALK, ServiceKind.PHONE_CALLBACK, ServiceKind.VIDEO
SIGNED_IN = Proof()
OFFICE = "WD 09:00-12:00,13:30-17:00"
DIVISIONS = (
    ("43", "湖南省", 1, None, "/43/"),
    ("4302", "株洲市", 2, "43", "/43/4302/"),
    ("430211", "天元区", 3, "4302", "/43/4302/430211/"),
    ("430281", "醴陵市", 3, "4302", "/43/4302/430281/"),
)
STATIONS = {  # id: (code, division, kind, lat, services)
    "near": ("AAAA-0001", "430211", "legal_aid_centre", 27.80, ["consultation", "applications", "video"]),
    "next": ("AAAA-0002", "430211", "public_legal_service_centre", 27.81, ["consultation"]),
    "far": ("AAAA-0003", "430281", "legal_aid_centre", 27.90, ["consultation"]),
    "jail": ("AAAA-0004", "430211", "prison", 27.80, ["consultation"]),
}


def put_up():
    """Put up the town."""
    for code, name, level, parent, lineage in DIVISIONS:
        told = {"status": "active", "full_name": name, "lineage": lineage, "pinyin": "", "initials": ""}
        session().add(Division(code=code, name=name, level=level, parent_code=parent, **told))
        session().flush()
    for which, (code, division, kind, lat, services) in STATIONS.items():
        address = {"address": f"{which} 路 1 号", "lat": lat, "lon": 113.1, "geo_quality": "surveyed"}
        session().add(Venue(id=which, division_code=division, **address))
        session().flush()
        told = {"level": "county_centre", "phone": "12348", "source": "test", "hours": OFFICE, "slots_an_hour": 2}
        named = {"code": code, "name": f"{which} 中心", "kind": kind, "services": services}
        session().add(Station(id=which, venue_id=which, division_code=division, **named, **told))
    session().flush()
    places.forget()


def code(which="near"):
    """Give the code of a station."""
    return STATIONS[which][0]


def citizen(number="13800000001"):
    """Give somebody with an account as the actor they are."""
    person = Person(phone=number, phone_index=blind_index(number, "person.phone"), created_at=NOW)
    session().add(person)
    session().flush()
    return Actor(id=person.id, kind=ActorKind.CITIZEN, roles=frozenset({"citizen"}))


def clerk(region="430211"):
    """Give somebody who works at the stations of a region."""
    may = frozenset({Permission.APPOINTMENTS_ATTEND})
    return Actor(id=f"clerk-{region}", kind=ActorKind.STAFF, permissions=may, region=region, name="田小禾")


def at(clock="15:00", ahead=0):
    """Give a moment of Monday, or of a day after it, in China."""
    hour, minute = map(int, clock.split(":"))
    return datetime(2026, 11, 23, hour, minute, tzinfo=CHINA) + timedelta(days=ahead)


def order(starts_at=None, **given):
    """Order a talk on Monday afternoon."""
    usual = {"station": code(), "service": TALK, "name": "王女士", "starts_at": starts_at or at()}
    return Order(**{**usual, **given})


def seats(capacity, station="near", service=TALK, **given):
    """Have a station see so many at a time."""
    shift = {"weekdays": "01234", "first_on": datetime(2026, 1, 1, tzinfo=CHINA).date(), "opens": 540, "closes": 1020}
    told = {**shift, "slot_minutes": 30, "capacity": capacity, **given}
    session().add(Rota(station_id=station, service=service.value, **told))
    session().flush()


def booked(starts_at, number="13900000001", now=NOW):
    """Have somebody else take a place."""
    return booking.book(citizen(number), order(starts_at, name="李先生"), SIGNED_IN, now=now)


def together(tasks):
    """Run tasks at the same moment; give what they came to."""
    outcomes, gate = [None] * len(tasks), threading.Barrier(len(tasks))

    def run(place, task):
        gate.wait()
        outcomes[place] = task()

    threads = [threading.Thread(target=run, args=(place, task)) for place, task in enumerate(tasks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes
