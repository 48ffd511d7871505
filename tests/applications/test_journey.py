from datetime import date

import pytest

from applications import checklist, journey
from applications.questions import Kind, Option
from applications.rulebook import rulebook
from applications.steps import StepKind, form
from core.errors import NotFound

TODAY = date(2026, 11, 23)
AGENCIES = (Option("430121", "长沙县法律援助中心"), Option("4301", "长沙市法律援助中心"))
WAGES = {"area": "WORK", "matter": "WAGES"}
HARD_UP = {**WAGES, "exemptions": [], "registry": "NO", "circumstances": ["ILLNESS"]}
VIOLENCE = {"area": "FAMILY", "matter": "VIOLENCE_OR_ABANDONMENT"}


def at(**answers):
    return journey.situation(answers, rulebook(), TODAY, AGENCIES)


def names(now):
    return [step.name for step in journey.steps_for(now)]


def codes(now):
    return [(item.code, item.needed) for item in checklist.items_for(now)]


@pytest.fixture(autouse=True)
def rules(settings):
    """The rules that come with the service."""


def test_names_every_step_once_and_every_question_once():
    steps = [step.name for step in form().steps]
    asked = [name for step in form().steps for name in step.names]

    assert len(set(steps)) == len(steps)
    assert len(set(asked)) == len(asked)
    assert {step.section for step in form().steps} == {section.name for section in form().sections}


def test_knows_every_condition_source_and_kind():
    assert {step.when for step in form().steps} <= journey.CONDITIONS.keys()
    fields = [field for step in form().steps for field in step.fields]
    assert {field.source for field in fields} - {""} <= journey.SOURCES.keys()
    assert all(field.question.options or field.source for field in fields if field.question.kind is Kind.RADIO)


def test_begins_with_what_it_is_about_and_ends_with_checking():
    seen = names(at())

    assert seen[0] == "area"
    assert seen[-1] == "check"


def test_asks_about_means_one_question_at_a_time():
    assert "exemptions" in names(at(**WAGES))
    assert "registry" not in names(at(**WAGES))
    assert "registry" in names(at(**WAGES, exemptions=[]))


def test_asks_somebody_exempt_nothing_more_about_means():
    seen = names(at(**WAGES, exemptions=["MIGRANT_WORKER"]))

    assert not {"registry", "income", "circumstances", "verification", "pledge"} & set(seen)


def test_asks_somebody_who_flees_violence_nothing_about_means():
    seen = names(at(**VIOLENCE))

    means = {"exemptions", "registry", "income", "household_size", "circumstances", "verification", "pledge"}
    assert not means & set(seen)


def test_speaks_discreetly_to_whoever_must_not_be_seen():
    story = form().step("story")
    for now in at(**VIOLENCE), at(**WAGES, say_who_calls="NO"):
        assert now.discreet
        assert story.called(discreet=now.discreet) == "您想说的事"
        assert journey.questions_of(story, now)[0].help.startswith("例如：最近一次")

    assert not at(**WAGES).discreet


def test_asks_nobody_who_their_opponent_is_where_there_is_none():
    assert "opponent" in names(at(**WAGES))
    assert "opponent" not in names(at(area="CRIMINAL", matter="CRIMINAL_SUSPECT_OR_DEFENDANT"))


def test_asks_for_the_birthday_only_where_the_number_does_not_say_it():
    assert {"id_number", "born_on"} & set(names(at(id_kind="resident_id"))) == {"id_number"}
    assert {"id_number", "born_on"} & set(names(at(id_kind="passport"))) == {"id_number", "born_on"}
    assert {"id_number", "born_on"} & set(names(at(id_kind="none"))) == {"born_on"}
    assert {"id_number", "born_on"} & set(names(at())) == set()


def test_lets_people_choose_how_hardship_is_verified():
    now = at(**HARD_UP)

    offered = journey.questions_of(form().step("verification"), now)[0].options

    assert [one.value for one in offered] == ["PLEDGE", "DATA_SHARING", "CERTIFICATE"]
    assert "pledge" not in names(now)
    assert "pledge" in names(at(**HARD_UP, verification="PLEDGE"))


