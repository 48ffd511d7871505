"""The documents of messages, through the door (FEATURES G03, E07)."""

import itertools
import re

import pytest

from api import execution
from api.paging import cursor
from api.viewer import Viewer
from core.db import keep
from core.errors import Malformed, NotFound, NotSignedIn
from core.identity import ANYONE
from messages import telling
from messages.telling import Note
from messages.ways import Kind
from tests import make
from tests.messages.told import carry

KEYS = map("a-message-key-{:08}".format, itertools.count(1))


@pytest.fixture
def mine(citizen, now):
    return Viewer(citizen, now, "203.0.113.7", "api")


@pytest.fixture
def stranger(now):
    return Viewer(ANYONE, now, "203.0.113.7", "api")


def do(viewer, name, **given):
    field = name[0].lower() + name[1:]
    return execution.run(viewer, name, input=given, idempotencyKey=next(KEYS))[field]


def leave(citizen, now, number):
    for n in range(number):
        keep(lambda n=n: telling.tell(Note(Kind.NEWS, f"k{n}", "x", f"标题 {n}", "正文", "/case", citizen.id), now=now))


def listed(viewer, first=10, after=None, name="Messages"):
    return execution.run(viewer, name, first=first, after=after)


def test_a_list_a_page_at_a_time_and_what_is_unread(mine, citizen, now):
    leave(citizen, now, 3)
    first = listed(mine, 2)
    rest = listed(mine, 2, first["messages"]["pageInfo"]["endCursor"])

    titles = [one["title"] for page in (first, rest) for one in page["messages"]["nodes"]]
    assert sorted(titles) == ["标题 0", "标题 1", "标题 2"]
    assert (first["unreadMessages"], rest["messages"]["pageInfo"]["hasNextPage"]) == (3, False)
    read = do(mine, "ReadMessage", message=first["messages"]["nodes"][0]["id"])
    assert (read["unread"], read["message"]["path"], read["message"]["readAt"]) == (2, "/case", now)
    assert do(mine, "ReadMessage")["unread"] == 0
    assert execution.run(mine, "UnreadMessages") == {"unreadMessages": 0}


def test_more_messages_make_no_more_statements(mine, citizen, now, count_statements):
    sent = []
    for number in (1, 6):
        leave(citizen, now, number)
        with count_statements() as statements:
            listed(mine, name="MessagesPage")
        sent.append(len(statements))

    assert sent[0] == sent[1] <= 4


def test_somebody_elses_messages_are_not_there(mine, stranger, citizen, now):
    leave(citizen, now, 1)
    one = listed(mine)["messages"]["nodes"][0]["id"]
    neighbour = Viewer(keep(lambda: make.person("13800000002", "citizen-2")), now)

    assert listed(neighbour)["messages"]["nodes"] == []
    with pytest.raises(NotFound):
        do(neighbour, "ReadMessage", message=one)
    for asked in (lambda: listed(stranger), lambda: execution.run(stranger, "MessageSettings")):
        with pytest.raises(NotSignedIn):
            asked()
    assert execution.run(stranger, "UnreadMessages") == {"unreadMessages": 0}
    with pytest.raises(NotSignedIn):
        do(stranger, "ReadMessage", message=one)


@pytest.mark.parametrize("after", [cursor("x"), cursor("x", "y"), cursor("2026-11-23T00:00:00+00:00", 7)])
def test_a_cursor_of_another_list_is_malformed(mine, after):
    with pytest.raises(Malformed):
        listed(mine, after=after)


def test_somebody_chooses_how_they_are_told(mine, mails, stranger, now):
    assert execution.run(mine, "MessageSettings")["messageSettings"]["isEmailOffered"]
    chosen = {"byWechat": True, "bySms": False, "byEmail": False}
    assert [one["code"] for one in do(mine, "SetMessageSettings", **chosen)["problems"]] == ["no_way_left"]

    told = do(mine, "SetMailbox", address="anna@example.com")["settings"]
    assert told == {"maskedEmail": "an***@example.com", "isEmailConfirmed": False}
    carry(now)
    token = re.search(r"/messages/email/(\S+)", mails.outgoing[0].text).group(1)
    assert do(stranger, "ConfirmMailbox", token=token)["maskedEmail"] == "an***@example.com"
    with pytest.raises(NotFound):
        do(stranger, "ConfirmMailbox", token="x")
    assert do(mine, "SetMessageSettings", **chosen | {"byEmail": True})["settings"]["byEmail"]


def test_somebody_is_shown_what_will_be_sent_and_allows_it(mine, double):
    offers = execution.run(mine, "SubscriptionOffers")["subscriptionOffers"]
    assert [(one["name"], one["templateId"], one["leftOver"]) for one in offers] == [
        ("news", "tmpl-news", 0),
        ("reminder", "tmpl-reminder", 0),
    ]
    assert all(one["shown"] for one in offers)

    results = [{"name": "news", "result": "ACCEPT"}, {"name": "reminder", "result": "REJECT"}]
    after = do(mine, "SubscribeConsent", results=results)["offers"]
    assert [one["leftOver"] for one in after] == [1, 0]
    wrong = do(mine, "SubscribeConsent", results=[{"name": "x", "result": "ACCEPT"}])
    assert [one["code"] for one in wrong["problems"]] == ["template_unknown"]
