"""Only the world outside is asked: an address within our own networks is refused before a word is said (TRUST W7).

A name is looked up by whoever connects, so it is the connection that is looked at: what a name said before, or says
the next time, does not matter.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Sequence
from functools import partial
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import NewConnectionError


class Guarded(HTTPAdapter):
    """Speaks with public addresses, and with private ones only in networks that were named."""

    def __init__(self, inside: Sequence[str]) -> None:
        """Allow these networks besides the world."""
        self.inside = inside
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **named: Any) -> None:
        """Have every connection looked at."""
        super().init_poolmanager(*args, **named)
        self.poolmanager.pool_classes_by_scheme = {
            "http": partial(_pool, HTTPConnectionPool, _Plain, self.inside),
            "https": partial(_pool, HTTPSConnectionPool, _Sealed, self.inside),
        }


def is_allowed(address: str, inside: Sequence[str]) -> bool:
    """Say whether an address is out in the world, or in a network that was named."""
    at = ipaddress.ip_address(address.partition("%")[0])
    plain = getattr(at, "ipv4_mapped", None) or at
    if plain.is_global and not plain.is_multicast:
        return True
    return any(plain in ipaddress.ip_network(network, strict=False) for network in inside)


class _Looking:
    inside: Sequence[str] = ()

    def _new_conn(self) -> socket.socket:
        made: socket.socket = super()._new_conn()  # type: ignore[misc]
        if not is_allowed(made.getpeername()[0], self.inside):
            made.close()
            raise NewConnectionError(self, "a private address")  # type: ignore[arg-type]
        return made


class _Plain(_Looking, HTTPConnection):
    pass


class _Sealed(_Looking, HTTPSConnection):
    pass


def _pool(kind: Any, connection: Any, inside: Sequence[str], host: str, port: int, **named: Any) -> Any:
    made = kind(host, port, **named)
    made.ConnectionCls = type(connection.__name__, (connection,), {"inside": inside})
    return made
