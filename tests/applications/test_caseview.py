from dataclasses import replace
from datetime import timedelta

import pytest

from applications import casefiles, caseview, decisions, letters, supplements, uploads
from applications.models.evidence import Evidence, Upload
from applications.models.pledge import Pledge
from applications.supplements import Missing
from core.db import session
from core.errors import NotFound
from core.identity import ANYONE
from tests import make

ROW = ("id", "reference", "applicant_id", "region", "agency_name", "state", "matter", "received_at", "answers")
LETTER = ("id", "kind", "title", "number", "issued_at", "sha256")


@pytest.fixture
def citizen(unit):
    return make.person()


@pytest.fixture
def case(citizen):
    return make.application(citizen, judgement=make.JUDGEMENT)


def told(one, names):
    return tuple(getattr(one, name) for name in names)


def whole(case):
    """Give all that is shown of a case, whatever it was read as."""
    return {
        "row": told(case, ROW),
        "judgement": case.judgement,
        "events": [told(one, ("kind", "state", "at", "actor_name")) for one in case.events],
        "letters": [told(one, LETTER) for one in case.letters],
        "decision": case.decision and told(case.decision, caseview.Decided._fields),
        "pledge": case.pledge and told(case.pledge, caseview.Signed._fields),
        "notices": [
            (
                told(one, ("issued_at", "due_on", "answered_at")),
                [told(item, ("id", "code", "note", "explanation", "supplied_at")) for item in one.items],
            )
            for one in case.notices
        ],
        "papers": [told(one, ("item", "title", "id", "name")) for one in casefiles.papers(case)],
    }


def sign(owner, case, now):
    said = {"template": "x", "template_version": "2026-11", "acknowledged": [], "method": "typed", "signed": {}}
    said |= {"signed_at": now, "sha256": "b" * 64, "draft_id": case.draft_id, "person_id": owner.id}
    session().add(Pledge(application_id=case.id, **said))


def hand_in(owner, case, now):
    said = {"name": "身份证.jpg", "media_type": "image/jpeg", "size": 1, "sha256": "a" * 64, "warnings": []}
    upload = Upload(owner_id=owner.id, purpose="evidence", master_key=f"{uploads.FOLDER}x.jpg", created_at=now, **said)
    session().add(Evidence(upload=upload, application_id=case.id, item="identity_document", position=1, created_at=now))


def test_shows_what_entities_hold(citizen, case, now):
    assert whole(caseview.look(citizen, case.reference)) == whole(casefiles.find(citizen, case.reference))

    letters.issue(case, letters.LetterKind.PLEDGE, [], now=now)
    letters.issue(case, letters.LetterKind.RECEIPT, [], now=now)
    sign(citizen, case, now)
    hand_in(citizen, case, now)
    missing = [Missing("authority", "请补"), Missing("hardship_statement", "")]
    supplements.ask(make.staff(), case.reference, missing, now=now + timedelta(days=1))
    waiting = caseview.look(citizen, case.reference)
    session().expire_all()
    assert whole(waiting) == whole(casefiles.find(citizen, case.reference))
    assert [one.code for one in waiting.notices[0].items] == ["authority", "hardship_statement"]
    assert [one.kind for one in waiting.letters] == ["receipt", "pledge", "supplement"]


def test_shows_the_decision(citizen, case, now):
    decisions.grant(make.staff(), case.reference, ["conditions_met"], "有道理", now=now + timedelta(days=1))

    shown = caseview.look(citizen, case.reference)

    session().expire_all()
    assert whole(shown) == whole(casefiles.find(citizen, case.reference))
    assert (shown.decision.kind, shown.decision.explanation) == ("granted", "有道理")


def test_is_nobody_elses_business(citizen, case):
    neighbour = make.person("13800000002", "citizen-2")
    elsewhere = replace(make.staff(), region="4301")

    for stranger in (neighbour, elsewhere, make.staff(), ANYONE):
        with pytest.raises(NotFound):
            caseview.look(stranger, case.reference)
