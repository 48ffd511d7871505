import pytest

from core.errors import Forbidden, NotSignedIn
from core.identity import ANYONE, SYSTEM, Actor, ActorKind, Audience, Permission, open_to

CITIZEN = Actor(id="c", kind=ActorKind.CITIZEN)
REVIEWER = Actor(id="s", kind=ActorKind.STAFF, permissions=frozenset({Permission.APPLICATIONS_REVIEW}))


def opened(*who):
    return open_to(*who)(lambda actor: actor)


@pytest.mark.parametrize("actor", [ANYONE, CITIZEN, REVIEWER, SYSTEM])
def test_anyone_may_where_it_is_open_to_anyone(actor):
    assert opened(Audience.ANYONE)(actor) is actor


@pytest.mark.parametrize("actor", [CITIZEN, REVIEWER])
def test_somebody_known_may_where_it_is_open_to_the_signed_in(actor):
    assert opened(Audience.SIGNED_IN)(actor) is actor


@pytest.mark.parametrize("who", [Audience.SIGNED_IN, Audience.STAFF, Permission.AUDIT_READ])
def test_a_stranger_is_asked_to_sign_in(who):
    with pytest.raises(NotSignedIn):
        opened(who)(ANYONE)


@pytest.mark.parametrize("who", [Audience.STAFF, Audience.SYSTEM, Permission.APPLICATIONS_REVIEW])
def test_a_citizen_may_not_what_is_for_others(who):
    with pytest.raises(Forbidden):
        opened(who)(CITIZEN)


def test_any_of_those_named_will_do():
    assert opened(Audience.CITIZEN, Permission.APPLICATIONS_REVIEW)(REVIEWER) is REVIEWER
    assert opened(Audience.CITIZEN, Permission.APPLICATIONS_REVIEW)(CITIZEN) is CITIZEN


def test_another_permission_is_not_enough():
    with pytest.raises(Forbidden):
        opened(Permission.APPLICATIONS_DECIDE)(REVIEWER)


def test_says_whom_it_is_open_to():
    assert opened(Audience.STAFF).open_to == (Audience.STAFF,)
