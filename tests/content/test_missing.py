"""What nobody finds is counted, and says nothing about anybody."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from content.models.search import SearchMiss
from content.search import missing
from core.db import session
from core.errors import Forbidden
from core.identity import ANYONE, Actor, ActorKind, Permission

EDITOR = Actor(id="editor-1", kind=ActorKind.STAFF, permissions=frozenset({Permission.CONTENT_WRITE}), region="43")


def test_words_are_written_down_only_when_several_asked(unit, now):
    for _ in range(2):
        missing.note(ANYONE, "电动车 上牌", now=now)
    assert session().scalars(select(SearchMiss.words)).all() == [None]
    assert missing.often(EDITOR, now=now) == []

    missing.note(ANYONE, "电动车上牌", now=now)  # other words: a blank more
    missing.note(ANYONE, "《电动车》 上牌！", now=now)

    assert [(one.words, one.times) for one in missing.often(EDITOR, now=now)] == [("电动车 上牌", 3)]


@pytest.mark.parametrize("typed", ["", "鳖", "13800000001", "身份证 430102199001011234", "我" * 25])
def test_nothing_personal_is_counted(unit, now, typed):
    for _ in range(4):
        missing.note(ANYONE, typed, now=now)

    assert session().scalars(select(SearchMiss)).all() == []


def test_is_forgotten_after_its_term(unit, now):
    for _ in range(3):
        missing.note(ANYONE, "电动车上牌", now=now)

    assert missing.forget(now=now + timedelta(days=missing.KEPT_DAYS)) == 0
    assert missing.often(EDITOR, now=now + timedelta(days=missing.KEPT_DAYS + 1)) == []
    assert missing.forget(now=now + timedelta(days=missing.KEPT_DAYS + 1)) == 1


def test_is_for_editors_alone(unit, now):
    with pytest.raises(Forbidden):
        missing.often(Actor(id="x", kind=ActorKind.STAFF, region="43"), now=now)
