"""`kill -9` in the middle of handing in, ten times: what was acknowledged is there, whole and once (TRUST R5, U5)."""

import secrets
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from core import jobs, sms
from core.db import keep, reading, session
from core.outbox import Errand
from tests.applications.conftest import make_divisions
from tests.evidence.samples import PNG_SMALL
from tests.faults import judge, prepare

PHONES = [f"1380000010{number}" for number in range(5)]
SENDERS = [f"1380000020{number}" for number in range(2)]
TOMORROW = timedelta(hours=25)


@dataclass(frozen=True)
class Blow:
    """When the process is killed: so long after the n-th answer, or around the n-th commit of a row."""

    answers: int = 0
    seconds: float = 0.0
    commit: Sequence[object] = ()
    sends: bool = False  # files come in meanwhile


BLOWS = (
    Blow(answers=1, sends=True),
    Blow(commit=("application", "before", 1)),
    Blow(commit=("application", "after", 1)),
    Blow(answers=2, seconds=0.01, sends=True),
    Blow(commit=("application", "after", 3)),
    Blow(answers=3, seconds=0.02),
    Blow(commit=("application", "before", 4)),
    Blow(commit=("upload", "before", 1), sends=True),
    Blow(answers=1, seconds=0.03),
    Blow(commit=("application", "after", 5)),
)


def test_whatever_was_acknowledged_is_there_whole_and_once(house):
    keep(make_divisions)
    house.start()
    people = list(zip(actors(house), house.users, strict=True))
    drafts = prepare.ready(house, people, len(BLOWS))
    house.kill()

    cut_off = 0
    for number, blow in enumerate(BLOWS):
        handed = [(user, drafts[at * len(BLOWS) + number]) for at, (_, user) in enumerate(people)]
        cut_off += one_round(house, blow, handed)

    assert cut_off >= len(BLOWS)  # or nothing was put to the test
    with reading():
        assert list(judge.faults_of_place(drafts)) == []
        assert [fault for one in drafts for fault in judge.faults(one)] == []
    assert_nothing_is_left_over()
    with reading():
        assert [fault for one in drafts for fault in judge.faults(one)] == []


def actors(house):
    house.users = house.sign_in(*PHONES)
    house.senders = house.sign_in(*SENDERS)
    with reading():
        return prepare.citizens(*PHONES)


def one_round(house, blow, handed):
    """Have everybody hand in at once, kill the service meanwhile, judge; then everybody tries again."""
    keys = [secrets.token_urlsafe(16) for _ in handed]
    house.start(dies=blow.commit or None)
    everybody_at_once(house, blow, handed, keys)
    house.until_dead()
    told = {one.draft_id: one.reference for _, one in handed}
    with reading():
        assert [fault for _, one in handed for fault in judge.faults(one)] == []

    house.start()
    for (user, one), key in zip(handed, keys, strict=True):
        one.reference = house.submit(user, one.draft_id, key)
        assert one.reference
        assert told[one.draft_id] in {None, one.reference}
        assert house.submit(user, one.draft_id, key) == one.reference
    with reading():
        assert [fault for _, one in handed for fault in judge.faults(one)] == []
    house.kill()
    return list(told.values()).count(None)


def everybody_at_once(house, blow, handed, keys):
    answered = threading.Semaphore(0)

    def hand_in(user, one, key):
        one.reference = house.submit(user, one.draft_id, key)
        answered.release()

    citizens = [
        threading.Thread(target=hand_in, args=(user, one, key)) for (user, one), key in zip(handed, keys, strict=True)
    ]
    senders = [threading.Thread(target=house.send, args=(user, PNG_SMALL)) for user in house.senders if blow.sends]
    for thread in senders + citizens:
        thread.start()
    if blow.answers:
        for _ in range(blow.answers):
            assert answered.acquire(timeout=60)
        time.sleep(blow.seconds)
        house.kill()
    for thread in senders + citizens:
        thread.join(60)


def assert_nothing_is_left_over():
    """Carry out what is due a day later, the sweep too."""
    texts = sms.Memory()
    sms.use(texts)
    try:
        jobs.run_due(datetime.now(UTC) + TOMORROW)
    finally:
        sms.use(None)
    with reading():
        assert judge.stray() == (set(), set())
        undone = Errand.done_at.is_(None) & (Errand.kind == "application.submitted")
        assert session().scalars(select(Errand.id).where(undone)).all() == []
