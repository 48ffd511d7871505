"""WeChat's server side, typed: what we ask of it and no more (RULEBOOK WX-1 … WX-7)."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from core import settings
from core.errors import NotFound, Unavailable
from core.outside import Away, Host, Patience
from core.wechat.asking import Asking, parsed

PICTURE_BYTES = 1_000_000
WIDTH = 430
GOOD, DOUBTFUL, BAD = "pass", "review", "risky"


@dataclass(frozen=True, slots=True)
class Shown:
    """Who somebody is to WeChat. The session key WeChat sends along is dropped: nothing of ours needs it."""

    openid: str = field(repr=False)
    unionid: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Notice:
    """A subscription message: to whom, by which template, leading to which page, with which fields."""

    openid: str = field(repr=False)
    template: str
    page: str
    fields: Mapping[str, str] = field(repr=False)


class Scene(StrEnum):
    """Where words to be published come from (WX-5)."""

    PROFILE = "1"
    COMMENT = "2"
    FORUM = "3"
    LOG = "4"


class Wechat:
    """One mini-program's account. Never called inside a unit of work: it waits for a network."""

    def __init__(self, given: settings.Settings) -> None:
        """Ask as the settings say."""
        patience = Patience(most_bytes=PICTURE_BYTES)
        host = Host(given.wechat_url, patience=patience, inside=given.wechat_networks)
        self._asking = Asking(host, given.wechat_app_id, given.wechat_secret)
        self._state = given.wechat_state

    def shown_by(self, code: str) -> Shown:
        """Say who shows a sign-in code (WX-1). `Declined` for one that is wrong, used or over."""
        told = self._asking.plainly("/sns/jscode2session", js_code=code, grant_type="authorization_code")
        openid = told.get("openid")
        if not isinstance(openid, str) or not openid:
            raise Unavailable("wechat_unavailable", retry_after=5)
        return Shown(openid, str(told.get("unionid") or ""))

    def phone_by(self, code: str, *, now: datetime) -> str:
        """Give the number somebody agreed to show (WX-3); one of another country with its code before it."""
        told = self._told("/wxa/business/getuserphonenumber", {"code": code}, now).get("phone_info")
        if not isinstance(told, dict) or not isinstance(told.get("purePhoneNumber"), str):
            raise Unavailable("wechat_unavailable", retry_after=5)
        number, country = told["purePhoneNumber"], str(told.get("countryCode", "86"))
        return str(number) if country == "86" else f"+{country}{number}"

    def send(self, notice: Notice, *, now: datetime) -> None:
        """Send a subscription message (WX-4). `Declined` where the person does not want it (any more)."""
        said = {
            "touser": notice.openid,
            "template_id": notice.template,
            "page": notice.page,
            "data": {name: {"value": value} for name, value in notice.fields.items()},
            "miniprogram_state": self._state,
            "lang": "zh_CN",
        }
        self._asking.by_token("/cgi-bin/message/subscribe/send", said, now=now)

    def picture_of(self, scene: str, page: str, *, now: datetime) -> bytes:
        """Draw a mini-program code (WX-7)."""
        version = {"formal": "release", "trial": "trial", "developer": "develop"}[self._state]
        said = {"scene": scene, "page": page, "check_path": False, "env_version": version, "width": WIDTH}
        answer = self._asking.by_token("/wxa/getwxacodeunlimit", said, now=now)
        if not answer.kind.startswith("image/"):
            raise Unavailable("wechat_unavailable", retry_after=5)
        return answer.body

    def judge_words(self, openid: str, words: str, scene: Scene, *, now: datetime) -> str:
        """Say what WeChat thinks of words that will be published (WX-5): pass, review or risky. Never evidence."""
        said = {"version": 2, "openid": openid, "scene": int(scene), "content": words}
        result = self._told("/wxa/msg_sec_check", said, now).get("result")
        return str(result.get("suggest", DOUBTFUL)) if isinstance(result, dict) else DOUBTFUL

    def _told(self, path: str, said: Mapping[str, Any], now: datetime) -> Mapping[str, Any]:
        try:
            return parsed(self._asking.by_token(path, said, now=now))
        except Away:
            raise Unavailable("wechat_unavailable", retry_after=5) from None


def is_on() -> bool:
    """Say whether an account is set."""
    return bool(settings.current().wechat_app_id)


def wechat() -> Wechat:
    """Give the account that is set; without one there is no WeChat here."""
    given = settings.current()
    if not given.wechat_app_id:
        raise NotFound("wechat_off")
    return _made(given.wechat_app_id, given.wechat_secret, given.wechat_url, given.wechat_networks, given.wechat_state)


@functools.lru_cache(maxsize=4)
def _made(*_what_it_is_made_of: object) -> Wechat:
    return Wechat(settings.current())
