from datetime import timedelta

import pytest

from applications import drafts, journey, precheck, queries, uploads
from applications.models.evidence import Upload
from core.db import session
from core.errors import Conflict, Forbidden, Malformed, NotFound, NotSignedIn, Problem, Rejected
from core.identity import ANYONE
from tests.applications.conftest import VILLAGE, WAGES

PRECHECK = {
    "region": ["43"],
    "area": ["WORK"],
    "matter": ["WAGES"],
    "exemptions": ["NONE"],
    "registry": ["NO"],
    "circumstances": ["NONE"],
}


@pytest.fixture
def upload(citizen, now):
    """A file the citizen sent."""
    told = {"name": "x", "media_type": "image/jpeg", "size": 1, "sha256": "0" * 64, "warnings": []}
    made = Upload(owner_id=citizen.id, purpose="evidence", master_key="uploads/x.jpg", created_at=now, **told)
    session().add(made)
    session().flush()
    return made


def save(actor, draft, step, given, now, base=None):
    version = draft.version if base is None else base
    return drafts.save_step(actor, draft.id, step, given, base_version=version, now=now)


def test_starts_empty_and_is_found_again(citizen, draft):
    assert queries.draft(citizen, draft.id).answers == {}


def test_carries_the_answers_of_a_precheck_without_retyping(citizen, now):
    code = precheck.save(citizen, PRECHECK, now=now).code

    draft = drafts.start(citizen, drafts.Start(code=code, address="192.0.2.1"), now=now)

    assert draft.answers["matter"] == "WAGES"
    assert draft.answers["circumstances"] == []
    assert {"area", "matter", "exemptions", "registry", "circumstances"} <= set(draft.steps_done)
    assert "region" not in draft.answers  # a province is too wide to apply from


def test_is_resumed_instead_of_doubled(citizen, now):
    code = precheck.save(citizen, PRECHECK, now=now).code

    first = drafts.start(citizen, drafts.Start(code=code), now=now)

    assert drafts.start(citizen, drafts.Start(code=code), now=now) is first


def test_says_so_where_a_code_is_unknown(citizen, now):
    with pytest.raises(Rejected) as rejected:
        drafts.start(citizen, drafts.Start(code="ABCD-2345"), now=now)

    assert rejected.value.problems == (Problem("precheck_code_unknown", "code"),)


def test_stops_at_ten_open_ones(citizen, now):
    for number in range(drafts.MOST_OPEN):
        made = drafts.start(citizen, drafts.Start(), now=now)
        made.answers = {"matter": f"M{number}"}
        session().flush()

    with pytest.raises(Rejected) as rejected:
        drafts.start(citizen, drafts.Start(), now=now)

    assert rejected.value.problems[0].code == "drafts_too_many"


def test_keeps_what_is_fine_and_says_what_is_not(citizen, draft, now):
    saved = save(citizen, draft, "contact", {"phone": ["12"], "phone_owner": ["SELF"]}, now)

    assert saved.problems == (Problem("phone_unfit", "phone"),)
    assert draft.answers == {"phone_owner": "SELF"}
    assert draft.steps_done == []


def test_keeps_the_earlier_answer_where_the_new_one_does_not_fit(citizen, draft, now):
    save(citizen, draft, "contact", WAGES["contact"], now)
    save(citizen, draft, "contact", {"phone": ["12"], "phone_owner": ["SELF"]}, now)

    assert draft.answers["phone"] == "13800000001"


def test_refuses_a_question_the_step_does_not_ask(citizen, draft, now):
    with pytest.raises(Malformed):
        save(citizen, draft, "contact", {"owner_id": ["me"]}, now)


def test_knows_no_step_that_is_not_for_this_person(citizen, draft, now):
    with pytest.raises(NotFound):
        save(citizen, draft, "income", {"income": ["1"]}, now)


def test_merges_what_two_devices_changed(citizen, draft, now):
    save(citizen, draft, "contact", WAGES["contact"], now)
    shown = draft.version
    save(citizen, draft, "contact", {"phone": ["13900000009"], "phone_owner": ["SELF"]}, now)

    late = {"phone": ["13800000001"], "phone_owner": ["FAMILY"]}
    saved = save(citizen, draft, "contact", late, now, base=shown)

    assert draft.answers["phone"] == "13900000009"  # the late device never touched it
    assert draft.answers["phone_owner"] == "FAMILY"
    assert saved.conflicts == ()


def test_lets_the_later_stand_and_names_what_both_changed(citizen, draft, now):
    save(citizen, draft, "contact", WAGES["contact"], now)
    shown = draft.version
    save(citizen, draft, "contact", {"phone": ["13900000009"], "phone_owner": ["SELF"]}, now)

    late = {"phone": ["13700000007"], "phone_owner": ["SELF"]}
    saved = save(citizen, draft, "contact", late, now, base=shown)

    assert draft.answers["phone"] == "13700000007"
    assert saved.conflicts == ("phone",)


