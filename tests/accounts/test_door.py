"""The documents of people, through the door, and tokens as a request carries them."""

import hashlib
import itertools
import json
from datetime import UTC, datetime, timedelta

import jwt
import pytest
from sqlalchemy import select

import core.settings
from accounts import demo, passwords
from accounts.models import OneTimeCode
from api import documents, execution, tokens
from api.paging import cursor
from api.viewer import Viewer
from core.db import keep, reading, session
from core.errors import Conflict, Forbidden, Malformed, NotFound, NotSignedIn, TooMany
from core.identity import ANYONE
from core.outbox import Errand

KEYS = map("a-fresh-key-{:08}".format, itertools.count(1))
STRANGER = "13900001111"


@pytest.fixture
def at():
    """Tokens are read by the clock on the wall."""
    return datetime.now(UTC)


@pytest.fixture
def people(db, at):
    keep(lambda: demo.load(now=at))


@pytest.fixture
def viewer(at):
    return Viewer(ANYONE, at, "203.0.113.7", "api", None, "测试手机")


def do(viewer, name, **given):
    field = name[0].lower() + name[1:]
    return execution.run(viewer, name, input=given, idempotencyKey=next(KEYS))[field]


def texted_code(request):
    with reading():
        errand = session().scalars(select(Errand).where(Errand.key == f"accounts.code_requested:{request}")).one()
        return errand.payload["code"]


def tokens_of(viewer, phone=STRANGER):
    request = do(viewer, "SendCode", phone=phone)["codeRequest"]["request"]
    return do(viewer, "SignIn", request=request, code=texted_code(request))["session"]


@pytest.fixture
def staff_tokens(people, viewer, at):
    def give(username):
        totp = passwords.code_at(demo.secret_of(username), now=at)
        return do(viewer, "StaffSignIn", username=username, password=demo.PASSWORD, totp=totp)["session"]

    return give


def as_holder(viewer, session):
    actor, sign_in = tokens.holder(session["accessToken"], now=viewer.now)
    return Viewer(actor, viewer.now, viewer.address, "api", sign_in, viewer.device)


def test_a_stranger_is_nobody(people, viewer):
    assert execution.run(viewer, "Me") == {"me": None}


def test_a_citizen_signs_in_by_code(people, viewer):
    me = execution.run(as_holder(viewer, tokens_of(viewer)), "Me")["me"]

    assert (me["kind"], me["maskedPhone"], me["roles"]) == (
        "CITIZEN",
        "139****1111",
        [{"code": "citizen", "title": "群众"}],
    )
    assert [(device["label"], device["isCurrent"]) for device in me["devices"]] == [("测试手机", True)]


def test_a_wrong_code_is_a_problem_and_the_count_is_kept(people, viewer):
    request = do(viewer, "SendCode", phone=STRANGER)["codeRequest"]["request"]

    answer = do(viewer, "SignIn", request=request, code="nonsense")

    assert answer["session"] is None
    assert answer["problems"][0]["message"] == "验证码不对，还可以试 4 次。"
    with reading():
        assert session().get(OneTimeCode, request).tries == 1


def test_the_same_key_sends_one_code(people, viewer):
    answers = [
        execution.run(viewer, "SendCode", input={"phone": STRANGER}, idempotencyKey="the-same-key-0001")
        for _ in range(2)
    ]

    assert answers[0] == answers[1]
    with pytest.raises(Conflict):
        execution.run(viewer, "SendCode", input={"phone": "13900002222"}, idempotencyKey="the-same-key-0001")
    with pytest.raises(TooMany):
        do(viewer, "SendCode", phone=STRANGER)


def test_known_and_unknown_numbers_are_answered_alike_in_as_many_statements(people, viewer, count_statements):
    said = []
    for phone in demo.PHONES[0], STRANGER:
        with count_statements() as sent:
            request = do(viewer, "SendCode", phone=phone)["codeRequest"]["request"]
            problems = do(viewer, "SignIn", request=request, code="nonsense")["problems"]
        said.append((len(sent), problems))

    assert said[0] == said[1]


def test_a_refresh_gives_new_tokens_and_an_old_one_ends_all(people, viewer):
    first = tokens_of(viewer)
    second = do(viewer, "RefreshSession", refreshToken=first["refreshToken"])["session"]
    assert as_holder(viewer, second)

    refused = do(viewer, "RefreshSession", refreshToken=first["refreshToken"])

    assert [problem["code"] for problem in refused["problems"]] == ["session_ended"]
    assert do(viewer, "RefreshSession", refreshToken=second["refreshToken"])["session"] is None
    with pytest.raises(NotSignedIn):
        as_holder(viewer, second)


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "y" * 5_000])
def test_what_is_no_refresh_token_is_a_problem(people, viewer, token):
    assert do(viewer, "RefreshSession", refreshToken=token)["problems"]


def test_signing_out_ends_access_and_refresh_at_once(people, viewer):
    session = tokens_of(viewer)

    assert do(as_holder(viewer, session), "SignOut", everywhere=True)["ended"] == 1

    with pytest.raises(NotSignedIn):
        as_holder(viewer, session)
    assert do(viewer, "RefreshSession", refreshToken=session["refreshToken"])["session"] is None


def test_a_device_is_ended_by_its_owner_alone(people, viewer):
    mine, theirs = (as_holder(viewer, tokens_of(viewer, phone)) for phone in demo.PHONES[:2])

    with pytest.raises(NotFound):
        do(mine, "EndDevice", device=theirs.sign_in)
    assert do(mine, "EndDevice", device=mine.sign_in)["problems"] == []


