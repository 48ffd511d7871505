"""What is held about oneself, through the door: one's own, and nobody else's."""

import pytest

from api import execution
from api.viewer import Viewer
from appointments.visits import profile
from appointments.visits.profile import EDITION, Profile
from core.db import reading, transaction
from core.errors import Forbidden, NotSignedIn
from core.identity import ANYONE
from tests import make


@pytest.fixture
def citizen(db):
    with transaction():
        who = make.person()
        profile.save(who, Profile(address="3 栋"), EDITION, now=make.MORNING)
    return Viewer(who, make.MORNING)


def ask(viewer, name, **variables):
    (answer,) = execution.run(viewer, name, **variables).values()
    return answer


def act(viewer, name, key=None, **given):
    more = {"input": given} if given else {}
    return ask(viewer, name, idempotencyKey=key or f"key-{name}-0123456789", **more)


def test_a_consent_is_seen_and_taken_back_with_what_it_was_for(citizen):
    (agreed,) = ask(citizen, "MyData")["consents"]
    assert (agreed["purpose"], agreed["withdrawnAt"]) == ("ACCESS_NEEDS", None)

    assert act(citizen, "WithdrawConsent", purpose="ACCESS_NEEDS")["problems"] == []

    (agreed,) = ask(citizen, "MyData")["consents"]
    assert agreed["withdrawnAt"] == make.MORNING
    with reading():
        assert profile.mine(citizen.actor) is None


def test_an_account_is_closed_and_kept(citizen):
    assert act(citizen, "CloseAccount")["closingAt"] == ask(citizen, "MyData")["closingAt"]
    assert act(citizen, "KeepAccount")["problems"] == []
    assert ask(citizen, "MyData")["closingAt"] is None


def test_not_while_a_case_is_under_way(citizen):
    with transaction():
        make.application(citizen.actor)

    assert ask(citizen, "MyData")["hasOpenCase"]
    assert [one["code"] for one in act(citizen, "CloseAccount")["problems"]] == ["account_has_open_case"]


@pytest.mark.parametrize(
    ("name", "given"), [("WithdrawConsent", {"purpose": "ACCESS_NEEDS"}), ("CloseAccount", {}), ("KeepAccount", {})]
)
def test_is_closed_to_strangers(citizen, name, given):
    with pytest.raises(NotSignedIn):
        act(Viewer(ANYONE, make.MORNING), name, **given)
    with pytest.raises(Forbidden):
        act(Viewer(make.staff(), make.MORNING), name, **given)
    with pytest.raises(NotSignedIn):
        ask(Viewer(ANYONE, make.MORNING), "MyData")
