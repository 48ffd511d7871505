"""The service menu, as the rules file says it (FEATURES B01, B29)."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from core import settings

BUNDLED = Path(__file__).parent / "rules" / "services.toml"


class ServiceKind(StrEnum):
    """What can be ordered."""

    WINDOW_TALK = "window_talk"
    PHONE_CALLBACK = "phone_callback"
    VIDEO = "video"
    EXTENDED_HOURS = "extended_hours"
    CIRCUIT = "circuit"
    HOME_VISIT = "home_visit"


@dataclass(frozen=True, slots=True)
class Offer:
    """One service of the menu and its guards."""

    code: ServiceKind
    label: str
    summary: str
    who: str
    bring: tuple[str, ...]
    minutes: int
    most_an_hour: int
    station_service: str
    is_remote: bool
    is_bookable: bool
    notice_minutes: int
    horizon_days: int
    most_open: int
    change_until_minutes: int
    cancel_until_minutes: int
    by_duty: bool = False
    beyond_hours: bool = False
    needs_approval: bool = False

    @property
    def notice(self) -> timedelta:
        """Give how long before it begins one can still order."""
        return timedelta(minutes=self.notice_minutes)

    @property
    def change_until(self) -> timedelta:
        """Give how long before it begins one can still change it."""
        return timedelta(minutes=self.change_until_minutes)

    @property
    def cancel_until(self) -> timedelta:
        """Give how long before it begins one can still cancel it."""
        return timedelta(minutes=self.cancel_until_minutes)


class MenuError(SystemExit):
    """The file of services is not fit to start with."""


@functools.cache
def _menu(folder: str) -> Mapping[ServiceKind, Offer]:
    stands_in = Path(folder) / BUNDLED.name
    file = stands_in if folder and stands_in.is_file() else BUNDLED
    try:
        said = tomllib.loads(file.read_text("utf-8"))["service"]
        return {kind: _offer(kind, said[kind]) for kind in ServiceKind}
    except (KeyError, TypeError, tomllib.TOMLDecodeError) as wrong:
        raise MenuError(f"{file.name}: {wrong}") from wrong


def menu() -> Mapping[ServiceKind, Offer]:
    """Give every service, in the order people are shown them."""
    return _menu(settings.current().rules_dir)


def _offer(kind: ServiceKind, said: Mapping[str, Any]) -> Offer:
    return Offer(**{**said, "code": kind, "bring": tuple(said["bring"])})
