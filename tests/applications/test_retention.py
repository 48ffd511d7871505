import dataclasses
from datetime import timedelta

import pytest
from sqlalchemy import select

from applications import casefiles, decisions, letters, looks, policy, retention, rulebook, supplements
from applications.models.application import Application
from applications.models.assistance import AssistanceRequest
from applications.models.evidence import Evidence, Upload
from applications.models.finding import PledgeFinding
from applications.models.letter import Letter
from applications.models.pledge import Pledge
from applications.models.supplement import SupplementItem
from applications.rule import TimeLimit
from applications.supplements import Missing
from core import audit
from core.db import session
from core.errors import NotFound
from core.outbox import Errand
from tests import make

YEARS = timedelta(days=3 * 366)
SECRETS = ("张三丰", "11010519491231002X", "没有工资条", "不在范围内")


def refused(citizen, now, reference="FY-AAAAA-AAAAA-AAAA"):
    case = make.application(citizen, reference=reference, now=now)
    notice = supplements.ask(make.staff(), case.reference, [Missing("case_material", "要工资条")], now=now)
    supplements.supply(citizen, case.reference, {notice.items[0].id: "没有工资条"}, now=now)
    decisions.refuse(make.staff(), case.reference, ["outside_scope"], "不在范围内", now=now)
    told = {"name": "x", "media_type": "image/jpeg", "size": 1, "sha256": "a" * 64, "warnings": []}
    for key in ("paper", "drawing"):
        session().add(
            Upload(
                id=f"{key}{reference[-4:]}",
                owner_id=citizen.id,
                purpose="evidence",
                master_key=f"uploads/{key}{reference}.jpg",
                created_at=now,
                attached_at=now,
                **told,
            )
        )
    session().flush()
    session().add(
        Evidence(upload_id=f"paper{reference[-4:]}", application_id=case.id, item="x", position=1, created_at=now)
    )
    session().add(
        Pledge(
            draft_id=case.draft_id,
            application_id=case.id,
            person_id=citizen.id,
            template="hunan",
            template_version="1",
            acknowledged=[],
            method="drawn",
            signature_upload_id=f"drawing{reference[-4:]}",
            signed={"applicant": "张三丰"},
            signed_at=now,
            sha256=reference.rjust(64, "0"),
        )
    )
    session().add(
        PledgeFinding(
            application_id=case.id,
            person_id=citizen.id,
            reason="张三丰没有说实话",
            found_by="staff-1",
            found_at=now,
            explain_until=now.date(),
        )
    )
    asked = {"kind": "verify", "to_region": "44", "to_name": "x", "about": "张三丰的工资", "words": "张三丰没有说实话"}
    session().add(
        AssistanceRequest(
            application_id=case.id,
            **asked,
            asked_at=now,
            asked_by="staff-1",
            due_on=now.date(),
            answered_at=now,
            answer="accepted",
        )
    )
    session().flush()
    return case


def test_who_it_was_and_what_it_was_about_go_and_a_row_for_figures_stays(citizen, now):
    case = refused(citizen, now)

    retention.look({}, now=now + YEARS)
    session().flush()
    session().expire_all()

    row = session().get_one(Application, case.id)
    assert (row.answers, row.judgement, row.applicant_name, row.id_number_index) == ({}, {}, "", None)
    assert (row.state, row.matter, row.forgotten_at) == ("refused", "LABOUR_RELATION_OR_WAGES", now + YEARS)
    for table in (Letter, Pledge, Evidence):
        assert session().scalars(select(table)).all() == []
    assert session().scalars(select(Upload.attached_at)).all() == [None, None]
    (item,) = session().scalars(select(SupplementItem))
    (finding,) = session().scalars(select(PledgeFinding))
    (asked,) = session().scalars(select(AssistanceRequest))
    left = f"{asked.about}{asked.words}{item.note}{item.explanation}{finding.reason}{row.answers}{row.applicant_name}"
    assert not any(secret in left for secret in SECRETS)
    assert list(letters.verify()) == []


def test_nobody_finds_it_any_more(citizen, now):
    case = refused(citizen, now)
    retention.look({}, now=now + YEARS)
    session().flush()

    for actor in (citizen, make.staff(), make.staff(region="43")):
        with pytest.raises(NotFound):
            casefiles.find(actor, case.reference)
    assert session().scalars(select(Application.id).where(policy.visible_to(citizen))).all() == []
    assert looks.at(make.staff(), case) == []


def test_nothing_goes_before_its_time(citizen, now):
    case = refused(citizen, now)

    retention.look({}, now=now + timedelta(days=3 * 365 - 5))

    assert case.forgotten_at is None
    assert case.applicant_name == "张三丰"


def test_what_is_under_way_or_was_granted_stays(citizen, now):
    open_case = make.application(citizen, reference="FY-B", now=now)
    granted = make.application(citizen, reference="FY-C", now=now, state="submitted")
    decisions.grant(make.staff(), granted.reference, ["conditions_met"], "", now=now)

    retention.look({}, now=now + 20 * YEARS)

    assert (open_case.forgotten_at, granted.forgotten_at) == (None, None)


def test_a_place_that_knows_the_term_of_what_was_granted_says_so(citizen, now, monkeypatch):
    rules = rulebook.load()
    limit = dataclasses.replace(rules.limit("KEEP-SETTLED"), id="KEEP-GRANTED", days=120)
    assert isinstance(limit, TimeLimit)
    told = dataclasses.replace(rules, limits={**rules.limits, limit.id: limit})
    monkeypatch.setattr(retention, "rulebook", lambda: told)
    closed = make.application(citizen, now=now)
    closed.state = "closed"
    session().flush()

    retention.look({}, now=now + timedelta(days=365 * 9))
    assert closed.forgotten_at is None
    retention.look({}, now=now + timedelta(days=365 * 11))
    assert closed.forgotten_at is not None


def test_goes_on_batch_by_batch_on_record(citizen, now, monkeypatch):
    monkeypatch.setattr(retention, "AT_ONCE", 1)
    for number in range(2):
        refused(citizen, now, f"FY-AAAAA-AAAAA-AAA{number}")

    retention.look({}, now=now + YEARS)

    assert session().query(Application).filter(Application.forgotten_at.is_not(None)).count() == 1
    assert "application.retention" in [errand.kind for errand in session().query(Errand)]
    retention.look({}, now=now + YEARS + timedelta(hours=1))
    acts = [entry.act for entry in session().info["audit"]]
    assert acts.count("application.forgotten") == 2
    assert audit.verify().broken_at is None
