"""What the checks from outside cannot ask a server for: tokens of a made-up citizen, the code that was texted last.

`python tests/outside_people.py pair 13800000001` with the settings the server was started with. With `listen` it
answers a line of JSON (`["bookings", slot]`) by another, until its input ends.
"""

import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "graphql")]

from sqlalchemy import select  # noqa: E402

import wsgi  # noqa: E402
from accounts import codes, sign_in  # noqa: E402
from accounts.models import OneTimeCode  # noqa: E402
from accounts.sign_in import Device  # noqa: E402
from api import tokens  # noqa: E402
from appointments.models import Appointment, Rota  # noqa: E402
from appointments.offers import ServiceKind  # noqa: E402
from core.calendar import CHINA, china_day, china_midnight  # noqa: E402
from core.db import keep, reading, session  # noqa: E402
from locator.models import Station  # noqa: E402
from locator.shown import working_days  # noqa: E402


def pair(phone):
    """Sign a citizen in without a code."""
    now = datetime.now(UTC)

    def start():
        person = sign_in.known_by(phone, now=now)
        return sign_in.start(Device("check"), sign_in.LIFE, person_id=person.id, now=now)

    made = tokens.issue(keep(start), now=now)
    return {"access": made.access_token, "refresh": made.refresh_token}


def code(phone):
    """Find the code that was texted to a number last by its hash: once it is sent, nothing else is kept of it."""
    newest = select(OneTimeCode).order_by(OneTimeCode.created_at.desc())
    with reading():
        sent = next(one for one in session().scalars(newest) if one.phone == phone)
        guesses = (f"{number:06}" for number in range(10**6))
        return next(guess for guess in guesses if codes._hash(sent.id, guess) == sent.code_hash)


def pairs(phones):
    """Sign many citizens in."""
    return [pair(phone)["access"] for phone in phones]


def slot(capacity):
    """Have a demo station that has no shifts yet see so many people at ten, on a day that is worked."""

    def open_it():
        has = select(Rota.station_id)
        free = select(Station).where(Station.id.not_in(has), Station.hours.startswith("WD 09:00"), Station.is_demo)
        station = session().scalars(free.order_by(Station.id).limit(1)).one()
        day = working_days().roll(china_day(datetime.now(UTC)) + timedelta(days=7))
        shift = {"weekdays": "0123456", "first_on": day, "last_on": day, "opens": 600, "closes": 630}
        told = {"station_id": station.id, "service": ServiceKind.WINDOW_TALK.value, "slot_minutes": 30}
        session().add(Rota(**shift, **told, capacity=capacity))
        return f"{station.code} {(china_midnight(day) + timedelta(hours=10)).astimezone(CHINA).isoformat()}"

    return keep(open_it)


def bookings(which):
    """Read who holds a place, as the checks wrote it into the order: its number, whose it is, with which key."""
    code, starts_at = which.split()
    held = (Station.code == code, Appointment.starts_at == datetime.fromisoformat(starts_at))
    standing = Appointment.state == "booked"
    with reading():
        found = session().scalars(select(Appointment).join(Station).where(*held, standing))
        return [(one.reference, one.note, one.name) for one in found]


DONE_HERE = {"pair": pair, "code": code, "pairs": pairs, "slot": slot, "bookings": bookings}


def listen():
    """Do what each line asks."""
    for line in sys.stdin:
        name, given = json.loads(line)
        sys.stdout.write(json.dumps(DONE_HERE[name](given)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    with wsgi.create_app().app_context():
        if sys.argv[1] == "listen":
            listen()
        else:
            sys.stdout.write(json.dumps(DONE_HERE[sys.argv[1]](sys.argv[2])))
