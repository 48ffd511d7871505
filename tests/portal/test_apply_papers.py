"""Papers, the pledge, checking and handing in, without scripts."""

import io

from applications.models.application import Application
from core.db import reading
from tests.portal.applying import draft_of, drawn, hand_in_identity, photograph, sign, to_verification


def test_masks_the_identity_number_and_keeps_it(begun):
    to_verification(begun)
    path = f"/apply/{draft_of(begun)}/id_number"

    begun.look(path)
    assert begun.value("id_number") == "1101**********002X"
    begun.fill("id_number")

    assert begun.path.endswith("/verification")


def test_takes_papers_and_gives_them_back(begun):
    draft_id = draft_of(begun)
    begun.look(f"/apply/{draft_id}/evidence")
    files = [(io.BytesIO(photograph()), "甲.jpg"), (io.BytesIO(photograph()), "乙.jpg")]
    begun.fill("/evidence", button=("go", "stay"), **{"file-identity_document": files})
    assert "甲.jpg" in begun.words
    assert len(begun.page.css("main img")) == 2

    token = begun.page.css_first("[name=remove]").attributes["value"]
    begun.fill("/evidence", button=("remove", token))

    assert "甲.jpg" not in begun.words
    assert "乙.jpg" in begun.words


def test_binds_photographs_into_one_paper_in_the_order_one_says(begun):
    draft_id = draft_of(begun)
    begun.look(f"/apply/{draft_id}/evidence")
    files = [(io.BytesIO(photograph()), "甲.jpg"), (io.BytesIO(photograph()), "乙.jpg")]
    begun.fill("/evidence", button=("go", "stay"), **{"file-identity_document": files})
    later = begun.page.css_first("[name=move]").attributes["value"]
    assert later.startswith("later:")

    begun.fill("/evidence", button=("move", later))
    assert begun.words.index("乙.jpg") < begun.words.index("甲.jpg")

    begun.fill("/evidence", button=("bind", "identity_document"))
    assert "2张照片合成.pdf" in begun.words
    assert "甲.jpg" not in begun.words
    assert not begun.page.css("[name=move], [name=bind]")

    begun.fill("/evidence", button=("bind", "identity_document"))
    assert begun.status == 422
    assert begun.problems == ["#field-file-identity_document"]


def test_says_what_is_wrong_with_a_file(begun):
    begun.look(f"/apply/{draft_of(begun)}/evidence")

    begun.fill("/evidence", button=("go", "on"), **{"file-identity_document": [(io.BytesIO(b"MZ"), "x.exe")]})

    assert begun.status == 422
    assert begun.problems == ["#field-file-identity_document"]


def test_wants_every_clause_ticked_and_the_right_name(begun):
    to_verification(begun)
    hand_in_identity(begun.fill(verification="PLEDGE"))

    begun.fill("/pledge", acknowledged=["item"], name="别人")

    assert begun.status == 422
    assert begun.problems == ["#field-acknowledged", "#field-name"]
    assert "checked" in begun.page.css_first("[value=item]").attributes
    assert begun.value("name") == "别人"


def test_takes_a_drawn_signature(begun):
    to_verification(begun)
    hand_in_identity(begun.fill(verification="PLEDGE"))

    sign(begun, drawing=drawn())

    assert begun.path.endswith("/check"), begun.words


def test_refuses_a_drawing_that_is_none(begun):
    to_verification(begun)
    hand_in_identity(begun.fill(verification="PLEDGE"))

    sign(begun, drawing="data:image/png;base64,AAAA====x")

    assert begun.status == 422
    assert begun.problems == ["#field-drawing"]


def test_lists_everything_that_is_missing_before_it_is_handed_in(begun):
    begun.look(f"/apply/{draft_of(begun)}/check").fill("/submit")

    assert begun.status == 422
    assert "#field-story" in begun.problems
    assert begun.page.css_first("#field-story") is not None


def test_answers_a_second_tap_with_the_same_case(begun):
    to_verification(begun)
    hand_in_identity(begun.fill(verification="DATA_SHARING"))
    check = begun.page
    first = begun.fill("/submit").path
    begun.page = check

    assert begun.fill("/submit").path == first
    with reading() as current:
        assert current.query(Application).count() == 1


def test_leads_to_the_case_once_it_is_handed_in(begun):
    draft_id = draft_of(begun)
    to_verification(begun)
    hand_in_identity(begun.fill(verification="DATA_SHARING")).fill("/submit")

    for page in ("", "/story", "/evidence", "/check", "/discard"):
        assert begun.look(f"/apply/{draft_id}{page}").path == "/me/applications"


def test_is_thrown_away_when_somebody_says_so(begun):
    draft_id = draft_of(begun)

    begun.look(f"/apply/{draft_id}/discard").fill("/discard")

    assert begun.path == "/apply"
    assert begun.look(f"/apply/{draft_id}").status == 404
