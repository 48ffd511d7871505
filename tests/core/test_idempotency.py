from datetime import timedelta

import pytest

from core import idempotency

KEY = "a-key-of-the-right-length"


def test_keeps_nothing_it_could_not_give_back_the_same(unit, now):
    idempotency.claim("citizen-1", KEY, operation="Leave", digest="0" * 64, now=now)

    with pytest.raises(TypeError, match="set cannot be kept"):
        idempotency.remember("citizen-1", KEY, {"codes": {"one"}})


def test_a_key_is_free_again_once_its_term_is_over(settings, unit, now):
    idempotency.claim("citizen-1", KEY, operation="Leave", digest="0" * 64, now=now)
    idempotency.remember("citizen-1", KEY, {"left": True})

    later = now + timedelta(hours=settings.idempotency_hours)
    assert idempotency.claim("citizen-1", KEY, operation="Leave", digest="1" * 64, now=later) is None
