from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from core import audit, idempotency, jobs, outbox, sms
from core.db import reading, session, transaction
from core.errors import Unavailable

SECOND = timedelta(seconds=1)


@pytest.fixture
def kinds(monkeypatch):
    """Handlers of this test alone."""
    carriers = {kind: jobs._carriers[kind] for kind in ("sms.text", "errand.swept")}
    monkeypatch.setattr(jobs, "_carriers", carriers)
    monkeypatch.setattr(jobs, "_periods", {})
    return carriers


@pytest.fixture
def texts():
    twin = sms.Memory()
    sms.use(twin)
    yield twin.outgoing
    sms.use(None)


def nothing(payload, *, now):
    """Do nothing."""


def never(payload, *, now):
    pytest.fail("it must not be tried")


def note(done):
    def handler(payload, *, now):
        done.append(now)

    return handler


def put(now, **payload):
    with transaction():
        outbox.put("thing.happened", due_at=now, key="the-key", **payload)


def errand():
    with reading() as current:
        found = current.scalars(select(outbox.Errand)).one()
        current.expunge_all()
        return found


def test_carries_out_what_is_due_and_marks_it_done(db, kinds, now):
    seen = []
    jobs.handles("thing.happened")(lambda payload, *, now: seen.append((payload, now)))
    put(now, who="张三")

    assert jobs.run_due(now) == 1
    assert seen == [({"who": "张三"}, now)]
    assert errand().done_at == now
    assert jobs.run_due(now + timedelta(days=9)) == 0


def test_leaves_what_is_not_yet_due(db, kinds, now):
    jobs.handles("thing.happened")(nothing)
    put(now + SECOND)

    assert jobs.run_due(now) == 0
    assert jobs.run_due(now + SECOND) == 1


def test_keeps_what_the_handler_wrote_only_together_with_the_mark(db, kinds, now):
    def write_and_fall(payload, *, now):
        outbox.put("never.kept", due_at=now, key="orphan")
        session().flush()
        raise ValueError("secret words")

    jobs.handles("thing.happened")(write_and_fall)
    put(now)

    assert jobs.run_due(now) == 0
    assert errand().last_error == "ValueError"  # the name, never the words
    assert errand().due_at == now + jobs.PAUSES[0] * SECOND
    assert errand().claimed_until is None


def test_waits_longer_after_every_failure_then_gives_up_on_record(db, kinds, now):
    def refuse(payload, *, now):
        raise Unavailable("sms_unavailable")

    jobs.handles("thing.happened")(refuse)
    put(now)
    moment, waits = now, []
    while not errand().given_up_at:
        jobs.run_due(moment)
        waits.append(errand().due_at - moment)
        moment = max(errand().due_at, moment)

    assert waits[:-1] == [pause * SECOND for pause in jobs.PAUSES]
    assert errand().attempts == jobs.TRIES
    assert errand().last_error == "sms_unavailable"
    with reading() as current:
        given_up = audit.AuditEntry.act == "errand.given_up"
        details = current.scalars(select(audit.AuditEntry.details).where(given_up)).one()
    assert details == {"kind": "thing.happened", "fault": "sms_unavailable"}
    assert jobs.run_due(moment + timedelta(days=1)) == 0


def test_does_again_what_was_claimed_and_never_finished(db, kinds, now):
    done = []
    jobs.handles("thing.happened")(note(done))
    put(now)
    assert jobs.claim(now)  # and the power goes off here

    assert jobs.run_due(now + jobs.LEASE - SECOND) == 0
    assert jobs.run_due(now + jobs.LEASE) == 1
    assert done == [now + jobs.LEASE]


def test_gives_up_what_kills_its_worker_every_time(db, kinds, now):
    jobs.handles("thing.happened")(never)
    put(now)
    moment = now
    for _ in range(jobs.TRIES):
        assert jobs.claim(moment)
        moment += jobs.LEASE

    jobs.run_due(moment)

    assert errand().given_up_at == moment


