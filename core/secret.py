"""Make the secrets of a place: `make secret`. They are printed and kept nowhere."""

from __future__ import annotations

import base64
import secrets
import sys


def draw() -> dict[str, str]:
    """Draw a fresh value for every secret."""
    return {
        "RUFA_SECRET_KEY": secrets.token_urlsafe(48),
        "RUFA_INDEX_KEY": secrets.token_urlsafe(48),
        "RUFA_FIELD_KEYS": f"k1={_key()}",
        "RUFA_BACKUP_KEY": _key(),
        "RUFA_METRICS_TOKEN": secrets.token_urlsafe(24),
    }


def _key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


if __name__ == "__main__":  # pragma: no cover  # two lines of printing, run by `make secret`
    sys.stdout.writelines(f"{name}={value}\n" for name, value in draw().items())
