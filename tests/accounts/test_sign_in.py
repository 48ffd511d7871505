from datetime import timedelta

import pytest
from sqlalchemy import func, select

from accounts import codes, queries, sign_in
from accounts.models import Person, SignIn
from accounts.sign_in import Device, Rotation
from core.audit import AuditEntry
from core.db import session
from core.errors import NotFound, NotSignedIn, Problem
from core.identity import ANYONE, Actor, ActorKind

PHONE = "13900001111"
PHONE_OF_MINE = Device("我的手机")


@pytest.fixture
def enter(unit, now, sent_code):
    """Sign in with the right code."""

    def enter(phone=PHONE, device=PHONE_OF_MINE, at=now):
        sent = codes.send(ANYONE, phone, address="", now=at)
        return sign_in.by_code(ANYONE, sent.request, sent_code(sent.request), device=device, now=at)

    return enter


def acts():
    return [entry.act for entry in session().info.get("audit", [])]


def test_makes_a_stranger_known_the_first_time_and_knows_them_the_next(enter, now):
    first, second = enter(), enter(at=now + timedelta(minutes=2))

    assert first.person_id == second.person_id
    assert first.id != second.id
    assert session().scalar(select(func.count()).select_from(Person)) == 1
    assert acts().count("accounts.person_added") == 1
    assert acts().count("accounts.signed_in") == 2


def test_returns_what_was_wrong_with_the_code(unit, now):
    assert sign_in.by_code(ANYONE, "nothing", "123456", device=Device(), now=now) == Problem("code_expired", "code")


def test_refuses_somebody_who_was_disabled(enter, now):
    person = session().get(Person, enter().person_id)
    person.disabled_at = now

    assert enter(at=now + timedelta(minutes=2)) == Problem("account_disabled")


@pytest.mark.parametrize(
    ("device", "life"),
    [
        (Device(), timedelta(days=30)),
        (Device(is_browser=True), timedelta(hours=20)),
        (Device(is_browser=True, is_remembered=True), timedelta(days=30)),
    ],
)
def test_lasts_as_long_as_the_device_allows(enter, now, device, life):
    opened = enter(device=device)

    assert opened.expires_at == now + life
    assert queries.actor_of(opened.id, now=now + life - timedelta(seconds=1))
    assert queries.actor_of(opened.id, now=now + life) is None


@pytest.mark.parametrize(("said", "kept"), [("Ｐhone\n\x00 7", "Phone 7"), ("", "未知设备"), ("机" * 99, "机" * 60)])
def test_keeps_a_tidy_label_of_the_device(said, kept):
    assert Device(said).tidy_label() == kept


def test_gives_the_actor_in_two_statements_at_most(opened, actor_named, now, count_statements):
    session().expire_all()

    with count_statements() as sent:
        actor = queries.actor_of(opened.id, now=now)

    assert actor == Actor(id=opened.person_id, kind=ActorKind.CITIZEN, roles=frozenset({"citizen"}))
    assert len(sent) <= 2


def test_gives_nobody_for_a_sign_in_that_is_not_there(unit, now):
    assert queries.actor_of("nothing", now=now) is None


def test_gives_nobody_once_the_person_is_disabled(opened, person, now):
    person.disabled_at = now
    session().flush()

    assert queries.actor_of(opened.id, now=now) is None
    assert queries.phone_of(person.id) is None


def test_knows_where_to_text_a_person(person):
    assert queries.phone_of(person.id) == "13800000001"
    assert queries.phone_of("nobody") is None


def test_rotates_to_the_next_token(opened, now):
    first = opened.jti

    rotation = sign_in.rotate(ANYONE, opened.id, first, now=now)

    assert rotation.is_new
    assert rotation.sign_in.jti != first
    assert rotation.sign_in.previous_jti == first


def test_an_old_token_ends_the_family(opened, now):
    first = opened.jti
    second = sign_in.rotate(ANYONE, opened.id, first, now=now).sign_in.jti

    assert sign_in.rotate(ANYONE, opened.id, first, now=now) == Rotation()
    assert sign_in.rotate(ANYONE, opened.id, second, now=now) == Rotation()
    assert queries.actor_of(opened.id, now=now) is None
    assert "accounts.token_reused" in acts()


def test_two_tabs_of_one_browser_do_not_end_the_family(opened, now):
    first = opened.jti
    sign_in.rotate(ANYONE, opened.id, first, is_browser=True, now=now)

    soon = sign_in.rotate(ANYONE, opened.id, first, is_browser=True, now=now + timedelta(seconds=15))
    late = sign_in.rotate(ANYONE, opened.id, first, is_browser=True, now=now + timedelta(seconds=16))

    assert soon == Rotation(opened)
    assert late == Rotation()


def test_an_older_token_ends_the_family_in_a_browser_too(opened, now):
    first = opened.jti
    second = sign_in.rotate(ANYONE, opened.id, first, is_browser=True, now=now).sign_in.jti
    sign_in.rotate(ANYONE, opened.id, second, is_browser=True, now=now)

    assert sign_in.rotate(ANYONE, opened.id, first, is_browser=True, now=now) == Rotation()


