"""Notices of a time on top of every page (FEATURES D25). Asked once in a few seconds, and never in a page's way."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask import g

from core import deadline
from core.errors import Unavailable
from core.identity import ActorKind
from portal.asking import ask, viewer
from portal.regions import HOME

KEPT = timedelta(seconds=5)
PATIENCE = 0.5  # seconds: a page that needs no database is not kept waiting for this
MOST_REGIONS = 200
_kept: dict[str, tuple[datetime, list[dict[str, Any]]]] = {}


def standing() -> list[dict[str, Any]]:
    """Give the notices for whoever looks: the whole province's, and those of the place the page is about."""
    actor, now = viewer().actor, viewer().now
    region = g.get("notice_region") or (actor.region if actor.kind is ActorKind.STAFF else "") or HOME
    until, found = _kept.get(region, (now, []))
    if not now < until <= now + KEPT:
        found = _asked(region, found)
        if len(_kept) >= MOST_REGIONS:
            _kept.clear()
        _kept[region] = (now + KEPT, found)
    return [one for one in found if now < one["endsAt"]]


def forget() -> None:
    """Ask anew next time."""
    _kept.clear()


def _asked(region: str, before: list[dict[str, Any]]) -> list[dict[str, Any]]:
    try:
        with deadline.running(PATIENCE):
            found: list[dict[str, Any]] = ask("Bulletins", region=region, channel="PORTAL")["bulletins"]
    except Unavailable:
        return before
    return found
