"""People, drafts and cases that files belong to."""

from datetime import timedelta

from accounts import sign_in
from accounts.models import Person
from accounts.sign_in import Device
from api import tokens
from applications.models.application import Application
from applications.models.draft import Draft
from core.db import session
from core.identity import Actor, ActorKind


def person(person_id, now):
    session().add(Person(id=person_id, phone="-", phone_index=person_id.ljust(64, "0"), created_at=now))
    session().flush()
    return Actor(id=person_id, kind=ActorKind.CITIZEN)


def draft(owner, draft_id, now, **more):
    said = {"answers": {}, "changed_in": {}, "steps_done": [], "channel": "portal"} | more
    until = now + timedelta(days=30)
    session().add(Draft(id=draft_id, owner_id=owner.id, created_at=now, saved_at=now, expires_at=until, **said))
    session().flush()


def application(owner, draft_id, now, **more):
    said = {"region": "430211", "agency_name": "x", "state": "submitted", "matter": "x", "groups": []}
    said |= {"verification": "pledge", "answers": {}, "applicant_name": "x", "judgement": {}, "channel": "portal"}
    said |= {"id": f"case-of-{draft_id}", "reference": f"FY-{draft_id}", "rule_version": "1"} | more
    made = Application(draft_id=draft_id, applicant_id=owner.id, received_at=now, **said)
    session().add(made)
    session().flush()
    return made


def bearer(actor, now):
    """Sign somebody in on an app and give the header it sends."""
    opened = sign_in.start(Device("手机"), sign_in.LIFE, person_id=actor.id, now=now)
    session().flush()
    return {"Authorization": f"Bearer {tokens.issue(opened, now=now).access_token}"}