def test_does_not_rotate_what_is_over_or_unknown(opened, now):
    assert sign_in.rotate(ANYONE, opened.id, opened.jti, now=opened.expires_at) == Rotation()
    assert sign_in.rotate(ANYONE, "nothing", "nothing", now=now) == Rotation()


def test_signing_out_ends_it_at_once(opened, citizen, now):
    assert sign_in.sign_out(citizen, opened.id, now=now) == 1

    assert queries.actor_of(opened.id, now=now) is None
    assert sign_in.rotate(ANYONE, opened.id, opened.jti, now=now) == Rotation()
    assert sign_in.sign_out(citizen, opened.id, now=now) == 0


def test_signing_out_everywhere_ends_all_of_ones_own(opened, citizen, actor_named, now):
    sign_in.start(Device(), sign_in.LIFE, person_id=citizen.id, now=now)
    reviewer = actor_named("reviewer")

    assert sign_in.sign_out(citizen, None, everywhere=True, now=now) == 2
    assert queries.devices(citizen, now=now) == []
    assert len(queries.devices(reviewer, now=now)) == 1


def test_a_lost_phone_can_be_signed_out(opened, citizen, now):
    lost = sign_in.start(Device("旧手机"), sign_in.LIFE, person_id=citizen.id, now=now)
    session().flush()

    sign_in.end_device(citizen, lost.id, now=now)

    assert [device.id for device in queries.devices(citizen, now=now)] == [opened.id]


def test_is_nobody_elses_business(opened, actor_named, now):
    neighbour = Actor(id="somebody-else", kind=ActorKind.CITIZEN)

    for stranger in neighbour, actor_named("admin"):
        with pytest.raises(NotFound):
            sign_in.end_device(stranger, opened.id, now=now)
        assert opened.id not in {device.id for device in queries.devices(stranger, now=now)}
    for use_case in (
        lambda: sign_in.end_device(ANYONE, opened.id, now=now),
        lambda: sign_in.sign_out(ANYONE, opened.id, now=now),
        lambda: queries.devices(ANYONE, now=now),
        lambda: queries.profile(ANYONE),
        lambda: queries.profile(neighbour),
    ):
        with pytest.raises(NotSignedIn):
            use_case()
    assert queries.actor_of(opened.id, now=now)


def test_a_row_belongs_to_one_somebody(unit, now):
    unit.add(SignIn(rotated_at=now, device="x", is_remembered=False, created_at=now, last_used_at=now, expires_at=now))

    with pytest.raises(Exception, match="one_subject"):
        unit.flush()
    unit.rollback()


def test_the_record_names_nobody(enter):
    enter()

    for entry in session().info["audit"]:
        assert isinstance(entry, AuditEntry)
        assert PHONE not in str(vars(entry))


KEY = "the-key-of-this-try"


def test_a_lost_answer_is_asked_for_again_and_ends_nothing(opened, now):
    first = opened.jti
    exchanged = sign_in.rotate(ANYONE, opened.id, first, key=KEY, now=now).sign_in.jti

    again = sign_in.rotate(ANYONE, opened.id, first, key=KEY, now=now + timedelta(hours=24))

    assert again == Rotation(opened, is_new=True)
    assert again.sign_in.jti == exchanged


@pytest.mark.parametrize(
    ("key", "later"),
    [("the-key-of-a-thief--", timedelta(seconds=1)), ("", timedelta(seconds=1)), (KEY, timedelta(hours=24, seconds=1))],
)
def test_another_try_with_a_used_token_ends_the_family(opened, now, key, later):
    first = opened.jti
    sign_in.rotate(ANYONE, opened.id, first, key=KEY, now=now)

    assert sign_in.rotate(ANYONE, opened.id, first, key=key, now=now + later) == Rotation()
    assert queries.actor_of(opened.id, now=now) is None


def test_what_a_lost_answer_brought_is_not_given_again_once_it_was_used(opened, now):
    first = opened.jti
    second = sign_in.rotate(ANYONE, opened.id, first, key=KEY, now=now).sign_in.jti
    sign_in.rotate(ANYONE, opened.id, second, key="the-key-of-the-next", now=now)

    assert sign_in.rotate(ANYONE, opened.id, first, key=KEY, now=now) == Rotation()


def test_a_code_whose_answer_was_lost_opens_again_for_the_same_try(unit, now, sent_code):
    sent = codes.send(ANYONE, PHONE, address="", now=now)
    code = sent_code(sent.request)

    def enter(code=code, key=KEY, at=now):
        return sign_in.by_code(ANYONE, sent.request, code, device=PHONE_OF_MINE, key=key, now=at)

    first = enter()

    assert enter() is first
    assert acts().count("accounts.signed_in") == 1
    for refused in (enter(key="the-key-of-a-thief--"), enter(key=""), enter(code="0" * 6), enter(at=sent.expires_at)):
        assert refused == Problem("code_expired", "code")
    sign_in.rotate(ANYONE, first.id, first.jti, now=now)
    assert enter() == Problem("code_expired", "code")
