"""Quizzes: written like any page, stopped like any page; answers explained; a certificate that is kept nowhere."""

import dataclasses
import io

import pytest
from pypdf import PdfReader

from api import execution
from api.viewer import Viewer
from content import delta, guards, reviewing, rulebook
from content.guards import Weight
from content.kinds import Kind
from content.quizzes import certificates, marking, written
from core.db import keep
from core.errors import Conflict, NotFound, Rejected
from core.identity import ANYONE
from locator import queries as places
from tests.content import newsroom
from tests.content.newsroom import FIT, NOW, REVIEWER, article, asked, published

BODY = """先看看您知道多少。

## 没签合同能要工钱吗？

- [x] 能
- [ ] 不能

> 干了活就有劳动关系。
> 见《劳动合同法》第三十条。

## 仲裁收费吗？

- [ ] 收
* [X] **不收**
- [ ] 看情况

不收钱。

## 打哪个电话？

- [√] 12348
- [ ] 110

全国法律援助热线，见《法律援助法》第四十二条。
"""
QUIZ = dataclasses.replace(FIT, title="讨薪三道题", body=BODY)


@pytest.fixture
def quiz(desk):
    published(article(QUIZ, kind="quiz", slug="quiz"))


def test_a_quiz_is_read_off_its_text():
    quiz = written.read(BODY)

    assert quiz.intro == "先看看您知道多少。"
    assert [(one.text, one.options, one.right) for one in quiz.questions] == [
        ("没签合同能要工钱吗？", ["能", "不能"], [1]),
        ("仲裁收费吗？", ["收", "**不收**", "看情况"], [2]),
        ("打哪个电话？", ["12348", "110"], [1]),
    ]
    assert quiz.questions[0].why == "干了活就有劳动关系。\n见《劳动合同法》第三十条。"
    assert written.read("").questions == []


def stopped(body):
    found = guards.examine(Kind.QUIZ, dataclasses.replace(QUIZ, body=body), cites=True)
    return [one.code for one in found if one.weight is Weight.STOPS]


@pytest.mark.parametrize(
    ("was", "becomes", "code"),
    [
        ("- [x] 能\n", "", "guard_quiz_options"),
        ("- [ ] 不能\n", "- [ ] 能\n", "guard_quiz_options"),
        ("- [ ] 不能\n", "- [ ]\n", "guard_quiz_options"),
        ("- [ ] 不能\n", "- [x] 不能\n", "guard_quiz_right"),
        ("不收钱。\n", "", "guard_quiz_why"),
        ("## 仲裁收费吗？", "", "guard_quiz_few"),
        ("不收钱。", "不收钱，打 13800000001。", "guard_mobile"),
    ],
)
def test_what_cannot_be_answered_is_stopped(was, becomes, code):
    assert stopped(BODY) == []
    assert code in stopped(BODY.replace(was, becomes, 1))


def test_an_explanation_without_a_law_is_advised_against():
    found = guards.examine(Kind.QUIZ, QUIZ, cites=True)

    assert [one.passage for one in found if one.code == "guard_quiz_law"] == ["仲裁收费吗？"]


def test_it_takes_the_way_of_every_page(desk):
    bad = article(dataclasses.replace(QUIZ, body=BODY.replace("- [x] 能\n", "")), kind="quiz")
    with pytest.raises(Rejected):
        asked(bad)
    good = article(QUIZ, kind="quiz", slug="quiz")
    review = asked(good)
    with pytest.raises(NotFound):
        marking.find("quiz", now=NOW)
    reviewing.publish(REVIEWER, review.id, now=NOW)
    assert marking.find("quiz", now=NOW)[0].title == QUIZ.title


def test_answers_are_marked_and_wrong_ones_lead_to_the_law(quiz):
    card = dataclasses.replace(FIT, title="第三十条讲什么", fields={"law": "劳动合同法", "article": "30"})
    published(article(card, kind="law_card", slug="card-30"))

    result = marking.mark("quiz", [2, 2, 99], now=NOW)

    assert (result.right, result.total, result.has_passed) == (1, 3, False)
    first, second, third = result.marked
    assert (first.is_right, first.chosen_text, first.right_text) == (False, "不能", "能")
    assert [(one.title, one.article, one.slug) for one in first.bases] == [("劳动合同法", 30, "card-30")]
    assert (second.is_right, second.bases) == (True, [])
    assert (third.chosen, third.chosen_text, third.is_right) == (0, "", False)
    assert [one.slug for one in third.bases] == [None]
    assert "<p>干了活就有劳动关系。" in first.why
    assert marking.mark("quiz", [1, 2, 1], now=NOW).has_passed
    assert marking.mark("quiz", [], now=NOW).right == 0


def test_a_page_of_another_kind_is_no_quiz(desk):
    published(article(FIT, slug="page"))
    with pytest.raises(NotFound, match="page_unknown"):
        marking.mark("page", [], now=NOW)


def test_a_quiz_without_right_answers_is_never_passed(quiz, monkeypatch):
    empty = written.Quiz("", [written.Question("？", 1, ["a", "b"], [], "x")])
    monkeypatch.setattr(marking.written, "read", lambda _body: empty)

    result = marking.mark("quiz", [1], now=NOW)

    assert (result.marked[0].right_text, result.marked[0].is_right, result.has_passed) == ("", False, False)


def test_the_answers_stand_nowhere_before_they_are_asked_for(db):
    keep(newsroom.put_up)
    keep(lambda: published(article(QUIZ, kind="quiz", slug="quiz")))
    reader = Viewer(ANYONE, NOW)

    page = execution.run(reader, "LearnPage", slug="quiz")["page"]
    asked_for = execution.run(reader, "Quiz", slug="quiz")["quiz"]
    told = keep(lambda: delta.since("", now=NOW)).decode()
    places.forget()

    for said in (page["html"], str(asked_for), told):
        assert "[x]" not in said
        assert "干了活" not in said
    assert asked_for["questions"][0]["options"] == ["能", "不能"]
    assert page["headings"] == []


def test_a_certificate_says_what_was_right_and_a_name_that_is_kept_nowhere(quiz):
    passed = marking.mark("quiz", [1, 2, 1], now=NOW)

    pdf = PdfReader(io.BytesIO(certificates.as_pdf(certificates.content(passed, " 王  小明 ", now=NOW))))

    words = "".join(pdf.pages[0].extract_text().split())
    for said in "王小明", QUIZ.title, "答对3题，一共3题", "2026年11月23日", "网站不留任何记录":
        assert said in words
    assert certificates.content(passed, "", now=NOW)["name"] == ""
    with pytest.raises(Conflict, match="quiz_not_passed"):
        certificates.content(marking.mark("quiz", [], now=NOW), "王小明", now=NOW)
    for name, code in (("长" * 21, "text_too_long"), ("13800000001", "certificate_number")):
        with pytest.raises(Rejected) as rejected:
            certificates.content(passed, name, now=NOW)
        assert [one.code for one in rejected.value.problems] == [code]
    assert rulebook.rules("quizzes.toml")["pass_percent"] == 80
