from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from applications import casefiles, drafts, letters, queries, signing, submission, uploads
from applications.models.application import PRIORITY_LANE, URGENT_LANE, Application
from applications.models.evidence import Upload
from applications.pledge import SignatureMethod
from applications.signing import Wish
from core.db import session
from core.errors import Conflict, Forbidden, NotFound, NotSignedIn, Problem, Rejected
from core.identity import ANYONE
from core.outbox import Errand
from tests.applications.conftest import VIOLENCE, WAGES


def submit(actor, draft, now):
    return submission.submit(actor, draft.id, channel="portal", now=now)


def attach(actor, draft, item, now):
    upload = Upload(
        owner_id=actor.id,
        purpose="evidence",
        name="身份证.jpg",
        media_type="image/jpeg",
        size=1,
        sha256="a" * 64,
        warnings=[],
        master_key=f"uploads/{item}.jpg",
        created_at=now,
    )
    session().add(upload)
    session().flush()
    uploads.attach(actor, upload.id, draft.id, item=item, now=now)
    session().flush()
    return upload


def sign(actor, draft, now):
    edition = signing.edition_of(drafts.situation(draft, now=now))
    wish = Wish(edition.version, edition.codes, SignatureMethod.TYPED, "李芳")
    pledge = signing.sign(actor, draft.id, wish, now=now)
    session().flush()
    return pledge


@pytest.fixture
def ready(citizen, draft, fill, now):
    """A draft about wages with everything in it."""
    fill(citizen, draft, WAGES)
    attach(citizen, draft, "identity_document", now)
    return draft


def test_makes_an_application_of_a_draft(citizen, ready, now):
    application = submit(citizen, ready, now)

    assert application.reference.startswith("FY-")
    assert (application.region, application.agency_name) == ("430121", "长沙县法律援助中心")
    assert (application.matter, application.verification) == ("WAGES", "DATA_SHARING")
    assert application.answers["phone"] == "13800000001"
    assert application.applicant_name == "李芳"
    assert application.received_at == now


def test_keeps_the_judgement_with_its_rules(citizen, ready, now):
    application = submit(citizen, ready, now)

    assert application.judgement["matter"] == "WAGES"
    assert application.judgement["explanation"]
    assert application.rule_version == application.judgement["rules_version"]


def test_begins_the_record_of_events_and_the_clock(citizen, ready, now):
    application = submit(citizen, ready, now)

    case = casefiles.find(citizen, application.reference)
    assert [(event.position, event.kind) for event in case.events] == [(1, "submitted")]
    assert application.due_on == date(2026, 11, 30)


def test_gives_a_receipt_that_lists_each_file_with_its_hash(citizen, ready, now):
    application = submit(citizen, ready, now)

    case = casefiles.find(citizen, application.reference)
    assert [letter.kind for letter in case.letters] == [letters.LetterKind.RECEIPT]
    written = str(case.letters[0].content)
    assert "身份证.jpg" in written
    assert "aaaaaaaa aaaaaaaa" in written


def test_has_the_number_sent(citizen, ready, now):
    application = submit(citizen, ready, now)

    errand = session().query(Errand).filter_by(kind="application.submitted").one()
    assert errand.payload == {"application_id": application.id}


def test_keeps_the_answers_in_one_place_only(citizen, ready, now):
    submit(citizen, ready, now)

    assert ready.answers == {}
    assert ready.submitted_at == now


def test_lets_the_papers_be_the_applications(citizen, ready, now):
    application = submit(citizen, ready, now)

    assert [paper.item for paper in uploads.of_application(application.id)] == ["identity_document"]


def test_answers_a_second_try_with_the_same_application(citizen, ready, now):
    first = submit(citizen, ready, now)

    assert submit(citizen, ready, now) is first
    assert session().query(Application).count() == 1


def test_says_everything_that_is_missing_at_once(citizen, draft, fill, now):
    pages = {name: WAGES[name] for name in ("area", "matter", "region", "story")}
    fill(citizen, draft, pages)

    with pytest.raises(Rejected) as rejected:
        submit(citizen, draft, now)

    assert [(one.code, one.field) for one in rejected.value.problems] == [
        ("step_unfinished", "groups"),
        ("step_unfinished", "agency"),
        ("step_unfinished", "opponent"),
        ("step_unfinished", "exemptions"),
        ("step_unfinished", "identity"),
        ("step_unfinished", "contact"),
        ("step_unfinished", "calling"),
        ("step_unfinished", "verification"),
        ("evidence_missing", "evidence"),
    ]
    assert draft.submitted_at is None


def test_wants_the_pledge_somebody_chose(citizen, ready, fill, now):
    fill(citizen, ready, {"verification": {"verification": ["PLEDGE"]}})

    with pytest.raises(Rejected) as rejected:
        submit(citizen, ready, now)

    assert rejected.value.problems == (Problem("pledge_unsigned", "pledge"),)


def test_takes_a_pledge_that_fits_the_answers(citizen, ready, fill, now):
    fill(citizen, ready, {"verification": {"verification": ["PLEDGE"]}})
    pledge = sign(citizen, ready, now)

    application = submit(citizen, ready, now)

    assert pledge.application_id == application.id
    assert "个人诚信承诺书" in str(casefiles.find(citizen, application.reference).letters[0].content)


