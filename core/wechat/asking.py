"""How WeChat is asked, and what its answers mean: numbers become faults, faults become refusals or are handed on."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from core import logs
from core.errors import Unavailable
from core.outside import Answer, Away, Host
from core.sms import Breaker
from core.wechat import faults, tokens
from core.wechat.faults import Busy, Misconfigured, Stale

T = TypeVar("T")
HTTP_OK = 200
TRIES = 3  # where WeChat says it is busy; it has then done nothing
PAUSE = 0.3
log = logs.get("wechat")


class Asking:
    """Asks for one account. The breaker spares everybody the wait while WeChat is away."""

    def __init__(self, host: Host, app_id: str, secret: str) -> None:
        """Ask at this host for this account."""
        self._host, self.app_id, self._secret = host, app_id, secret
        self._breaker = Breaker(code="wechat_unavailable")
        self._origin = host.origin.geturl()

    def plainly(self, path: str, **params: str) -> Mapping[str, Any]:
        """Ask in the account's own name: with its secret, without a token."""
        return self._worded(lambda: self._read(self._ask("GET", path, params=self._signed(params))))

    def _signed(self, params: Mapping[str, str]) -> dict[str, str]:
        return {"appid": self.app_id, "secret": self._secret, **params}

    def by_token(self, path: str, said: Mapping[str, Any], *, now: datetime) -> Answer:
        """Ask with the token; one that proved stale is asked for anew, once (WX-12)."""
        return self._worded(lambda: self._with_token(path, said, now))

    def _with_token(self, path: str, said: Mapping[str, Any], now: datetime) -> Answer:
        token = tokens.get(self.app_id, self._fresh_token, now=now)
        try:
            return self._judged(self._post(path, token, said))
        except Stale:
            token = tokens.get(self.app_id, self._fresh_token, now=now, stale=token)
            return self._judged(self._post(path, token, said))

    def _fresh_token(self) -> tuple[str, int]:
        said = {"grant_type": "client_credential", "force_refresh": False, **self._signed({})}
        told = self._read(self._ask("POST", "/cgi-bin/stable_token", data=_json(said)))
        try:
            return str(told["access_token"]), int(told["expires_in"])
        except (KeyError, TypeError, ValueError):
            raise Away("no token") from None

    def _post(self, path: str, token: str, said: Mapping[str, Any]) -> Answer:
        return self._ask("POST", path, params={"access_token": token}, data=_json(said))

    def _ask(self, method: str, path: str, **given: Any) -> Answer:
        self._breaker.check()
        headers = {"Content-Type": "application/json"} if method == "POST" else None
        went_well = False
        try:
            answer = self._host.ask(method, f"{self._origin}{path}", headers=headers, **given)
            went_well = answer.status == HTTP_OK
        finally:
            self._breaker.note(went_well=went_well)
        if not went_well:
            raise Away("not answered")
        return answer

    def _judged(self, answer: Answer) -> Answer:
        """Raise the fault an answer names. Pictures come without one."""
        if answer.kind.startswith("image/"):
            return answer
        self._read(answer)
        return answer

    def _read(self, answer: Answer) -> Mapping[str, Any]:
        told = parsed(answer)
        number = told.get("errcode", faults.OK)
        if number != faults.OK:
            raise faults.of(number if isinstance(number, int) else -1)
        return told

    def _worded(self, ask: Callable[[], T], left: int = TRIES - 1) -> T:
        """Try again where WeChat was busy; say `Unavailable` where only WeChat, or whoever runs this, can help."""
        try:
            return ask()
        except Busy as busy:
            if busy.number not in faults.BUSY or not left:
                raise Unavailable("wechat_unavailable", retry_after=busy.retry_after) from None
        except (Misconfigured, Stale) as fault:
            log.error("wechat.misconfigured", number=fault.number)  # noqa: TRY400  # a trace says nothing more
            raise Unavailable("wechat_unavailable", retry_after=faults.A_MINUTE) from None
        except Away as away:
            log.warning("wechat.away", fault=str(away))
            raise Unavailable("wechat_unavailable", retry_after=5) from None
        threading.Event().wait(PAUSE)
        return self._worded(ask, left - 1)


def parsed(answer: Answer) -> Mapping[str, Any]:
    """Read an answer in JSON; raise `Away` for anything else."""
    try:
        told = json.loads(answer.body)
    except ValueError:
        raise Away("no JSON") from None
    if not isinstance(told, dict):
        raise Away("no JSON")
    return told


def _json(said: Mapping[str, Any]) -> bytes:
    """Write Chinese as it is: it takes escapes for the letters they are written with."""
    return json.dumps(said, ensure_ascii=False).encode()
