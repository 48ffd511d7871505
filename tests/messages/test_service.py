"""What somebody can do with their messages, and nobody else (FEATURES G03, E07)."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from core.db import keep, reading, session
from core.errors import Forbidden, NotFound, NotSignedIn, Problem, Rejected
from core.identity import ANYONE, SYSTEM
from messages import queries, service, subscriptions, sweeping, telling
from messages.models import Delivery, Message, Preference, Subscription
from messages.subscriptions import Said
from messages.telling import Note
from messages.ways import Kind
from tests import make
from tests.messages.told import carry


def leave(citizen, key, now):
    keep(lambda: telling.tell(Note(Kind.NEWS, key, "x", f"标题{key}", "x", person_id=citizen.id), now=now))


def ids(citizen, **place):
    with reading():
        return [one.id for one in queries.mine(citizen, **{"first": 10} | place)]


def problems(work):
    with pytest.raises(Rejected) as rejected:
        keep(work)
    return rejected.value.problems


def test_lists_the_newest_first_and_reads_on(citizen, now):
    for n in range(4):
        leave(citizen, f"k{n}", now + timedelta(minutes=n // 2))
    shown = ids(citizen)
    with reading():
        second = session().get(Message, shown[1])

    assert len(shown) == 4
    assert ids(citizen, first=1) == shown[:2]
    assert ids(citizen, after=(second.created_at, second.id)) == shown[2:]


def test_reads_one_or_all_and_counts_what_is_left(citizen, now):
    for n in range(3):
        leave(citizen, f"k{n}", now)
    one = ids(citizen)[0]

    later = now + timedelta(hours=1)
    assert [keep(lambda at=at: service.read(citizen, one, now=at)).read_at for at in (now, later)] == [now, now]
    with reading():
        assert queries.unread(citizen) == 2
    assert keep(lambda: service.read(citizen, now=now)) is None
    with reading():
        assert queries.unread(citizen) == 0


def test_the_messages_of_somebody_are_nobody_elses_business(citizen, now):
    leave(citizen, "k", now)
    one = ids(citizen)[0]
    neighbour = keep(lambda: make.person("13800000002", "citizen-2"))

    assert ids(neighbour) == []
    for stranger in (ANYONE, make.staff(), SYSTEM, neighbour):
        with reading():
            assert queries.unread(stranger) == 0
    for stranger, no in ((ANYONE, NotSignedIn), (make.staff(), Forbidden), (neighbour, NotFound)):
        with pytest.raises(no):
            keep(lambda stranger=stranger: service.read(stranger, one, now=now))
    with reading():
        assert queries.unread(citizen) == 1


def test_somebody_who_chose_nothing_is_told_by_text_and_wechat(citizen):
    with reading():
        assert service.channels(citizen) == service.Channels()


def test_one_way_that_works_has_to_be_left(citizen, allowed, now):
    chosen = keep(lambda: service.choose(citizen, by_wechat=True, by_sms=False, by_email=False, now=now))
    assert (chosen.by_sms, chosen.is_wechat_bound) == (False, True)

    def nothing():
        service.choose(citizen, by_wechat=False, by_sms=False, by_email=False, now=now)

    assert problems(nothing) == (Problem("no_way_left", "bySms"),)
    with reading():
        assert service.channels(citizen).by_wechat


def test_a_wechat_that_is_not_bound_is_no_way(citizen, now):
    def unbound():
        service.choose(citizen, by_wechat=True, by_sms=False, by_email=True, now=now)

    assert problems(unbound) == (Problem("no_way_left", "bySms"), Problem("email_unconfirmed", "byEmail"))


def link(mails):
    return re.search(r"/messages/email/(\S+)", mails.outgoing[-1].text).group(1)


def test_a_mailbox_is_confirmed_by_what_was_sent_to_it(citizen, mails, now):
    told = keep(lambda: service.set_email(citizen, " anna@example.com ", now=now))
    carry(now)

    assert (told.masked_email, told.is_email_confirmed, told.by_email) == ("an***@example.com", False, False)
    (sent,) = mails.outgoing
    assert sent.to == "anna@example.com"
    token = link(mails)
    for _ in range(2):
        assert keep(lambda: service.confirm_email(ANYONE, token, now=now)) == "an***@example.com"
    with reading():
        chosen = service.channels(citizen)
        assert (chosen.by_email, chosen.is_email_confirmed) == (True, True)
    keep(lambda: service.set_email(citizen, "anna@example.com", now=now))
    carry(now)
    assert len(mails.outgoing) == 1  # it is confirmed already
    only_mail = keep(lambda: service.choose(citizen, by_wechat=False, by_sms=False, by_email=True, now=now))
    assert only_mail.by_email
    assert problems(lambda: service.set_email(citizen, "", now=now)) == (Problem("no_way_left", "address"),)


def test_a_link_is_good_for_its_mailbox_and_for_two_days(citizen, mails, now):
    keep(lambda: service.set_email(citizen, "anna@example.com", now=now))
    carry(now)
    token = link(mails)
    late = now + service.CONFIRM_LIFE + timedelta(seconds=1)
    person, until, signature = token.split(".")
    forged = f"{person}.{int(until) + 9}.{signature}"

    for wrong in ("", "x", "a.b.c", f"{person}.９.{signature}", f"nobody.{until}.{signature}", forged):
        with pytest.raises(NotFound, match="email_link_unknown"):
            keep(lambda wrong=wrong: service.confirm_email(ANYONE, wrong, now=now))
    with pytest.raises(NotFound, match="email_link_over"):
        keep(lambda: service.confirm_email(ANYONE, token, now=late))
    keep(lambda: service.set_email(citizen, "other@example.com", now=now + timedelta(minutes=1)))
    with pytest.raises(NotFound, match="email_link_unknown"):
        keep(lambda: service.confirm_email(ANYONE, token, now=now))


def test_an_empty_mailbox_forgets_the_one_there_was(citizen, mails, now):
    keep(lambda: service.set_email(citizen, "anna@example.com", now=now))
    told = keep(lambda: service.set_email(citizen, "", now=now))

    assert told.masked_email == ""
    with reading():
        assert session().get_one(Preference, citizen.id).email is None


@pytest.mark.parametrize("address", ["anna", "a@b", "a b@c.cn", "a@b.cn\nBcc: x@y.cn", "a" * 121 + "@b.cn"])
def test_what_is_no_mailbox_is_refused(citizen, mails, now, address):
    assert problems(lambda: service.set_email(citizen, address, now=now)) == (Problem("email_unfit", "address"),)


def test_without_a_server_of_mail_there_is_none(citizen, now):
    assert problems(lambda: service.set_email(citizen, "a@b.cn", now=now)) == (Problem("email_off", "address"),)


def test_each_allowance_counts_once_and_there_is_an_end_to_them(double, citizen, now):
    def say(*answers):
        keep(lambda: subscriptions.consent(citizen, answers, now=now))
        with reading():
            return {one.name: one.left_over for one in subscriptions.offered(citizen)}

    assert say(("news", Said.ACCEPT), ("reminder", Said.REJECT)) == {"news": 1, "reminder": 0}
    assert say(("news", Said.BAN)) == {"news": 1, "reminder": 0}
    for _ in range(25):
        last = say(("news", Said.ACCEPT))
    assert last["news"] == 20
    keep(lambda: subscriptions.refuse_all(citizen.id, "news", now=now))
    assert say() == {"news": 0, "reminder": 0}
    with reading():
        assert session().get_one(Subscription, (citizen.id, "reminder")).refused_at == now


def test_an_answer_about_nothing_we_send_is_refused(citizen, now):
    def work():
        subscriptions.consent(citizen, [("x", Said.ACCEPT), ("x", Said.ACCEPT)], now=now)

    assert problems(work) == (Problem("template_unknown", "results"), Problem("template_twice", "results"))


def test_only_citizens_allow_choose_and_read(db, now):
    for work in (
        lambda: subscriptions.consent(ANYONE, [], now=now),
        lambda: service.choose(ANYONE, by_wechat=True, by_sms=True, by_email=False, now=now),
        lambda: service.set_email(ANYONE, "a@b.cn", now=now),
        lambda: service.channels(ANYONE),
        lambda: queries.mine(ANYONE, first=1),
    ):
        with pytest.raises(NotSignedIn):
            keep(work)


def test_copies_are_forgotten_after_their_term(citizen, texts, now):
    leave(citizen, "old", now - timedelta(days=366))
    leave(citizen, "new", now - timedelta(days=364))
    carry(now)
    keep(lambda: session().execute(update(Message).values(state="lost")) and None)
    keep(lambda: sweeping.sweep({}, now=now))

    with reading():
        assert session().scalars(select(Message.key)).all() == ["new"]
        assert {one.message_id for one in session().scalars(select(Delivery))} <= set(
            session().scalars(select(Message.id))
        )


def test_whoever_is_gone_leaves_nothing_and_takes_nothing_of_others(allowed, now):
    neighbour = keep(lambda: make.person("13800000002", "citizen-2"))
    for one in (allowed, neighbour):
        leave(one, one.id, now)
        keep(lambda one=one: service.choose(one, by_wechat=True, by_sms=True, by_email=False, now=now))
    keep(lambda: sweeping.forget(allowed.id))

    with reading():
        assert session().scalars(select(Message.person_id)).all() == [neighbour.id]
        assert session().scalars(select(Preference.person_id)).all() == [neighbour.id]
        assert session().scalars(select(Subscription)).all() == []