def test_wants_a_new_signature_where_the_answers_changed(citizen, ready, fill, now):
    fill(citizen, ready, {"verification": {"verification": ["PLEDGE"]}})
    sign(citizen, ready, now)
    fill(citizen, ready, {"circumstances": {"circumstances": ["DISASTER"]}})

    with pytest.raises(Rejected) as rejected:
        submit(citizen, ready, now)

    assert rejected.value.problems == (Problem("pledge_unsigned", "pledge"),)


def test_leaves_a_pledge_behind_that_is_not_needed(citizen, ready, fill, now):
    fill(citizen, ready, {"verification": {"verification": ["PLEDGE"]}})
    pledge = sign(citizen, ready, now)
    fill(citizen, ready, {"verification": {"verification": ["DATA_SHARING"]}})

    submit(citizen, ready, now)

    assert pledge.application_id is None


def test_wants_papers_from_whoever_chose_papers(citizen, ready, fill, now):
    fill(citizen, ready, {"verification": {"verification": ["CERTIFICATE"]}})

    with pytest.raises(Rejected) as rejected:
        submit(citizen, ready, now)

    assert rejected.value.problems == (Problem("evidence_missing", "evidence"),)


def test_asks_somebody_who_flees_violence_nothing_about_means(citizen, draft, fill, now):
    fill(citizen, draft, VIOLENCE)

    application = submit(citizen, draft, now)

    assert application.verification == "NONE"
    assert application.answers["discreet"] is True
    assert "income" not in application.answers


def test_leaves_answers_behind_that_are_not_asked_any_more(citizen, ready, fill, now):
    fill(citizen, ready, {"exemptions": {"exemptions": ["SOCIAL_ASSISTANCE"]}})

    application = submit(citizen, ready, now)

    assert "registry" not in application.answers
    assert application.verification == "NONE"


def test_puts_a_near_date_first(citizen, ready, fill, now):
    fill(citizen, ready, {"urgency": {"deadline_on": ["2026-11-27"], "preservation_needed": ["NO"]}})

    application = submit(citizen, ready, now)

    assert (application.urgent_until, application.lane) == (date(2026, 11, 27), URGENT_LANE)


def test_puts_what_must_be_preserved_first(citizen, ready, fill, now):
    fill(citizen, ready, {"urgency": {"deadline_on": [], "preservation_needed": ["YES"]}})

    assert submit(citizen, ready, now).urgent_until == date(2026, 11, 23)


def test_puts_priority_groups_before_others(citizen, ready, fill, now):
    fill(citizen, ready, {"groups": {"priority_groups": ["MIGRANT_WORKER"]}})

    application = submit(citizen, ready, now)

    assert (application.groups, application.lane) == (["MIGRANT_WORKER"], PRIORITY_LANE)


def test_cannot_find_what_was_thrown_away(citizen, ready, now):
    drafts.discard(citizen, ready.id, now=now)

    with pytest.raises(NotFound):
        submit(citizen, ready, now)


def test_says_so_where_an_application_is_gone(citizen, ready, now):
    ready.submitted_at = now
    session().flush()

    with pytest.raises(Conflict):
        submit(citizen, ready, now)


def test_is_nobody_elses_business(ready, neighbour, reviewer, citizen, now):
    for stranger, refusal in ((neighbour, NotFound), (reviewer, Forbidden), (ANYONE, NotSignedIn)):
        with pytest.raises(refusal):
            submit(stranger, ready, now)
    application = submit(citizen, ready, now)

    assert queries.mine(neighbour, first=10) == []
    with pytest.raises(NotFound):
        casefiles.find(neighbour, application.reference)
    with pytest.raises(NotFound):
        casefiles.find(ANYONE, application.reference)


def test_is_seen_by_staff_of_the_agency_only(citizen, ready, reviewer, now):
    reference = submit(citizen, ready, now).reference
    elsewhere, nowhere = replace(reviewer, region="4302"), replace(reviewer, region="")

    assert casefiles.find(reviewer, reference).reference == reference
    for other in elsewhere, nowhere:
        with pytest.raises(NotFound):
            casefiles.find(other, reference)


def test_lists_ones_own_the_newest_first(citizen, ready, now):
    first = submit(citizen, ready, now)
    for number in range(3):
        copy = {name: getattr(first, name) for name in ("region", "agency_name", "state", "matter", "groups")}
        copy |= {name: getattr(first, name) for name in ("verification", "answers", "applicant_name", "judgement")}
        other = drafts.start(citizen, drafts.Start(), now=now)
        other.answers = {"matter": str(number)}
        session().flush()
        session().add(
            Application(
                **copy,
                reference=f"FY-{number}",
                draft_id=other.id,
                applicant_id=citizen.id,
                rule_version="x",
                channel="portal",
                received_at=datetime(2026, 11, 20 + number, tzinfo=UTC),
            )
        )
        session().flush()

    page = queries.mine(citizen, first=2)
    rest = queries.mine(citizen, first=2, after=(page[1].received_at, page[1].id))

    assert [row.reference for row in page] == [first.reference, "FY-2", "FY-1"]
    assert [row.reference for row in rest] == ["FY-1", "FY-0"]
