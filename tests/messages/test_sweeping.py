from accounts.models import Person
from core.db import session
from messages import sweeping
from messages.models import Delivery, Message, Preference, Subscription
from tests import make


def message(person_id, key, now):
    told = {"kind": "news", "title": "x", "body": "y", "path": "/", "push": None, "state": "done", "via": "sms"}
    session().add(Message(id=key, key=key, person_id=person_id, **told, created_at=now))
    session().flush()
    session().add(Delivery(message_id=key, way="sms", state="done", begun_at=now))
    session().add(Preference(person_id=person_id, changed_at=now))
    session().add(Subscription(person_id=person_id, template="t", left_over=1, changed_at=now))
    session().flush()


def test_whoever_has_closed_their_account_is_forgotten_and_nobody_else(unit, now):
    mine, theirs = make.person(), make.person("13800000002", "citizen-2")
    message(mine.id, "a", now)
    message(theirs.id, "b", now)

    sweeping.forget(mine.id)

    for table in (Message, Preference, Subscription):
        assert [one.person_id for one in session().query(table)] == [theirs.id], table
    assert [one.message_id for one in session().query(Delivery)] == ["b"]
    assert session().query(Person).count() == 2
