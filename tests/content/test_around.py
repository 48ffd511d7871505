"""Around the pages: the calendar with what is owed, notices of a time, and what readers found wrong."""

import dataclasses
from datetime import date, timedelta

import icalendar
import pytest
from sqlalchemy import select

from content import bulletins, calendar, demo, guards, keeping, policy, publishing, queries, reports, reviewing
from content.bulletins import BulletinKind, Channel, Words
from content.calendar import Happening
from content.models import Article
from content.queries import Shelf, State
from core import jobs, sms
from core.corrections import KEPT, THANKS, Reply, Told
from core.db import session
from core.errors import Conflict, Forbidden, Malformed, NotFound, NotSignedIn, Rejected
from core.identity import ANYONE, SYSTEM
from tests import make
from tests.content.newsroom import EDITOR, FIT, NOW, REVIEWER, STRANGERS, article, asked, published

DAY = timedelta(days=1)
EVENT = dataclasses.replace(FIT, title="法援惠民生", fields={"held_on": "2026-11-28", "place": "广场"})
NOTICE = Words(BulletinKind.EMERGENCY, "430211", [Channel.PORTAL], "暴雨停办", "改打 12348。", None, NOW + DAY)
TOLD = Told("wrong", "第三十条不对", "13800000001")


def month(actor=EDITOR, now=NOW):
    entries = calendar.happenings(actor, *calendar.month(date(2026, 11, 23)), now=now)
    return [(one.on.day, one.what, one.title) for one in entries]


def test_a_month_lists_what_begins_ends_is_due_and_takes_place(desk):
    published(article(EVENT, kind="event"), expires_at=NOW + 5 * DAY)
    asked(article(now=NOW), due_at=NOW + DAY)
    withdrawn = article(dataclasses.replace(FIT, title="撤下的？"))
    published(withdrawn, starts_at=NOW + 2 * DAY)
    publishing.withdraw(REVIEWER, withdrawn.id, reason="有错", now=NOW)

    assert month() == [
        (23, Happening.BEGINS, "法援惠民生"),
        (24, Happening.DUE, FIT.title),
        (28, Happening.EVENT, "法援惠民生"),
        (28, Happening.ENDS, "法援惠民生"),
    ]
    for stranger in STRANGERS:
        assert month(stranger) == []
    for outsider, refusal in ((ANYONE, NotSignedIn), (make.staff("4302"), Forbidden)):
        with pytest.raises(refusal):
            month(outsider)


def test_what_began_before_is_no_news(desk):
    published(article(), expires_at=NOW + 10 * DAY)

    assert [one.what for one in calendar.happenings(EDITOR, date(2026, 12, 1), date(2026, 12, 31), now=NOW)] == [
        Happening.ENDS
    ]


def test_who_has_no_part_in_it_sees_nothing_and_the_house_sees_all(desk):
    made = article()

    def seen(actor):
        return list(session().scalars(select(Article.id).where(policy.visible_to(actor))))

    assert (seen(make.staff("4302")), seen(ANYONE), seen(SYSTEM)) == ([], [], [made.id])


def test_the_feed_is_a_calendar(desk):
    published(article(EVENT, kind="event"), expires_at=NOW + 5 * DAY)

    read = icalendar.Calendar.from_ical(calendar.feed(EDITOR, "https://rufa.test/desk/content", now=NOW))

    assert [str(one["summary"]) for one in read.walk("VEVENT")] == [
        "上线：法援惠民生",
        "活动：法援惠民生",
        "到期下线：法援惠民生",
    ]


