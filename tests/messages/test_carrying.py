"""What becomes of a message: one way after the other, each in its time, and nobody is told twice (G03, E07)."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from core import jobs, mail
from core import settings as house
from core.db import keep, reading, session, transaction
from core.outbox import Errand
from messages import carrying, subscriptions, telling
from messages.models import Message, Preference
from messages.telling import Note
from messages.ways import Kind
from tests.messages.told import carry, row
from tests.wechat_double import NEWS, REMINDER

LATER = timedelta(seconds=10), timedelta(seconds=71), timedelta(seconds=372)


def left(citizen):
    with reading():
        return {one.name: one.left_over for one in subscriptions.offered(citizen)}


def prefer(citizen, now, **chosen):
    plain = {"by_wechat": True, "by_sms": True, "by_email": False}

    def put():
        session().add(Preference(person_id=citizen.id, **plain | chosen, changed_at=now))

    keep(put)


def test_a_message_is_kept_with_what_it_tells_of_or_not_at_all(db, citizen, now):
    def work():
        telling.tell(Note(Kind.NEWS, "case:1", "x", "x", "x", person_id=citizen.id), now=now)
        raise RuntimeError("on second thoughts")

    with pytest.raises(RuntimeError, match="on second thoughts"):
        keep(work)

    with reading():
        assert session().scalar(select(func.count()).select_from(Message)) == 0
        assert session().scalar(select(func.count()).where(Errand.kind == telling.CARRY)) == 0


def test_a_text_goes_out_once_and_what_pushed_it_is_forgotten(db, citizen, texts, tell):
    for _ in range(2):
        tell(citizen)

    assert [(one.phone, one.text) for one in texts.outgoing] == [("13800000001", "您有一条新消息。")]
    found, tried = row()
    assert (found.state, found.via, found.push, found.body) == ("handed_over", "sms", None, "编号 FY-1")
    assert tried == {"sms": ("handed_over", "")}


def test_wechat_is_used_where_it_was_allowed_and_a_text_is_spared(allowed, double, texts, tell):
    tell(allowed)

    (one,) = double.mailbox
    assert (one["openid"], one["template"], one["page"]) == ("o-1", NEWS, "pages/messages/messages")
    assert one["data"]["time3"] == "2026年11月23日 09:30"
    assert not any(word in str(one["data"]) for word in ("法律", "援助", "FY-1"))
    assert texts.outgoing == []
    assert row()[0].via == "wechat"
    assert left(allowed) == {"news": 0, "reminder": 1}


def test_what_was_allowed_once_is_used_once_and_then_texts_go_out(allowed, double, texts, tell):
    tell(allowed)
    tell(allowed, key="case:2")

    assert len(double.mailbox) == len(texts.outgoing) == 1
    assert row("case:2")[1] == {"sms": ("handed_over", "")}


def test_wechat_has_the_last_word_on_what_is_allowed(allowed, double, texts, tell):
    double.quota.clear()
    tell(allowed)

    assert row()[1] == {"wechat": ("declined", "43101"), "sms": ("handed_over", "")}
    assert left(allowed)["news"] == 0
    assert len(texts.outgoing) == 1


def test_what_wechat_never_took_is_given_back(allowed, double, texts, tell):
    double.users.clear()  # this openid is of another mini-program: 40003
    tell(allowed)

    assert row()[1]["sms"] == ("handed_over", "")
    assert left(allowed)["news"] == 1


def test_a_wechat_that_is_away_is_tried_thrice_and_then_a_text_goes_out(allowed, double, texts, tell, now):
    double.hangs_up = True
    tell(allowed, kind=Kind.RECEIPT)
    assert texts.outgoing == []

    for wait in LATER:
        carry(now + wait)
    assert row()[1] == {"wechat": ("lost", "wechat_unavailable"), "sms": ("handed_over", "")}
    assert left(allowed)["news"] == 1


def test_a_reminder_says_when(allowed, double, tell, now):
    tell(allowed, kind=Kind.REMINDER, when=now + timedelta(days=1))

    assert double.mailbox[0]["template"] == REMINDER
    assert double.mailbox[0]["data"]["time2"] == "2026年11月24日 09:30"


def test_what_is_not_urgent_waits_for_the_morning(citizen, texts, tell, now):
    night = now + timedelta(hours=13)  # 22:30
    tell(citizen, at=night)
    carry(night + timedelta(hours=9))
    assert texts.outgoing == []
    carry(night + timedelta(hours=9, minutes=31))
    assert len(texts.outgoing) == 1

    tell(citizen, at=night, kind=Kind.RECEIPT, key="case:2")
    assert len(texts.outgoing) == 2


def test_a_retry_that_would_fall_into_the_night_waits_for_the_morning(citizen, texts, tell, now):
    evening = now + timedelta(hours=11, minutes=29, seconds=55)  # 20:59:55
    texts.is_away = True
    tell(citizen, at=evening)
    texts.is_away = False
    carry(evening + timedelta(seconds=20))
    assert texts.outgoing == []

    carry(evening + timedelta(hours=11, seconds=6))
    assert len(texts.outgoing) == 1


def test_what_is_of_no_use_any_more_is_not_said(citizen, texts, tell, now):
    texts.is_away = True
    tell(citizen, good_until=now + timedelta(seconds=5), unreached="test.unreached")
    texts.is_away = False
    carry(now + timedelta(seconds=10))

    assert texts.outgoing == []
    assert row()[0].state == "late"


def test_whoever_left_it_hears_that_nobody_was_reached(citizen, texts, tell, now, monkeypatch):
    heard = []
    monkeypatch.setitem(jobs._carriers, "test.unreached", jobs.Carrier(lambda payload, **_: heard.append(payload)))
    texts.is_away = True
    tell(citizen, kind=Kind.REMINDER, unreached="test.unreached", told={"appointment": "1"})
    for wait in LATER:
        carry(now + wait)

    assert heard == [{"appointment": "1"}]
    found, tried = row()
    assert (found.state, tried) == ("lost", {"sms": ("lost", "sms_unavailable")})


@pytest.mark.parametrize("phone", ["", "0731-84586789"])
def test_somebody_who_cannot_be_texted_finds_it_in_their_list(citizen, texts, tell, phone):
    tell(citizen, phone=phone)

    assert texts.outgoing == []
    assert row()[0].state == "lost"


def test_what_is_not_to_be_pushed_is_not(citizen, texts, tell):
    tell(citizen, is_pushed=False)

    assert texts.outgoing == []
    assert (row()[0].state, row()[1]) == ("kept", {})


def test_a_stranger_is_texted_and_has_no_list(db, texts, tell):
    tell()

    assert len(texts.outgoing) == 1
    assert row()[0].person_id is None


@pytest.mark.usefixtures("texts", "double")
def test_whoever_wants_neither_texts_nor_wechat_is_spared_both(allowed, mails, tell, now):
    prefer(allowed, now, by_wechat=False, by_sms=False, by_email=True, email="a@b.cn", email_confirmed_at=now)
    tell(allowed)

    assert set(row()[1]) == {"email"}
    (one,) = mails.outgoing
    assert (one.to, one.subject) == ("a@b.cn", "您有一条新消息")
    assert one.text.endswith("/messages")
    assert row()[0].via == "email"


def test_mail_goes_besides(citizen, texts, mails, tell, now):
    prefer(citizen, now, by_email=True, email="a@b.cn", email_confirmed_at=now)
    tell(citizen)

    assert len(texts.outgoing) == len(mails.outgoing) == 1
    assert row()[0].via == "sms"


@pytest.mark.parametrize("changed", [{"email_confirmed_at": None}, {"by_email": False}, {"email": None}])
def test_a_mailbox_counts_once_it_is_confirmed_and_chosen(citizen, texts, mails, tell, now, changed):
    prefer(citizen, now, **{"by_email": True, "email": "a@b.cn", "email_confirmed_at": now} | changed)
    tell(citizen)

    assert mails.outgoing == []


def test_a_mailbox_that_takes_nothing_is_not_tried_again(citizen, texts, mails, tell, now, monkeypatch):
    def refuse(_mail):
        raise mail.Undeliverable

    monkeypatch.setattr(mails, "send", refuse)
    prefer(citizen, now, by_email=True, email="a@b.cn", email_confirmed_at=now)
    tell(citizen)

    assert row()[1]["email"] == ("lost", "mail_undeliverable")


def test_a_way_that_was_closed_meanwhile_gives_way_to_the_next(allowed, double, texts, tell, now, monkeypatch):
    """The step was decided on; then WeChat is switched off."""
    keep(lambda: telling.tell(Note(Kind.NEWS, "case:1", "x", "x", "x", person_id=allowed.id), now=now))
    begin = carrying._begin

    def begin_and_close(message_id, now):
        step = begin(message_id, now)
        monkeypatch.setattr(house, "_settings", house.replace(house.current(), wechat_app_id=""))
        return step

    monkeypatch.setattr(carrying, "_begin", begin_and_close)
    carry(now)
    assert row()[1] == {"wechat": ("lost", "wechat_off")}


def test_a_step_that_is_taken_twice_counts_once(allowed, double, texts, now):
    """Whoever was slow finds that another one has settled it."""
    keep(lambda: telling.tell(Note(Kind.NEWS, "case:1", "x", "x", "x", person_id=allowed.id), now=now))
    with reading():
        message = session().scalars(select(Message.id)).one()
    step = keep(lambda: carrying._begin(message, now))
    for _ in range(2):
        keep(lambda: carrying._settle(step, carrying.Outcome(carrying.State.LOST, "1"), now))

    assert left(allowed)["news"] == 1


def test_a_killed_worker_loses_no_message(citizen, texts, tell, now):
    """Killed after the step was decided on and before anything was sent."""
    keep(lambda: telling.tell(Note(Kind.NEWS, "k", "x", "x", "x", person_id=citizen.id, phone="13800000001"), now=now))
    with reading():
        message = session().scalars(select(Message.id)).one()
    keep(lambda: carrying._begin(message, now))

    carry(now)
    assert len(texts.outgoing) == 1
    assert keep(lambda: carrying._begin(message, now)) is None  # an errand that comes once more finds nothing to do


def test_what_waits_for_ever_is_settled(citizen, texts, now):
    keep(lambda: telling.tell(Note(Kind.NEWS, "case:1", "x", "x", "x", person_id=citizen.id), now=now))
    keep(lambda: carrying.find_stuck({}, now=now + timedelta(hours=47)))
    assert row()[0].state == "waiting"

    keep(lambda: carrying.find_stuck({}, now=now + timedelta(hours=49)))
    assert row()[0].state == "lost"


def test_nothing_of_a_message_is_readable_at_rest(citizen, texts, now):
    note = Note(Kind.NEWS, "k", "短信的话", "标题的话", "正文的话", path="/case/FY-1", phone="13800000001")
    keep(lambda: telling.tell(note, now=now))
    with reading() as current:
        row = current.connection().exec_driver_sql("SELECT title, body, path, push FROM message").one()

    assert not any(word in str(row) for word in ("的话", "FY-1", "13800000001"))
    assert "的话" not in repr(note)


def test_one_who_has_no_template_here_is_texted(allowed, double, texts, tell, monkeypatch):
    monkeypatch.setattr(house, "_settings", house.replace(house.current(), wechat_templates={}))
    tell(allowed)

    assert (len(double.mailbox), len(texts.outgoing)) == (0, 1)
    assert left(allowed) == {}


def test_two_workers_send_one_message_by_wechat(allowed, double, now):
    """What is allowed once is spent once, whoever asks first."""
    with transaction():
        assert subscriptions.spend(allowed.id, "news", now=now)
        assert not subscriptions.spend(allowed.id, "news", now=now)
        assert not subscriptions.spend("nobody", "news", now=now)
