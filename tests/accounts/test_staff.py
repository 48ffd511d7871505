from datetime import timedelta

import pytest

from accounts import passwords, queries, sign_in, staff
from accounts.sign_in import Device
from core.db import session
from core.errors import Forbidden, NotFound, NotSignedIn, Problem, Rejected, TooMany, Unavailable
from core.identity import ANYONE, SYSTEM

WRONG = Problem("staff_sign_in_wrong", "username")
PASSWORD = "rufa-demo-only"


@pytest.fixture
def enter(town, totp_of, now):
    """Sign a member of staff in, right in all but what a test says."""

    def enter(username="reviewer", password=PASSWORD, totp=None, at=now, address="203.0.113.7"):
        shown = staff.Credentials(username, password, totp or totp_of(username.strip().lower(), at))
        return staff.by_password(ANYONE, shown, device=Device("办公电脑"), address=address, now=at)

    return enter


def test_sign_in_with_password_and_authenticator(enter, now):
    opened = enter(" Reviewer ")

    actor = queries.actor_of(opened.id, now=now)
    assert (actor.name, actor.region, actor.roles) == ("沈知微", "430211", frozenset({"reviewer"}))
    assert opened.expires_at == now + timedelta(hours=12)


def test_all_that_can_be_wrong_is_answered_alike(enter, member_of, now):
    member_of("auditor").disabled_at = now

    for answer in (
        enter("nobody"),
        enter(password="wrong"),
        enter(password=""),
        enter(password="x" * 5_000),
        enter(totp="000000"),
        enter(totp="口令"),
        enter("auditor"),
    ):
        assert answer == WRONG


def test_a_code_of_the_authenticator_is_used_up(enter, totp_of, now):
    code = totp_of("reviewer", now)

    assert enter(totp=code) != WRONG
    assert enter(totp=code) == WRONG
    assert enter(totp=totp_of("reviewer", now - timedelta(seconds=30))) == WRONG
    assert enter(totp=totp_of("reviewer", now + timedelta(seconds=30))) != WRONG


def test_a_clock_half_a_minute_off_is_no_matter(enter, totp_of, now):
    assert enter(totp=totp_of("reviewer", now - timedelta(seconds=30))) != WRONG
    assert enter("clerk", totp=totp_of("clerk", now - timedelta(seconds=60))) == WRONG


def test_tries_are_counted_by_name(enter, now):
    for _ in range(10):
        enter(password="wrong")

    with pytest.raises(TooMany) as refused:
        enter()

    assert (refused.value.code, refused.value.retry_after) == ("too_often_password_name", 900)
    assert enter(at=now + timedelta(minutes=15)) != WRONG


def test_tries_are_counted_by_address(enter, with_settings, tmp_path):
    (tmp_path / "limits.toml").write_text("[password_address]\nhits = 2\nseconds = 60\n")
    with_settings(rules_dir=str(tmp_path))
    enter("one")
    enter("two")

    with pytest.raises(TooMany) as refused:
        enter("three")

    assert refused.value.code == "too_often_password_address"
    assert enter("four", address="203.0.113.8") == WRONG


def test_waits_its_turn_but_not_for_ever(monkeypatch):
    monkeypatch.setattr(passwords, "LONGEST_WAIT", 0.01)

    with passwords._turn(), passwords._turn(), pytest.raises(Unavailable):
        passwords.hashed("a long password")


def test_a_hash_that_is_none_fits_nothing():
    assert not passwords.fits("not a hash", PASSWORD)


def new(**changed):
    known = {"username": "Newcomer", "name": "来人", "work_number": "YS0099", "region": "430211"}
    secrets = {"password": "a long password", "totp_secret": passwords.fresh_secret()}
    return staff.NewMember(**(known | secrets | changed))


def test_somebody_new_may_do_nothing_yet(town, now):
    member = staff.add(SYSTEM, new(), now=now)
    opened = sign_in.start(Device(), sign_in.STAFF_LIFE, staff_id=member.id, now=now)
    session().flush()

    actor = queries.actor_of(opened.id, now=now)
    assert member.username == "newcomer"
    assert actor.permissions == frozenset()


def test_says_all_that_is_wrong_with_somebody_new_at_once(town, now, actor_named):
    with pytest.raises(Rejected) as rejected:
        staff.add(actor_named("admin"), new(username="CLERK", name=" ", password="short", region="430281"), now=now)

    assert [problem.code for problem in rejected.value.problems] == [
        "username_taken",
        "staff_name_missing",
        "password_length",
        "region_elsewhere",
    ]


def test_disabling_ends_every_sign_in_at_once(enter, actor_named, member_of, now):
    opened = enter()
    admin = actor_named("admin")

    staff.set_disabled(admin, member_of("reviewer").id, disabled=True, reason="调离", now=now)

    assert queries.actor_of(opened.id, now=now) is None
    assert enter(at=now + timedelta(minutes=1)) == WRONG
    staff.set_disabled(admin, member_of("reviewer").id, disabled=False, reason="调回", now=now)
    assert enter(at=now + timedelta(minutes=2)) != WRONG
    assert queries.actor_of(opened.id, now=now) is None


def test_disabling_needs_a_reason_and_is_not_done_to_oneself(actor_named, member_of, now):
    admin = actor_named("admin")

    with pytest.raises(Rejected):
        staff.set_disabled(admin, member_of("reviewer").id, disabled=True, reason=" ", now=now)
    with pytest.raises(Forbidden):
        staff.set_disabled(admin, admin.id, disabled=True, reason="x", now=now)


def test_is_nobody_elses_business(actor_named, citizen, member_of, now):
    admin = actor_named("admin")
    target = member_of("reviewer").id

    for stranger in citizen, actor_named("reviewer"), actor_named("supervisor"):
        with pytest.raises(Forbidden):
            staff.set_disabled(stranger, target, disabled=True, reason="x", now=now)
        with pytest.raises(Forbidden):
            staff.add(stranger, new(), now=now)
        with pytest.raises(Forbidden):
            queries.staff_page(stranger, limit=5)
    with pytest.raises(NotSignedIn):
        queries.find_staff(ANYONE, target)
    for elsewhere in member_of("neighbour").id, "nobody":
        with pytest.raises(NotFound):
            staff.set_disabled(admin, elsewhere, disabled=True, reason="x", now=now)


def test_a_page_shows_the_region_by_user_name(actor_named):
    admin = actor_named("admin")

    first = queries.staff_page(admin, limit=4)
    rest = queries.staff_page(admin, limit=20, after=first[-1].username)

    names = [member.username for member in [*first, *rest]]
    assert names == sorted(names)
    assert len(names) == 9
    assert "neighbour" not in names


def test_a_profile_tells_about_oneself(actor_named, citizen):
    about_staff = queries.profile(actor_named("decider"))
    about_citizen = queries.profile(citizen)

    assert (about_staff.name, about_staff.region, about_staff.roles) == ("顾明远", "430211", ("decision_maker",))
    assert (about_citizen.name, about_citizen.masked_phone) == ("", "138****0001")


def test_colleagues_are_named_and_said_where_they_work(actor_named):
    one = actor_named("decider")

    assert queries.names_of([one.id]) == {one.id: "顾明远"}
    assert queries.colleagues([one.id])[one.id].region == "430211"
    assert queries.names_of([]) == queries.colleagues([]) == {}
