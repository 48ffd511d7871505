"""What somebody needs every time: said once because they agreed, reused in every order, forgotten on request (B09)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from accounts import consents
from accounts.consents import Agreed, Purpose
from appointments.models.home_visit import AccessProfile
from appointments.needs import AccessNeed
from appointments.visits.wishes import Language
from core import audit
from core.db import session
from core.errors import checklist
from core.identity import Actor, Audience, open_to

EDITION = "2026-11"
WORDS = "同意把这些需要记下来，以后预约时自动填好，只给为您服务的工作人员看。随时可以删掉。"
LONGEST_TIMES, LONGEST_ADDRESS = 80, 120


@dataclass(frozen=True, slots=True)
class Profile:
    """What is needed: on every visit and at every window."""

    needs: tuple[AccessNeed, ...] = ()
    language: Language = Language.MANDARIN
    safe_times: str = ""
    address: str = ""
    access_notes: str = ""


@open_to(Audience.CITIZEN)
def mine(actor: Actor) -> Profile | None:
    """Give one's own, where there is one."""
    found = session().get(AccessProfile, actor.id)
    if found is None:
        return None
    said = found.said
    return Profile(
        needs=tuple(map(AccessNeed, said["needs"])),
        language=Language(said["language"]),
        safe_times=said["safe_times"],
        address=said["address"],
        access_notes=said["access_notes"],
    )


@open_to(Audience.CITIZEN)
def save(actor: Actor, given: Profile, edition: str, *, now: datetime) -> Profile:
    """Keep it, with the words that were agreed to; what was kept before is replaced."""
    with checklist() as check:
        check.require(edition == EDITION, "profile_not_agreed", "agreed")
        check.require(
            len(given.safe_times) <= LONGEST_TIMES, "appointment_note_long", "safe_times", limit=LONGEST_TIMES
        )
        for field, text in ("address", given.address), ("access_notes", given.access_notes):
            check.require(len(text) <= LONGEST_ADDRESS, "appointment_note_long", field, limit=LONGEST_ADDRESS)
    said = {
        "needs": list(given.needs),
        "language": given.language,
        "safe_times": given.safe_times.strip(),
        "address": given.address.strip(),
        "access_notes": given.access_notes.strip(),
    }
    session().merge(AccessProfile(person_id=actor.id, said=said, agreed_edition=edition, agreed_at=now, changed_at=now))
    consents.give(actor, Agreed(Purpose.ACCESS_NEEDS, EDITION, WORDS), now=now)
    audit.record(actor, "profile.saved", f"person:{actor.id}", now=now)
    return given


@open_to(Audience.CITIZEN)
def forget(actor: Actor, *, now: datetime) -> None:
    """Forget it at once; doing so twice changes nothing."""
    found = session().get(AccessProfile, actor.id)
    if found is not None:
        session().delete(found)
        consents.withdraw(actor, Purpose.ACCESS_NEEDS, now=now)
        audit.record(actor, "profile.forgotten", f"person:{actor.id}", now=now)
