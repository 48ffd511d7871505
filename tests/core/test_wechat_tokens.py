"""One token for all processes, and settings that are meant (RULEBOOK WX-2, TRUST O7)."""

import threading

import pytest

from core.db import keep
from core.errors import Unavailable
from core.settings import SettingsError, load
from core.wechat import tokens
from core.wechat.tokens import WechatToken
from tests.wechat_double import APP_ID, SECRET


def test_many_ask_and_one_fetches(place, now):
    """Threads with connections of their own: one of them asks, the others wait for its answer."""
    WechatToken.__table__.create(place)
    asked, got = [], []

    def fetch():
        asked.append(1)
        threading.Event().wait(0.2)
        return "token-1", 7200

    together = [threading.Thread(target=lambda: got.append(tokens.get(APP_ID, fetch, now=now))) for _ in range(6)]
    for one in together:
        one.start()
    for one in together:
        one.join()

    assert got == ["token-1"] * 6
    assert len(asked) == 1


def test_who_waits_in_vain_is_told_so(db, monkeypatch, now):
    monkeypatch.setattr(tokens, "LOOKS", 1)
    keep(lambda: tokens._claimed(APP_ID, now, None))

    with pytest.raises(Unavailable):
        tokens.get(APP_ID, lambda: pytest.fail("somebody else asks"), now=now)
    assert tokens.get(APP_ID, lambda: ("t", 7200), now=now + tokens.CLAIMED_FOR) == "t"
    assert not keep(lambda: tokens._claimed(APP_ID, now, None))  # there is one that is good


SET = {"RUFA_WECHAT_APP_ID": APP_ID, "RUFA_WECHAT_SECRET": SECRET}


def test_settings_are_taken_as_they_are_meant():
    made = load(SET | {"RUFA_WECHAT_TEMPLATES": "news=a_1-b", "RUFA_WECHAT_URL": "http://127.0.0.1:9100"})

    assert made.wechat_templates == {"news": "a_1-b"}
    assert SECRET not in repr(made)


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"RUFA_WECHAT_APP_ID": "wx1"}, "RUFA_WECHAT_APP_ID"),
        ({"RUFA_WECHAT_SECRET": ""}, "RUFA_WECHAT_SECRET"),
        ({"RUFA_WECHAT_STATE": "beta"}, "RUFA_WECHAT_STATE"),
        ({"RUFA_WECHAT_URL": "http://api.example"}, "RUFA_WECHAT_URL"),
        ({"RUFA_WECHAT_PUSH_TOKEN": "abc"}, "RUFA_WECHAT_PUSH_KEY"),
        ({"RUFA_WECHAT_PUSH_KEY": "a" * 43}, "RUFA_WECHAT_PUSH_TOKEN"),
        ({"RUFA_WECHAT_TEMPLATES": "x"}, "RUFA_WECHAT_TEMPLATES"),
        ({"RUFA_SMTP_HOST": "mail.example"}, "RUFA_MAIL_FROM"),
        ({"RUFA_MAIL_FROM": "nobody"}, "RUFA_MAIL_FROM"),
        (
            {"RUFA_SMTP_HOST": "mail.example", "RUFA_MAIL_FROM": "a@b.cn", "RUFA_SMTP_SECURITY": "none"},
            "RUFA_SMTP_SECURITY",
        ),
        ({"RUFA_SMTP_HOST": "mail.example", "RUFA_MAIL_FROM": "a@b.cn", "RUFA_SMTP_USER": "x"}, "RUFA_SMTP_USER"),
    ],
)
def test_settings_that_cannot_be_are_refused(changed, named):
    with pytest.raises(SettingsError) as wrong:
        load(SET | changed)

    assert any(problem.startswith(named) for problem in wrong.value.problems)
    assert SECRET not in str(wrong.value)
