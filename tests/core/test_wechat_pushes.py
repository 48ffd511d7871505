"""What WeChat pushes is judged before it is opened, and opened before it is believed."""

from datetime import timedelta

import pytest

from core import settings as house
from core.errors import Forbidden, Malformed, NotFound
from core.wechat import pushes
from core.wechat.pushes import signature
from tests.wechat_double import APP_ID
from tests.wechat_pushing import KEY, SET, TOKEN, body, sealed, signed

SAID = {"Event": "subscribe_msg_change_event", "FromUserName": "o-1"}


@pytest.fixture
def there(settings, monkeypatch):
    monkeypatch.setattr(house, "_settings", house.replace(settings, wechat_app_id=APP_ID, **SET))
    return pushes.pushes()


def test_without_a_key_nothing_is_read(settings, monkeypatch):
    monkeypatch.setattr(house, "_settings", settings)

    with pytest.raises(NotFound):
        pushes.pushes()


def test_says_that_it_is_there_to_whoever_signs(there):
    query = {"timestamp": "1", "nonce": "2", "echostr": "hello", "signature": signature(TOKEN, "1", "2")}

    assert there.echo(query) == "hello"
    for wrong in ({"nonce": "3"}, {"signature": ""}, {"signature": "é"}):
        with pytest.raises(Forbidden):
            there.echo(query | wrong)


def test_opens_what_was_sealed_and_names_it_apart(there, now):
    first, second = sealed(SAID), sealed(SAID)
    names = {there.read(signed(one, now), body(one), now=now)[0] for one in (first, second, second)}

    assert there.read(signed(first, now), body(first), now=now)[1] == SAID
    assert len(names) == 2


@pytest.mark.parametrize("wrong", [{"nonce": "other"}, {"timestamp": "1"}, {"msg_signature": "x"}])
def test_a_push_somebody_else_made_is_refused(there, now, wrong):
    one = sealed(SAID)

    with pytest.raises(Forbidden, match="foreign_request"):
        there.read(signed(one, now) | wrong, body(one), now=now)
    with pytest.raises(Forbidden):
        there.read(signed(one, now, token="another"), body(one), now=now)
    with pytest.raises(Forbidden):  # one signature, another body
        there.read(signed(one, now), body(sealed(SAID)), now=now)


@pytest.mark.parametrize("ago", [timedelta(minutes=11), timedelta(minutes=-11)])
def test_a_recording_is_refused(there, now, ago):
    one = sealed(SAID)

    with pytest.raises(Forbidden):
        there.read(signed(one, now - ago), body(one), now=now)


@pytest.mark.parametrize("moment", ["", "soon", "1" * 13, "１"])
def test_a_moment_that_is_none_is_refused(there, now, moment):
    one = sealed(SAID)
    query = {"timestamp": moment, "nonce": "", "msg_signature": signature(TOKEN, moment, "", one)}

    with pytest.raises(Forbidden):
        there.read(query, body(one), now=now)


def test_what_is_meant_for_another_account_is_refused(there, now):
    one = sealed(SAID, app_id="wxffffffffffffffff")

    with pytest.raises(Forbidden):
        there.read(signed(one, now), body(one), now=now)


@pytest.mark.parametrize(
    "one",
    ["", "x", "***", "QUJD", sealed("[]"), sealed("{"), sealed(SAID, padding=99), "QUFB" * 8],
    ids=["nothing", "a letter", "signs", "short", "a list", "half an object", "bad padding", "no account"],
)
def test_what_cannot_be_opened_is_malformed(there, now, one):
    with pytest.raises(Malformed):
        there.read(signed(one, now), body(one), now=now)


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b'{"Encrypt": 7}', b"[" * 5_000, b'{"Encrypt": "\\ud800"}'])
def test_a_body_that_is_none_is_malformed(there, now, raw):
    with pytest.raises(Malformed):
        there.read({}, raw, now=now)


def test_the_key_is_the_one_of_the_console():
    assert len(KEY) == 43
