from datetime import timedelta

import pytest

from accounts import closing
from accounts.models import Person
from applications import decisions, drafts, leaving
from applications.models.draft import Draft
from core.db import session
from core.errors import Forbidden, NotSignedIn, Problem, Rejected
from core.identity import ANYONE
from tests import make

WEEK = timedelta(days=7)


def test_not_while_a_case_is_under_way(citizen, reviewer, now):
    case = make.application(citizen, now=now)

    with pytest.raises(Rejected) as rejected:
        leaving.leave(citizen, now=now)
    assert rejected.value.problems == (Problem("account_has_open_case"),)

    decisions.withdraw(citizen, case.reference, now=now)
    assert leaving.leave(citizen, now=now) == now + WEEK
    assert not leaving.is_busy(citizen.id)


def test_drafts_go_with_the_account_and_the_case_stays(citizen, draft, neighbour, now):
    case = make.application(citizen, now=now)
    decisions.withdraw(citizen, case.reference, now=now)
    theirs = drafts.start(neighbour, drafts.Start(), now=now)
    leaving.leave(citizen, now=now)

    leaving.forget_whose_week_is_over({}, now=now + WEEK)
    session().flush()

    assert session().get_one(Person, citizen.id).phone == ""
    assert session().get_one(Draft, draft.id).discarded_at == now + WEEK
    assert session().get_one(Draft, theirs.id).discarded_at is None
    assert case.applicant_name == "张三丰"


def test_whoever_applies_in_that_week_is_kept(citizen, now):
    leaving.leave(citizen, now=now)
    make.application(citizen, now=now)

    leaving.forget_whose_week_is_over({}, now=now + WEEK)

    assert closing.closing_at(citizen) is None
    assert session().get_one(Person, citizen.id).disabled_at is None


def test_is_closed_to_strangers(citizen, reviewer, now):
    with pytest.raises(NotSignedIn):
        leaving.leave(ANYONE, now=now)
    with pytest.raises(Forbidden):
        leaving.leave(reviewer, now=now)