def test_delivered_twice_is_done_once(db, kinds, now):
    done = []
    jobs.handles("thing.happened")(note(done))
    put(now)
    mine = jobs.claim(now)

    assert jobs.carry_out(mine, now=now)
    assert not jobs.carry_out(mine, now=now)
    assert len(done) == 1


def test_a_claim_that_ran_out_changes_nothing(db, kinds, now):
    done = []
    jobs.handles("thing.happened")(note(done))
    put(now)
    slow = jobs.claim(now)
    quick = jobs.claim(now + jobs.LEASE)

    assert not jobs.carry_out(slow, now=now)
    with transaction():
        assert not jobs._mark(slow, done_at=now)  # nor if it only notices at the very end
    assert jobs.carry_out(quick, now=now + jobs.LEASE)
    assert len(done) == 1


def test_loses_to_whoever_took_the_errand_over_while_it_was_looking(db, kinds, now):
    jobs.handles("thing.happened")(never)
    put(now)
    slow = jobs.claim(now)
    stale = errand()
    jobs.claim(now + jobs.LEASE)

    assert not jobs._carry(stale, slow, now)


def test_an_errand_nobody_handles_is_kept_for_later(db, kinds, now):
    put(now)

    assert jobs.run_due(now) == 0
    assert errand().last_error == "LookupError"


def test_a_kind_has_one_handler(kinds):
    jobs.handles("thing.happened")(nothing)

    with pytest.raises(RuntimeError, match="two handlers"):
        jobs.handles("thing.happened")(never)
    assert "thing.happened" in jobs.kinds()


def test_texts_of_a_handler_are_kept_with_its_writes_and_sent_afterwards(db, kinds, texts, now):
    def tell(payload, *, now):
        sms.send("13900000001", "您有一条新消息。")
        assert not texts  # nothing talks to a network while rows are locked

    jobs.handles("thing.happened")(tell)
    put(now)

    assert jobs.run_due(now) == 2
    assert texts == [sms.Text("13900000001", "您有一条新消息。")]


def test_texts_of_a_handler_that_failed_are_not_sent(db, kinds, texts, now):
    def tell_and_fall(payload, *, now):
        sms.send("13900000001", "您有一条新消息。")
        raise ValueError

    jobs.handles("thing.happened")(tell_and_fall)
    put(now)
    jobs.run_due(now)

    assert texts == []


def test_what_recurs_is_done_once_a_period_however_often_it_is_planned(db, kinds, now):
    done = []
    jobs.recurs("thing.swept", every=timedelta(hours=1))(note(done))
    noon = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
    for minutes in (0, 20, 59, 60, 61):
        jobs.run_due(noon + timedelta(minutes=minutes))

    assert done == [noon, noon + timedelta(hours=1)]


def test_planning_at_the_same_time_leaves_one_row(db, kinds, now):
    jobs.recurs("thing.swept", every=timedelta(hours=1))(nothing)
    jobs.plan(now)
    row = {"id": "x", "kind": "thing.swept", "key": errand().key, "payload": {}, "due_at": now, "attempts": 0}
    with transaction() as current:  # another worker, who looked before that
        current.execute(jobs._insert_unless_there(current.get_bind().dialect.name), [row])

    assert errand().id != "x"


def test_forgets_what_was_done_long_ago(db, kinds, now):
    jobs.handles("thing.happened")(nothing)
    put(now)
    jobs.run_due(now)
    with transaction():
        jobs.sweep({}, now=now + jobs.KEPT)
    assert errand()

    with transaction():
        jobs.sweep({}, now=now + jobs.KEPT + SECOND)
    with reading() as current:
        assert current.scalars(select(outbox.Errand)).all() == []


def test_who_comes_back_too_late_does_not_give_up_for_others(db, kinds, now):
    put(now)
    moment = now
    for _ in range(jobs.TRIES):
        stale = jobs.claim(moment)
        moment += jobs.LEASE
    last = errand()
    jobs.claim(moment)

    jobs._put_off(last, stale, "ValueError", moment)

    assert errand().given_up_at is None


def test_forgets_answers_nobody_may_ask_for_again(unit, now):
    jobs.sweep_keys({}, now=now)

    assert unit.scalars(select(idempotency.Answered)).all() == []