def test_staff_sign_in_with_both_factors_and_see_what_they_may(staff_tokens, viewer):
    me = execution.run(as_holder(viewer, staff_tokens("decider")), "Me")["me"]

    assert (me["kind"], me["name"], me["region"], me["maskedPhone"]) == ("STAFF", "顾明远", "430211", None)
    assert "applications:decide" in me["permissions"]


def test_staff_are_told_nothing_of_what_was_wrong(people, viewer):
    answer = do(viewer, "StaffSignIn", username="nobody", password="x", totp="1")

    assert [problem["code"] for problem in answer["problems"]] == ["staff_sign_in_wrong"]


def staff_page(viewer, first, after=None):
    return execution.run(viewer, "StaffMembers", first=first, after=after)["staffMembers"]


def test_an_administrator_pages_confirms_revokes_and_shuts_out(staff_tokens, viewer):
    admin = as_holder(viewer, staff_tokens("admin"))
    first = staff_page(admin, 3)
    rest = staff_page(admin, 50, first["pageInfo"]["endCursor"])
    everybody = {one["username"]: one for one in [*first["nodes"], *rest["nodes"]]}
    clerk = everybody["clerk"]["id"]

    assert do(admin, "ConfirmRole", staff=clerk, role="reviewer")["staffMember"] == {"id": clerk}
    assert do(admin, "RevokeRole", staff=clerk, role="station_clerk", reason=" ")["problems"][0]["field"] == "reason"
    do(admin, "RevokeRole", staff=clerk, role="station_clerk", reason="轮岗")
    do(admin, "SetStaffDisabled", staff=everybody["editor"]["id"], disabled=True, reason="离职")

    after = {one["username"]: one for one in staff_page(admin, 50)["nodes"]}
    assert [role["code"] for role in after["clerk"]["roles"] if role["confirmedAt"]] == ["reviewer"]
    assert after["editor"]["disabledAt"]
    assert [name for name, one in after.items() if one["isMyself"]] == ["admin"]


def test_more_staff_make_no_more_statements(staff_tokens, viewer, count_statements):
    admin = as_holder(viewer, staff_tokens("admin"))
    sent = []
    for first in 2, 9:
        with count_statements() as statements:
            staff_page(admin, first)
        sent.append(len(statements))

    assert sent[0] == sent[1]


def test_a_cursor_of_another_list_is_malformed(staff_tokens, viewer):
    with pytest.raises(Malformed):
        staff_page(as_holder(viewer, staff_tokens("admin")), 5, cursor(7))


def test_staff_lists_are_nobody_elses_business(staff_tokens, viewer):
    with pytest.raises(Forbidden):
        staff_page(as_holder(viewer, staff_tokens("reviewer")), 5)
    with pytest.raises(NotSignedIn):
        staff_page(viewer, 5)


def ask_me(client, authorization=None):
    document = hashlib.sha256(documents.texts()["Me"].encode()).hexdigest()
    headers = {"Accept": "application/graphql-response+json"}
    if authorization is not None:
        headers["Authorization"] = authorization
    return client.post(
        "/graphql", data=json.dumps({"documentId": document}), headers=headers, content_type="application/json"
    )


def test_a_bearer_token_is_read_from_the_request(client, people, viewer):
    token = tokens_of(viewer)["accessToken"]

    assert ask_me(client, f"Bearer {token}").json["data"]["me"]["maskedPhone"] == "139****1111"
    assert ask_me(client).json["data"]["me"] is None


def forged(**changed):
    """A token with our own key that is wrong in one thing."""
    now = datetime.now(UTC)
    said = {"sub": "x", "sid": "x", "jti": "x", "type": "access", "iss": "rufa", "aud": "rufa", "iat": now}
    said |= {"exp": now + timedelta(minutes=5)} | changed
    return jwt.encode({name: value for name, value in said.items() if value is not None}, tokens._key(), "HS256")


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({}, "session_ended"),
        ({"iss": "else"}, "token_invalid"),
        ({"aud": "else"}, "token_invalid"),
        ({"aud": None}, "token_invalid"),
        ({"type": "refresh"}, "token_invalid"),
        ({"sid": None}, "token_invalid"),
        ({"sid": 7}, "token_invalid"),
        ({"exp": datetime(2026, 1, 1, tzinfo=UTC)}, "token_expired"),
    ],
)
def test_a_token_that_is_wrong_in_one_thing_is_refused(client, settings, changed, code):
    answer = ask_me(client, f"Bearer {forged(**changed)}")

    assert (answer.status_code, answer.json["errors"][0]["extensions"]["code"]) == (401, code)


@pytest.mark.parametrize("header", ["", "Bearer ", "Basic eDp5", "Bearer a b", "bearer", "Bearer " + "A" * 8_000])
def test_a_header_that_is_no_token_is_refused(client, header):
    assert ask_me(client, header).status_code == 401


def test_a_cookie_is_no_bearer_token(client, people, viewer):
    client.set_cookie("__Host-access", tokens_of(viewer)["accessToken"])

    assert ask_me(client).json["data"]["me"] is None


def test_a_token_holds_nothing_about_a_person(people, viewer):
    said = jwt.decode(tokens_of(viewer)["accessToken"], options={"verify_signature": False})

    assert set(said) == {"sub", "sid", "jti", "type", "iss", "aud", "iat", "nbf", "exp", "fresh"}
    assert said["exp"] - said["iat"] == 15 * 60


def test_tokens_have_a_key_of_their_own(settings):
    assert tokens._key() != core.settings.current().secret_key
    assert len(tokens._key()) == 96