def test_keeps_a_masked_number_that_comes_back_unchanged(citizen, draft, now):
    save(citizen, draft, "identity", WAGES["identity"], now)
    save(citizen, draft, "id_number", WAGES["id_number"], now)

    saved = save(citizen, draft, "id_number", {"id_number": ["1101**********002X"]}, now)

    assert saved.problems == ()
    assert draft.answers["id_number"] == "11010519491231002X"


def test_asks_for_the_number_again_when_the_document_is_another(citizen, draft, now):
    save(citizen, draft, "identity", WAGES["identity"], now)
    save(citizen, draft, "id_number", WAGES["id_number"], now)

    save(citizen, draft, "identity", {"name": ["李芳"], "id_kind": ["passport"]}, now)

    assert "id_number" not in draft.answers


def test_is_saved_for_ninety_days_from_the_last_change(citizen, draft, now):
    later = now + timedelta(days=3)

    save(citizen, draft, "area", WAGES["area"], later)

    assert draft.expires_at == later + timedelta(days=90)


def test_wants_at_least_a_county(citizen, draft, now):
    too_wide = save(citizen, draft, "region", {"region": ["43"], "address": []}, now)
    unknown = save(citizen, draft, "region", {"region": ["999999"], "address": []}, now)

    assert too_wide.problems == (Problem("region_too_wide", "region"),)
    assert unknown.problems == (Problem("region_unknown", "region"),)


def test_offers_the_agencies_of_the_place(citizen, draft, now):
    save(citizen, draft, "region", {"region": [VILLAGE], "address": []}, now)

    offered = drafts.situation(draft, now=now).agencies

    assert [one.value for one in offered] == ["430121", "4301"]


def test_is_forgotten_when_thrown_away(citizen, draft, now):
    save(citizen, draft, "area", WAGES["area"], now)

    drafts.discard(citizen, draft.id, now=now)

    assert draft.answers == {}
    with pytest.raises(NotFound):
        queries.draft(citizen, draft.id)


def test_notes_a_step_without_questions(citizen, draft, now):
    save(citizen, draft, "evidence", {}, now)

    assert "evidence" in draft.steps_done


def test_takes_a_paper_that_is_on_the_list(citizen, draft, upload, now):
    drafts.attach(citizen, draft.id, upload.id, item="identity_document", now=now)

    assert [paper.upload_id for paper in uploads.of_draft(draft.id)] == [upload.id]


def test_takes_no_paper_that_is_not_on_the_list(citizen, draft, upload, now):
    with pytest.raises(Malformed):
        drafts.attach(citizen, draft.id, upload.id, item="state_secret", now=now)


def test_gives_a_paper_back(citizen, draft, upload, now):
    drafts.attach(citizen, draft.id, upload.id, item="identity_document", now=now)

    drafts.detach(citizen, draft.id, upload.id, now=now)

    assert uploads.of_draft(draft.id) == []
    with pytest.raises(NotFound):
        drafts.detach(citizen, draft.id, upload.id, now=now)


def test_takes_nobody_elses_file(citizen, neighbour, draft, upload, now):
    upload.owner_id = neighbour.id
    session().flush()

    with pytest.raises(NotFound):
        drafts.attach(citizen, draft.id, upload.id, item="identity_document", now=now)


def test_cannot_be_changed_once_handed_in(citizen, draft, now):
    draft.submitted_at = now
    session().flush()

    with pytest.raises(Conflict):
        save(citizen, draft, "area", WAGES["area"], now)


def test_is_nobody_elses_business(draft, neighbour, reviewer, now):
    acts = (
        lambda actor: queries.draft(actor, draft.id),
        lambda actor: save(actor, draft, "area", WAGES["area"], now),
        lambda actor: drafts.attach(actor, draft.id, "x", item="identity_document", now=now),
        lambda actor: drafts.detach(actor, draft.id, "x", now=now),
        lambda actor: drafts.discard(actor, draft.id, now=now),
    )

    for act in acts:
        with pytest.raises(NotFound):
            act(neighbour)
        with pytest.raises(Forbidden):
            act(reviewer)
        with pytest.raises(NotSignedIn):
            act(ANYONE)
    assert queries.open_drafts(neighbour, now=now) == []
    with pytest.raises(NotSignedIn):
        drafts.start(ANYONE, drafts.Start(), now=now)


def test_leads_on_to_what_is_still_open(citizen, draft, now):
    save(citizen, draft, "area", WAGES["area"], now)
    here = drafts.situation(draft, now=now)

    assert journey.next_step(here, draft.steps_done, after="area").name == "matter"
