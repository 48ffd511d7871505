"""The whole way through an application, the way a browser without scripts goes it."""

import pytest

from applications.models.application import Application
from applications.models.draft import Draft
from core.db import reading
from tests.portal.applying import checked, draft_of, hand_in_identity, leave, sign, sign_somebody_in, to_verification
from tests.portal.browser import SITE


def test_goes_from_the_start_to_the_case_with_a_pledge(begun):
    to_verification(begun)
    assert begun.path.endswith("/verification")
    hand_in_identity(begun.fill(verification="PLEDGE"))
    assert begun.path.endswith("/pledge"), begun.words
    sign(begun)
    assert begun.path.endswith("/check"), begun.words

    begun.fill("/submit")

    assert begun.path.startswith("/me/applications/FY-")
    with reading() as current:
        made = current.query(Application).one()
        assert (made.matter, made.region, made.verification) == ("WAGES", "430121", "PLEDGE")
        assert made.groups == ["MIGRANT_WORKER"]


def test_goes_without_a_pledge_when_somebody_does_not_want_one(begun):
    to_verification(begun)
    hand_in_identity(begun.fill(verification="PLEDGE"))
    assert "不签，换一种办法" in begun.words

    draft_id = draft_of(begun)
    begun.look(f"/apply/{draft_id}/verification").fill(verification="DATA_SHARING")

    assert begun.path.endswith("/check")
    assert begun.fill("/submit").path.startswith("/me/applications/FY-")


def test_asks_somebody_who_flees_violence_nothing_about_means(begun):
    begun.fill(area="FAMILY").fill(matter="VIOLENCE_OR_ABANDONMENT").fill().fill(priority_groups="NONE")
    for step in ("4301", "430121"):
        begun.fill(region=step, button=("region_next", "yes"))
    begun.fill().fill(agency="430121")
    assert begun.heading == "您想说的事"
    begun.fill(story="要保护令", wanted="离开").fill(opponent_relation="FAMILY")
    begun.fill(name="王某", id_kind="none").fill(born_on_year="1990", born_on_month="5", born_on_day="1")
    begun.fill(phone="13800000001", phone_owner="FRIEND")
    begun.fill(safe_to_call="NO", safe_to_text="NO", say_who_calls="NO")
    assert begun.path.endswith("/evidence")
    begun.fill("/evidence", button=("go", "on"))

    assert begun.path.endswith("/check")
    assert begun.fill("/submit").path.startswith("/me/applications/FY-")


def test_gives_titles_that_say_nothing_private(begun):
    begun.fill(area="FAMILY").fill(matter="VIOLENCE_OR_ABANDONMENT")

    title = begun.page.css_first("title").text()
    assert title.startswith("申请")
    assert "打" not in title
    assert begun.answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("step", "filled", "fields"),
    [
        ("area", {}, ["#field-area"]),
        ("groups", {}, ["#field-priority_groups"]),
        ("region", {}, ["#field-region"]),
        ("story", {"story": " ", "wanted": ""}, ["#field-story", "#field-wanted"]),
        ("story", {"story": "甲" * 3001, "wanted": "乙"}, ["#field-story"]),
        (
            "story",
            {"story": "甲", "wanted": "乙", "happened_on_year": "2020", "happened_on_month": "13"},
            ["#field-happened_on"],
        ),
        ("opponent", {"opponent_relation": "NOBODY"}, ["#field-opponent_relation"]),
        ("identity", {"name": ""}, ["#field-name", "#field-id_kind"]),
        ("contact", {"phone": "12", "phone_owner": "SELF"}, ["#field-phone"]),
        ("calling", {}, ["#field-safe_to_call", "#field-safe_to_text", "#field-say_who_calls"]),
    ],
)
def test_says_what_to_put_right_on_every_step(begun, step, filled, fields):
    begun.look(f"/apply/{draft_of(begun)}/{step}")

    begun.fill(step, **filled)

    assert begun.status == 422
    assert begun.problems == fields
    for field in fields:
        assert begun.page.css_first(field) is not None, field


def test_shows_what_was_typed_again(begun):
    begun.look(f"/apply/{draft_of(begun)}/contact").fill("contact", phone="0731-12", phone_owner="FAMILY")

    assert begun.value("phone") == "0731-12"
    assert begun.page.css_first("[name=phone_owner][checked]").attributes["value"] == "FAMILY"


def test_says_when_it_was_saved_and_where_to_go_on(begun):
    begun.fill(area="WORK")

    assert "已保存" in begun.words
    assert "正在填" in begun.words


def test_is_resumed_from_the_list(begun):
    begun.fill(area="WORK")

    begun.look("/apply")
    link = begun.page.css_first(".cards a").attributes["href"]

    begun.look(link)
    assert "还没填完" in begun.words
    assert begun.look(begun.page.css_first("main a.button").attributes["href"]).path.endswith("/matter")


def test_saves_while_somebody_writes(begun):
    draft_id = draft_of(begun)
    begun.look(f"/apply/{draft_id}/story")
    token = begun.value("csrf_token")

    answer = begun.client.post(
        f"/apply/{draft_id}/story/autosave",
        data={"csrf_token": token, "story": "写到一半", "wanted": "", "version": "1", "idempotency_key": "k" * 20},
        base_url=SITE,
    )

    assert answer.status_code == 200
    assert answer.json["version"] == 2
    assert begun.look(f"/apply/{draft_id}/story").page.css_first("[name=story]").text().strip() == "写到一半"


def test_shows_the_start_to_anybody(browser):
    browser.look("/apply")

    assert browser.status == 200
    assert "12348" in browser.words
    assert browser.look("/apply/continue").path == "/apply"


def test_carries_the_code_over_the_sign_in(browser):
    code = checked(browser)
    browser.fill("/apply/start")
    assert browser.path == "/sign-in"

    sign_somebody_in(browser.client, "13800000001")
    browser.look("/apply/continue")
    assert browser.value("code") == code
    browser.fill("/start")

    with reading() as current:
        assert current.query(Draft).one().answers["matter"] == "WAGES"


def test_says_so_where_a_code_is_unknown(citizen):
    citizen.look("/apply").fill("/start", code="ABCD-2345")

    assert citizen.status == 422
    assert citizen.problems == ["#field-code"]


def test_loses_nothing_when_the_sign_in_ran_out(begun):
    begun.look(f"/apply/{draft_of(begun)}/story")
    leave(begun.client)
    begun.fill("story", story="写了很久", wanted="要回工资")
    assert begun.status == 401
    assert "写了很久" in begun.answer.text

    sign_somebody_in(begun.client, "13800000001")
    begun.fill("story")

    with reading() as current:
        assert current.query(Draft).one().answers["story"] == "写了很久"


def test_says_so_when_another_device_changed_the_same(begun):
    path = f"/apply/{draft_of(begun)}/contact"
    begun.look(path)
    stale = begun.page
    begun.fill("contact", phone="13900000009", phone_owner="SELF")
    begun.page = stale

    begun.fill("contact", phone="13700000007", phone_owner="SELF")

    assert "另一台设备" in begun.words


def test_is_nobody_elses_business(begun):
    draft_id = draft_of(begun)
    sign_somebody_in(begun.client, "13800000002")

    for page in ("", "/story", "/evidence", "/pledge", "/check", "/discard"):
        assert begun.look(f"/apply/{draft_id}{page}").status == 404, page
    leave(begun.client)
    assert "sign-in" in begun.look(f"/apply/{draft_id}/story").path
