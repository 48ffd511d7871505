"""Somebody who applies, somebody who has no business with it, and a village they live in."""

import pytest

import core.db
from accounts.models import Person
from applications import drafts
from core.crypto import blind_index
from core.db import session
from core.identity import Actor, ActorKind, Permission
from locator import queries as places
from locator.models import Division
from migrations.tables import every_table
from tests import postgresql

VILLAGE = "430121001001"
DIVISIONS = (
    ("43", "湖南省", 1, None, "/43/"),
    ("4301", "长沙市", 2, "43", "/43/4301/"),
    ("430121", "长沙县", 3, "4301", "/43/4301/430121/"),
    ("430121001", "星沙街道", 4, "430121", "/43/4301/430121/430121001/"),
    (VILLAGE, "开元路社区居委会", 5, "430121001", f"/43/4301/430121/430121001/{VILLAGE}/"),
)
WAGES = {
    "area": {"area": ["WORK"]},
    "matter": {"matter": ["WAGES"]},
    "urgency": {"deadline_on": [], "preservation_needed": ["NO"]},
    "groups": {"priority_groups": ["NONE"]},
    "region": {"region": [VILLAGE], "address": ["3 栋 501"]},
    "agency": {"agency": ["430121"]},
    "story": {"story": ["工地上干了半年，老板没给钱。"], "happened_on": ["2026-08-31"], "wanted": ["要回工资"]},
    "opponent": {"opponent_name": ["某建筑公司"], "opponent_relation": ["EMPLOYER"]},
    "exemptions": {"exemptions": ["NONE"]},
    "registry": {"registry": ["NO"]},
    "circumstances": {"circumstances": ["ILLNESS"]},
    "identity": {"name": ["李芳"], "id_kind": ["resident_id"]},
    "id_number": {"id_number": ["11010519491231002X"]},
    "contact": {"phone": ["138 0000 0001"], "phone_owner": ["SELF"]},
    "calling": {"safe_to_call": ["YES"], "safe_times": [""], "safe_to_text": ["YES"], "say_who_calls": ["YES"]},
    "verification": {"verification": ["DATA_SHARING"]},
}
VIOLENCE = {
    **{name: WAGES[name] for name in ("urgency", "groups", "region", "agency", "story", "contact")},
    "area": {"area": ["FAMILY"]},
    "matter": {"matter": ["VIOLENCE_OR_ABANDONMENT"]},
    "opponent": {"opponent_name": [], "opponent_relation": ["FAMILY"]},
    "identity": {"name": ["王某"], "id_kind": ["none"]},
    "born_on": {"born_on": ["1990-05-01"]},
    "calling": {"safe_to_call": ["NO"], "safe_times": [], "safe_to_text": ["NO"], "say_who_calls": ["NO"]},
}


def make_divisions():
    for code, name, level, parent, lineage in DIVISIONS:
        told = {"status": "active", "full_name": name, "lineage": lineage, "pinyin": "", "initials": ""}
        session().add(Division(code=code, name=name, level=level, parent_code=parent, **told))
        session().flush()
    places.forget()


def make_citizen(number, now):
    person = Person(phone=number, phone_index=blind_index(number, "person.phone"), created_at=now)
    session().add(person)
    session().flush()
    return Actor(id=person.id, kind=ActorKind.CITIZEN)


@pytest.fixture
def village(unit):
    """The divisions down to a village; what a process remembers of them goes with the test."""
    make_divisions()
    yield unit
    places.forget()


@pytest.fixture
def citizen(village, now):
    return make_citizen("13800000001", now)


@pytest.fixture
def neighbour(village, now):
    return make_citizen("13800000002", now)


@pytest.fixture
def reviewer():
    """Somebody who reviews the cases of Changsha county."""
    may = frozenset({Permission.APPLICATIONS_REVIEW, Permission.APPLICATIONS_SUPPLEMENT})
    return Actor(id="staff-1", kind=ActorKind.STAFF, permissions=may, region="430121", name="审查员")


@pytest.fixture
def draft(citizen, now):
    return drafts.start(citizen, drafts.Start(), now=now)


@pytest.fixture
def fill(now):
    """Fill in a draft, page by page, until nothing is asked any more."""

    def go(actor, draft, pages):
        for step, given in pages.items():
            saved = drafts.save_step(actor, draft.id, step, given, base_version=draft.version, now=now)
            assert saved.problems == (), (step, saved.problems)
        return draft

    return go


@pytest.fixture(params=["sqlite", "postgresql"])
def kept(request, settings, fresh_url):
    """A database that really keeps things, on each engine, for races."""
    if request.param == "postgresql" and not postgresql.find():
        pytest.skip("no PostgreSQL")
    before = core.db._engine, core.db._readers, core.db._writers
    engine = core.db.connect(fresh_url(request.param), pool_size=12)
    every_table().create_all(engine)
    yield engine
    engine.dispose()
    core.db._engine, core.db._readers, core.db._writers = before
    places.forget()
