"""How map services are asked: one host out in the world, no redirects, no settings of the machine, little and soon."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Sequence
from concurrent.futures import Future
from typing import Any
from urllib.parse import urlsplit

import requests
from geopy.adapters import BaseSyncAdapter
from geopy.exc import GeocoderServiceError, GeocoderTimedOut, GeocoderUnavailable

from core.db import monotonic
from locator.geocoding.guarding import Guarded

SECONDS = 2.5  # for all of an answer; then the offline names must do
CONNECT_SECONDS = 1.5
MOST_BYTES = 100_000
A_PIECE = 512  # a drip is noticed after so many bytes, even when nobody waits any more
OK = 200
logging.getLogger("urllib3.connectionpool").disabled = True  # it writes addresses, and the key with them (TRUST P3)


class OneHost(BaseSyncAdapter):  # type: ignore[misc]  # geopy has no types
    """Fetches from one place alone, whatever an address says."""

    def __init__(self, origin: str, seconds: float = SECONDS, inside: Sequence[str] = ()) -> None:
        """Ask this place, `https://host`, and wait no longer; it may lie in one of our networks only if named."""
        super().__init__(proxies={}, ssl_context=None)
        self.origin = urlsplit(origin)
        self.seconds = seconds
        self.inside = inside

    def get_json(self, url: str, *, timeout: Any, headers: Any) -> Any:
        """Fetch an answer in JSON. Raise a fault of geopy's that quotes nothing."""
        try:
            return json.loads(self.get_text(url, timeout=timeout, headers=headers))
        except ValueError:
            raise GeocoderServiceError("no JSON") from None

    def get_text(self, url: str, *, timeout: Any, headers: Any) -> str:
        """Fetch an answer."""
        del timeout  # ours holds
        parts = urlsplit(url)
        if (parts.scheme, parts.netloc) != (self.origin.scheme, self.origin.netloc):
            raise GeocoderServiceError("another host")
        try:
            return self._in_time(url, headers).decode()
        except (requests.Timeout, TimeoutError):
            raise GeocoderTimedOut("late") from None
        except (requests.RequestException, UnicodeDecodeError):
            raise GeocoderUnavailable("away") from None

    def _in_time(self, url: str, headers: Any) -> bytes:
        """Wait for an answer no longer than is allowed: the library's own limits are per packet, and answers drip."""
        came: Future[bytes] = Future()
        threading.Thread(target=self._fill, args=(came, url, headers), daemon=True, name="geocoder").start()
        return came.result(self.seconds)

    def _fill(self, came: Future[bytes], url: str, headers: Any) -> None:
        try:
            came.set_result(self._fetched(url, headers))
        except Exception as fault:  # noqa: BLE001  # handed to whoever waits
            came.set_exception(fault)

    def _fetched(self, url: str, headers: Any) -> bytes:
        ends_at = monotonic() + self.seconds
        patience = (min(CONNECT_SECONDS, self.seconds), self.seconds)
        with requests.Session() as client:
            client.trust_env = False
            client.mount(f"{self.origin.scheme}://", Guarded(self.inside))
            with client.get(url, headers=headers, timeout=patience, allow_redirects=False, stream=True) as answer:
                if answer.status_code != OK:
                    raise GeocoderServiceError("not answered")
                read = b""
                for piece in answer.iter_content(A_PIECE):
                    read += piece
                    if len(read) > MOST_BYTES:
                        raise GeocoderServiceError("too much")
                    if monotonic() > ends_at:
                        raise GeocoderTimedOut("dripping")
                return read
