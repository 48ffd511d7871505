import pytest
from sqlalchemy import func, select

from accounts import policy, queries, roles, sign_in
from accounts.models import Role, RolePermission, SignIn, StaffMember, StaffRole
from accounts.sign_in import Device
from core.db import session
from core.errors import Conflict, Forbidden, NotFound, NotSignedIn, Rejected
from core.identity import ANYONE, SYSTEM, Permission

MATRIX = {
    "citizen": set(),
    "station_clerk": {"applications:receive", "applications:supplement", "appointments:attend", "directory:edit"},
    "reviewer": {"applications:receive", "applications:review", "applications:supplement", "personal:reveal"},
    "decision_maker": {"applications:review", "applications:decide", "applications:supplement", "personal:reveal"},
    "lawyer": {"cases:conduct"},
    "publicity_editor": {"content:write"},
    "content_reviewer": {"content:publish"},
    "supervisor": {"applications:review", "directory:approve", "statistics:read"},
    "auditor": {"audit:read", "statistics:read"},
    "directory_keeper": {"directory:edit", "directory:approve"},
    "administrator": {"people:confirm", "directory:edit"},
}


def may(actor_id, now):
    opened = sign_in.start(Device(), sign_in.STAFF_LIFE, staff_id=actor_id, now=now)
    session().flush()
    return {permission.value for permission in queries.actor_of(opened.id, now=now).permissions}


def test_the_matrix_is_what_was_agreed():
    assert {code: {str(one) for one in role.permissions} for code, role in roles.matrix().items()} == MATRIX


def test_every_permission_is_somebodys():
    assert set().union(*MATRIX.values()) == {permission.value for permission in Permission}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("content:write", "content:publish"),
        ("audit:read", "people:confirm"),
        ("audit:read", "applications:decide"),
        ("people:confirm", "applications:decide"),
    ],
)
def test_what_must_be_two_peoples_is_in_no_one_role(one, other):
    assert not [role for role, permissions in MATRIX.items() if {one, other} <= permissions]


def test_syncing_brings_the_tables_to_the_file_and_again_changes_nothing(town):
    session().add(RolePermission(role_code="lawyer", permission="audit:read"))
    session().get(Role, "lawyer").title = "旧名"
    session().flush()

    for _ in range(2):
        roles.sync(SYSTEM)

    rows = session().execute(select(RolePermission.role_code, RolePermission.permission)).all()
    assert {tuple(row) for row in rows} == {(role, one) for role, held in MATRIX.items() for one in held}
    assert session().get(Role, "lawyer").title == "承办律师"
    assert session().scalar(select(func.count()).select_from(Role)) == len(MATRIX)


def test_a_permission_nobody_knows_any_more_is_none(actor_named, member_of, now):
    session().add(RolePermission(role_code="reviewer", permission="moon:visit"))
    session().flush()

    assert may(member_of("reviewer").id, now) == MATRIX["reviewer"]


def test_a_role_counts_from_its_confirmation(actor_named, member_of, now):
    clerk = member_of("clerk")
    assert may(clerk.id, now) == MATRIX["station_clerk"]

    member = roles.confirm(actor_named("admin"), clerk.id, "reviewer", now=now)

    held = next(one for one in member.roles if one.role_code == "reviewer")
    assert (held.confirmed_at, held.confirmed_by) == (now, member_of("admin").id)
    assert may(clerk.id, now) == MATRIX["station_clerk"] | MATRIX["reviewer"]
    assert roles.confirm(actor_named("admin"), clerk.id, "reviewer", now=now)


def test_a_role_that_is_revoked_counts_no_more(actor_named, member_of, now):
    member = roles.revoke(actor_named("admin"), member_of("reviewer").id, "reviewer", reason="轮岗", now=now)

    assert member.roles == []
    assert may(member.id, now) == set()


def test_revoking_needs_a_reason(actor_named, member_of, now):
    with pytest.raises(Rejected):
        roles.revoke(actor_named("admin"), member_of("reviewer").id, "reviewer", reason="", now=now)


def test_nobody_confirms_or_revokes_their_own(actor_named, member_of, now):
    admin = actor_named("admin")
    roles.put_down(SYSTEM, member_of("admin"), "auditor", now=now)

    with pytest.raises(Forbidden) as refused:
        roles.confirm(admin, admin.id, "auditor", now=now)
    assert refused.value.code == "own_role"
    with pytest.raises(Forbidden):
        roles.revoke(admin, admin.id, "administrator", reason="x", now=now)


def test_a_role_nobody_was_put_down_for_cannot_be_confirmed(actor_named, member_of, now):
    with pytest.raises(Conflict):
        roles.confirm(actor_named("admin"), member_of("reviewer").id, "auditor", now=now)


@pytest.mark.parametrize("role", ["citizen", "emperor"])
def test_only_roles_of_staff_can_be_asked_for(member_of, now, role):
    with pytest.raises(Rejected):
        roles.put_down(SYSTEM, member_of("clerk"), role, now=now)


def test_being_put_down_twice_is_once(member_of, now):
    clerk = member_of("clerk")

    roles.put_down(SYSTEM, clerk, "reviewer", now=now)

    held = select(func.count()).select_from(StaffRole).where(StaffRole.staff_id == clerk.id)
    assert session().scalar(held) == 2


def test_is_nobody_elses_business(actor_named, citizen, member_of, now):
    clerk = member_of("clerk").id

    for stranger in citizen, actor_named("decider"), actor_named("auditor"):
        with pytest.raises(Forbidden):
            roles.confirm(stranger, clerk, "reviewer", now=now)
        with pytest.raises(Forbidden):
            roles.revoke(stranger, clerk, "station_clerk", reason="x", now=now)
        with pytest.raises(Forbidden):
            roles.put_down(stranger, member_of("clerk"), "auditor", now=now)
        with pytest.raises(Forbidden):
            roles.vouch_for(stranger, member_of("clerk"), "reviewer", now=now)
        with pytest.raises(Forbidden):
            roles.sync(stranger)
    with pytest.raises(NotSignedIn):
        roles.confirm(ANYONE, clerk, "reviewer", now=now)
    with pytest.raises(NotFound):
        roles.confirm(actor_named("admin"), member_of("neighbour").id, "reviewer", now=now)


def test_a_stranger_sees_no_row(opened):
    for table, visible in ((StaffMember, policy.staff_visible_to(ANYONE)), (SignIn, policy.sign_ins_of(ANYONE))):
        assert session().scalars(select(table).where(visible)).all() == []
