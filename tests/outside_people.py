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
from accounts import sign_in  # noqa: E402
from accounts.sign_in import Device  # noqa: E402
from api import tokens  # noqa: E402
from core.db import keep, reading, session  # noqa: E402
from core.outbox import Errand  # noqa: E402


def pair(phone):
    """Sign a citizen in without a code."""
    now = datetime.now(UTC)

    def start():
        person = sign_in._known_by(phone, now)
        return sign_in.start(Device("check"), sign_in.LIFE, person_id=person.id, now=now)

    made = tokens.issue(keep(start), now=now)
    return {"access": made.access_token, "refresh": made.refresh_token}


def code(phone):
    """Read the code that was texted to a number last."""
    errands = select(Errand).where(Errand.kind == "accounts.code_requested").order_by(Errand.due_at.desc())
    with reading():
        return next(errand.payload["code"] for errand in session().scalars(errands) if errand.payload["phone"] == phone)


if __name__ == "__main__":
    with wsgi.create_app().app_context():
        sys.stdout.write(json.dumps({"pair": pair, "code": code}[sys.argv[1]](sys.argv[2])))
