"""Sign-ins remembered in Redis: it only ever repeats what the database said, and never after the end of a sign-in."""

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import redis

from accounts import demo, queries, remembered, sign_in
from accounts.sign_in import Device
from core.db import keep, reading
from core.identity import Actor, ActorKind

REDIS = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/9")
NOWHERE = "redis://127.0.0.1:1/0"


@pytest.fixture(scope="module")
def redis_there():
    """A Redis over a real socket; what these tests keep in it goes by itself within minutes."""
    with redis.Redis.from_url(REDIS, socket_connect_timeout=1, decode_responses=True) as client:
        try:
            client.ping()
        except redis.ConnectionError:
            pytest.skip("NO REDIS ANSWERS: nothing shows that what it remembers is true (TEST_REDIS_URL)")
        yield client


@pytest.fixture
def with_redis(redis_there, with_settings):
    with_settings(redis_url=REDIS)
    remembered._memory.cache_clear()
    return redis_there


@pytest.fixture(scope="module")
def moment():
    return datetime(2026, 11, 23, 1, 30, tzinfo=UTC)


@pytest.fixture
def town(place, moment):
    """People in a database that really keeps things."""
    keep(lambda: demo.load(now=moment))
    with reading():
        return demo.citizen(demo.PHONES[0])


@pytest.fixture
def opened(town, moment):
    return keep(lambda: sign_in.start(Device("手机"), sign_in.LIFE, person_id=town.id, now=moment))


def who(opened, now):
    with reading():
        return queries.actor_of(opened.id, now=now)


def test_spares_the_database_a_look(with_redis, town, opened, moment, count_statements):
    assert who(opened, moment) == town

    with count_statements() as sent:
        assert who(opened, moment) == town

    assert sent == []


@pytest.mark.parametrize("end", ["sign out", "end a device", "sign out everywhere", "disable", "reuse a token"])
def test_knows_nobody_from_the_moment_a_sign_in_ends(with_redis, town, opened, moment, end):
    first = opened.jti
    ends = {
        "sign out": lambda: sign_in.sign_out(town, opened.id, now=moment),
        "end a device": lambda: sign_in.end_device(town, opened.id, now=moment),
        "sign out everywhere": lambda: sign_in.sign_out(town, None, everywhere=True, now=moment),
        "disable": lambda: sign_in.end_all_of(person_id=town.id, because="disabled", now=moment),
        "reuse a token": lambda: sign_in.rotate(Actor(), opened.id, first, now=moment),
    }
    keep(lambda: sign_in.rotate(Actor(), opened.id, first, now=moment))
    assert who(opened, moment) == town

    keep(ends[end])

    assert who(opened, moment) is None


def test_knows_nobody_once_the_time_is_over(with_redis, town, opened, moment):
    assert who(opened, moment) == town

    assert who(opened, moment + sign_in.LIFE) is None


def test_goes_on_where_the_end_was_taken_back(with_redis, town, opened, moment):
    assert who(opened, moment) == town

    def fail():
        sign_in.sign_out(town, opened.id, now=moment)
        raise LookupError

    with pytest.raises(LookupError):
        keep(fail)

    assert who(opened, moment) == town


def test_cannot_write_over_the_end_what_was_seen_before(with_redis, town, opened, moment):
    seen = remembered.look(opened.id, now=moment)
    keep(lambda: sign_in.sign_out(town, opened.id, now=moment))

    remembered.keep(opened.id, seen, town.id, ends_at=moment + sign_in.LIFE)

    assert who(opened, moment) is None


@pytest.mark.no_cover
def test_lets_nobody_in_after_the_end_however_many_look_meanwhile(with_redis, town, moment):
    for _ in range(10):
        opened = keep(lambda: sign_in.start(Device(), sign_in.LIFE, person_id=town.id, now=moment))
        with ThreadPoolExecutor(8) as pool:
            looking = [pool.submit(who, opened, moment) for _ in range(40)]
            keep(lambda one=opened.id: sign_in.sign_out(town, one, now=moment))
            after = [pool.submit(who, opened, moment) for _ in range(20)]

        assert {one.result() for one in looking} <= {town, None}
        assert {one.result() for one in after} == {None}


def test_believes_no_redis_that_started_again_from_an_old_copy(with_redis, town, opened, moment):
    assert who(opened, moment) == town
    key = remembered.KEY.format(opened.id)
    _, said = with_redis.get(key).split(" ", 1)
    keep(lambda: sign_in.sign_out(town, opened.id, now=moment))

    with_redis.set(key, f"another-run {said}", ex=remembered.KEPT)

    assert who(opened, moment) is None


def test_asks_the_database_where_redis_has_lost_everything(with_redis, town, opened, moment):
    assert who(opened, moment) == town
    with_redis.delete(remembered.KEY.format(opened.id))
    assert who(opened, moment) == town

    keep(lambda: sign_in.sign_out(town, opened.id, now=moment))
    with_redis.delete(remembered.KEY.format(opened.id))

    assert who(opened, moment) is None


def test_remembers_nothing_for_long(with_redis, opened, moment):
    who(opened, moment)

    assert 0 < with_redis.ttl(remembered.KEY.format(opened.id)) <= 30


def test_is_asked_about_citizens_alone(with_redis, town, moment):
    with reading():
        member = demo.member("reviewer")
    opened = keep(lambda: sign_in.start(Device(), sign_in.STAFF_LIFE, staff_id=member.id, now=moment))

    assert who(opened, moment).kind is ActorKind.STAFF
    assert with_redis.get(remembered.KEY.format(opened.id)) is None


def test_holds_nobody_up_while_redis_is_away(with_settings, town, opened, moment, capsys):
    with_settings(redis_url=NOWHERE)
    remembered._memory.cache_clear()

    assert who(opened, moment) == town
    assert who(opened, moment) == town
    keep(lambda: sign_in.sign_out(town, opened.id, now=moment))

    assert who(opened, moment) is None
    assert "".join(capsys.readouterr()).count("remembered.away") == 2  # asked once; the end is told at any rate


def test_goes_away_between_two_words(with_redis, with_settings, town, opened, moment):
    seen = remembered.look(opened.id, now=moment)
    with_settings(redis_url=NOWHERE)
    remembered._memory.cache_clear()

    remembered.keep(opened.id, seen, town.id, ends_at=moment + timedelta(days=1))

    assert who(opened, moment) == town
