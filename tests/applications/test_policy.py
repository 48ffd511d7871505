"""Who may see and do what, without a database."""

from dataclasses import replace

import pytest

from applications import policy
from applications.models.application import Application
from applications.models.draft import Draft
from applications.states import State
from core.identity import ANYONE, SYSTEM, Actor, ActorKind

OWNER = Actor(id="owner", kind=ActorKind.CITIZEN)
OTHERS = (replace(OWNER, id="other"), ANYONE, SYSTEM, Actor(id="staff", kind=ActorKind.STAFF))


def application(state):
    return Application(applicant_id="owner", state=state.value)


@pytest.mark.parametrize("state", [State.SUBMITTED, State.SUPPLEMENT_REQUIRED, State.GRANTED, State.IN_PROGRESS])
def test_lets_the_applicant_withdraw_while_it_is_not_settled(state):
    assert policy.may_withdraw(OWNER, application(state))
    assert not any(policy.may_withdraw(other, application(state)) for other in OTHERS)


@pytest.mark.parametrize("state", [State.REFUSED, State.CLOSED, State.WITHDRAWN])
def test_lets_nobody_withdraw_what_is_settled(state):
    assert not policy.may_withdraw(OWNER, application(state))


def test_lets_the_applicant_supply_while_something_is_missing():
    missing = application(State.SUPPLEMENT_REQUIRED)

    assert policy.may_supply(OWNER, missing)
    assert not policy.may_supply(OWNER, application(State.SUBMITTED))
    assert not any(policy.may_supply(other, missing) for other in OTHERS)


def test_lets_the_owner_write_until_it_is_handed_in(now):
    assert policy.may_change(OWNER, Draft(owner_id="owner"))
    assert not policy.may_change(OWNER, Draft(owner_id="owner", submitted_at=now))
    assert not policy.may_change(OWNER, Draft(owner_id="owner", discarded_at=now))
    assert not any(policy.may_change(other, Draft(owner_id="owner")) for other in OTHERS)


@pytest.mark.parametrize("actor", [ANYONE, SYSTEM, Actor(id="staff", kind=ActorKind.STAFF)])
def test_shows_nothing_to_whoever_is_neither_applicant_nor_reviewer(actor):
    assert str(policy.visible_to(actor)) == "false"
    assert str(policy.drafts_of(actor)) == "false"
