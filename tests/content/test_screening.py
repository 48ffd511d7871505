"""What WeChat thinks of words to be published is told to the reviewer; nothing else is shown to it (WX-5, WX-6)."""

import re

import pytest

from content import reviewing, screening
from content.models import Comment
from content.said import Said
from core import jobs
from core import settings as house
from core.db import keep, reading, session
from core.outbox import Errand
from core.wechat import client
from locator import queries as places
from tests import source, wechat_double
from tests.content import newsroom
from tests.content.newsroom import FIT, NOW


@pytest.fixture
def double(settings, monkeypatch, db):
    with wechat_double.serving() as made:
        given = house.replace(settings, wechat_checker="colleague", **made.settings)
        monkeypatch.setattr(house, "_settings", given)
        client._made.cache_clear()
        keep(newsroom.put_up)
        yield made
        client._made.cache_clear()
        places.forget()


def laid_before(said=FIT):
    def work():
        return newsroom.asked(newsroom.article(said)).id

    return keep(work)


def carry():
    while mine := jobs.claim(NOW):
        jobs.carry_out(mine, now=NOW)


def comments():
    with reading():
        return [(one.words, one.staff_id) for one in session().query(Comment)]


def test_what_is_fit_is_passed_over_in_silence(double):
    double.login("colleague")
    laid_before()
    carry()

    assert [one.split("\n")[0] for one in double.judged] == [FIT.title, "## 先做什么"]
    assert comments() == []


def test_a_doubt_is_told_to_the_reviewer_once_and_stops_nobody(double):
    double.login("colleague")
    double.bad_words = ("支付令",)
    review = laid_before()
    carry()
    screening.screen({"review": review}, now=NOW)

    assert comments() == [("微信内容安全对这一版有疑问（正文第 1 部分），发布前请人工看一看。", None)]
    keep(lambda: reviewing.publish(newsroom.REVIEWER, review, now=NOW) and None)


def test_a_long_page_goes_portion_by_portion(double):
    double.login("colleague")
    laid_before(Said(FIT.title, FIT.summary, FIT.body + "留好记录。" * 700, {}, FIT.groups, FIT.topics))
    carry()

    assert len(double.judged) == 3
    assert max(map(len, double.judged)) <= screening.PORTION


def test_where_nobody_used_the_mini_program_of_late_the_reviewer_is_told(double):
    laid_before()
    carry()

    assert comments() == [(screening.NOT_LOOKED, None)]


def test_a_wechat_that_is_away_is_asked_again_later(double):
    double.login("colleague")
    double.hangs_up = True
    laid_before()
    carry()
    with reading():
        errand = session().query(Errand).filter_by(kind="content.screened").one()
        assert (errand.done_at, errand.attempts) == (None, 1)
    assert comments() == []


@pytest.mark.parametrize("changed", [{"wechat_checker": ""}, {"wechat_app_id": ""}])
def test_where_nobody_is_set_nobody_is_asked(double, monkeypatch, changed):
    monkeypatch.setattr(house, "_settings", house.replace(house.current(), **changed))
    laid_before()

    with reading():
        assert session().query(Errand).filter_by(kind="content.screened").count() == 0


def test_no_evidence_and_nothing_of_a_citizen_is_ever_shown_to_it():
    """Whoever has words judged is the slice of pages, and what asks WeChat itself: nobody who holds papers or cases."""
    asks = re.compile(r"judge_words|msg_sec_check|media_check|img_sec_check")
    found = {str(path) for path in source.python(*source.SOURCES) if asks.search(source.words(path))}

    assert found == {"core/wechat/client.py", "content/screening.py"}
    imported = re.findall(r"^from (\w+)", source.words(source.Path("content/screening.py")), re.MULTILINE)
    assert set(imported) <= {"__future__", "collections", "datetime", "typing", "sqlalchemy", "content", "core"}