def test_offices_that_owe_something_are_known(desk):
    published(article(EVENT, kind="event"))
    for number in range(5):
        published(article(dataclasses.replace(FIT, title=f"第{number}篇？"), kind="article"))
    published(
        article(
            dataclasses.replace(EVENT, fields={"held_on": "2027-01-01", "place": "x"}), kind="event", region="430281"
        )
    )

    found = {one.region.code: one for one in calendar.offices(EDITOR, date(2026, 11, 23), now=NOW + DAY)}

    assert list(found) == ["4302", "430211", "430281"]
    assert (found["430211"].campaigns, found["430211"].works, found["430211"].is_behind) == (1, None, False)
    assert (found["430281"].campaigns, found["430281"].is_behind) == (0, True)
    assert (found["4302"].campaigns, found["4302"].works, found["4302"].is_behind) == (0, 5, True)
    (county,) = calendar.offices(STRANGERS[1], date(2026, 11, 23), now=NOW)
    assert county.region.code == "430281"


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2026, 1, 31), date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 6, 1), date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 12, 31), date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_quarters_are_whole(day, first, last):
    assert calendar.quarter(day) == (first, last)
    assert calendar.month(date(2024, 2, 10)) == (date(2024, 2, 1), date(2024, 2, 29))


def standing(region="430211", channel=Channel.PORTAL, now=NOW):
    return [one.title for one in bulletins.standing(region, channel, now=now)]


def test_a_notice_stands_for_its_region_channel_and_time(desk):
    bulletins.put_up(REVIEWER, dataclasses.replace(NOTICE, kind="maintenance", title="维护", region="4302"), now=NOW)
    bulletins.put_up(REVIEWER, NOTICE, now=NOW)

    assert standing() == ["暴雨停办", "维护"]
    assert standing("430281") == ["维护"]
    assert standing("4301") == standing(channel=Channel.MINIPROGRAM) == standing(now=NOW + DAY) == []
    assert standing(now=NOW - timedelta(seconds=1)) == []


def test_a_notice_ends_before_its_time(desk):
    row = bulletins.put_up(REVIEWER, NOTICE, now=NOW)
    later = bulletins.put_up(REVIEWER, dataclasses.replace(NOTICE, starts_at=NOW + timedelta(hours=1)), now=NOW)
    for stranger in STRANGERS:
        assert bulletins.kept(stranger) == []
        with pytest.raises(NotFound):
            bulletins.take_down(stranger, row.id, now=NOW)
    assert len(bulletins.kept(EDITOR)) == 2

    for one in row, later:
        bulletins.take_down(REVIEWER, one.id, now=NOW)

    assert standing(now=NOW + timedelta(hours=2)) == standing() == []
    with pytest.raises(Conflict, match="bulletin_over"):
        bulletins.take_down(REVIEWER, row.id, now=NOW)


def test_what_is_wrong_with_a_notice_is_said_at_once(desk):
    with pytest.raises(Rejected) as rejected:
        bulletins.put_up(REVIEWER, Words("x", "4301", ["fax"], " ", "长" * 301, None, None), now=NOW)
    assert [one.code for one in rejected.value.problems] == [
        "bulletin_kind_missing",
        "region_not_yours",
        "channel_missing",
        "bulletin_title_missing",
        "content_too_long",
        "bulletin_end_missing",
    ]
    with pytest.raises(Rejected):
        bulletins.put_up(REVIEWER, dataclasses.replace(NOTICE, ends_at=NOW + 61 * DAY), now=NOW)
    with pytest.raises(Forbidden):
        bulletins.put_up(EDITOR, NOTICE, now=NOW)


@pytest.fixture
def texts():
    memory = sms.Memory()
    sms.use(memory)
    yield memory.outgoing
    sms.use(None)


def test_a_reader_is_answered_by_code_and_by_one_text(desk, texts):
    made = article(slug="page")
    published(made)
    row = reports.report(ANYONE, "page", TOLD, now=NOW)
    (waiting,) = reports.page(EDITOR, is_open=True, first=5)
    assert (waiting.words, waiting.wants_text, waiting.title) == (TOLD.words, True, FIT.title)
    assert not hasattr(waiting, "phone")

    reports.answer(EDITOR, row.id, Reply(accepted=True, answer=""), now=NOW)
    reports.say_answered({"report": row.id}, now=NOW)
    reports.say_answered({"report": row.id}, now=NOW)

    assert (reports.by_code(row.code.lower()).answer, row.phone) == (THANKS, None)
    assert reports.count(EDITOR, is_open=False) == 1
    with pytest.raises(Conflict, match="report_answered"):
        reports.answer(EDITOR, row.id, Reply(accepted=True, answer=""), now=NOW)
    assert "content_report.answered" in jobs.kinds()


