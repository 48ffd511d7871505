"""Somebody answers a quiz without scripts, learns why, and takes a certificate along."""

import io

from pypdf import PdfReader

from core.db import keep
from tests.content.newsroom import article, published
from tests.content.test_quizzes import QUIZ
from tests.portal.browser import SITE
from tests.portal.working import instant

FROM_HERE = {"Referer": f"{SITE}/quiz/three"}


def test_a_quiz_from_the_first_question_to_the_certificate(browser):
    keep(lambda: published(article(QUIZ, kind="quiz", slug="three", now=instant()), now=instant()))
    assert QUIZ.title in browser.look("/quiz").words
    (start,) = browser.look("/learn/three").page.css("a.button[href^='/quiz/']")
    browser.look(start.attributes["href"])

    browser.fill("/quiz/three", q1="2")
    assert (browser.status, browser.problems) == (422, ["#field-q2", "#field-q3"])
    assert "checked" in browser.page.css_first("input[name=q1][value='2']").attributes
    browser.fill("/quiz/three", q1="2", q2="1", q3="x")
    assert browser.heading == "答对 0 题，一共 3 题"
    assert "答对百分之80就有证书" in browser.words
    assert "应该是：能" in browser.words
    assert browser.page.css("main .panel a[href='tel:12348']")
    assert browser.page.css("main a[href^='https://flk.npc.gov.cn']")

    browser.look("/quiz/three").fill("/quiz/three", q1="1", q2="2", q3="1")
    assert browser.heading == "答对 3 题，一共 3 题"
    assert browser.answer.headers["Cache-Control"] == "no-store"
    token = browser.value("csrf_token")
    told = {"csrf_token": token, "answers": browser.value("answers"), "name": "王小明"}
    given = browser.client.post("/quiz/three/certificate", base_url=SITE, data=told)
    assert "王小明" in PdfReader(io.BytesIO(given.data)).pages[0].extract_text()
    browser.fill("/certificate", name="13800000001")
    assert (browser.status, browser.problems, browser.value("name")) == (422, ["#field-name"], "13800000001")
    browser.fill("/certificate", name="长" * 61)
    assert browser.problems == ["#field-name"]
    refused = browser.client.post("/quiz/three/certificate", base_url=SITE, data=told | {"answers": "2,1,9999"})
    assert refused.status_code == 422
    mobile = browser.client.post("/m/v1/quizzes/three/certificate.pdf", base_url=SITE, data=told, headers=FROM_HERE)
    assert (mobile.status_code, mobile.content_type) == (200, "application/pdf"), mobile.text
    assert browser.look("/quiz/nothing").status == 404