@pytest.mark.parametrize("matter", ["CANNOT_SAY", "MONEY_OR_PROPERTY", "NONE"])
def test_verifies_nothing_while_it_is_open_what_it_is_about(matter):
    assert "verification" not in names(at(area="OTHER", matter=matter))


def test_knows_no_step_that_is_not_for_this_person():
    for name in "income", "nonsense":
        with pytest.raises(NotFound):
            journey.find(name, at(**VIOLENCE))


def test_says_how_far_each_step_is():
    now = at(**WAGES)

    found = {step.name: state for step, state in journey.progress(now, ["area", "matter"], "urgency")}

    assert (found["area"], found["urgency"], found["story"]) == ("done", "current", "todo")


def test_opens_a_step_again_whose_answer_no_longer_fits():
    now = at(area="FAMILY", matter="WAGES")

    assert not journey.is_done(form().step("matter"), now, ["matter"])


def test_opens_a_step_again_whose_agency_is_not_offered_any_more():
    agency = form().step("agency")

    assert journey.is_done(agency, at(agency="430121"), ["agency"])
    assert not journey.is_done(agency, at(agency="4302"), ["agency"])


def test_takes_null_for_no_answer_where_one_is_needed():
    assert [one.name for one in journey.missing(form().step("contact"), at(phone=None, phone_owner="SELF"))] == [
        "phone"
    ]


def test_wants_no_answers_from_steps_without_questions():
    assert form().step("evidence").kind is StepKind.EVIDENCE
    assert journey.missing(form().step("evidence"), at()) == ()


def test_goes_on_to_the_next_open_step_then_to_the_first():
    now = at(**WAGES)

    assert journey.next_step(now, ["area"], after="area").name == "matter"
    assert journey.next_step(now, ["matter", "check"], after="check").name == "area"
    assert journey.next_step(now, names(now), after="story").name == "opponent"  # marked, but never answered


def test_ends_at_the_last_step_where_all_is_done():
    now = at(**VIOLENCE, region="430121", agency="430121", name="王", id_kind="none", born_on="1990-01-01")
    given = {**now.answers, "priority_groups": [], "story": "x", "wanted": "y", "opponent_name": None}
    given |= {"opponent_relation": "FAMILY", "phone": "13800000001", "phone_owner": "SELF", "address": None}
    given |= {"safe_to_call": "NO", "safe_to_text": "NO", "say_who_calls": "NO", "safe_times": None}
    given |= {"deadline_on": None, "preservation_needed": None, "happened_on": None}
    now = at(**given)

    assert journey.next_step(now, names(now)).name == "check"


def test_lists_the_papers_of_a_matter():
    assert codes(at(**WAGES)) == [("identity_document", True), ("case_material", False)]
    assert ("case_material", False) in codes(at(area="OTHER", matter="SCHOOLING_OR_HOSPITAL"))


def test_wants_proof_of_hardship_only_from_whoever_chose_it():
    assert ("hardship_proof", True) in codes(at(**HARD_UP, verification="CERTIFICATE"))
    assert ("hardship_proof", True) not in codes(at(**HARD_UP, verification="PLEDGE"))


def test_needs_nothing_from_somebody_in_danger():
    now = at(**VIOLENCE)

    assert codes(now) == [("identity_document", False), ("matter_proof", False)]
    assert "报警回执" in checklist.items_for(now)[1].what


def test_names_the_papers_of_an_exemption():
    exempt = next(
        one for one in checklist.items_for(at(**WAGES, exemptions=["MIGRANT_WORKER"])) if "exempt" in one.code
    )

    assert "工牌" in exempt.what


def test_lists_papers_of_a_court_where_there_is_a_date():
    assert ("procedure_document", False) in codes(at(**WAGES, deadline_on="2026-12-20"))
    assert ("procedure_document", False) in codes(at(area="CRIMINAL", matter="CRIMINAL_VICTIM"))


def test_lets_documents_come_later_that_are_not_at_hand():
    assert ("identity_document", False) in codes(at(**WAGES, id_kind="none"))