def test_answers_explain_and_lists_turn_pages(desk):
    published(article(slug="page"))
    first, second = (
        reports.report(ANYONE, "page", dataclasses.replace(TOLD, phone=""), now=NOW + timedelta(minutes=step))
        for step in (0, 1)
    )

    def listed(*, is_open, after=None):
        return [one.id for one in reports.page(EDITOR, is_open=is_open, first=5, after=after)]

    key = [NOW.isoformat(), first.id]
    assert listed(is_open=True) == [first.id, second.id]
    assert listed(is_open=True, after=key) == [second.id]
    with pytest.raises(Rejected):
        reports.answer(EDITOR, first.id, Reply(accepted=False, answer=" "), now=NOW)
    for one in first, second:
        reports.answer(EDITOR, one.id, Reply(accepted=False, answer="条号是对的"), now=NOW)
    assert first.state == "explained"
    assert listed(is_open=False) == [second.id, first.id]
    assert listed(is_open=False, after=[second.reported_at.isoformat(), second.id]) == [first.id]
    for wrong in (["x"], ["x", "y"]):
        with pytest.raises(Malformed):
            listed(is_open=True, after=wrong)


def test_reports_are_for_pages_readers_see_and_their_editors(desk):
    made = article(slug="page")
    with pytest.raises(NotFound, match="article_unknown"):
        reports.report(ANYONE, "page", TOLD, now=NOW)
    published(made)
    row = reports.report(ANYONE, "page", TOLD, now=NOW)
    with pytest.raises(Rejected) as rejected:
        reports.report(ANYONE, "page", Told("", " "), now=NOW)

    assert [one.code for one in rejected.value.problems] == ["report_subject_missing", "report_words_missing"]
    for stranger in STRANGERS:
        assert reports.count(stranger, is_open=True) == 0
        with pytest.raises(NotFound, match="report_unknown"):
            reports.answer(stranger, row.id, Reply(accepted=True, answer=""), now=NOW)
    for outsider, refusal in ((ANYONE, NotSignedIn), (make.staff("4302"), Forbidden)):
        with pytest.raises(refusal):
            reports.answer(outsider, row.id, Reply(accepted=True, answer=""), now=NOW)
    assert reports.by_code("x") is None
    assert reports.by_code("0000-0000") is None


def test_numbers_nobody_texted_are_forgotten(desk):
    published(article(slug="page"))
    row = reports.report(ANYONE, "page", TOLD, now=NOW)

    reports.forget_numbers({}, now=NOW + KEPT)
    session().refresh(row)
    assert row.phone == TOLD.phone
    reports.forget_numbers({}, now=NOW + KEPT + DAY)
    session().refresh(row)
    assert row.phone is None


def test_where_it_is_tried_out_there_is_something_on_the_desk(desk):
    for _ in range(2):
        demo.load(now=NOW)

    shown = {one.article.slug: one for one in queries.page(EDITOR, Shelf.ALL, first=5, now=NOW)}
    assert {slug: one.state for slug, one in shown.items()} == {
        "demo-rider": State.DRAFT,
        "demo-cash-wages": State.WAITING,
        "demo-law-day": State.LIVE,
    }
    stopped = {slug: guards.stops(looked_at(one.article)) for slug, one in shown.items()}
    assert stopped == {"demo-rider": True, "demo-cash-wages": False, "demo-law-day": False}


def looked_at(one):
    return reviewing.examined(one, keeping.said_in(keeping.revision(one)))
