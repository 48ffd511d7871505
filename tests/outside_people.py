"""What the checks from outside cannot ask a server for: tokens of a made-up citizen, the code that was texted last.

`python tests/outside_people.py pair 13800000001` with the settings the server was started with.
"""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "graphql")]

from sqlalchemy import select  # noqa: E402

import wsgi  # noqa: E402
from accounts import codes, sign_in  # noqa: E402
from accounts.models import OneTimeCode  # noqa: E402
from accounts.sign_in import Device  # noqa: E402
from api import tokens  # noqa: E402
from core.db import keep, reading, session  # noqa: E402


def pair(phone):
    """Sign a citizen in without a code."""
    now = datetime.now(UTC)

    def start():
        person = sign_in._known_by(phone, now)
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


if __name__ == "__main__":
    with wsgi.create_app().app_context():
        sys.stdout.write(json.dumps({"pair": pair, "code": code}[sys.argv[1]](sys.argv[2])))
