"""Quizzes and forms to fill in, through the door: for everybody, and nothing is kept."""

import dataclasses

import pytest

from content import blanks
from core.db import keep
from core.errors import NotFound
from core.identity import ANYONE
from tests.content.newsroom import FIT, article, published
from tests.content.test_quizzes import QUIZ

ANOTHER = "\n## 第{}问？\n\n- [x] 能\n- [ ] 不能\n\n见《劳动合同法》第三十条。\n"
COST = {"Quizzes": 3, "MarkQuiz": 4, "BlankForms": 0, "BlankForm": 0}


@pytest.fixture
def quiz(ask):
    keep(lambda: published(article(QUIZ, kind="quiz", slug="quiz")))


def test_answers_are_marked_and_explained(ask, quiz):
    keep(lambda: published(article(FIT, slug="a-page")))
    listed = ask("Quizzes", ANYONE)["nodes"]
    assert [(one["slug"], one["title"]) for one in listed] == [("quiz", QUIZ.title)]

    marked = ask("MarkQuiz", ANYONE, slug="quiz", answers=[2, 2])

    assert (marked["right"], marked["total"], marked["hasPassed"], marked["passPercent"]) == (1, 3, False, 80)
    first, second, third = marked["marked"]
    assert (first["chosenText"], first["rightText"], first["isRight"]) == ("不能", "能", False)
    assert [(one["title"], one["article"]) for one in first["bases"]] == [("劳动合同法", 30)]
    assert "干了活就有劳动关系" in first["why"]
    assert (second["isRight"], third["chosen"], third["isRight"]) == (True, 0, False)
    assert [one["code"] for one in marked["nextSteps"]] == ["check", "nearest", "call"]
    assert ask("MarkQuiz", ANYONE, slug="quiz", answers=[1, 2, 1, *[1] * 50])["hasPassed"] is True


@pytest.mark.parametrize("slug", ["nobody", "a-page", "hidden"])
def test_what_is_no_quiz_of_readers_is_not_marked(ask, slug):
    keep(lambda: published(article(FIT, slug="a-page")))
    keep(lambda: article(QUIZ, kind="quiz", slug="hidden"))

    with pytest.raises(NotFound):
        ask("MarkQuiz", ANYONE, slug=slug, answers=[1])


def test_forms_say_what_they_ask_where_they_go_and_where_the_paper_is(ask):
    listed = ask("BlankForms", ANYONE)
    assert [one["code"] for one in listed] == list(blanks.blanks())

    form = ask("BlankForm", ANYONE, code="application")

    assert (form["title"], form["file"]) == ("法律援助申请表", "/m/v1/forms/application.pdf")
    assert set(form["knows"]) == {"name", "phone"}
    assert "姓名" in "".join(form["asks"])
    assert "法律援助法" in form["law"]
    assert form["handIn"].startswith("交给就近的")
    with pytest.raises(NotFound, match="form_unknown"):
        ask("BlankForm", ANYONE, code="nothing")


def test_more_quizzes_cost_no_more_statements(ask, quiz, count_statements):
    asked = {
        "Quizzes": {},
        "MarkQuiz": {"slug": "quiz", "answers": [1]},
        "BlankForms": {},
        "BlankForm": {"code": "application"},
    }

    def spent(name):
        with count_statements() as sent:
            ask(name, ANYONE, **asked[name])
        return len(sent)

    few = {name: spent(name) for name in asked}
    more = QUIZ.body + "".join(ANOTHER.format(number) for number in range(8))
    keep(lambda: published(article(dataclasses.replace(QUIZ, title="长的", body=more), kind="quiz", slug="long")))
    for number in range(3):
        said = dataclasses.replace(QUIZ, title=f"第{number}套题")
        keep(lambda said=said, number=number: published(article(said, kind="quiz", slug=f"quiz-{number}")))

    assert {name: spent(name) for name in asked} == few
    assert {name: count for name, count in few.items() if count > COST[name]} == {}
    asked["MarkQuiz"]["slug"] = "long"
    assert spent("MarkQuiz") == few["MarkQuiz"]  # however many questions it has
