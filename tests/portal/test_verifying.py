"""Whoever holds a paper checks it: scanned or typed, with the name or without, signed in or not."""

import pytest

from applications import genuine, letter_texts, letters
from applications.letters import LetterKind
from applications.models.application import Application
from core.db import keep, session
from core.references import code_of_hash
from tests.portal.working import REFERENCE, case, instant


@pytest.fixture
def sha256(browser):
    genuine.tries.forget()
    case()

    def issue():
        found = session().query(Application).filter_by(reference=REFERENCE).one()
        blocks = letter_texts.receipt(REFERENCE, (), decide_by=instant().date(), has_pledge=False)
        return letters.issue(found, LetterKind.RECEIPT, blocks, now=instant()).sha256

    yield keep(issue)
    genuine.tries.forget()


def test_a_telephone_reads_the_paper_and_the_name_is_compared(browser, sha256):
    browser.look(f"/verify/{sha256}")

    assert browser.heading == "核对上了"
    assert "法律援助申请材料接收凭证" in browser.words
    assert REFERENCE not in browser.words
    assert "张三丰" not in browser.words
    assert browser.fill(name="张三丰").heading == "核对上了"
    assert "姓名也对得上" in browser.words


def test_a_typed_code_is_checked_with_the_name(browser, sha256):
    browser.look("/verify").fill(code=code_of_hash(sha256).lower(), name="李四")

    assert (browser.status, browser.heading) == (200, "核对不上")
    assert "12348" in browser.words
    assert browser.value("name") == "李四"
    assert browser.fill(name="张三丰").heading == "核对上了"


def test_asks_for_the_code(browser, sha256):
    browser.look("/verify").fill(name="李四")

    assert browser.status == 422
    assert browser.problems == ["#field-code"]
    assert browser.value("name") == "李四"


def test_says_when_it_was_tried_too_often(browser, sha256):
    for _ in range(60):
        browser.look("/verify/AAAA-AAAA-AAAA-AAAA")

    assert browser.heading == "核对不上"
    assert browser.look("/verify/AAAA-AAAA-AAAA-AAAA").status == 429
    assert browser.look(f"/verify/{sha256}").heading == "核对上了"
