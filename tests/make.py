"""Plain things for tests, nothing random: a test names only what it is about."""

from datetime import UTC, datetime

from accounts.models import Person
from applications import cases
from applications.models.application import ORDINARY_LANE, Application
from applications.models.draft import Draft
from applications.states import EventKind
from core.crypto import blind_index
from core.db import session
from core.identity import Actor, ActorKind, Permission

MORNING = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)  # Monday 09:30 in China
REVIEWING = frozenset(
    {
        Permission.APPLICATIONS_REVIEW,
        Permission.APPLICATIONS_SUPPLEMENT,
        Permission.APPLICATIONS_DECIDE,
        Permission.PERSONAL_REVEAL,
    }
)

JUDGEMENT = {
    "verdict": "LIKELY",
    "headline": "可能符合",
    "complete": True,
    "region": "43",
    "matter": "LABOUR_RELATION_OR_WAGES",
    "exemption": None,
    "hardship_required": True,
    "hardship_check_required": True,
    "routes": ["PLEDGE"],
    "proof": [],
    "urgent": False,
    "urgent_reason": "",
    "discreet": False,
    "explanation": [],
    "what_would_change": [],
    "next_steps": [],
    "rules_version": "test",
    "judged_on": "2026-11-23",
}


def person(phone="13800000001", person_id="citizen-1"):
    """Make a citizen and give the actor they are."""
    row = Person(id=person_id, phone=phone, phone_index=blind_index(phone, "person.phone"), created_at=MORNING)
    session().add(row)
    session().flush()
    return Actor(id=person_id, kind=ActorKind.CITIZEN, roles=frozenset({"citizen"}))


def staff(region="430211", permissions=REVIEWING, staff_id="staff-1"):
    """Give a member of staff of a region."""
    return Actor(id=staff_id, kind=ActorKind.STAFF, permissions=permissions, region=region, name="李明")


def application(owner, *, reference="FY-AAAAA-AAAAA-AAAA", now=MORNING, region="430211", **given):
    """Make an application that was just handed in, with its first event."""
    draft = Draft(
        id=f"draft{reference}"[-22:],
        owner_id=owner.id,
        answers={},
        changed_in={},
        steps_done=[],
        channel="portal",
        created_at=now,
        saved_at=now,
        expires_at=now,
        submitted_at=now,
    )
    session().add(draft)
    session().flush()
    told = {
        "state": "submitted",
        "matter": "LABOUR_RELATION_OR_WAGES",
        "groups": [],
        "lane": ORDINARY_LANE,
        "verification": "PLEDGE",
        "answers": {"phone": "13800000001", "id_number": "11010519491231002X", "safe_to_text": "YES"},
        "judgement": JUDGEMENT,
        "rule_version": "test",
    }
    made = Application(
        id=f"case{reference}"[-22:],
        reference=reference,
        draft_id=draft.id,
        applicant_id=owner.id,
        region=region,
        agency_name="株洲市天元区法律援助中心",
        applicant_name="张三丰",
        channel="portal",
        received_at=now,
        **{**told, **given},
    )
    session().add(made)
    session().flush()
    cases.happen(made, EventKind.SUBMITTED, owner, now=now, legal_basis="LAL 43")
    return made
