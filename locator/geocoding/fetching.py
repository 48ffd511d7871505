"""How map services are asked: one host out in the world, and soon, in geopy's words."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from geopy.adapters import BaseSyncAdapter
from geopy.exc import GeocoderServiceError, GeocoderTimedOut, GeocoderUnavailable

from core.outside import Away, Host, Late, Patience

SECONDS = 2.5  # for all of an answer; then the offline names must do
CONNECT_SECONDS = 1.5
OK = 200


class OneHost(BaseSyncAdapter):  # type: ignore[misc]  # geopy has no types
    """Fetches from one place alone, whatever an address says."""

    def __init__(self, origin: str, seconds: float = SECONDS, inside: Sequence[str] = ()) -> None:
        """Ask this place, `https://host`, and wait no longer; it may lie in one of our networks only if named."""
        super().__init__(proxies={}, ssl_context=None)
        self.host = Host(origin, patience=Patience(CONNECT_SECONDS, seconds), inside=inside)

    def get_json(self, url: str, *, timeout: Any, headers: Any) -> Any:
        """Fetch an answer in JSON. Raise a fault of geopy's that quotes nothing."""
        try:
            return json.loads(self.get_text(url, timeout=timeout, headers=headers))
        except ValueError:
            raise GeocoderServiceError("no JSON") from None

    def get_text(self, url: str, *, timeout: Any, headers: Any) -> str:
        """Fetch an answer."""
        del timeout  # ours holds
        try:
            answer = self.host.ask("GET", url, headers=headers)
            if answer.status != OK:
                raise GeocoderServiceError("not answered")
            return answer.body.decode(errors="replace")
        except Late:
            raise GeocoderTimedOut("late") from None
        except Away as away:
            raise GeocoderUnavailable(str(away)) from None
