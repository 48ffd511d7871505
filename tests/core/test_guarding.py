"""Only the world outside is asked, whatever a name is said to mean."""

import pytest
from urllib3.connection import HTTPSConnection

from core.guarding import Guarded, _Looking, is_allowed


@pytest.mark.parametrize(
    ("address", "is_so"),
    [
        ("114.114.114.114", True),
        ("2400:3200::1", True),
        ("10.8.1.2", True),
        ("::ffff:10.8.1.2", True),
        ("10.9.1.2", False),
        ("127.0.0.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("::ffff:192.168.0.1", False),
        ("fe80::1%eth0", False),
    ],
)
def test_tells_the_world_from_our_own_networks(address, is_so):
    assert is_allowed(address, ("10.8.0.0/16",)) is is_so


def test_looks_at_sealed_connections_too():
    pool = Guarded(()).poolmanager.connection_from_url("https://127.0.0.1:1")

    assert issubclass(pool.ConnectionCls, HTTPSConnection)
    assert pool.ConnectionCls._new_conn is _Looking._new_conn
